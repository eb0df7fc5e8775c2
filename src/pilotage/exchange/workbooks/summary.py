"""An import in lines of text, as the command line prints it, in the active language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilotage.exchange.models import ImportRun
from pilotage.exchange.workbooks.columns import Kind
from pilotage.exchange.workbooks.outcome import Outcome
from pilotage.exchange.workbooks.previews import PreviewRows, labels_of
from pilotage.exchange.workbooks.told import worded
from pilotage.kit.texts import wording


def counts(run: ImportRun) -> str:
    """What the workbook would do, in one line."""
    told = {
        "file": run.file_name, "added": run.added, "changed": run.changed, "unchanged": run.unchanged,
        "wrong": run.wrong, "warned": run.warned,
    }  # fmt: skip
    return (
        _(
            "%(file)s: %(added)d to add, %(changed)d to change, %(unchanged)d as they are, "
            "%(wrong)d with errors, %(warned)d with warnings"
        )
        % told
    )


def about_file(run: ImportRun) -> Iterator[str]:
    """What is said of the file as a whole."""
    for problem in run.problems:
        yield line_of(problem)


def row_by_row(run: ImportRun, most: int) -> Iterator[str]:
    """What becomes of each row that does anything, those with problems first in full; ``most`` rows at most."""
    labels = labels_of(Kind(run.kind) if run.kind else Kind.ACTIVITIES)
    language = get_language() or "en"
    words = {
        Outcome.ADD: _("added"),
        Outcome.CHANGE: _("changed"),
        Outcome.SAME: _("left as it is"),
        Outcome.WRONG: _("refused"),
    }
    width = max(map(len, words.values()))
    shown = left = 0
    for row in _rows(run):
        if shown >= most:
            left += 1
            continue
        shown += 1
        yield f"{row['row']:>7}  {words[Outcome(row['outcome'])]:<{width}}  {row['title']}".rstrip()
        for problem in row["problems"]:
            yield f"         {line_of(problem)}"
        for told in row.get("differences", []):
            label = wording(labels[told["column"]], language)
            yield f"         {label}: {told['before'] or '–'} → {told['after'] or '–'}"
    if left:
        yield _("        … and %(left)d rows more") % {"left": left}


def _rows(run: ImportRun) -> Iterator[dict[str, Any]]:
    """The rows that do something or are wrong, in order."""
    rows = PreviewRows(run)
    for start in range(0, len(rows), 250):
        yield from (row for row in rows[start : start + 250] if row["outcome"] != Outcome.SAME or row["problems"])


def line_of(problem: dict[str, Any]) -> str:
    """``Activities!C7: “teaching” is not one of …``; a warning says that it is one."""
    place = "!".join(part for part in (problem["sheet"], problem["cell"]) if part)
    grave = "" if problem["level"] == "E" else _("(warning) ")
    return f"{place + ': ' if place else ''}{grave}{worded(problem)}"
