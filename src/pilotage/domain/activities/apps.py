from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "pilotage.domain.activities"
    label = "activities"
