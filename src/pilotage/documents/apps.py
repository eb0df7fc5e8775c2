from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "pilotage.documents"
    label = "documents"
