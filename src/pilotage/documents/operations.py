"""Writes of publications: opening an issue, writing its texts, clearing. Its editions: ``editions``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.documents.access import require_publication_edit, require_step
from pilotage.documents.models import (
    SUBJECTS,
    CheckExplanation,
    Publication,
    PublicationMove,
    PublicationState,
    SlotPhoto,
    SlotText,
    TextState,
    text_digest,
)
from pilotage.documents.prose import ProseRefused, passage
from pilotage.documents.states import STEP_BY_NAME, steps_from
from pilotage.domain.activities.models import ActivityFile
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.models import Meeting
from pilotage.domain.workplans.models import WorkPlan
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation, running_operation
from pilotage.kit.periods import Period
from pilotage.kit.printable import missing_characters
from pilotage.kit.texts import Text

LONGEST_TEXT = 20_000
"""Characters of one slot in one language."""


def open_publication(
    *,
    by: Actor,
    viewer: Viewer | None,
    phase: Phase,
    kind: str,
    period: str = "",
    meeting: Meeting | None = None,
    work_plan: WorkPlan | None = None,
    number: int | None = None,
) -> Publication:
    """Opens the publication of a quarter, a meeting or a version of the plan, or returns the one that is open.

    Which of the three it takes follows from the kind (``models.SUBJECTS``). A pack that has no edition yet follows the
    data cut-off of its round where that was moved. Raises ValidationError for a wrong subject.
    """
    if viewer is not None:
        require_publication_edit(viewer, phase)
    subject, as_of = _subject(phase, kind, period, meeting, work_plan)
    existing = Publication.objects.filter(phase=phase, kind=kind, **subject).first()
    if existing:
        if existing.as_of != as_of and meeting is not None and not existing.editions.exists():
            with operation("move cut-off of publication", by=by):
                existing.as_of = as_of
                existing.save()
        return existing
    with operation("open publication", by=by):
        if number is None:
            last = Publication.objects.filter(phase=phase, kind=kind).aggregate(last=Max("number"))["last"]
            number = (last or 0) + 1
        publication = Publication(phase=phase, kind=kind, number=number, as_of=as_of, **subject)
        publication.full_clean()
        publication.save()
        return publication


def _subject(
    phase: Phase, kind: str, period: str, meeting: Meeting | None, work_plan: WorkPlan | None
) -> tuple[dict[str, Any], date]:
    """What the publication is about, by field, and the day up to which it speaks."""
    wanted = SUBJECTS.get(kind)
    if wanted is None:
        raise ValidationError({"kind": _("There is no such kind of publication.")})
    if wanted == "period":
        return _closed_period(period)
    if wanted == "meeting":
        if meeting is None or meeting.phase_id != phase.pk:
            raise ValidationError({"meeting": _("Choose a meeting of this phase.")})
        return {"meeting": meeting}, day_of_figures(kind, meeting)
    if work_plan is None or work_plan.phase_id != phase.pk:
        raise ValidationError({"work_plan": _("Choose a version of a work plan of this phase.")})
    return {"work_plan": work_plan}, work_plan.in_force_from or timezone.localdate()


def _closed_period(period: str) -> tuple[dict[str, Any], date]:
    try:
        covers = Period.parse(period)
    except ValueError:
        raise ValidationError({"period": _("Choose a quarter, for example 2023-Q2.")}) from None
    if covers.end is None:
        raise ValidationError({"period": _("An issue covers a closed period.")})
    return {"period": covers.code}, covers.end


def day_of_figures(kind: str, meeting: Meeting) -> date:
    """The day up to which a document of a meeting counts: for packs the cut-off of the round, for minutes the meeting.

    A meeting outside any round counts up to the day before it begins.
    """
    begins: date | None = meeting.begins_on
    if kind == "minutes":
        return begins or timezone.localdate()
    if meeting.round is not None:
        cut_off: date = meeting.round.cut_off
        return cut_off
    return begins - timedelta(days=1) if begins else timezone.localdate()


def write_text(
    *,
    by: Actor,
    viewer: Viewer | None,
    publication: Publication,
    slot: str,
    language: str,
    markdown: str,
    version: int | None,
    in_line_with: str = "",
    approve: bool = False,
) -> SlotText:
    """Writes the text of a slot in one language.

    ``version`` is the one that was read (None for a new text). ``in_line_with`` is the other language's text as the
    translator saw it: while that stays the same, this text is not stale. Raises StaleRecord, NotAllowed, and
    ValidationError where the text is too long, holds HTML, or characters that cannot be printed.
    """
    if viewer is not None:
        require_publication_edit(viewer, publication.phase)
    _require_open(publication)
    _check_text(markdown, language)
    with operation("write text", by=by):
        text = SlotText.objects.filter(publication=publication, slot=slot, language=language).first()
        if text is None:
            text = SlotText(publication=publication, slot=slot, language=language)
        elif version != text.version:
            raise text.stale_since(version or 0)
        text.markdown = markdown
        text.source_digest = text_digest(in_line_with) if in_line_with.strip() else ""
        text.state = _text_state(text, approve)
        text.full_clean()
        text.save()
        return text


def _text_state(text: SlotText, approve: bool) -> TextState:
    if approve:
        return TextState.APPROVED
    return TextState.TRANSLATED if text.source_digest else TextState.DRAFT


def approve_text(*, by: Actor, viewer: Viewer | None, text: SlotText) -> SlotText:
    """Approves a text as it stands; an edit takes the approval back. Raises NotAllowed."""
    if viewer is not None:
        require_publication_edit(viewer, text.publication.phase)
    _require_open(text.publication)
    with operation("approve text", by=by):
        text.state = TextState.APPROVED
        text.save()
        return text


def choose_photo(
    *, by: Actor, viewer: Viewer | None, publication: Publication, slot: str, photo: ActivityFile | None, caption: Text
) -> SlotPhoto | None:
    """Puts a photo of an activity into a slot; None takes it out. Raises ValidationError where consent is missing."""
    if viewer is not None:
        require_publication_edit(viewer, publication.phase)
    _require_open(publication)
    with operation("choose photo", by=by):
        chosen = SlotPhoto.objects.filter(publication=publication, slot=slot).first()
        if photo is None:
            if chosen:
                chosen.delete()
            return None
        _require_publishable(photo, publication)
        chosen = chosen or SlotPhoto(publication=publication, slot=slot)
        chosen.photo, chosen.caption = photo, caption
        chosen.full_clean()
        chosen.save()
        return chosen


def _require_publishable(photo: ActivityFile, publication: Publication) -> None:
    if photo.kind != ActivityFile.FileKind.PHOTO or photo.activity.phase_id != publication.phase_id:
        raise ValidationError({"photo": _("This is not a photo of this phase.")})
    if photo.consent_on is None:
        raise ValidationError({"photo": _("The consent of the persons shown is not recorded.")})
    if not all(photo.alternative_text.get(language) for language in publication.phase.languages):
        raise ValidationError({"photo": _("The photo needs an alternative text in every language.")})


def move_publication(
    *, by: Actor, viewer: Viewer | None, publication: Publication, step: str, reason: str = ""
) -> Publication:
    """Makes a clearance step (``documents.states``). Raises NotAllowed or ValidationError."""
    known = STEP_BY_NAME.get(step)
    if known is None or known not in steps_from(publication):
        raise ValidationError(_("This step is not possible from the present state."))
    if viewer is not None:
        require_step(viewer, publication, known.roles)
    if known.needs_reason and not reason.strip():
        raise ValidationError({"reason": _("Write the reason.")})
    with operation(f"{step.replace('_', ' ')} publication", by=by, why=reason):
        record_move(by, publication, step, known.to_state, reason)
        return publication


def day_of_operation() -> date:
    """The day of the running operation: today, except where a simulation tells of an earlier one."""
    running = running_operation()
    return timezone.localdate(running.at if running else None)


def record_move(by: Actor, publication: Publication, step: str, to_state: PublicationState, reason: str = "") -> None:
    """Moves a publication, inside an operation, and notes who moved it and why."""
    origin = publication.state
    publication.state = to_state
    publication.save()
    PublicationMove(
        publication=publication,
        move=step,
        from_state=origin,
        to_state=to_state,
        effective_on=day_of_operation(),
        reason=reason,
        by_id=by.actor_id,
        by_name=by.actor_name,
    ).save()


def explain_check(
    *, by: Actor, viewer: Viewer | None, publication: Publication, code: str, reason: Text
) -> CheckExplanation:
    """Writes down why the warning ``code`` stands as it is. Raises NotAllowed, ValidationError where a language lacks."""
    if viewer is not None:
        require_publication_edit(viewer, publication.phase)
    _require_open(publication)
    reason = {language: text.strip() for language, text in reason.items()}
    if not all(reason.get(language) for language in publication.phase.languages):
        raise ValidationError({"reason": _("Write the reason in every language.")})
    for language, text in reason.items():
        _check_text(text, language)
    with operation("explain check", by=by, why=reason.get("en", "")):
        explained = CheckExplanation.objects.filter(publication=publication, code=code).first()
        explained = explained or CheckExplanation(publication=publication, code=code)
        explained.reason = reason
        explained.full_clean()
        explained.save()
        return explained


def _require_open(publication: Publication) -> None:
    if publication.state == PublicationState.WITHDRAWN:
        raise ValidationError(_("This issue is withdrawn."))
    if publication.state in {PublicationState.CLEARED_PM, PublicationState.CLEARED_EUD}:
        raise ValidationError(_("The issue is being cleared. Return it to the editors to change it."))


def _check_text(markdown: str, language: str) -> None:
    if len(markdown) > LONGEST_TEXT:
        raise ValidationError(
            {
                "markdown": _("The text has %(length)d characters; at most %(longest)d fit.")
                % {"length": len(markdown), "longest": LONGEST_TEXT}
            }
        )
    missing = missing_characters(markdown)
    if missing:
        raise ValidationError(
            {
                "markdown": _("The text holds characters that cannot be printed: %(characters)s")
                % {"characters": " ".join(missing[:8])}
            }
        )
    try:
        passage(markdown, language)
    except ProseRefused as refused:
        raise ValidationError({"markdown": str(refused)}) from None
