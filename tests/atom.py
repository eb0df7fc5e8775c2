"""What RFC 4287 asks of an Atom feed, as rules in our words: each broken one gives a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ONCE, AT_MOST_ONCE = ("id", "title", "updated"), ("generator", "icon", "logo", "rights", "subtitle", "published")
OF_FEED = {*ONCE, *AT_MOST_ONCE, "author", "category", "contributor", "link", "entry"} - {"published"}
OF_ENTRY = {*ONCE, "author", "category", "content", "contributor", "link", "published", "rights", "source", "summary"}


def broken_rules(feed: bytes) -> list[str]:
    """The rules of RFC 4287 that ``feed`` breaks (sections 4.1 and 4.2); none for a valid one."""
    root = etree.fromstring(feed, etree.XMLParser(resolve_entities=False, no_network=True))
    if root.tag != f"{ATOM}feed":
        return [f"the root is {root.tag}"]
    found = [*_container(root, "feed", OF_FEED)]
    entries = root.findall(f"{ATOM}entry")
    if not root.get(LANG):
        found.append("feed: no language")
    if not any(link.get("rel") == "self" for link in root.findall(f"{ATOM}link")):
        found.append("feed: no link to itself (4.1.1)")
    for place, entry in enumerate(entries, 1):
        name = f"entry {place}"
        found += _container(entry, name, OF_ENTRY)
        if root.find(f"{ATOM}author") is None and entry.find(f"{ATOM}author") is None:
            found.append(f"{name}: no author here or in the feed (4.1.2)")
        alternate = any(link.get("rel", "alternate") == "alternate" for link in entry.findall(f"{ATOM}link"))
        if entry.find(f"{ATOM}content") is None and not alternate:
            found.append(f"{name}: neither content nor an alternate link (4.1.2)")
        published, updated = entry.findtext(f"{ATOM}published"), entry.findtext(f"{ATOM}updated")
        if published and updated and published > updated:
            found.append(f"{name}: updated before it was published")
    ids = [*(entry.findtext(f"{ATOM}id") for entry in entries), root.findtext(f"{ATOM}id")]
    found += [f"the id {one} stands for two things (4.2.6)" for one, count in Counter(ids).items() if count > 1]
    newest = max((entry.findtext(f"{ATOM}updated") or "" for entry in entries), default="")
    if newest and newest != root.findtext(f"{ATOM}updated"):
        found.append("feed: not updated when its newest entry was")
    return found


def _container(element: etree._Element, name: str, allowed: set[str]) -> Iterable[str]:
    """The rules that hold for the feed and for an entry."""
    known = Counter(child.tag.removeprefix(ATOM) for child in element if str(child.tag).startswith(ATOM))
    yield from (f"{name}: {tag} may not stand here" for tag in known if tag not in allowed)
    yield from (f"{name}: {known[tag]} elements {tag}, not one" for tag in ONCE if known[tag] != 1)
    yield from (f"{name}: more than one {tag}" for tag in AT_MOST_ONCE if known[tag] > 1)
    for tag in ("updated", "published"):
        for moment in element.findall(f"{ATOM}{tag}"):
            if not MOMENT.fullmatch(moment.text or ""):
                yield f"{name}: {tag} is no moment with its zone (3.3): {moment.text}"
    for tag in ("title", "subtitle", "summary", "rights"):
        for text in element.findall(f"{ATOM}{tag}"):
            if text.get("type", "text") == "text" and (len(text) or not (text.text or "").strip()):
                yield f"{name}: {tag} is empty or holds elements (3.1.1.1)"
    for author in element.findall(f"{ATOM}author"):
        if len(author.findall(f"{ATOM}name")) != 1 or not (author.findtext(f"{ATOM}name") or "").strip():
            yield f"{name}: an author without one name (3.2.1)"
    if not urlsplit(element.findtext(f"{ATOM}id") or "").scheme:
        yield f"{name}: the id is no absolute address (4.2.6)"
    yield from _links(element, name)


def _links(element: etree._Element, name: str) -> Iterable[str]:
    links = element.findall(f"{ATOM}link")
    for link in links:
        if not urlsplit(link.get("href", "")).netloc:
            yield f"{name}: a link that leads nowhere from elsewhere (4.2.7.1): {link.get('href')}"
        if link.get("type") is not None and not re.fullmatch(r"[\w.+-]+/[\w.+-]+(;.*)?", link.get("type", "")):
            yield f"{name}: {link.get('type')} is no media type (4.2.7.3)"
        if link.get("length") is not None and not link.get("length", "").isdecimal():
            yield f"{name}: the length {link.get('length')} is no number of bytes (4.2.7.6)"
    alike = Counter(
        (link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"
    )
    yield from (f"{name}: two alternate links of one type and language" for count in alike.values() if count > 1)
