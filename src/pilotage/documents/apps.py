from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "pilotage.documents"
    label = "documents"
    kept_in_past = False
    """What was issued is frozen as it was; its past is its editions."""
