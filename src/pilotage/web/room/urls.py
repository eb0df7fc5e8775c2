"""Address of the room of a meeting."""

from django.urls import path

from pilotage.web.room import views

app_name = "room"
urlpatterns = [path("<slug:phase>/meetings/<str:code>/room/", views.room, name="room")]
