"""Editorial prose: what people type becomes blocks and clean HTML, or is refused with a reason."""

from __future__ import annotations

import json

import pytest

from pilotage.documents.prose import ProseRefused, as_html, as_text, passage


def test_the_small_set_becomes_plain_blocks():
    found = passage("# Title\n\nOne **two _three_** [four](https://five.example).\n\n1. a\n2. b\n\n> said", "en")
    assert found == json.loads(json.dumps(found))
    assert [block["kind"] for block in found["blocks"]] == ["heading", "paragraph", "list", "quote"]
    assert found["blocks"][1]["runs"] == [
        {"text": "One "},
        {"text": "two ", "strong": True},
        {"text": "three", "strong": True, "emphasis": True},
        {"text": " "},
        {"text": "four", "link": "https://five.example"},
        {"text": "."},
    ]


def test_html_is_clean_and_says_its_language():
    html = as_html(passage("## Тема\n\nТекст & <3 **важно**  \nдальше\n\n- раз\n- два", "ru"), top_heading=2)
    assert html == (
        '<div lang="ru"><h2>Тема</h2><p>Текст &amp; &lt;3 <strong>важно</strong><br>дальше</p>'
        "<ul><li>раз</li><li>два</li></ul></div>"
    )


def test_headings_never_skip_a_level():
    blocks = passage("#### a\n\n## b\n\n#### c", "en")["blocks"]
    assert [block["level"] for block in blocks] == [1, 1, 2]


@pytest.mark.parametrize("text", ["<b>x</b>", "one\n\n<div>\nx", "![a](b.png)", "[x](/inside)", "[x](ftp://a.example)"])
def test_html_pictures_and_strange_links_are_refused(text):
    with pytest.raises(ProseRefused, match="Line"):
        passage(text, "en")


@pytest.mark.parametrize("text", ["[x](javascript:alert(1))", "`code`", "a < b > c", "#hash $x$ \\\\ @x", "&amp;"])
def test_what_is_outside_the_set_stays_as_typed(text):
    assert as_text(passage(text, "en")) == text.replace("\\\\", "\\")
    assert "<script" not in as_html(passage(text, "en"))


def test_escaped_html_is_text():
    found = passage(r"\<script>alert(1)\</script>", "en")
    assert as_text(found) == "<script>alert(1)</script>"
    assert "<script" not in as_html(found)


def test_text_has_one_line_a_block():
    assert as_text(passage("# A\n\nb *c*\n\n- d\n- e\n\n> f", "en")) == "A\nb c\nd\ne\nf"
