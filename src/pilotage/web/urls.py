"""Pages, one folder a noun."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("pilotage.web.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("pilotage.web.home.urls")),
    path("", include("pilotage.web.dashboard.urls")),
    path("", include("pilotage.web.calendar.urls")),
    path("", include("pilotage.web.changes.urls")),
]
