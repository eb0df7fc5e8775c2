"""The printed newsletter: both languages, archivable and accessible, the same bytes each time, safe with any text."""

from __future__ import annotations

import copy
import time
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from pilotage.documents.kinds.newsletter.content import Newsletter, image_names
from pilotage.documents.kinds.newsletter.words import STATEMENTS, WORDS
from pilotage.documents.prose import passage
from pilotage.documents.rendering.typst import RenderingFailed, render_pdf, unprintable
from tests.documents.pdf_checks import assert_archivable_and_accessible, tags, texts
from tests.documents.sample_newsletter import FICTIONAL, build

LANGUAGES = ("en", "ru")


@pytest.fixture(scope="module", params=LANGUAGES)
def issue(request: pytest.FixtureRequest) -> tuple[str, Newsletter, dict[str, bytes], bytes]:
    language = request.param
    content, images = build(language)
    return language, content, images, render_pdf("newsletter", content, language=language, images=images)


def english(**changes: Any) -> bytes:
    """The English sample with some of its slots replaced."""
    content, images = build("en")
    return render_pdf("newsletter", {**content, **changes}, language="en", images=images)


def test_is_archivable_and_accessible(issue):
    assert_archivable_and_accessible(issue[3])


def test_has_the_ten_pages_of_the_handbook(issue):
    language, content, _, pdf = issue
    words = WORDS[language]
    pages = texts(pdf)
    assert len(pages) == 10
    expected = ("foreword", "programme", "progress", "procurement", "highlights", None, "upcoming", "story", "partners")
    for number, word in enumerate(expected, start=1):
        assert word is None or words[word] in pages[number]


def test_is_the_same_to_the_byte_when_rendered_again(issue):
    language, content, images, pdf = issue
    time.sleep(1.1)
    assert render_pdf("newsletter", copy.deepcopy(content), language=language, images=dict(images)) == pdf


def test_says_its_title_language_and_date_in_the_file(issue):
    language, content, _, pdf = issue
    reader = PdfReader(BytesIO(pdf))
    assert reader.metadata.title == content["title"]
    assert reader.metadata.creation_date.date().isoformat() == "2026-07-28"
    assert str(reader.trailer["/Root"]["/Lang"]).startswith(language)


def test_every_picture_says_its_data_in_words(issue):
    _, content, _, pdf = issue
    figures = tags(pdf, "/Figure")
    alternatives = [str(figure.get("/Alt", "")) for figure in figures]
    assert all(alternatives)
    wanted = [chart["alt"] for chart in content["progress"]["charts"]]
    wanted += [content["cover"]["alt"], content["words"]["emblem_alt"]]
    assert set(wanted) <= set(alternatives)


def test_tables_have_headers_and_headings_do_not_skip(issue):
    pdf = issue[3]
    assert len(tags(pdf, "/Table")) == 5
    assert len(tags(pdf, "/TH")) == 6 + 4 * 3
    assert len(tags(pdf, "/H1")) == 9


def test_the_emblem_and_its_statement_open_and_the_disclaimer_closes(issue):
    language, content, _, pdf = issue
    pages = texts(pdf)
    statement = " ".join(STATEMENTS["funded"][language])
    assert statement in pages[0]
    assert str(content["issue"]["as_of"]) in pages[0]
    assert statement in pages[-1]
    ending = pages[-1].replace("- ", "").replace("-", "")
    assert str(content["disclaimer"])[-30:].replace("-", "") in ending


def test_a_fictional_programme_is_marked_on_every_page(issue):
    assert all(FICTIONAL.split(" · ")[0] in page for page in texts(issue[3]))


def test_a_real_programme_bears_no_such_mark():
    assert not any("FICTIONAL" in page for page in texts(english(fictional=None)))


def test_the_co_funded_statement_comes_from_the_data():
    pages = texts(english(funding={"lines": STATEMENTS["co-funded"]["en"], "contribution": ""}))
    assert "Co-funded by the European Union" in pages[0]


def test_the_sample_hands_over_the_pictures_that_it_names(issue):
    assert image_names(issue[1]) == set(issue[2])


HOSTILE = [
    '#import "/etc/passwd"', "#panic()", "$x^2$", "\\ back \\u{41} slash", "*not strong* _nor this_ `code`",
    "<script>alert(1)</script>", "= Not a heading", "- not a list", "@nobody <label> // remark /* remark */",
    "~ -- --- ...", "[#]",
]  # fmt: skip


def test_markup_in_any_slot_is_printed_as_text():
    content, images = build("en")
    content["cover"]["headline"] = " ".join(HOSTILE)
    content["foreword"]["forewords"][0]["text"]["blocks"] = [
        {"kind": "paragraph", "runs": [{"text": text, "strong": True}]} for text in HOSTILE
    ]
    table = content["progress"]["tables"][0]
    table["rows"] = [{**table["rows"][0], "cells": [text, *table["rows"][0]["cells"][1:]]} for text in HOSTILE]
    item = content["upcoming"]["groups"][0]["items"][0]
    content["upcoming"]["groups"][0]["items"] = [{**item, "title": text, "date": text} for text in HOSTILE]
    content["disclaimer"] = " ".join(HOSTILE)
    pdf = render_pdf("newsletter", content, language="en", images=images)
    assert_archivable_and_accessible(pdf)
    pages = texts(pdf)
    for text in HOSTILE:
        for number in (0, 1, 3, 7, 9):
            assert " ".join(text.split()) in pages[number], (number, text, pages[number])


