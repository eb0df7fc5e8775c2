"""The change log."""

from django.urls import path

from pilotage.web.changes import views

app_name = "changes"
urlpatterns = [path("<slug:phase>/changes/", views.log, name="log")]
