"""Workbooks in."""

from django.urls import path

from pilotage.kit.addresses import Views

views = Views("pilotage.web.imports.views")

app_name = "imports"
urlpatterns = [
    path("<slug:phase>/imports/", views.imports, name="imports"),
    path("<slug:phase>/imports/template/<slug:kind>.xlsx", views.template, name="template"),
    path("<slug:phase>/imports/<int:number>/", views.run_page, name="run"),
    path("<slug:phase>/imports/<int:number>/<slug:step>/", views.take_step, name="step"),
]
