"""Which floor answers which address."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("pilotage.api.urls")),
    path("", include("pilotage.web.urls")),
]
