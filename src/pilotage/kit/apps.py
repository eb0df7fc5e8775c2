from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "pilotage.kit"
    label = "kit"
