"""Printed packs, minutes and work plans: both languages, archivable and accessible, the same bytes, safe with any text."""

from __future__ import annotations

import copy
import re
import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from pilotage.documents.kinds.national_pack.content import PAGES as NATIONAL_PAGES
from pilotage.documents.kinds.regional_pack.content import PAGES as REGIONAL_PAGES
from pilotage.documents.rendering.typst import RenderingFailed, render_pdf
from pilotage.documents.steering.parts import images_in
from pilotage.documents.steering.sealing import content_hash, seal_holds, sealed
from pilotage.documents.steering.words import STATEMENTS, WORDS
from tests.documents import sample_minutes, sample_national_pack, sample_regional_pack, sample_work_plan
from tests.documents.pdf_checks import assert_archivable_and_accessible, tags, texts
from tests.documents.sample_steering import FICTIONAL

SAMPLES = {
    "national_pack": sample_national_pack.build,
    "regional_pack": sample_regional_pack.build,
    "minutes": sample_minutes.build,
    "work_plan": sample_work_plan.build,
}
PAGES = {
    "national_pack": {"ru": 13, "en": 12},
    "regional_pack": {"ru": 15, "en": 15},
    "minutes": {"ru": 4, "en": 4},
    "work_plan": {"ru": 6, "en": 6},
}
HOSTILE = (
    '#import "/etc/passwd"', "#panic()", "$x^2$", "\\ back \\u{41} slash", "*not strong* _nor this_ `code`",
    "<script>alert(1)</script>", "= Not a heading", "@nobody <label> // remark /* remark */", "[#]",
)  # fmt: skip
Printed = tuple[str, str, dict[str, Any], dict[str, bytes], bytes]


@pytest.fixture(
    scope="module", params=[(kind, language) for kind in SAMPLES for language in ("ru", "en")], ids="-".join
)
def printed(request: pytest.FixtureRequest) -> Printed:
    kind, language = request.param
    content, images = SAMPLES[kind](language)
    return kind, language, content, images, render_pdf(kind, content, language=language, images=images)


def test_is_archivable_and_accessible(printed: Printed) -> None:
    assert_archivable_and_accessible(printed[4])


def test_has_its_pages_and_says_which_of_how_many(printed: Printed) -> None:
    kind, language, content, _, pdf = printed
    pages = texts(pdf)
    assert len(pages) == PAGES[kind][language]
    of = WORDS[language]["of_pages"]
    assert f"{len(pages)} {of} {len(pages)}" in pages[-1]
    assert all(str(content["identity"]["as_of"]) in page for page in pages)


def test_is_the_same_to_the_byte_when_rendered_again(printed: Printed) -> None:
    kind, language, content, images, pdf = printed
    if kind == "minutes":
        time.sleep(1.1)
    assert render_pdf(kind, copy.deepcopy(content), language=language, images=dict(images)) == pdf


def test_says_its_title_language_and_date_in_the_file(printed: Printed) -> None:
    _, language, content, _, pdf = printed
    reader = PdfReader(BytesIO(pdf))
    assert reader.metadata.title == content["title"]
    assert reader.metadata.creation_date.date().isoformat() == "2026-11-03"
    assert str(reader.trailer["/Root"]["/Lang"]).startswith(language)


def test_opens_with_the_statement_and_closes_with_disclaimer_cut_off_and_hash(printed: Printed) -> None:
    _, language, content, _, pdf = printed
    pages = texts(pdf)
    assert " ".join(STATEMENTS["funded"][language]) in pages[0]
    assert " ".join(STATEMENTS["funded"][language]) in pages[-1]
    assert str(content["seal"]["cut_off"]) in pages[-1]
    assert content["seal"]["hash"] in pages[-1]
    assert all(FICTIONAL.split(" · ")[0] in page for page in pages)


def test_every_picture_says_its_data_in_words_and_none_is_missing(printed: Printed) -> None:
    _, _, content, images, pdf = printed
    assert images_in(content) == set(images)
    alternatives = [str(figure.get("/Alt", "")) for figure in tags(pdf, "/Figure")]
    assert all(alternatives)
    assert set(alternatives_in(content)) <= set(alternatives)


def test_tables_have_headers_and_the_contents_list_is_one(printed: Printed) -> None:
    kind, _, _, _, pdf = printed
    assert len(tags(pdf, "/TH")) >= 4 * len(tags(pdf, "/Table")) > 0
    assert bool(tags(pdf, "/TOC")) == (kind != "minutes")
    assert tags(pdf, "/Title")


def test_no_text_is_smaller_than_eight_points_or_leaves_the_page(printed: Printed) -> None:
    for page in PdfReader(BytesIO(printed[4])).pages:
        found: list[tuple[float, float, str]] = []

        def see(text: str, cm: Any, tm: Any, font: Any, size: float, found: list[Any] = found) -> None:
            if text.strip():
                found.append((abs(size * tm[3] * cm[3]), tm[4] * cm[0] + cm[4], text))

        page.extract_text(visitor_text=see)
        assert min(size for size, _, _ in found) >= 7.9, min(found)
        assert all(0 <= x < 595.3 for _, x, _ in found)


def test_every_number_in_the_content_is_wording(printed: Printed) -> None:
    allowed = re.compile(r"identity\.(year|month|day)$|\.marks\.\d+\.(first|last)$|\.level$|\.share$|\.heading")
    for path, value in leaves(printed[2]):
        if isinstance(value, int | float) and not isinstance(value, bool):
            assert allowed.search(path), path


