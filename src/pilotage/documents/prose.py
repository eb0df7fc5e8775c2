"""Editorial prose: Markdown as people type it → a small block list (plain JSON, for print) → clean HTML (for the web).

The set is small on purpose: paragraphs, headings, lists, quotes; strong, emphasis and links inside them. What is not in
it prints as it was typed, except raw HTML and pictures, which are refused with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

import nh3
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LINK_SCHEMES = ("https:", "http:", "mailto:")
_OUTSIDE_THE_SET = ["code", "fence", "hr", "backticks", "reference", "entity"]


class Run(TypedDict):
    """A stretch of text in one manner. The text ``"\\n"`` alone is a forced line break."""

    text: str
    strong: NotRequired[bool]
    emphasis: NotRequired[bool]
    link: NotRequired[str]


class Block(TypedDict):
    """One paragraph, heading, list or quote; which of the other fields it has follows from its kind."""

    kind: Literal["paragraph", "heading", "list", "quote"]
    runs: NotRequired[list[Run]]
    """Of a paragraph or heading."""
    level: NotRequired[int]
    """Of a heading: 1 is the highest in this passage, none is skipped; the document shifts it below its own headings."""
    ordered: NotRequired[bool]
    """Of a list."""
    items: NotRequired[list[list[Block]]]
    """Of a list: each item is itself blocks."""
    blocks: NotRequired[list[Block]]
    """Of a quote."""


class Passage(TypedDict):
    """Prose with the language that it is really in, which need not be the document's."""

    language: str
    blocks: list[Block]


class ProseRefused(ValueError):
    """The text holds something that must not be published from a text field; the message says what and where."""


def passage(markdown: str, language: str) -> Passage:
    """``markdown`` as a passage in ``language``. Raises ProseRefused."""
    blocks = list(_blocks(_parser().parse(markdown)))
    _close_ranks(list(_headings(blocks)))
    return {"language": language, "blocks": blocks}


