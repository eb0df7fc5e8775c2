from django.apps import AppConfig


class WorkplansConfig(AppConfig):
    name = "pilotage.domain.workplans"
    label = "workplans"
