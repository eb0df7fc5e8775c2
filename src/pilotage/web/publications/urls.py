"""Newsletters for everybody, and the desk where they are made."""

from django.urls import path

from pilotage.web.feeds import newsletters as feeds
from pilotage.web.publications import desk, making, reading

app_name = "publications"
urlpatterns = [
    # For everybody.
    path("<slug:phase>/newsletters/", reading.archive, name="archive"),
    path("<slug:phase>/newsletters/feed.xml", feeds.feed, name="feed"),
    path("<slug:phase>/newsletters/<int:number>/", reading.newsletter, name="newsletter"),
    path("<slug:phase>/newsletters/<int:number>/editions/<int:edition>/", reading.edition, name="edition"),
    path(
        "<slug:phase>/newsletters/<int:number>/editions/<int:edition>/<str:language>.<str:form>",
        reading.download,
        name="download",
    ),
    path("<slug:phase>/newsletters/<int:number>/pictures/<str:name>", reading.picture, name="picture"),
    # For those who make them.
    path("<slug:phase>/publications/", desk.register, name="register"),
    path("<slug:phase>/publications/<int:number>/", desk.overview, name="overview"),
    path("<slug:phase>/publications/<int:number>/texts/<slug:slot>/", desk.text, name="text"),
    path("<slug:phase>/publications/<int:number>/photos/<slug:slot>/", desk.photo, name="photo"),
    path("<slug:phase>/publications/<int:number>/checks/", making.checks, name="checks"),
    path("<slug:phase>/publications/<int:number>/step/", making.step, name="step"),
    path("<slug:phase>/publications/<int:number>/issue/", making.issue, name="issue"),
    path("<slug:phase>/publications/<int:number>/issuing/", making.issuing, name="issuing"),
    path("<slug:phase>/publications/<int:number>/preview/<str:language>/", making.preview, name="preview"),
    path(
        "<slug:phase>/publications/<int:number>/preview/<str:language>.<str:form>",
        making.preview_file,
        name="preview_file",
    ),
    path(
        "<slug:phase>/publications/<int:number>/preview/pictures/<str:name>",
        making.preview_picture,
        name="preview_picture",
    ),
]
