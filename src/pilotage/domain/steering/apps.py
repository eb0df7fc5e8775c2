from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "pilotage.domain.steering"
    label = "steering"
