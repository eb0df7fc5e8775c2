"""The reader's own account."""

from django.urls import path

from pilotage.kit.addresses import Views

views = Views("pilotage.web.accounts.views")

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("language/", views.choose_language, name="language"),
    path("typed/", views.typed, name="typed"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", views.revoke, name="revoke_token"),
]
