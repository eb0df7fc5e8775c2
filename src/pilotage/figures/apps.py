from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "pilotage.figures"
    label = "figures"
