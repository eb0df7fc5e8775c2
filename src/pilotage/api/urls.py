"""The machine side."""

from django.urls import path

from pilotage.api.endpoints import api
from pilotage.api.reference import openapi, reference

urlpatterns = [
    path("", reference, name="api-reference"),
    path("openapi.json", openapi, name="openapi"),
    path("", api.urls),
]
