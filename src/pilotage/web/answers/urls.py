"""Addresses of answering: the agency's own page, and the coordinator's desk."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from pilotage.kit.addresses import Views

agency = Views("pilotage.web.answers.agency")
desk = Views("pilotage.web.answers.desk")
paper = Views("pilotage.web.answers.paper")
returns = Views("pilotage.web.answers.returns")

app_name = "answers"
HERE = "<slug:phase>/recommendations/agencies/"
urlpatterns = [
    # The address itself is the secret: no further token guards the form.
    path("a/<str:secret>/", csrf_exempt(agency.agency), name="agency_page"),
    path(HERE, desk.agencies, name="agencies"),
    path(f"{HERE}<str:code>/", desk.agency, name="agency"),
    path(f"{HERE}<str:code>/contacts/<int:key>/", desk.contact, name="contact"),
    path(f"{HERE}<str:code>/link/<int:key>/", desk.link, name="link"),
    path(f"{HERE}<str:code>/sheet/<slug:form>/", desk.sheet, name="sheet"),
    path("<slug:phase>/recommendations/returns/", returns.returns, name="returns"),
    path("<slug:phase>/recommendations/returns/<int:key>/", returns.returned, name="returned"),
    path("<slug:phase>/recommendations/returns/<int:key>/file/", returns.file, name="file"),
    path("<slug:phase>/recommendations/paper/", paper.paper, name="paper"),
]
