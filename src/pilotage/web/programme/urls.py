"""The public face of a programme."""

from django.urls import path

from pilotage.web.programme import views

app_name = "programme"
urlpatterns = [
    path("<slug:phase>/programme/", views.programme, name="programme"),
    path("<slug:phase>/stated/", views.stated, name="stated"),
]
