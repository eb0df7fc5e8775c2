"""The change log."""

from django.urls import path

from pilotage.kit.addresses import Views

views = Views("pilotage.web.changes.views")

app_name = "changes"
urlpatterns = [path("<slug:phase>/changes/", views.log, name="log")]
