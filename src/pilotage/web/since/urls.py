"""The address of what changed: permanent, since packs cite it."""

from django.urls import path

from pilotage.web.since.views import what_changed

urlpatterns = [path("<slug:phase>/what-changed/", what_changed, name="what-changed")]
