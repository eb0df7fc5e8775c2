"""Sheets that came back: read, shown line by line, taken over in one operation or put aside."""

from __future__ import annotations

import hashlib
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from os import SEEK_END
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.activities.files import clean_content, tidy_name
from pilotage.domain.membership.models import User
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.contacts import may_enter_for
from pilotage.domain.recommendations.models import AgencyLink, AnswerSheet
from pilotage.domain.recommendations.sheets import note_return
from pilotage.domain.recommendations.words import Channel
from pilotage.exchange.answers.items import answer_item
from pilotage.exchange.answers.lines import Line
from pilotage.exchange.answers.matching import ANSWER, CONFLICT, REFUSED, Outcome, fingerprint, match
from pilotage.exchange.answers.workbook import read_workbook
from pilotage.exchange.models import AnswerReturn
from pilotage.exchange.workbooks.opening import Unreadable, check_file
from pilotage.kit.changes import operation

TAKE = "take"
BY_LINK_BYTES = 5 * 1024 * 1024
"""The largest file that is taken from somebody without an account."""


class Changed(Exception):
    """Somebody changed one of the items since the person looked: they must look again."""


def read_return(*, by: User, viewer: Viewer, phase: Phase, file: BinaryIO, name: str) -> AnswerReturn:
    """Reads a returned workbook or form and keeps it for the preview. Nothing of the records is changed.

    Raises Unreadable (with its reason), NotAllowed where the sheet is of an agency that the viewer does not reach.
    """
    content = file.read(settings.MAX_UPLOAD_MB * 1024 * 1024 + 1)
    sheet, lines, suffix = _read(phase, content)
    return keep_return(
        by=by, viewer=viewer, sheet=sheet, lines=lines, content=content, name=tidy_name(name, suffix), suffix=suffix
    )


