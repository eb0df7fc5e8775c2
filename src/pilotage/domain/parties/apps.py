from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "pilotage.domain.parties"
    label = "parties"
