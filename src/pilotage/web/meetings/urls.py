"""Addresses of steering bodies, rounds and meetings."""

from django.urls import path

from pilotage.kit.addresses import Views

agenda = Views("pilotage.web.meetings.agenda")
attendance = Views("pilotage.web.meetings.attendance")
bodies = Views("pilotage.web.meetings.bodies")
edit = Views("pilotage.web.meetings.edit")
invitations = Views("pilotage.web.meetings.invitations")
minutes = Views("pilotage.web.meetings.minutes")
moves = Views("pilotage.web.meetings.moves")
papers = Views("pilotage.web.meetings.papers")
rounds = Views("pilotage.web.meetings.rounds")
views = Views("pilotage.web.meetings.views")

app_name = "meetings"
ALL = "<slug:phase>/meetings/"
HERE = f"{ALL}<str:code>/"
BODY = f"{ALL}bodies/<slug:body>/"
urlpatterns = [
    path(ALL, views.meetings, name="meetings"),
    path(f"{ALL}new/", edit.new, name="new"),
    path(f"{ALL}rounds/", rounds.rounds, name="rounds"),
    path(f"{ALL}rounds/new/", rounds.new, name="new_round"),
    path(f"{ALL}rounds/<int:year>/", rounds.one_round, name="round"),
    path(f"{ALL}rounds/<int:year>/edit/", rounds.edit, name="edit_round"),
    path(f"{ALL}bodies/", bodies.bodies, name="bodies"),
    path(f"{ALL}bodies/new/", bodies.new, name="new_body"),
    path(BODY, bodies.body, name="body"),
    path(f"{BODY}edit/", bodies.edit, name="edit_body"),
    path(f"{BODY}seats/new/", bodies.new_seat, name="new_seat"),
    path(f"{BODY}seats/<int:key>/", bodies.seat, name="seat"),
    path(HERE, views.meeting, name="meeting"),
    path(f"{HERE}calendar.ics", views.calendar_file, name="calendar_file"),
    path(f"{HERE}explain/", views.explain, name="explain"),
    path(f"{HERE}edit/", edit.edit, name="edit"),
    path(f"{HERE}agenda/", agenda.agenda, name="agenda"),
    path(f"{HERE}agenda/<int:key>/", agenda.item, name="item"),
    path(f"{HERE}sessions/<int:key>/", agenda.session, name="session"),
    path(f"{HERE}papers/", papers.papers, name="papers"),
    path(f"{HERE}papers/<int:key>/", papers.paper, name="paper"),
    path(f"{HERE}papers/<int:key>/open/", papers.open_paper, name="open_paper"),
    path(f"{HERE}invitations/", invitations.invitations, name="invitations"),
    path(f"{HERE}attendance/", attendance.attendance, name="attendance"),
    path(f"{HERE}minutes/", minutes.minutes, name="minutes"),
    path(f"{HERE}minutes/<int:key>/", minutes.summary, name="summary"),
    path(f"{HERE}minutes/comments/", minutes.comment, name="comment"),
    path(f"{HERE}minutes/comments/<int:key>/", minutes.answer, name="answer"),
    path(f"{HERE}move/", moves.move, name="move"),
]
