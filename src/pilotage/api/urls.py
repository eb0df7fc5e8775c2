"""The machine side."""

urlpatterns: list[object] = []
