"""The address of what changed: permanent, since packs cite it."""

from django.urls import path

from pilotage.kit.addresses import Views

views = Views("pilotage.web.since.views")

urlpatterns = [path("<slug:phase>/what-changed/", views.what_changed, name="what-changed")]
