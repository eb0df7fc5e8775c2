"""Which text can be printed. A character that the document fonts lack stops a PDF, so text is checked when typed."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

LAYOUT = "\t\n\r\u00ad"
"""Allowed without a letter form of their own: tab, line ends, soft hyphen."""


def missing_characters(text: str) -> list[str]:
    """The characters of ``text`` that cannot be printed, each once, in order of appearance; empty for good text.

    These are characters that some document font lacks (emoji, Arabic, Chinese), control characters and the
    invisible signs that turn the direction of text.
    """
    return list(dict.fromkeys(_unprintable().findall(text)))


@cache
def _unprintable() -> re.Pattern[str]:
    runs = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    allowed = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in runs)
    return re.compile(f"[^{allowed}{re.escape(LAYOUT)}]")
