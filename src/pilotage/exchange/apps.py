from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "pilotage.exchange"
    label = "exchange"
