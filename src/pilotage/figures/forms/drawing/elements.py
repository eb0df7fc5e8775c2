"""SVG elements as text. Whatever comes in from records is escaped here and nowhere else."""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|[/?#.]|[\w-]+(?:[/?#]|$))", re.IGNORECASE)


def escaped(text: str) -> str:
    """``text`` for use between tags and in attributes.

    Characters that XML forbids become replacement signs; signs that turn the direction of text are left out, so that
    no label can rearrange its neighbours.
    """
    if text.isalnum():
        return text
    clean = _TURNS.sub("", _NOT_IN_XML.sub("\ufffd", text)) if not text.isascii() or not text.isprintable() else text
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def number(value: float) -> str:
    """A coordinate, to a tenth, as short as it can be written."""
    tenth = round(value * 10)
    if tenth % 10 == 0:
        return str(tenth // 10)
    sign = "-" if tenth < 0 else ""
    whole, part = divmod(abs(tenth), 10)
    return f"{sign}{whole}.{part}" if whole else f"{sign}.{part}"


def element(name: str, attributes: dict[str, str | float], *children: str) -> str:
    """One element. ``children`` are elements or text that was escaped; attribute values are escaped here."""
    parts = [
        f' {key}="{escaped(value) if isinstance(value, str) else number(value)}"' for key, value in attributes.items()
    ]
    if not children:
        return f"<{name}{''.join(parts)}/>"
    return f"<{name}{''.join(parts)}>{''.join(children)}</{name}>"


def titled(title: str) -> str:
    """What a mark says when it is pointed at or read aloud; nothing for an empty title."""
    return f"<title>{escaped(title)}</title>" if title else ""


def anchor(address: str, *children: str) -> str:
    """``children`` as a link. An address that could run code is left out; what it stood around stays."""
    if not _SAFE_LINK.match(address):
        return element("g", {}, *children)
    return element("a", {"href": address}, *children)
