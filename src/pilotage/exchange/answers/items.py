"""What is open for an agency, recommendations and action points alike, and the one way to answer either."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import override

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.operations import Answer, move_recommendation
from pilotage.domain.recommendations.sheets import GivenRow, digest_of_wording
from pilotage.domain.recommendations.states import answers_open
from pilotage.domain.recommendations.words import AWAITING_ANSWER, TO_IMPLEMENT, Channel
from pilotage.domain.steering.action_points import move_action_point
from pilotage.domain.steering.models import ActionPoint
from pilotage.domain.steering.states import ACTION_STEPS
from pilotage.domain.steering.words import UNFINISHED
from pilotage.kit.actors import Actor
from pilotage.kit.texts import Text

RECOMMENDATION = "recommendation"
ACTION_POINT = "action_point"
ACTION_PREFIX = "ap_"
"""Before the name of a step of an action point, so that both kinds of steps stand in one list."""
MODELS: dict[str, Any] = {RECOMMENDATION: Recommendation, ACTION_POINT: ActionPoint}
LANGUAGES = ("en", "ru")


@dataclass(frozen=True, slots=True)
class Step:
    """One answer that an item is open to."""

    name: str
    label: Promise
    needs_words: bool = False
    needs_evidence: bool = False

    @property
    def labels(self) -> Text:
        """What it is called in each language."""
        said = {}
        for language in LANGUAGES:
            with override(language):
                said[language] = str(self.label)
        return said


@dataclass(frozen=True, slots=True)
class Item:
    """Something that waits for the agency."""

    kind: str
    record: Any
    due: date | None
    """The response, the implementation, or the action point: what comes next."""
    steps: tuple[Step, ...]

    @property
    def pk(self) -> int:
        """The record's key."""
        return int(self.record.pk)

    @property
    def code(self) -> str:
        """``R-012``, ``NSG-TJ-2023/4``."""
        return str(self.record.code)

    @property
    def text(self) -> Text:
        """What is asked."""
        return dict(self.record.text)

    @property
    def version(self) -> int:
        """As the answerer sees it."""
        return int(self.record.version)

    @property
    def is_recommendation(self) -> bool:
        """False for an action point."""
        return self.kind == RECOMMENDATION

    @property
    def awaits_answer(self) -> bool:
        """True where nobody has said yes or no to it yet."""
        return self.is_recommendation and self.record.state in AWAITING_ANSWER

    def is_late_on(self, day: date) -> bool:
        """True where what comes next was due before ``day``."""
        return self.due is not None and self.due < day

    def given(self) -> GivenRow:
        """The item as a sheet keeps it."""
        return GivenRow(self.kind, self.pk, self.version, str(self.record.state), said_of(self.text))


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it reached us."""

    step: str
    words: str = ""
    evidence_text: str = ""
    implementation_due: date | None = None
    act_number: str = ""
    act_date: date | None = None
    act_body: str = ""
    evidence_url: str = ""
    effective_on: date | None = None

    @property
    def named_document(self) -> str:
        """The order or letter in one line: number, date, body."""
        day = f"{self.act_date:%d.%m.%Y}" if self.act_date else ""
        return ", ".join(part for part in (self.act_number, day, self.act_body) if part)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Given:
        """As ``as_json`` wrote it."""
        days = {name: date.fromisoformat(values[name]) for name in DAYS if values.get(name)}
        read: dict[str, Any] = {**values, **days}
        return cls(**read)

    def as_json(self) -> dict[str, Any]:
        """Only what was said."""
        found = {}
        for name in self.__slots__:
            value = getattr(self, name)
            if value:
                found[name] = value.isoformat() if isinstance(value, date) else value
        return {"step": self.step, **found}


DAYS = ("implementation_due", "act_date", "effective_on")


def said_of(text: Mapping[str, str]) -> str:
    """What is compared of an item's wording."""
    return digest_of_wording(text.get("en", ""), text.get("ru", ""))


