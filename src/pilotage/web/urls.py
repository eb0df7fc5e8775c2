"""Pages, one folder a noun."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("pilotage.web.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("pilotage.web.answers.urls")),
    path("", include("pilotage.web.room.urls")),
    path("", include("pilotage.web.action_points.urls")),
    path("", include("pilotage.web.recommendations.urls")),
    path("", include("pilotage.web.workplans.urls")),
    path("", include("pilotage.web.meetings.urls")),
    path("", include("pilotage.web.publications.urls")),
    path("", include("pilotage.web.home.urls")),
    path("", include("pilotage.web.dashboard.urls")),
    path("", include("pilotage.web.programme.urls")),
    path("", include("pilotage.web.calendar.urls")),
    path("", include("pilotage.web.settings.urls")),
    path("", include("pilotage.web.changes.urls")),
    path("", include("pilotage.web.since.urls")),
    path("", include("pilotage.web.figures.urls")),
    path("", include("pilotage.web.imports.urls")),
    path("", include("pilotage.web.feeds.urls")),
    path("", include("pilotage.web.activities.urls")),
    path("", include("pilotage.web.parties.urls")),
    path("", include("pilotage.web.people.urls")),
    path("", include("pilotage.web.checks.urls")),
]
