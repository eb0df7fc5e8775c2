"""A page of the past leads on in the past, and offers nothing to change.

Done once on the finished page rather than in every template, so that none can forget it: links to pages that show the
past carry the instant along, forms that ask keep it, and what would write is taken out. The texts of a page are escaped,
so that what looks like a mark of the language is one.
"""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import quote, urlsplit

from pilotage.web.past.places import shows_the_past

MAIN = re.compile(r"(<main\b.*</main>)", re.S)
LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.S)
ADDRESS = re.compile(r'\bhref="([^"]*)"')
WRITING_FORM = re.compile(r'<form\b(?=[^>]*\bmethod="post")[^>]*>.*?</form>', re.S | re.I)
ASKING_FORM = re.compile(r'<form\b(?![^>]*\bmethod="post")[^>]*>.*?</form>', re.S | re.I)
FIELD = re.compile(r'\bname="recorded"')
BUTTON = re.compile(r'\bclass="[^"]*\bbutton\b')
TABS = re.compile(r'<nav class="tabs\b.*?</nav>', re.S)
EMPTY_LINE = re.compile(r"<li>\s*</li>")


def carried_along(page: str, path: str, asked: str) -> str:
    """``page``, made for ``path``, with the instant ``asked`` in its links and forms and without what would write."""
    before, main, after = (*MAIN.split(page, maxsplit=1), "", "")[:3]
    main = WRITING_FORM.sub("", main)
    main = TABS.sub(lambda tabs: _tabs(tabs[0], path, asked), main)
    main = _links(main, path, asked, other=None)
    whole = _links(before, path, asked) + main + _links(after, path, asked)
    hidden = f'<input type="hidden" name="recorded" value="{escape(asked)}">'
    return ASKING_FORM.sub(
        lambda form: form[0] if FIELD.search(form[0]) else form[0].replace(">", f">{hidden}", 1), whole
    )


def _tabs(tabs: str, path: str, asked: str) -> str:
    """The tabs that show the past; nothing where only one is left."""
    left = EMPTY_LINE.sub("", _links(tabs, path, asked, other=""))
    return left if left.count("<li") > 1 else ""


def _links(part: str, path: str, asked: str, other: str | None = "as it is") -> str:
    """``part`` with the instant in its links; ``other`` says what becomes of those to pages that show today alone.

    ``as it is``: they stay, and lead to today. None: their words stay, buttons go. An empty text: they go.
    """

    def link(found: re.Match[str]) -> str:
        address = ADDRESS.search(found[1])
        if address is None:
            return found[0]
        target = unescape(address[1])
        parts = urlsplit(target)
        if parts.scheme or parts.netloc or not (parts.path or parts.query) or "recorded=" in parts.query:
            return found[0]
        if "data-today" in found[1]:
            return found[0]
        shows = shows_the_past(parts.path or path)
        if shows:
            query = f"{parts.query}&" if parts.query else ""
            fragment = f"#{parts.fragment}" if parts.fragment else ""
            there = f"{parts.path}?{query}recorded={quote(asked, safe=':')}{fragment}"
            marks = found[1].replace(address[0], f'href="{escape(there)}"', 1)
            return f"<a{marks}>{found[2]}</a>"
        if shows is None or other == "as it is":
            return found[0]
        if other == "" or BUTTON.search(found[1]):
            return ""
        return f"<span>{found[2]}</span>"

    return LINK.sub(link, part)
