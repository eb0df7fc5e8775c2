"""Addresses of figures: permanent, since documents and letters cite them."""

from django.urls import path

from pilotage.kit.addresses import Views

views = Views("pilotage.web.figures.views")

app_name = "figures"
urlpatterns = [
    path("<slug:phase>/figures/", views.catalogue, name="catalogue"),
    path("<slug:phase>/figures/<slug:code>/", views.figure, name="figure"),
    path("<slug:phase>/figures/<slug:code>/records/", views.records, name="records"),
]
