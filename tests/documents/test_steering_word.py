"""Packs, minutes and plans in Word: they open, have headings, head rows and languages, and say what the PDF says."""

from __future__ import annotations

import copy
import re
import time
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from pilotage.documents.kinds.minutes import word as minutes
from pilotage.documents.kinds.national_pack import word as national_pack
from pilotage.documents.kinds.regional_pack import word as regional_pack
from pilotage.documents.kinds.work_plan import word as work_plan
from tests.documents.test_steering_pdf import HOSTILE, SAMPLES, leaves, poisoned

WRITERS = {
    "national_pack": national_pack.render_docx,
    "regional_pack": regional_pack.render_docx,
    "minutes": minutes.render_docx,
    "work_plan": work_plan.render_docx,
}
Written = tuple[str, str, dict[str, Any], dict[str, bytes], bytes]


@pytest.fixture(
    scope="module", params=[(kind, language) for kind in WRITERS for language in ("ru", "en")], ids="-".join
)
def written(request: pytest.FixtureRequest) -> Written:
    kind, language = request.param
    content, images = SAMPLES[kind](language)
    return kind, language, content, images, WRITERS[kind](content, language=language, images=images)


def said(data: bytes) -> str:
    """All text of the file, parts side by side."""
    with ZipFile(BytesIO(data)) as archive:
        file = docx.Document(BytesIO(data))
        assert archive.testzip() is None
    return " ".join(node.text or "" for node in file.element.body.iter(qn("w:t")))


def test_has_headings_without_a_gap(written: Written) -> None:
    file = docx.Document(BytesIO(written[4]))
    levels = [
        int(paragraph.style.name[-1]) for paragraph in file.paragraphs if paragraph.style.name.startswith("Heading")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == "Title"] == [
        written[2]["identity"]["subject"]
    ]


def test_tables_have_a_head_row_unbroken_rows_and_a_name(written: Written) -> None:
    file = docx.Document(BytesIO(written[4]))
    assert file.tables
    for table in file.tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_says_its_language_title_and_date(written: Written) -> None:
    _, language, content, _, data = written
    file = docx.Document(BytesIO(data))
    defaults = file.styles.element.find(qn("w:docDefaults"))
    assert next(defaults.iter(qn("w:lang"))).get(qn("w:val")).startswith(language)
    assert file.core_properties.title == content["title"][:255]
    assert file.core_properties.language.startswith(language)
    assert file.core_properties.created.date().isoformat() == "2026-11-03"


def test_pictures_say_their_data_in_words(written: Written) -> None:
    _, _, content, _, data = written
    file = docx.Document(BytesIO(data))
    told = [node.get("descr") for node in file.element.body.iter(qn("wp:docPr"))]
    assert all(told)
    assert {value for path, value in leaves(content) if path.endswith(".alt")} <= set(told)


def test_says_everything_that_the_content_holds(written: Written) -> None:
    text = said(written[4])
    for path, value in leaves(written[2]):
        if re.search(
            r"\.(decisions|actions|recommendations|activities|sentences|people|lines|rows)\.\d+\.(text|title)$", path
        ):
            assert value in text, path
    assert written[2]["disclaimer"] in text
    assert written[2]["seal"]["hash"] in text


def test_is_the_same_to_the_byte_when_written_again(written: Written) -> None:
    kind, language, content, images, data = written
    if kind == "minutes":
        time.sleep(2.1)  # An archive counts time in steps of two seconds.
    assert WRITERS[kind](copy.deepcopy(content), language=language, images=images) == data


def test_the_fictional_mark_is_in_the_head_and_pages_are_numbered(written: Written) -> None:
    file = docx.Document(BytesIO(written[4]))
    section = file.sections[0]
    assert "FICTIONAL" in section.header.paragraphs[0].text
    fields = [node.text for node in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("kind", WRITERS)
def test_markup_and_control_characters_are_written_as_text(kind: str) -> None:
    content, images = SAMPLES[kind]("en")
    hostile = poisoned(content)
    hostile["disclaimer"] = "bell \u0007, null \u0000, half \ud800, <w:t>&amp;</w:t>"
    text = said(WRITERS[kind](hostile, language="en", images=images))
    assert "bell \ufffd, null \ufffd, half \ufffd, <w:t>&amp;</w:t>" in text
    assert all(one in text for one in HOSTILE)


def test_wording_in_another_language_says_so() -> None:
    content, images = SAMPLES["minutes"]("en")
    changed = copy.deepcopy(content)
    changed["decisions"][0]["text"] = {"text": "Решение по-русски", "language": "ru"}
    file = docx.Document(BytesIO(minutes.render_docx(changed, language="en", images=images)))
    run = next(run for table in file.tables for row in table.rows for cell in row.cells
               for run in cell.paragraphs[0].runs if run.text == "Решение по-русски")  # fmt: skip
    assert run._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "ru-RU"


def test_a_picture_that_is_missing_is_an_error() -> None:
    content, _ = SAMPLES["national_pack"]("en")
    with pytest.raises(KeyError):
        national_pack.render_docx(content, language="en", images={})
