"""Web and mail: Django templates over the same frozen content that is printed. They compute nothing."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import css_inline
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from pilotage.documents.pictures import SCHEME, picture_bytes, picture_type

FOLDER = Path(__file__).resolve().parent.parent


class Pictures(dict[str, str]):
    """Pictures by name as markup for a page: charts as they are for screens, photos as addresses."""


def article_html(
    kind: str,
    content: Mapping[str, Any],
    images: Mapping[str, str],
    language: str,
    *,
    photo_address: Mapping[str, str],
    linked: bool = True,
) -> str:
    """The document as an HTML fragment. ``photo_address`` says where each photo is found.

    ``linked`` lets it lead to pages of the site that it stands on.
    """
    charts = {
        name: mark_safe(images.get(name.replace(".svg", "-screen.svg"), data))
        for name, data in images.items()
        if name.endswith(".svg") and not name.endswith("-screen.svg")
    }
    context = {
        "c": content,
        "w": content["words"],
        "language": language,
        "charts": charts,
        "photos": photo_address,
        "linked": linked,
    }
    return render_to_string(f"{kind}/article.html", context)


def standalone_html(kind: str, content: Mapping[str, Any], images: Mapping[str, str], language: str) -> str:
    """One page with everything in it: styles, charts, photos. Opens anywhere, for ever."""
    photos = {name: data_address(data) for name, data in images.items() if data.startswith(SCHEME)}
    # Charts as they are printed: they bear their own colours, a page for itself has no stylesheet of ours for them.
    printed = {name: data for name, data in images.items() if not name.endswith("-screen.svg")}
    article = article_html(kind, content, printed, language, photo_address=photos, linked=False)
    context = {"c": content, "language": language, "article": mark_safe(article), "style": mark_safe(stylesheet())}
    return render_to_string(f"{kind}/standalone.html", context)


def mail_html(kind: str, content: Mapping[str, Any], images: Mapping[str, str], language: str) -> str:
    """The mail version: one column, styles inline, no pictures that a mail program would hide."""
    page = render_to_string(f"{kind}/mail.html", {"c": content, "w": content["words"], "language": language})
    return css_inline.inline(page, load_remote_stylesheets=False)


def data_address(reference: str) -> str:
    """A photo as a data address."""
    return f"data:{picture_type(reference)};base64,{base64.b64encode(picture_bytes(reference)).decode()}"


def stylesheet() -> str:
    """The styles of documents on the web."""
    return (FOLDER / "static" / "css" / "issue.css").read_text(encoding="utf-8")
