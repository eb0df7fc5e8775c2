from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "pilotage.domain.membership"
    label = "membership"