def test_ten_thousand_characters_without_a_space_are_all_printed_within_the_page():
    content, images = build("en")
    content["foreword"]["forewords"][0]["text"] = passage("x" * 10_000, "en")
    content["upcoming"]["groups"][1]["items"][0]["title"] = "y" * 10_000
    pdf = render_pdf("newsletter", content, language="en", images=images)
    assert_archivable_and_accessible(pdf)
    together = "".join(texts(pdf)).replace(" ", "")
    assert together.count("x") >= 10_000
    assert together.count("y") >= 10_000
    for page in PdfReader(BytesIO(pdf)).pages:
        rights: list[float] = []
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size, rights=rights: rights.append(tm[4] * cm[0] + cm[4])
        )
        assert max(rights) < 595.3


@pytest.mark.parametrize(("character", "code"), [("漢", "U+6F22"), ("\u0007", "U+0007"), ("🙂", "U+1F642")])
def test_a_character_that_the_fonts_lack_is_named_with_its_slot(character, code):
    content, images = build("en")
    content["story"]["lead"] = f"A {character} here"
    with pytest.raises(RenderingFailed, match=code.replace("+", r"\+")) as failure:
        render_pdf("newsletter", content, language="en", images=images)
    assert failure.value.characters == character
    assert failure.value.slots == ("story.lead",)


def test_a_character_that_a_picture_needs_is_named_with_the_picture():
    content, images = build("en")
    images["people.svg"] = images["people.svg"].replace(b"women", "漢".encode())
    with pytest.raises(RenderingFailed) as failure:
        render_pdf("newsletter", content, language="en", images=images)
    assert failure.value.slots == ("images.people.svg",)


def test_text_can_be_tried_while_it_is_typed():
    assert unprintable("Ғылым, #import $x$ \\u{7} и 21 650 050 €") == ""
    assert unprintable("a 漢 b") == "漢"
    assert unprintable("bell \u0007") == "\u0007"


def test_all_letters_of_the_region_are_there():
    letters = (
        "Ұ ұ Қ қ Ғ ғ Ң ң Ү ү Ө ө Һ һ І і Ә ә Ӣ ӣ Ӯ ӯ Ҳ ҳ Ҷ ҷ Ў ў "
        "Ä ä Ž ž Ň ň Ý ý Ş ş Ç ç Ö ö Ü ü ʻ ʼ ā č ē ģ ī ķ ļ ņ š ū ą ę ė į ų № « » „ “ ” – — … € °"
    )
    pages = texts(english(disclaimer=letters))
    assert all(letter in pages[-1] for letter in letters.split())


def test_what_is_missing_leaves_no_trace():
    content, images = build("en")
    bare: dict[str, Any] = {
        **content, "foreword": None, "about": None, "progress": None, "delivery": None, "highlights": [],
        "upcoming": None, "story": None,
        "cover": {**content["cover"], "image": "", "headline": "", "figures": content["cover"]["figures"][:1]},
    }  # fmt: skip
    pdf = render_pdf("newsletter", bare, language="en", images={})
    assert_archivable_and_accessible(pdf)
    assert len(texts(pdf)) == 2
    delivery = {**content["delivery"], "procurement": None, "grants": None}
    assert len(texts(english(delivery=delivery))) == 9


def test_an_unsigned_foreword_and_photos_are_set():
    content, images = build("en")
    drawn = BytesIO()
    Image.new("RGB", (900, 600), "#7FA3A9").save(drawn, "JPEG")
    photo = {"image": "photo.jpg", "alt": "A grey-green surface.", "caption": "Photo: the programme"}
    foreword = {**content["foreword"]["forewords"][0], "name": None, "role": None, "heading": ""}
    signed = {**content["foreword"]["forewords"][1], "portrait": photo}
    story = {**content["story"], "photo": photo}
    for forewords in ([foreword], [signed], [foreword, signed]):
        changed: dict[str, Any] = {
            **content,
            "story": story,
            "foreword": {**content["foreword"], "forewords": forewords},
        }
        pdf = render_pdf("newsletter", changed, language="en", images={**images, "photo.jpg": drawn.getvalue()})
        assert_archivable_and_accessible(pdf)
        assert len(texts(pdf)) == 10, "the photo takes what the words leave of the page"
    short: dict[str, Any] = {**content, "story": {**story, "text": passage("A few words.", "en")}}
    pdf = render_pdf("newsletter", short, language="en", images={**images, "photo.jpg": drawn.getvalue()})
    assert len(texts(pdf)) == 10


def test_wording_in_another_language_says_so():
    content, images = build("en")
    content["highlights"][0]["activities"][0]["title"] = {"text": "Проверка документов", "language": "ru"}
    pdf = render_pdf("newsletter", content, language="en", images=images)
    assert_archivable_and_accessible(pdf)
    assert any(str(element.get("/Lang", "")) == "ru" for kind in ("/Span", "/P", "/TD") for element in tags(pdf, kind))


def test_refuses_names_that_leave_the_folder_and_unknown_kinds():
    content, images = build("en")
    with pytest.raises(RenderingFailed, match="no name for a picture"):
        render_pdf("newsletter", content, language="en", images={**images, "../template.typ": b""})
    with pytest.raises(RenderingFailed, match="no template"):
        render_pdf("leaflet", content, language="en", images=images)
