"""Pages as a person asks for them: signed in by name, forms sent as a browser sends them."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from pilotage.domain.membership.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(user: User | None = None, *, strict: bool = False) -> Client:
    """A browser in which ``user`` has signed in; the public's for None. ``strict`` checks forms for forgery."""
    client = Client(enforce_csrf_checks=strict)
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


class _Forms(HTMLParser):
    """The fields of every form of a page, with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.select = self.textarea = ""
        self.first_option = True
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        fields = self.forms[-1]
        match tag:
            case "input" if given.get("name"):
                ticked = given.get("type") in {"checkbox", "radio"}
                if not ticked or "checked" in given:
                    fields.setdefault(given["name"], []).append(given.get("value", "on" if ticked else ""))
            case "select":
                self.select, self.first_option = given.get("name", ""), True
            case "option" if self.select:
                if "selected" in given:
                    fields[self.select] = [given.get("value", "")]
                elif self.first_option:
                    fields.setdefault(self.select, [given.get("value", "")])
                self.first_option = False
            case "textarea":
                self.textarea, self.text = given.get("name", ""), []

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        if tag == "textarea" and self.textarea:
            self.forms[-1][self.textarea] = ["".join(self.text).removeprefix("\n")]
            self.textarea = ""


def form_of(response: Any, having: str) -> dict[str, Any]:
    """What stands in the first form of a page that has a field ``having``: ready to be changed and sent."""
    parser = _Forms()
    parser.feed(response.content.decode())
    for form in parser.forms:
        if having in form:
            return {name: values if len(values) > 1 else values[0] for name, values in form.items()}
    raise AssertionError(f"no form with {having} on the page")


def words_of(response: Any) -> str:
    """The text of a page without its marks, in single spaces."""
    body = re.sub(r"<script.*?</script>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