def as_html(prose: Passage, *, top_heading: int = 3) -> str:
    """Clean HTML of a passage, in its own ``lang``; its highest heading becomes ``h{top_heading}``."""
    inner = "".join(_block_html(block, top_heading) for block in prose["blocks"])
    return nh3.clean(
        f'<div lang="{escape(prose["language"])}">{inner}</div>',
        tags={"div", "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "strong", "em", "a", "br"},
        attributes={"div": {"lang"}, "a": {"href"}},
        url_schemes={scheme.rstrip(":") for scheme in LINK_SCHEMES},
        link_rel="noopener",
    )


def as_text(prose: Passage) -> str:
    """The words alone, one line a block: for search, hashes and plain-text mail."""
    return "\n".join(_block_text(block) for block in prose["blocks"])


@cache
def _parser() -> MarkdownIt:
    # Read at the first text: few pages have one, and the first page of a fresh server would wait for it.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True, "typographer": False}).disable(_OUTSIDE_THE_SET)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """The blocks of a balanced run of markdown-it tokens."""
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "html_block":
            raise ProseRefused(
                _("Line %(line)d: HTML is not taken here: %(text)s")
                % {"line": _line(token), "text": token.content.strip()[:40]}
            )
        end = _closing(tokens, position)
        inside = tokens[position + 1 : end]
        if token.type == "paragraph_open":
            yield {"kind": "paragraph", "runs": _runs(inside[0])}
        elif token.type == "heading_open":
            yield {"kind": "heading", "level": int(token.tag[1]), "runs": _runs(inside[0])}
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield {"kind": "list", "ordered": token.type == "ordered_list_open", "items": list(_items(inside))}
        elif token.type == "blockquote_open":
            yield {"kind": "quote", "blocks": list(_blocks(inside))}
        position = end + 1


def _headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """The headings in reading order, wherever they stand."""
    for block in blocks:
        if block["kind"] == "heading":
            yield block
        for inner in (*block.get("items", []), block.get("blocks", [])):
            yield from _headings(inner)


def _close_ranks(headings: Sequence[Block]) -> None:
    """Levels from 1 without a gap, as readers who move by headings need (PDF/UA refuses a skipped level)."""
    used = sorted({heading["level"] for heading in headings})
    previous = 0
    for heading in headings:
        previous = heading["level"] = min(used.index(heading["level"]) + 1, previous + 1)


def _items(tokens: Sequence[Token]) -> Iterator[list[Block]]:
    position = 0
    while position < len(tokens):
        end = _closing(tokens, position)
        yield list(_blocks(tokens[position + 1 : end]))
        position = end + 1


def _closing(tokens: Sequence[Token], opening: int) -> int:
    """Where the block that opens at ``opening`` ends; a block without contents ends where it opens."""
    depth = 0
    for position in range(opening, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position
    return len(tokens) - 1


def _runs(inline: Token) -> list[Run]:
    """The runs of one paragraph; neighbours in the same manner are joined."""
    runs: list[Run] = []
    manner: Run = {"text": ""}
    for token in inline.children or []:
        if token.type in ("html_inline", "image"):
            said = (
                _("Line %(line)d: HTML is not taken here: %(text)s")
                if token.type == "html_inline"
                else _("Line %(line)d: a picture is not taken here: %(text)s")
            )
            raise ProseRefused(said % {"line": _line(inline), "text": token.content.strip()[:40]})
        if token.type == "strong_open":
            manner = {**manner, "strong": True}
        elif token.type == "em_open":
            manner = {**manner, "emphasis": True}
        elif token.type == "link_open":
            manner = {**manner, "link": _link(token, inline)}
        elif token.type in ("strong_close", "em_close", "link_close"):
            manner = _without(manner, token.type)
        elif token.type == "hardbreak":
            runs.append({"text": "\n"})
        else:
            _append(runs, {**manner, "text": " " if token.type == "softbreak" else token.content})
    return runs


def _without(manner: Run, closed: str) -> Run:
    left: Run = {"text": ""}
    if manner.get("strong") and closed != "strong_close":
        left["strong"] = True
    if manner.get("emphasis") and closed != "em_close":
        left["emphasis"] = True
    if "link" in manner and closed != "link_close":
        left["link"] = manner["link"]
    return left


def _append(runs: list[Run], run: Run) -> None:
    if not run["text"]:
        return
    if runs and runs[-1]["text"] != "\n" and {**runs[-1], "text": ""} == {**run, "text": ""}:
        runs[-1] = {**runs[-1], "text": runs[-1]["text"] + run["text"]}
    else:
        runs.append(run)


def _link(token: Token, inline: Token) -> str:
    target = str(token.attrGet("href") or "")
    if not target.lower().startswith(LINK_SCHEMES):
        raise ProseRefused(
            _("Line %(line)d: a link must begin with https, http or mailto: %(target)s")
            % {"line": _line(inline), "target": target[:60]}
        )
    return target


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _block_html(block: Block, top_heading: int) -> str:
    if block["kind"] == "list":
        tag = "ol" if block.get("ordered") else "ul"
        items = "".join(f"<li>{_item_html(item, top_heading)}</li>" for item in block.get("items", []))
        return f"<{tag}>{items}</{tag}>"
    if block["kind"] == "quote":
        return (
            f"<blockquote>{''.join(_block_html(inner, top_heading) for inner in block.get('blocks', []))}</blockquote>"
        )
    words = "".join(_run_html(run) for run in block.get("runs", []))
    if block["kind"] == "heading":
        level = min(6, top_heading + block.get("level", 1) - 1)
        return f"<h{level}>{words}</h{level}>"
    return f"<p>{words}</p>"


def _item_html(item: list[Block], top_heading: int) -> str:
    """An item of one paragraph is set without the paragraph, so that lists stay tight."""
    if len(item) == 1 and item[0]["kind"] == "paragraph":
        return "".join(_run_html(run) for run in item[0].get("runs", []))
    return "".join(_block_html(block, top_heading) for block in item)


def _run_html(run: Run) -> str:
    if run["text"] == "\n":
        return "<br>"
    words = escape(run["text"])
    if run.get("emphasis"):
        words = f"<em>{words}</em>"
    if run.get("strong"):
        words = f"<strong>{words}</strong>"
    return f'<a href="{escape(run["link"])}">{words}</a>' if "link" in run else words


def _block_text(block: Block) -> str:
    if block["kind"] == "list":
        return "\n".join("\n".join(_block_text(inner) for inner in item) for item in block.get("items", []))
    if block["kind"] == "quote":
        return "\n".join(_block_text(inner) for inner in block.get("blocks", []))
    return "".join(run["text"] for run in block.get("runs", []))
