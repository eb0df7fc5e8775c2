from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "pilotage.domain.membership"
    label = "membership"
    read_as_now = True
    """Whoever looks at the past does so in the roles of today."""