def open_items(phase: Phase, institution: Institution) -> list[Item]:
    """What waits for the agency now: recommendations oldest first, then action points by their date."""
    recommendations = (
        Recommendation.objects.filter(
            phase=phase, addressee=institution, state_known=True, state__in=AWAITING_ANSWER | TO_IMPLEMENT
        )
        .select_related("activity", "component")
        .order_by(F("issued_last").asc(nulls_last=True), "code")
    )
    points = ActionPoint.objects.filter(
        phase=phase, owner_institution=institution, state__in=UNFINISHED, reported_done_on=None
    )
    points = points.select_related("meeting").order_by(F("due_on").asc(nulls_last=True), "code")
    return [*map(item_of, recommendations), *map(item_of, points)]


def open_counts(phase: Phase) -> dict[int, int]:
    """How many items wait for each agency, by its key: for the list of agencies."""
    counts: dict[int, int] = {}
    waiting = Recommendation.objects.filter(
        phase=phase, state_known=True, state__in=AWAITING_ANSWER | TO_IMPLEMENT, addressee__isnull=False
    ).values_list("addressee_id", flat=True)
    points = ActionPoint.objects.filter(
        phase=phase, owner_institution__isnull=False, state__in=UNFINISHED, reported_done_on=None
    ).values_list("owner_institution_id", flat=True)
    for key in [*waiting, *points]:
        counts[key] = counts.get(key, 0) + 1
    return counts


def item_of(record: Recommendation | ActionPoint) -> Item:
    """The record as an item, with the steps that are open now."""
    if isinstance(record, Recommendation):
        due = record.response_due if record.state in AWAITING_ANSWER else record.implementation_due
        steps = tuple(
            Step(move.name, move.label, "reason" in move.needs, "evidence" in move.needs)
            for move in answers_open(record.state)
        )
        return Item(RECOMMENDATION, record, due, steps)
    steps = tuple(
        Step(f"{ACTION_PREFIX}{step.name}", step.label, step.needs_words)
        for step in ACTION_STEPS
        if step.by_owner and record.state in step.from_states and record.reported_done_on is None
    )
    return Item(ACTION_POINT, record, record.due_on, steps)


def find_item(phase: Phase, kind: str, pk: int) -> Item | None:
    """The item of that kind and key as it stands now; None where it is gone."""
    return find_items(phase, [(kind, pk)]).get((kind, pk))


def find_items(phase: Phase, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Item]:
    """The items of these kinds and keys as they stand now, read together; those that are gone are left out."""
    keys: dict[str, list[int]] = {}
    for kind, pk in wanted:
        keys.setdefault(kind, []).append(pk)
    found = {}
    for kind, model in MODELS.items():
        if kind in keys:
            for record in model.objects.filter(phase=phase, pk__in=keys[kind]).order_by():
                record.phase = phase
                found[kind, record.pk] = item_of(record)
    return found


def owner_key(item: Item) -> int | None:
    """The institution that may answer it."""
    key = item.record.addressee_id if item.is_recommendation else item.record.owner_institution_id
    return int(key) if key is not None else None


def answer_item(
    *,
    by: Actor,
    viewer: Viewer | None,
    item: Item,
    given: Given,
    version: int | None,
    channel: Channel,
    evidence: tuple[str, bytes] | None = None,
) -> None:
    """Makes the step that was answered. Raises StaleRecord, NotAllowed, ValidationError as the operations do."""
    named = [given.evidence_text, given.evidence_url]
    if item.is_recommendation:
        language = "ru" if any("а" <= letter <= "я" for letter in given.act_body.lower()) else "en"
        answer = Answer(
            move=given.step,
            words=given.words,
            evidence_text=_lines(named),
            evidence=evidence,
            implementation_due=given.implementation_due,
            act_number=given.act_number,
            act_date=given.act_date,
            act_body={language: given.act_body} if given.act_body else None,
            effective_on=given.effective_on,
        )
        move_recommendation(
            by=by, viewer=viewer, recommendation=item.record, answer=answer, version=version, channel=channel
        )
        return
    move_action_point(
        by=by,
        point=item.record,
        step=given.step.removeprefix(ACTION_PREFIX),
        words=given.words.strip(),
        viewer=viewer,
        version=version,
        effective_on=given.effective_on,
        channel=channel,
        # A recommendation keeps the order that adopted it by itself; here it is evidence like any other.
        evidence_text=_lines([given.named_document, *named]),
        evidence=evidence,
    )


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)
