"""Giving out: the open items of an agency become a sheet, whichever form it takes."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.models import AnswerSheet
from pilotage.domain.recommendations.sheets import give_out_sheet, given_rows
from pilotage.domain.recommendations.words import Channel
from pilotage.exchange.answers.items import Item, find_items, open_items
from pilotage.kit.actors import Actor

FORMS = {Channel.WORKBOOK: "xlsx", Channel.WORD_FORM: "docx", Channel.PAPER: "pdf"}
"""What can be given out, with the suffix of its file."""


def give_out(
    *, by: Actor, phase: Phase, institution: Institution, channel: Channel, viewer: Viewer | None = None
) -> tuple[AnswerSheet, list[tuple[str, Item]]]:
    """A new sheet with what is open for the agency now. Raises NotAllowed; ValidationError where nothing is open."""
    items = open_items(phase, institution)
    if not items:
        raise ValidationError(_("Nothing is open for this agency."))
    sheet = give_out_sheet(
        by=by,
        phase=phase,
        institution=institution,
        channel=channel,
        rows=[item.given() for item in items],
        viewer=viewer,
    )
    return sheet, [(row["key"], item) for row, item in zip(sheet.rows, items, strict=True)]


def items_on(sheet: AnswerSheet) -> list[tuple[str, Item | None]]:
    """The rows of a sheet in printed order, each with its item as it stands now (None where it is gone)."""
    rows = given_rows(sheet)
    items = find_items(sheet.phase, [(row.kind, row.pk) for row in rows])
    return [(row.key, items.get((row.kind, row.pk))) for row in rows]


def file_name(sheet: AnswerSheet) -> str:
    """``trial-1-answers-7K2QM.xlsx``: says nothing of what is inside."""
    return f"{sheet.phase.code}-answers-{sheet.code}.{FORMS[Channel(sheet.channel)]}"
