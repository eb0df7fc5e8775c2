"""Setting up a phase: for its manager."""

from django.urls import path

from pilotage.kit.addresses import Views

accounts = Views("pilotage.web.settings.accounts")
people = Views("pilotage.web.settings.people")
views = Views("pilotage.web.settings.views")

app_name = "settings"
urlpatterns = [
    path("<slug:phase>/settings/", views.overview, name="overview"),
    path("<slug:phase>/settings/phase/", views.edit_facts, name="phase"),
    path("<slug:phase>/settings/addenda/", views.add_addendum, name="addenda"),
    path("<slug:phase>/settings/countries/", views.set_country, name="countries"),
    path("<slug:phase>/settings/components/", views.new_component, name="new_component"),
    path("<slug:phase>/settings/components/<str:number>/", views.change_component, name="component"),
    path("<slug:phase>/settings/values/<slug:name>/", views.change_value, name="value"),
    path("<slug:phase>/settings/users/", people.users, name="users"),
    path("<slug:phase>/settings/users/give/", people.give_role, name="give_role"),
    path("<slug:phase>/settings/users/<int:pk>/end/", people.end_role, name="end_role"),
    path("<slug:phase>/settings/accounts/<int:pk>/", accounts.account, name="account"),
    path("<slug:phase>/settings/accounts/<int:pk>/edit/", accounts.edit_account, name="edit_account"),
    path("<slug:phase>/settings/accounts/<int:pk>/<slug:step>/", accounts.take_step, name="account_step"),
]
