from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "pilotage.exchange"
    label = "exchange"
    kept_in_past = False
    """Traces of work."""
