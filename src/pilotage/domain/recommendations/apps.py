from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "pilotage.domain.recommendations"
    label = "recommendations"
