"""Work plans: register, versions, table of lines, year view, comparison."""

from django.urls import path

from pilotage.kit.addresses import Views

compare = Views("pilotage.web.workplans.compare")
edit = Views("pilotage.web.workplans.edit")
moves = Views("pilotage.web.workplans.moves")
new = Views("pilotage.web.workplans.new")
printed = Views("pilotage.web.workplans.printed")
views = Views("pilotage.web.workplans.views")
year = Views("pilotage.web.workplans.year")

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
