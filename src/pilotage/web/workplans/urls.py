"""Work plans: register, versions, table of lines, year view, comparison."""

from django.urls import path

from pilotage.web.workplans import compare, edit, moves, new, printed, views, year

app_name = "plans"
PLAN = "<slug:phase>/plans/<int:year>/<slug:scope>/<int:number>/"
urlpatterns = [
    path("<slug:phase>/plans/", views.plans, name="plans"),
    path("<slug:phase>/plans/new/", new.new, name="new"),
    path(PLAN, views.plan, name="plan"),
    path(f"{PLAN}edit/", edit.edit, name="edit"),
    path(f"{PLAN}year/", year.year, name="year"),
    path(f"{PLAN}compare/", compare.compare, name="compare"),
    path(f"{PLAN}move/", moves.move, name="move"),
    path(f"{PLAN}printed/", printed.printed, name="printed"),
]
