"""What is checked before a newsletter is issued, beside the checks of every publication (domain handbook, 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pilotage.documents.editions import Frozen
from pilotage.documents.kinds.newsletter.figures import CUMULATIVE
from pilotage.documents.kinds.newsletter.sentences import FORMS
from pilotage.documents.kinds.newsletter.words import STATEMENTS
from pilotage.documents.models import Publication, last_issued
from pilotage.figures.forms.values import shown
from pilotage.figures.table import FigureTable
from pilotage.kit.numbers import written_shortly
from pilotage.kit.problems import Problem
from pilotage.kit.texts import wording


def problems(publication: Publication, frozen: Frozen) -> list[Problem]:
    """Every problem of the frozen issue that the kind knows of."""
    return [
        *visibility(publication, frozen),
        *fallen(publication, frozen, CUMULATIVE),
        *_printed(frozen),
        *_quoted(publication, frozen),
    ]


def visibility(publication: Publication, frozen: Frozen) -> Iterator[Problem]:
    """Emblem, statement and disclaimer in every language (domain handbook, 10: visibility)."""
    allowed = [lines for statement in STATEMENTS.values() for lines in statement.values()]
    for language in publication.phase.languages:
        content = frozen.content.get(language)
        if content is None:
            yield Problem(
                "language_missing",
                "E",
                "",
                _("The issue is not there in the language “%(language)s”."),
                {"language": language},
            )
            continue
        if content["funding"]["lines"] not in allowed:
            said = _("The statement of funding is missing or altered (%(language)s).")
            yield Problem("statement_missing", "E", "", said, {"language": language})
        if not str(content["words"]["emblem_alt"]).strip():
            said = _("The emblem has no alternative text (%(language)s).")
            yield Problem("emblem_missing", "E", "", said, {"language": language})
        if not wording_of(content["disclaimer"]).strip():
            said = _("The disclaimer is missing (%(language)s).")
            yield Problem("disclaimer_missing", "E", "", said, {"language": language})


def fallen(publication: Publication, frozen: Frozen, names: Sequence[str]) -> Iterator[Problem]:
    """To-date figures that are below those of the last issue: only with a note."""
    before = last_issued(publication.phase, publication.kind, publication.as_of, publication.meeting)
    if before is None:
        return
    for name in names:
        if name not in before.figures or name not in frozen.figures:
            continue
        old, new = FigureTable.from_json(before.figures[name]), FigureTable.from_json(frozen.figures[name])
        reader = (get_language() or "en")[:2]
        for label, then, now in _compared(old, new, reader):
            if now < then:
                yield Problem(
                    f"figure_fell.{name}",
                    "W",
                    "",
                    _(
                        "“%(figure)s” to date is %(now)s, issue %(number)s had %(then)s. The reason is printed as a note."
                    ),
                    {
                        "figure": f"{wording(new.title, reader)}{f', {label}' if label else ''}",
                        "now": written_shortly(now, reader),
                        "then": written_shortly(then, reader),
                        "number": before.publication.number,
                    },
                )
                break


def _compared(old: FigureTable, new: FigureTable, language: str) -> Iterator[tuple[str, float, float]]:
    if old.total.value is not None:
        yield "", old.total.value, new.total.value or 0
    if len(old.dimensions) == 1 and old.dimensions == new.dimensions:
        for key in old.dimensions[0].keys:
            then = old.cell(key.code)
            if then.value is not None and not then.suppressed:
                yield wording(key.label, language), then.value, new.cell(key.code).value or 0


def _printed(frozen: Frozen) -> Iterator[Problem]:
    """What the pages print is what the frozen figures give, number by number."""
    tables = {name: FigureTable.from_json(data) for name, data in frozen.figures.items()}
    for language, content in frozen.content.items():
        for where, printed, expected in _numbers(content, tables, language):
            if printed != expected:
                yield Problem(
                    "number_differs",
                    "E",
                    "",
                    _(
                        "Printed on the page “%(where)s”: %(printed)s; the frozen figure is %(expected)s (%(language)s)."
                    ),
                    {"where": where, "printed": printed, "expected": expected, "language": language},
                )


def _numbers(content: Any, tables: dict[str, FigureTable], language: str) -> Iterator[tuple[str, str, str]]:
    """Each printed number with what it must be."""

    def total(name: str) -> str:
        return shown(tables[name].total, tables[name], language)

    yield "cover", content["cover"]["figures"][0]["value"], total("activities")
    progress = content["progress"]
    for table, names in zip(progress["tables"], (COMPONENT_COLUMNS, TYPE_COLUMNS), strict=False):
        for column, name in enumerate(names[: len(table["columns"]) - 1], 1):
            yield "progress", table["total"]["cells"][column], total(name)
            keys = {wording(key.label, language): key.code for key in tables[name].dimensions[0].keys}
            for row in table["rows"]:
                component = row.get("component")
                code = component["number"] if component else keys.get(wording_of(row["cells"][0]), "missing")
                cell = tables[name].cell(code)
                yield "progress", row["cells"][column], shown(cell, tables[name], language)
    for highlight in content["highlights"]:
        cell = tables["activities_by_component"].cell(highlight["component"]["number"])
        yield "highlights", highlight["count"]["value"], shown(cell, tables["activities_by_component"], language)


COMPONENT_COLUMNS = (
    "activities_by_component",
    "activities_by_component_to_date",
    "participations_by_component",
    "women_by_component",
    "share_of_women_by_component",
)
TYPE_COLUMNS = ("activities_by_type", "activities_by_type_to_date")


def _quoted(publication: Publication, frozen: Frozen) -> Iterator[Problem]:
    """Prose that gives a number of activities or participations which no frozen figure has: perhaps a slip."""
    known = {
        str(int(value))
        for data in frozen.figures.values()
        for value in [data["total"]["value"], *(cell["value"] for cell in data["cells"])]
        if value is not None
    }
    for text in publication.texts.all():
        for name in ("activities", "thematic", "participations"):
            nouns = "|".join(FORMS[name].get(text.language, FORMS[name]["en"]))
            for found in re.finditer(rf"\b(\d[\d\s\u00a0\u202f]*)[\s\u00a0]+(?:{nouns})\b", text.markdown):
                number = re.sub(r"\D", "", found[1])
                if number not in known:
                    yield Problem(
                        f"number_in_text.{text.slot}.{text.language}.{number}",
                        "W",
                        text.slot,
                        _("The text says “%(said)s”, which is none of the frozen figures (%(language)s)."),
                        {"said": " ".join(found[0].split()), "language": text.language},
                    )


def wording_of(said: Any) -> str:
    """The text of a wording, whatever its language."""
    return said["text"] if isinstance(said, dict) else str(said or "")
