"""Address of the room of a meeting."""

from django.urls import path

from pilotage.kit.addresses import Views

views = Views("pilotage.web.room.views")

app_name = "room"
urlpatterns = [path("<slug:phase>/meetings/<str:code>/room/", views.room, name="room")]
