"""Writes of activities: adding, editing, moving through the states, tallies, deliverables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import can_add_activity, can_edit_persons, require_edit, scope_reaches
from pilotage.domain.activities.entries import (
    ActivityEntry,
    check_entry,
    facts_of,
    link_models,
    phase_facts,
    raise_blocking,
    tally_rows,
)
from pilotage.domain.activities.models import (
    Activity,
    ActivityFile,
    ActivityMove,
    CheckReason,
    Deliverable,
    Person,
    Series,
    Tally,
)
from pilotage.domain.activities.rules import TallyRow, stated_total_problems, tally_problems
from pilotage.domain.activities.states import BY_NAME, Move
from pilotage.domain.activities.verified import require_as_verified
from pilotage.domain.activities.words import State
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.models import Change
from pilotage.kit.partial_dates import bounds
from pilotage.kit.texts import Text


def add_activity(*, by: Actor, phase: Phase, entry: ActivityEntry, viewer: Viewer | None = None) -> Activity:
    """Adds an activity with its countries, co-organisers, institutions and tally.

    ``viewer`` is the person in whose role it is added; None is the system itself (a loading command). Raises
    NotAllowed where their scope does not hold the new activity, ValidationError (by field) where a rule forbids it.
    """
    with operation("add activity", by=by):
        activity = Activity(phase=phase, **entry.values)
        if not activity.code:
            activity.code = next_code(phase)
        _check(activity, entry)
        activity.save()
        write_links(activity, entry)
        if viewer is not None:
            _require_within_scope(viewer, activity)
        return activity


def edit_activity(
    *, by: Actor, activity: Activity, entry: ActivityEntry, version: int, viewer: Viewer | None = None, why: str = ""
) -> Activity:
    """Changes an activity that was read at ``version``.

    Only what ``entry`` names is touched. Raises StaleRecord where somebody saved it since, NotAllowed, ValidationError.
    The state never changes here: that is ``move_activity``.
    """
    if viewer is not None:
        require_edit(viewer, activity)
    with operation("edit activity", by=by, why=why):
        if activity.version != version:
            raise activity.stale_since(version)
        for name, value in entry.values.items():
            if name == "state":
                raise ValidationError({"state": _("The state changes by a move, not by an edit.")})
            setattr(activity, name, value)
        require_as_verified(activity, entry)
        _check(activity, entry)
        relinked = write_links(activity, entry)
        activity.save(force_version=relinked)
        if viewer is not None:
            _require_within_scope(viewer, activity)
        return activity


def move_activity(
    *,
    by: Actor,
    viewer: Viewer | None,
    activity: Activity,
    move: str,
    effective_on: date | None = None,
    reason: str = "",
    evidence: ActivityFile | None = None,
    new_start: str = "",
    new_end: str = "",
) -> Activity:
    """Moves an activity to another state (domain handbook, section 5).

    ``new_start`` and ``new_end`` are partial dates: the new plan when postponing, the actual dates when recording
    the implementation. Raises NotAllowed where the role may not, ValidationError where the move does not exist from
    here or what it needs is missing.
    """
    step = BY_NAME.get(move)
    if step is None or activity.state not in step.from_states:
        raise ValidationError(
            _("An activity in the state “%(state)s” cannot make this move.") % {"state": activity.get_state_display()}
        )
    if viewer is not None:
        _require_move(viewer, activity, step)
    day = effective_on or timezone.localdate()
    with operation(f"{step.name.replace('_', ' ')} activity", by=by, why=reason, effective_on=day):
        _require_needs(activity, step, reason, new_start, new_end, day)
        origin = activity.state
        activity.state = step.to_state
        if "new_dates" in step.needs:
            activity.planned_start, activity.planned_end = new_start, new_end or new_start
        if "actual_end" in step.needs:
            activity.actual_start = new_start or activity.actual_start
            activity.actual_end = new_end or activity.actual_end
        if step.name == "plan" and not activity.baseline_end:
            activity.baseline_start, activity.baseline_end = activity.planned_start, activity.planned_end
        _check(activity, ActivityEntry({}))
        activity.save()
        ActivityMove(
            activity=activity,
            move=step.name,
            from_state=origin,
            to_state=step.to_state,
            effective_on=day,
            reason=reason,
            evidence=evidence,
            by_id=by.actor_id,
            by_name=by.actor_name,
        ).save()
        return activity


def set_tally(
    *,
    by: Actor,
    activity: Activity,
    rows: Sequence[TallyRow],
    version: int,
    viewer: Viewer | None = None,
    participants: int | None = None,
    women: int | None = None,
) -> Activity:
    """Replaces the tally of an activity that was read at ``version``; lines of 0 are dropped.

    ``participants`` and ``women`` are totals typed beside it, checked against the lines. Raises StaleRecord,
    NotAllowed, ValidationError.
    """
    if viewer is not None:
        require_edit(viewer, activity)
    if activity.state == State.VERIFIED:
        raise ValidationError(_("The tally is verified. Take the verification back to correct it."))
    with operation("set tally", by=by):
        if activity.version != version:
            raise activity.stale_since(version)
        kept = [row for row in rows if row.count]
        raise_blocking(
            [
                *tally_problems(kept, facts_of(activity), phase_facts(activity.phase)),
                *stated_total_problems(women, participants, kept),
            ]
        )
        _replace_tally(activity, kept)
        activity.save_new_version()
        return activity


def add_deliverable(
    *, by: Actor, activity: Activity, values: Mapping[str, Any], viewer: Viewer | None = None
) -> Deliverable:
    """Adds a document that the activity produced. Raises NotAllowed, ValidationError by field."""
    if viewer is not None:
        require_edit(viewer, activity)
    with operation("add deliverable", by=by):
        deliverable = Deliverable(activity=activity, **values)
        deliverable.full_clean()
        deliverable.save()
        return deliverable


def edit_deliverable(
    *, by: Actor, deliverable: Deliverable, values: Mapping[str, Any], viewer: Viewer | None = None
) -> Deliverable:
    """Changes a document that the activity produced. Raises NotAllowed, ValidationError by field."""
    if viewer is not None:
        require_edit(viewer, deliverable.activity)
    with operation("edit deliverable", by=by):
        for name, value in values.items():
            setattr(deliverable, name, value)
        deliverable.full_clean()
        deliverable.save()
        return deliverable


def remove_deliverable(*, by: Actor, deliverable: Deliverable, viewer: Viewer | None = None, why: str = "") -> None:
    """Takes a document away that was entered by mistake. Raises NotAllowed; ValidationError without a reason."""
    if viewer is not None:
        require_edit(viewer, deliverable.activity)
    if not why.strip():
        raise ValidationError({"why": _("Write the reason.")})
    with operation("remove deliverable", by=by, why=why):
        deliverable.delete()


def add_series(*, by: Actor, phase: Phase, code: str, title: Text) -> Series:
    """Adds a series of national legs, or returns the one that is there."""
    existing = Series.objects.filter(phase=phase, code=code).first()
    if existing:
        return existing
    with operation("add series", by=by):
        series = Series(phase=phase, code=code, title=title)
        series.full_clean()
        series.save()
        return series


def give_reason(
    *,
    by: Actor,
    check_code: str,
    reason: str,
    activity: Activity | None = None,
    person: Person | None = None,
    viewer: Viewer | None = None,
) -> CheckReason:
    """Writes down why a warning about an activity or a person stands as it is.

    Raises NotAllowed, ValidationError where the reason is empty.
    """
    if viewer is not None and activity is not None:
        require_edit(viewer, activity)
    if viewer is not None and person is not None and not can_edit_persons(viewer, person.phase):
        raise NotAllowed(_("Your role does not reach this person: it is held for another country."))
    with operation("give reason", by=by, why=reason):
        known = CheckReason.objects.filter(activity=activity, person=person, check_code=check_code).first()
        known = known or CheckReason(activity=activity, person=person, check_code=check_code)
        known.reason = reason.strip()
        known.full_clean()
        known.save()
        return known


def next_code(phase: Phase) -> str:
    """The next free number in the phase, as ``<phase code>-<number>``."""
    prefix = f"{phase.code.upper()}-"
    number = Activity.objects.filter(phase=phase, code__startswith=prefix).count() + 1
    while Activity.objects.filter(phase=phase, code=f"{prefix}{number:03}").exists():
        number += 1
    return f"{prefix}{number:03}"


def write_links(activity: Activity, entry: ActivityEntry) -> bool:
    """Makes the links and the tally what ``entry`` says; what it does not name stays. True where any link changed."""
    changed = False
    for name, (model, attribute) in link_models().items():
        wanted = getattr(entry, name)
        if wanted is None:
            continue
        present = {getattr(link, attribute): link for link in model.objects.filter(activity=activity)}
        for key, link in present.items():
            if key not in wanted:
                link.delete()
        added = [key for key in wanted if key not in present]
        model.objects.bulk_create([model(activity=activity, **{attribute: key}) for key in added])
        changed = changed or bool(added) or any(key not in wanted for key in present)
    if entry.tally is not None:
        _replace_tally(activity, [row for row in entry.tally if row.count])
    return changed


def _replace_tally(activity: Activity, rows: Sequence[TallyRow]) -> None:
    present = {row.kind: (row, record) for record, row in tally_rows(activity)}
    wanted = {row.kind: row for row in rows}
    for kind, (_row, record) in present.items():
        if kind not in wanted:
            record.delete()
        elif wanted[kind].count != record.count:
            record.count = wanted[kind].count
            record.save()
    Tally.objects.bulk_create([tally_record(activity, row) for kind, row in wanted.items() if kind not in present])


def tally_record(activity: Activity, row: TallyRow, institutions: Mapping[str, Institution] | None = None) -> Tally:
    """An unsaved tally line. ``institutions`` (by code) spares a query for each row that names one."""
    return Tally(activity=activity, **tally_values(row, institutions))


def tally_values(row: TallyRow, institutions: Mapping[str, Institution] | None = None) -> dict[str, Any]:
    """The columns of a tally line, in their order, but for key and activity. ``institutions`` as above."""
    institution = None
    if row.institution:
        institution = institutions[row.institution] if institutions else Institution.objects.get(code=row.institution)
    return {
        "country_id": row.country or None,
        "institution_id": institution.pk if institution else None,
        "institution_type": row.institution_type or (institution.type if institution else ""),
        "sex": row.sex,
        "mode": row.mode,
        "age_band": row.age_band,
        "count": row.count,
    }


def _check(activity: Activity, entry: ActivityEntry) -> None:
    check_entry(activity, entry, phase_facts(activity.phase), timezone.localdate())


def _require_within_scope(viewer: Viewer, activity: Activity) -> None:
    if not can_add_activity(viewer, activity.phase):
        raise NotAllowed(_("Your role may not write activities here."))
    fresh = Activity.objects.prefetch_related("country_links", "institution_links").get(pk=activity.pk)
    require_edit(viewer, fresh)


def _require_move(viewer: Viewer, activity: Activity, step: Move) -> None:
    allowed = any(held.role in step.roles and scope_reaches(held, activity) for held in viewer.held_in(activity.phase))
    if not allowed:
        raise NotAllowed(_("Your role may not make this move, or not for this activity."))
    if step.name == "verify" and viewer.user is not None:
        recorded = activity.moves.filter(move="implement").last()
        own = recorded is not None and recorded.by_id == viewer.user.pk
        if own or _counted_by(activity, viewer.user.pk):
            raise NotAllowed(_("Nobody verifies an own entry: another M&E officer must do it."))


def _counted_by(activity: Activity, user: int) -> bool:
    """True where the user wrote a line of the tally that is to be verified."""
    lines = Change.objects.filter(root_type=Activity._meta.label_lower, root_id=str(activity.pk), actor_id=user)
    return lines.filter(record_type=Tally._meta.label_lower).exists()


def _require_needs(activity: Activity, step: Move, reason: str, new_start: str, new_end: str, day: date) -> None:
    missing: dict[str, str] = {}
    if "reason" in step.needs and not reason.strip():
        missing["reason"] = _("Write the reason.")
    if "new_dates" in step.needs and not new_start:
        missing["new_start"] = _("Give the new date.")
    if "actual_end" in step.needs:
        first, _last = bounds(new_end or activity.actual_end)
        if not (new_end or activity.actual_end):
            missing["new_end"] = _("Give the day on which it ended.")
        elif first and first > day:
            missing["new_end"] = _("An implemented activity cannot end after today.")
    if missing:
        raise ValidationError(missing)
    if step.name == "verify":
        _require_complete(activity)


def _require_complete(activity: Activity) -> None:
    """Verification wants the tally, the signed list and the report (domain handbook, section 5)."""
    missing = []
    if not activity.tallies.exists():
        missing.append(_("The participant tally is missing."))
    if activity.signed_list_on is None:
        missing.append(_("The signed attendance list is missing."))
    if activity.report_on is None:
        missing.append(_("The report is missing."))
    if missing:
        raise ValidationError(missing)