def read_return_by_link(*, link: AgencyLink, file: BinaryIO, name: str) -> AnswerReturn:
    """Reads what an agency sends back by its personal link, and keeps it for a coordinator's decision.

    The same file sent again is the same return. Raises Unreadable: too large, no sheet of ours, or one that was given
    out to another agency, which is not told apart from none.
    """
    size = file.seek(0, SEEK_END)
    if size > BY_LINK_BYTES:
        raise Unreadable("too_large", size=-(-size // 1024**2), most=BY_LINK_BYTES // 1024**2)
    file.seek(0)
    content = file.read()
    sheet, lines, suffix = _read(link.phase, content)
    if sheet.institution_id != link.institution_id:
        raise Unreadable("unknown_sheet")
    digest = hashlib.sha256(content).hexdigest()
    known = AnswerReturn.objects.filter(sheet=sheet, digest=digest, state=AnswerReturn.State.WAITING).first()
    return known or _kept(sheet, lines, content, tidy_name(name, suffix), suffix, link=link)


def _read_form(path: Path) -> list[Line]:
    # Read here, since python-docx takes 17 MB of each worker that most never need.
    from pilotage.exchange.answers.word_form import read_form

    return read_form(path)


def _read(phase: Phase, content: bytes) -> tuple[AnswerSheet, list[Line], str]:
    with NamedTemporaryFile(suffix=".upload") as kept:
        kept.write(content)
        kept.flush()
        path = Path(kept.name)
        check_file(path)
        suffix = _suffix(path)
        lines = _read_form(path) if suffix == "docx" else read_workbook(path)
    return _sheet_of(phase, lines, Channel.WORD_FORM if suffix == "docx" else Channel.WORKBOOK), lines, suffix


def read_paper(
    *, by: User, viewer: Viewer, sheet: AnswerSheet, lines: Sequence[Line], scan: BinaryIO, name: str
) -> AnswerReturn:
    """Keeps what was typed from paper, with its scan. Raises NotAllowed, ValidationError (the scan)."""
    content, suffix = clean_content(scan)
    return keep_return(
        by=by, viewer=viewer, sheet=sheet, lines=lines, content=content, name=tidy_name(name, suffix), suffix=suffix
    )


def keep_return(
    *, by: User, viewer: Viewer, sheet: AnswerSheet, lines: Sequence[Line], content: bytes, name: str, suffix: str
) -> AnswerReturn:
    """Keeps lines and file until a person decides."""
    if not may_enter_for(viewer, sheet.phase, sheet.institution):
        raise NotAllowed(_("Your role does not reach this agency: its coordinator enters what it answers."))
    return _kept(sheet, lines, content, name, suffix, user=by)


def _kept(
    sheet: AnswerSheet,
    lines: Sequence[Line],
    content: bytes,
    name: str,
    suffix: str,
    *,
    user: User | None = None,
    link: AgencyLink | None = None,
) -> AnswerReturn:
    returned = AnswerReturn(
        phase=sheet.phase,
        sheet=sheet,
        user=user,
        link=link,
        file_name=name,
        digest=hashlib.sha256(content).hexdigest(),
        lines=[line.as_json() for line in lines],
    )
    returned.file.save(f"{uuid.uuid4().hex}.{suffix}", ContentFile(content), save=False)
    returned.save()
    return returned


def outcomes_of(returned: AnswerReturn, *, by: User, viewer: Viewer) -> list[Outcome]:
    """What each line comes to now."""
    lines = [Line.from_json(line) for line in returned.lines]
    channel = Channel(returned.sheet.channel)
    return match(returned.sheet, lines, by=by, viewer=viewer, channel=channel)


def take_over(
    *, by: User, viewer: Viewer, returned: AnswerReturn, decisions: Mapping[int, str], seen: str
) -> tuple[int, int]:
    """Takes over the answers, and the conflicts that the person decided for, in one transaction.

    ``decisions`` says ``take`` for the numbers of lines in conflict; ``seen`` is the fingerprint of what the person
    looked at. Returns how many answers were taken over and how many lines were not. Raises Changed, NotAllowed,
    ValidationError; then nothing is written.
    """
    if not may_enter_for(viewer, returned.phase, returned.sheet.institution):
        raise NotAllowed(_("Your role does not reach this agency: its coordinator enters what it answers."))
    channel = Channel(returned.sheet.channel)
    scan = None
    if channel == Channel.PAPER:
        with returned.file.open("rb") as file:
            scan = (returned.file_name, file.read())
    with operation("take over returned sheet", by=by, why=f"{returned.sheet.code} {returned.file_name}".strip()):
        waiting = AnswerReturn.objects.filter(pk=returned.pk, state=AnswerReturn.State.WAITING)
        if not waiting.update(state=AnswerReturn.State.TAKEN, finished_at=timezone.now()):
            raise ValidationError(_("This return is decided already."))
        outcomes = outcomes_of(returned, by=by, viewer=viewer)
        if fingerprint(outcomes) != seen:
            raise Changed
        wanted = [one for one in outcomes if _wanted(one, decisions)]
        for one in wanted:
            assert one.item is not None and one.given is not None
            answer_item(
                by=by,
                viewer=viewer,
                item=one.item,
                given=one.given,
                version=one.item.version,
                channel=channel,
                evidence=scan,
            )
        refused = sum(one.status in {REFUSED, CONFLICT} for one in outcomes) - sum(
            one.status == CONFLICT for one in wanted
        )
        AnswerReturn.objects.filter(pk=returned.pk).update(taken=len(wanted), refused=refused)
        note_return(by=by, sheet=returned.sheet)
    returned.refresh_from_db()
    return len(wanted), refused


def put_aside(*, viewer: Viewer, returned: AnswerReturn) -> None:
    """Leaves a return; nothing of it is taken over."""
    if not may_enter_for(viewer, returned.phase, returned.sheet.institution):
        raise NotAllowed(_("Your role does not reach this agency: its coordinator enters what it answers."))
    with transaction.atomic():
        AnswerReturn.objects.filter(pk=returned.pk, state=AnswerReturn.State.WAITING).update(
            state=AnswerReturn.State.DISCARDED, finished_at=timezone.now()
        )


def _wanted(outcome: Outcome, decisions: Mapping[int, str]) -> bool:
    if outcome.status == ANSWER:
        return True
    return outcome.status == CONFLICT and decisions.get(outcome.number) == TAKE


def _suffix(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Unreadable("damaged") from None
    if "word/document.xml" in names:
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    raise Unreadable("not_a_form")


def _sheet_of(phase: Phase, lines: Sequence[Line], channel: Channel) -> AnswerSheet:
    """The sheet that most of the keys speak of. Raises Unreadable where none is known."""
    codes = [line.key.partition(".")[0] for line in lines if "." in line.key]
    sheets = {
        sheet.code: sheet
        for sheet in AnswerSheet.objects.select_related("institution__country", "phase__programme").filter(
            phase=phase, code__in=set(codes), channel=channel
        )
    }
    known = [code for code in codes if code in sheets]
    if not known:
        raise Unreadable("unknown_sheet")
    return sheets[max(sorted(set(known)), key=known.count)]
