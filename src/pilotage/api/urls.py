"""The machine side. What describes its shapes costs a server's start as much as all pages do: it is read when called."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from pilotage.kit.addresses import Views

calls = Views("pilotage.api.calls")
reference = Views("pilotage.api.reference")

app_name = "api"
urlpatterns = [
    path("", reference.reference, name="reference"),
    path("openapi.json", reference.openapi, name="openapi"),
    # Who calls is known by a token, never by a cookie that another site could use.
    path("<path:call>", csrf_exempt(calls.call), name="call"),
]
