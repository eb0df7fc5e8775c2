"""What is checked before a pack or minutes are issued, beside the checks of every publication (domain handbook, 9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pilotage.documents.editions import Frozen
from pilotage.documents.kinds.newsletter.checks import fallen, visibility, wording_of
from pilotage.documents.models import Publication
from pilotage.documents.operations import day_of_figures
from pilotage.documents.steering.figures import CUMULATIVE
from pilotage.documents.steering.sealing import seal_holds
from pilotage.domain.steering.queries import quorum_of
from pilotage.domain.steering.words import HELD, MeetingState
from pilotage.figures.forms.values import shown
from pilotage.figures.table import FigureTable
from pilotage.kit.problems import Problem


def pack_problems(publication: Publication, frozen: Frozen) -> list[Problem]:
    """Every problem of a frozen pack."""
    return [
        *visibility(publication, frozen),
        *_sealed(frozen),
        *_day(publication),
        *_missing_pages(publication, frozen),
        *_printed(frozen),
        *_proof(frozen),
        *fallen(publication, frozen, CUMULATIVE),
    ]


def minutes_problems(publication: Publication, frozen: Frozen) -> list[Problem]:
    """Every problem of frozen minutes."""
    return [*visibility(publication, frozen), *_sealed(frozen), *_meeting(publication)]


def _sealed(frozen: Frozen) -> Iterator[Problem]:
    for language, content in frozen.content.items():
        if not seal_holds(content):
            yield Problem(
                "seal", "E", "", _("The hash is not that of the content (%(language)s)."), {"language": language}
            )


def _day(publication: Publication) -> Iterator[Problem]:
    """The day of the figures is the round's: packs with another day could not be summed."""
    meeting = publication.meeting
    if meeting and day_of_figures(publication.kind, meeting) != publication.as_of:
        yield Problem(
            "cut_off_moved", "E", "", _("The data cut-off of the round was moved. Open the pack anew from the round.")
        )


def _missing_pages(publication: Publication, frozen: Frozen) -> Iterator[Problem]:
    content = next(iter(frozen.content.values()), None)
    if content is None:
        return
    if content["agenda"] is None:
        yield Problem("agenda_missing", "W", "", _("The meeting has no agenda yet: the pack begins without one."))
    if content["plan"] is None:
        yield Problem("plan_missing", "W", "", _("There is no plan of the next year to endorse."))


def _printed(frozen: Frozen) -> Iterator[Problem]:
    """What cover, dashboard and tables print is what the frozen figures give."""
    tables = {name: FigureTable.from_json(data) for name, data in frozen.figures.items()}
    for language, content in frozen.content.items():
        for where, printed, expected in _numbers(content, tables, language):
            if printed != expected:
                said = {"where": where, "printed": printed, "expected": expected, "language": language}
                yield Problem(
                    "number_differs",
                    "E",
                    "",
                    _(
                        "Printed on the page “%(where)s”: %(printed)s; the frozen figure is %(expected)s (%(language)s)."
                    ),
                    said,
                )


def _numbers(
    content: Mapping[str, Any], tables: dict[str, FigureTable], language: str
) -> Iterator[tuple[str, str, str]]:
    """Printed numbers with what they must be."""
    table = tables["activities"]
    yield "cover", content["key_figures"][0]["value"], shown(table.total, table, language)
    yield "dashboard", content["dashboard"]["figures"][0]["value"], shown(table.total, table, language)
    advice = content["recommendations"]
    if advice:
        issued = tables["recommendations"]
        yield "recommendations", advice["figures"][0]["value"], shown(issued.total, issued, language)
    people = content.get("participation")
    if people:
        counted = tables["participations"]
        whole = people["tables"][0]["total"]["cells"][-2]
        yield "participation", wording_of(whole), shown(counted.total, counted, language)


def _proof(frozen: Frozen) -> Iterator[Problem]:
    """A figure that differs without a known reason must be explained before the pack goes out."""
    reader = (get_language() or "en")[:2]
    content: Mapping[str, Any] = frozen.content.get(reader) or next(iter(frozen.content.values()), {})
    page = content.get("reconciliation")
    for row in page["rows"] if page else []:
        if row["state"]["tone"] == "failed":
            yield Problem(
                "reconciliation_differs",
                "W",
                "",
                _("“%(figure)s”: the national packs do not sum to the region (%(state)s)."),
                {"figure": wording_of(row["figure"]), "state": wording_of(row["state"]["word"])},
            )
        elif row["state"]["tone"] == "open":
            yield Problem(
                "reconciliation_open", "W", "", _("Not every national pack of the round is issued: the sums stay open.")
            )
            return


def _meeting(publication: Publication) -> Iterator[Problem]:
    meeting = publication.meeting
    if meeting is None:
        return
    if meeting.state not in HELD:
        yield Problem("not_held", "E", "", _("The meeting has not been held yet."))
    elif meeting.state not in (MeetingState.CIRCULATED, MeetingState.APPROVED, MeetingState.PUBLISHED):
        yield Problem("not_circulated", "W", "", _("The minutes are not circulated yet."))
    decided = meeting.decisions.exists()
    if decided and not quorum_of(meeting).reached and not meeting.quorum_waived_reason:
        yield Problem("no_quorum", "E", "", _("Decisions were taken without quorum."))