def test_the_seal_holds_until_anything_is_changed(printed: Printed) -> None:
    content = printed[2]
    assert seal_holds(content)
    changed = copy.deepcopy(content)
    changed["disclaimer"] = f"{changed['disclaimer']}."
    assert not seal_holds(changed)
    assert sealed(changed)["seal"]["hash"] == content_hash(changed) != content["seal"]["hash"]


@pytest.mark.parametrize("kind", SAMPLES)
def test_markup_in_any_slot_is_printed_as_text(kind: str) -> None:
    content, images = SAMPLES[kind]("en")
    hostile = poisoned(content)
    pdf = render_pdf(kind, hostile, language="en", images=images)
    assert_archivable_and_accessible(pdf)
    together = "".join(texts(pdf)).replace(" ", "").replace("-", "")
    for text in HOSTILE:
        assert text.replace(" ", "").replace("-", "") in together, text


@pytest.mark.parametrize("kind", SAMPLES)
def test_very_long_text_stays_within_the_page_and_is_all_there(kind: str) -> None:
    content, images = SAMPLES[kind]("en")
    content = copy.deepcopy(content)
    long_words = "word " * 1200 + "z" * 6000
    if kind == "minutes":
        content["decisions"][0]["text"] = long_words
    elif kind == "work_plan":
        content["plan"]["groups"][0]["lines"][0]["title"] = long_words
    else:
        content["follow_up"]["actions"][0]["text"] = long_words
    pdf = render_pdf(kind, content, language="en", images=images)
    assert_archivable_and_accessible(pdf)
    assert "".join(texts(pdf)).replace(" ", "").count("z") >= 6000


@pytest.mark.parametrize(("kind", "pages"), [("national_pack", NATIONAL_PAGES), ("regional_pack", REGIONAL_PAGES)])
def test_a_page_that_is_missing_leaves_no_trace(kind: str, pages: tuple[str, ...]) -> None:
    content, images = SAMPLES[kind]("en")
    for left_out in (pages[::2], pages[1::2]):
        without = {name: [] if isinstance(content[name], list) else None for name in left_out}  # type: ignore[literal-required]
        assert_archivable_and_accessible(render_pdf(kind, {**content, **without}, language="en", images=images))
    bare = {**content, **dict.fromkeys(pages), "consultations": [], "key_figures": [], "headline": "", "notes": []}
    bare["components"] = []
    bare["agenda"] = content["agenda"]
    pdf = render_pdf(kind, bare, language="en", images={})
    assert_archivable_and_accessible(pdf)
    assert len(texts(pdf)) == 2
    assert "page 3" not in texts(pdf)[1], "the agenda points only at pages that are there"


def test_the_agenda_says_the_page_of_each_paper() -> None:
    content, images = SAMPLES["national_pack"]("en")
    pages = texts(render_pdf("national_pack", content, language="en", images=images))
    for number in re.findall(r"page (\d+)", pages[1]):
        assert 1 < int(number) <= len(pages)
    assert "Previous decisions and action points" in pages[int(re.findall(r"page (\d+)", pages[1])[0]) - 1]


def test_marks_that_overlap_in_a_plan_are_refused() -> None:
    content, images = SAMPLES["work_plan"]("en")
    content = copy.deepcopy(content)
    mark = content["plan"]["groups"][0]["lines"][0]["marks"][0]
    content["plan"]["groups"][0]["lines"][0]["marks"] = [mark, mark]
    with pytest.raises(RenderingFailed, match="overlap"):
        render_pdf("work_plan", content, language="en", images=images)


def test_wording_in_another_language_says_so() -> None:
    content, images = SAMPLES["minutes"]("en")
    changed = copy.deepcopy(content)
    changed["decisions"][0]["text"] = {"text": "Решение по-русски", "language": "ru"}
    pdf = render_pdf("minutes", changed, language="en", images=images)
    assert_archivable_and_accessible(pdf)
    assert any(str(element.get("/Lang", "")) == "ru" for kind in ("/Span", "/P", "/TD") for element in tags(pdf, kind))


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every plain value with the way to it."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in children:
        yield from leaves(child, f"{path}.{name}" if path else str(name))
    if not isinstance(value, dict | list):
        yield path, value


def alternatives_in(content: Any) -> Iterator[str]:
    """The words that stand for pictures."""
    return (value for path, value in leaves(content) if path.endswith(".alt"))


_KEPT = re.compile(
    r"^(words|funding|seal|programme\.owner)|\.(image|hue|number|tone|page|width|link|kind|language|code|alt|component)$"
    r"|\.(marks|months|words)\."
)


def poisoned(content: Any, path: str = "", turn: list[int] | None = None) -> Any:
    """The same content with every free text replaced by markup."""
    turn = [0] if turn is None else turn
    if isinstance(content, dict):
        return {name: poisoned(child, f"{path}.{name}" if path else name, turn) for name, child in content.items()}
    if isinstance(content, list):
        return [poisoned(child, f"{path}.{place}", turn) for place, child in enumerate(content)]
    if not isinstance(content, str) or not content or _KEPT.search(path) or path in ("title", "fictional"):
        return content
    turn[0] += 1
    return HOSTILE[turn[0] % len(HOSTILE)]
