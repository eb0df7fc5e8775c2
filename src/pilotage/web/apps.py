from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "pilotage.web"
    label = "web"
