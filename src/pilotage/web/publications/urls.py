"""Newsletters for everybody, and the desk where they are made."""

from django.urls import path

from pilotage.kit.addresses import Views

feeds = Views("pilotage.web.feeds.newsletters")
desk = Views("pilotage.web.publications.desk")
documents = Views("pilotage.web.publications.documents")
making = Views("pilotage.web.publications.making")
packs = Views("pilotage.web.publications.packs")
photos = Views("pilotage.web.publications.photos")
reading = Views("pilotage.web.publications.reading")

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
    # For members and partners.
    path("<slug:phase>/documents/", documents.shelf, name="documents"),
    path("<slug:phase>/documents/<slug:name>/", documents.document, name="document"),
    path("<slug:phase>/documents/<slug:name>/editions/<int:edition>/", documents.edition, name="document_edition"),
    path(
        "<slug:phase>/documents/<slug:name>/editions/<int:edition>/<str:language>.<str:form>",
        documents.download,
        name="document_file",
    ),
    # For those who make them.
    path("<slug:phase>/publications/", desk.register, name="register"),
    path("<slug:phase>/publications/meetings/<str:code>/", packs.of_meeting, name="of_meeting"),
    path("<slug:phase>/publications/rounds/<int:year>/", packs.of_round, name="of_round"),
    path("<slug:phase>/publications/<slug:name>/", desk.overview, name="overview"),
    path("<slug:phase>/publications/<slug:name>/texts/<slug:slot>/", desk.text, name="text"),
    path("<slug:phase>/publications/<slug:name>/photos/<slug:slot>/", photos.photo, name="photo"),
    path("<slug:phase>/publications/<slug:name>/thumbnails/<int:pk>/", photos.thumbnail, name="thumbnail"),
    path("<slug:phase>/publications/<slug:name>/checks/", making.checks, name="checks"),
    path("<slug:phase>/publications/<slug:name>/step/", making.step, name="step"),
    path("<slug:phase>/publications/<slug:name>/issue/", making.issue, name="issue"),
    path("<slug:phase>/publications/<slug:name>/issuing/", making.issuing, name="issuing"),
    path("<slug:phase>/publications/<slug:name>/preview/<str:language>/", making.preview, name="preview"),
    path(
        "<slug:phase>/publications/<slug:name>/preview/<str:language>.<str:form>",
        making.preview_file,
        name="preview_file",
    ),
    path(
        "<slug:phase>/publications/<slug:name>/preview/pictures/<str:picture>",
        making.preview_picture,
        name="preview_picture",
    ),
]
