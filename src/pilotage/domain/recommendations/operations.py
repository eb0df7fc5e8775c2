"""Writes of recommendations: drafting, clearing, issuing, answering by any way, verifying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.settings import setting
from pilotage.domain.recommendations.access import can_add_recommendation, can_edit_recommendation, role_for
from pilotage.domain.recommendations.models import Recommendation, RecommendationFile, RecommendationMove
from pilotage.domain.recommendations.states import BY_NAME, Move
from pilotage.domain.recommendations.words import ANSWERED, Channel, State
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.partial_dates import PartialDate, bounds
from pilotage.kit.printable import missing_characters
from pilotage.kit.texts import Text

TEXTS = ("text", "accepted_text", "addressee_text", "act_body")


@dataclass(frozen=True)
class Answer:
    """One step of an agency as it reached us, by whichever way."""

    move: str
    """Name of a move of the addressee: ``accept``, ``reject``, ``report_adopted`` …"""
    words: str = ""
    evidence_text: str = ""
    evidence: tuple[str, bytes] | None = None
    """File name and contents."""
    implementation_due: date | None = None
    accepted_text: Text | None = None
    act_number: str = ""
    act_date: date | None = None
    act_body: Text | None = None
    effective_on: date | None = None


def draft_recommendation(
    *, by: Actor, phase: Phase, values: Mapping[str, Any], viewer: Viewer | None = None
) -> Recommendation:
    """Drafts one recommendation to one addressee. Raises NotAllowed or ValidationError by field."""
    with operation("draft recommendation", by=by):
        recommendation = Recommendation(phase=phase, **values)
        recommendation.code = recommendation.code or next_code(phase)
        check_recommendation(recommendation)
        recommendation.save()
        if viewer is not None and not (
            can_add_recommendation(viewer, phase) and can_edit_recommendation(viewer, recommendation)
        ):
            raise NotAllowed(_("Your role does not reach this recommendation."))
        return recommendation


def draft_siblings(
    *,
    by: Actor,
    phase: Phase,
    addressees: Sequence[Institution],
    values: Mapping[str, Any],
    viewer: Viewer | None = None,
) -> list[Recommendation]:
    """Drafts the same advice to several services: as many records, grouped, as each adopts alone."""
    if not addressees:
        raise ValidationError({"addressee": _("Choose at least one addressee.")})
    with operation("draft recommendations", by=by):
        group = next_code(phase) if len(addressees) > 1 else ""
        return [
            draft_recommendation(
                by=by, phase=phase, viewer=viewer, values={**values, "addressee": addressee, "group_key": group}
            )
            for addressee in addressees
        ]


def edit_recommendation(
    *,
    by: Actor,
    recommendation: Recommendation,
    values: Mapping[str, Any],
    version: int,
    viewer: Viewer | None = None,
    why: str = "",
) -> Recommendation:
    """Changes a recommendation that was read at ``version``. Raises StaleRecord, NotAllowed, ValidationError.

    Once issued, the text and the addressee are what the agency was told: they no longer change.
    """
    if viewer is not None and not can_edit_recommendation(viewer, recommendation):
        raise NotAllowed(_("Your role does not reach this recommendation."))
    with operation("edit recommendation", by=by, why=why):
        if recommendation.version != version:
            raise recommendation.stale_since(version)
        if recommendation.state != State.DRAFT:
            _require_unchanged(recommendation, values)
        for name, value in values.items():
            setattr(recommendation, name, value)
        recommendation.cleared_on = None if recommendation.state == State.DRAFT else recommendation.cleared_on
        check_recommendation(recommendation)
        recommendation.save()
        return recommendation


def _require_unchanged(recommendation: Recommendation, values: Mapping[str, Any]) -> None:
    for name in ("text", "addressee", "state"):
        if name in values and values[name] != getattr(recommendation, name):
            raise ValidationError(
                {name: _("The recommendation is issued. Supersede it by a new one to change what was said.")}
            )


def clear_recommendation(*, by: Actor, viewer: Viewer | None, recommendation: Recommendation) -> Recommendation:
    """The programme manager clears a draft for issue (domain handbook, 5). Raises NotAllowed, ValidationError."""
    if viewer is not None and Role.PM not in viewer.roles_in(recommendation.phase):
        raise NotAllowed(_("Only the programme manager clears recommendations."))
    if recommendation.state != State.DRAFT:
        raise ValidationError(_("Only a draft is cleared."))
    with operation("clear recommendation", by=by):
        recommendation.cleared_on = timezone.localdate()
        recommendation.save()
        return recommendation


def move_recommendation(
    *,
    by: Actor,
    viewer: Viewer | None,
    recommendation: Recommendation,
    answer: Answer,
    version: int | None = None,
    channel: Channel = Channel.ACCOUNT,
) -> Recommendation:
    """Makes one step (``recommendations.states``): the one operation in which all ways of answering end.

    ``version`` is the one that the answerer saw (None: the present one). ``viewer`` None is an agency that answers by
    link, sheet or form, or a loading command: it may make the addressee's steps alone, unless ``by`` loads history.
    Raises StaleRecord, NotAllowed, ValidationError.
    """
    move = BY_NAME.get(answer.move)
    if move is None or recommendation.state not in move.from_states:
        raise ValidationError(
            _("A recommendation in the state “%(state)s” cannot make this step.")
            % {"state": recommendation.get_state_display()}
        )
    role = _role_of(viewer, recommendation, move, channel)
    if version is not None and version != recommendation.version:
        raise recommendation.stale_since(version)
    day = answer.effective_on or timezone.localdate()
    require_needs(recommendation, move, answer, day)
    if move.name == "verify" and role is not None:
        _require_other_hands(recommendation, by)
    with operation(f"{move.name.replace('_', ' ')} recommendation", by=by, why=answer.words, effective_on=day):
        origin = recommendation.state
        reported = recommendation.moves.filter(move="report_adopted").last() if move.name == "verify" else None
        apply_step(recommendation, move, answer, day, reported.effective_on if reported else None)
        check_recommendation(recommendation, asked=False)
        recommendation.save()
        evidence = RecommendationFile.keep(answer.evidence, recommendation=recommendation)
        RecommendationMove(
            recommendation=recommendation,
            move=move.name,
            from_state=origin,
            to_state=move.to_state,
            effective_on=day,
            words=answer.words,
            evidence_text=answer.evidence_text,
            evidence=evidence,
            channel=channel,
            by_id=by.actor_id,
            by_name=by.actor_name,
            by_role=role or "",
        ).save()
        return recommendation


def _role_of(viewer: Viewer | None, recommendation: Recommendation, move: Move, channel: Channel) -> Role | None:
    if viewer is None:
        if channel != Channel.ACCOUNT and not move.by_agency:
            raise NotAllowed(_("An agency can answer, not make this step."))
        return Role.CP if move.by_agency else None
    role = role_for(viewer, recommendation, move)
    if role is None:
        raise NotAllowed(_("Your role may not make this step, or not for this recommendation."))
    return role


def require_needs(recommendation: Recommendation, move: Move, answer: Answer, day: date) -> None:
    """Raises ValidationError, by field, where the step lacks something or its date cannot be."""
    missing: dict[str, str] = {}
    if "clearance" in move.needs and recommendation.cleared_on is None:
        missing["clearance"] = _("The programme manager has not cleared it yet.")
    if "reason" in move.needs and not answer.words.strip():
        missing["words"] = _("Write the reason.")
    if "evidence" in move.needs and not (answer.evidence or answer.evidence_text.strip() or answer.act_number.strip()):
        missing["evidence"] = _("Give the evidence: a file, the order or law, or where it can be seen.")
    first, _last = bounds(recommendation.issued_on)
    if move.name != "issue" and first and day < first:
        missing["effective_on"] = _("The answer is dated before the recommendation was issued.")
    if day > timezone.localdate():
        missing["effective_on"] = _("The step is dated in the future.")
    if answer.implementation_due and first and answer.implementation_due < first:
        missing["implementation_due"] = _("The implementation is due before the recommendation was issued.")
    if missing:
        raise ValidationError(missing)


def _require_other_hands(recommendation: Recommendation, by: Actor) -> None:
    reported = recommendation.moves.filter(move="report_adopted").last()
    if reported and reported.by_id is not None and reported.by_id == by.actor_id:
        raise NotAllowed(_("Nobody verifies an own entry: another M&E officer must do it."))


def apply_step(recommendation: Recommendation, move: Move, answer: Answer, day: date, reported_on: date | None) -> None:
    """Sets what a step does to the recommendation itself; ``reported_on`` is when its adoption was reported."""
    recommendation.state = move.to_state
    if move.name == "issue":
        recommendation.issued_on = recommendation.issued_on or PartialDate.on(day).written
        if recommendation.response_due is None:
            days = int(setting(recommendation.phase, "response_days", day))
            recommendation.response_due = day + timedelta(days=days)
    if move.to_state in ANSWERED and recommendation.answered_on is None:
        recommendation.answered_on = day
    if move.name == "consider":
        recommendation.answered_on = None
    if move.name == "verify":
        recommendation.adopted_on = recommendation.act_date or reported_on or day
    for name in ("implementation_due", "accepted_text", "act_number", "act_date", "act_body"):
        value = getattr(answer, name)
        if value:
            setattr(recommendation, name, value)


def next_code(phase: Phase) -> str:
    """The next free number in the phase: ``R-001``."""
    number = Recommendation.objects.filter(phase=phase, code__startswith="R-").count() + 1
    while Recommendation.objects.filter(phase=phase, code=f"R-{number:03}").exists():
        number += 1
    return f"R-{number:03}"


def check_recommendation(recommendation: Recommendation, *, asked: bool = True) -> None:
    """Checks fields and texts; raises ValidationError by field.

    ``asked`` is whether the database is asked: a step changes neither code nor links.
    """
    found: dict[str, Any] = {}
    links = () if asked else {field.name for field in recommendation._meta.concrete_fields if field.is_relation}
    try:
        recommendation.full_clean(exclude=links, validate_unique=asked, validate_constraints=asked)
    except ValidationError as error:
        found = error.update_error_dict(found)
    for name in TEXTS:
        for text in getattr(recommendation, name).values():
            missing = missing_characters(text)
            if missing:
                found.setdefault(name, []).append(
                    _("The text holds characters that cannot be printed: %(characters)s")
                    % {"characters": " ".join(missing[:5])}
                )
    if not recommendation.text:
        found.setdefault("text", []).append(_("Write the recommendation in at least one language."))
    if recommendation.addressee_id is None and not recommendation.addressee_text:
        found.setdefault("addressee", []).append(_("A recommendation has one addressee."))
    if found:
        raise ValidationError(found)
