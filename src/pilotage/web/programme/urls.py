"""The public face of a programme."""

from django.urls import path

from pilotage.kit.addresses import Views

views = Views("pilotage.web.programme.views")

app_name = "programme"
urlpatterns = [
    path("<slug:phase>/programme/", views.programme, name="programme"),
    path("<slug:phase>/stated/", views.stated, name="stated"),
]
