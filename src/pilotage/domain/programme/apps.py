from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "pilotage.domain.programme"
    label = "programme"
