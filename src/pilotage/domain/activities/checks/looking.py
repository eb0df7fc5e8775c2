"""Asking the checks: how much each finds, which lines stand on one page, everything there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import islice

from django.db.models import Count as CountOf
from django.db.models import Q

from pilotage.domain.activities.checks.asking import Check, Condition, Count, Finding, Found, Question
from pilotage.domain.activities.checks.table import CHECKS
from pilotage.domain.activities.models import Activity, CheckReason, Person
from pilotage.domain.activities.queries import ActivityQuerySet
from pilotage.domain.programme.models import Phase
from pilotage.kit.records import RecordQuerySet

MANY = 500
"""So many findings are read at a time."""


class Checking:
    """The checks asked one question. What was looked at once is not looked at again.

    ``counts`` are those that the same question had before, where nothing was written since.
    """

    def __init__(
        self, question: Question, checks: Iterable[Check] = CHECKS, *, counts: Mapping[str, Count] | None = None
    ) -> None:
        self.question = question
        if counts is not None:
            self.counts = counts
        self.checks = [check for check in checks if not check.register or question.persons is not None]
        self._looked: dict[str, list[Found]] = {}

    @cached_property
    def counts(self) -> Mapping[str, Count]:
        """How much each check finds, by its code. What the database can say is asked in one query."""
        asked: dict[str, CountOf] = {}
        for check in self.checks:
            if isinstance(check.find, Condition):
                where = check.find.where(self.question)
                asked[f"{check.code}_found"] = CountOf("pk", filter=where)
                if self.reasons[check.code]:
                    asked[f"{check.code}_explained"] = CountOf("pk", filter=where & _explained(check))
        found = self.question.activities.order_by().aggregate(**asked) if asked else {}
        counts = {}
        for check in self.checks:
            if isinstance(check.find, Condition):
                explained = found.get(f"{check.code}_explained", 0)
                counts[check.code] = Count(found[f"{check.code}_found"] - explained, explained)
            else:
                looked = self._look(check)
                explained = sum((one.activity, one.person) in self.reasons[check.code] for one in looked)
                counts[check.code] = Count(len(looked) - explained, explained)
        return counts

    @cached_property
    def reasons(self) -> Mapping[str, Mapping[tuple[int | None, int | None], str]]:
        """The written reasons of warnings: by check, then by activity and person."""
        phase = self.question.phase
        rows = CheckReason.objects.filter(Q(activity__phase=phase) | Q(person__phase=phase))
        warnings = {check.code for check in self.checks if check.level == "W"}
        given: dict[str, dict[tuple[int | None, int | None], str]] = defaultdict(dict)
        for code, activity, person, reason in rows.values_list("check_code", "activity_id", "person_id", "reason"):
            if code in warnings:
                given[code][activity, person] = reason
        return given

    def page(self, start: int, stop: int, checks: Iterable[Check], *, explained: bool = False) -> list[Finding]:
        """The lines ``start`` to ``stop`` of what ``checks`` find, with or without those that are explained."""
        shown: list[Finding] = []
        first = 0
        for check in checks:
            number = self.counts[check.code].of(explained)
            if first < stop and first + number > start:
                shown += self.of(check, max(0, start - first), min(number, stop - first), explained=explained)
            first += number
        return shown

    def of(self, check: Check, start: int = 0, stop: int | None = None, *, explained: bool = True) -> list[Finding]:
        """What one check finds, in a fixed order."""
        reasons = self.reasons[check.code]
        if isinstance(check.find, Condition):
            rows = check.find.rows(self.question)
            if reasons and not explained:
                rows = rows.exclude(_explained(check))
            keys = list(rows.values_list("pk", flat=True)[start:stop])
            found: Iterable[Found] = self._told(check.find, keys)
        else:
            looked = (one for one in self._look(check) if explained or (one.activity, one.person) not in reasons)
            found = islice(looked, start, stop)
        return [Finding(check, one, reasons.get((one.activity, one.person), "")) for one in found]

    def all(self) -> Iterator[Finding]:
        """Everything that the checks find, in the order of the handbook."""
        for check in self.checks:
            yield from self.of(check)

    def _told(self, condition: Condition, keys: Sequence[int]) -> Iterator[Found]:
        for start in range(0, len(keys), MANY):
            some = keys[start : start + MANY]
            params = condition.told(self.question, some)
            yield from (Found(key, params.get(key, {})) for key in some)

    def _look(self, check: Check) -> list[Found]:
        assert not isinstance(check.find, Condition)
        if check.code not in self._looked:
            self._looked[check.code] = list(check.find(self.question))
        return self._looked[check.code]


def _explained(check: Check) -> Q:
    """The activities of which somebody wrote why this warning stands."""
    return Q(pk__in=CheckReason.objects.filter(check_code=check.code, activity__isnull=False).values("activity"))


def findings(
    activities: ActivityQuerySet,
    phase: Phase,
    today: date,
    *,
    persons: RecordQuerySet | None = None,
    with_register: bool = True,
    codes: Sequence[str] | None = None,
) -> list[Finding]:
    """All findings in ``activities`` of ``phase``, in the order of the handbook; ``codes`` narrows the checks.

    ``persons`` are those of the register that may be spoken of, all of the phase where none are given.
    """
    if persons is None and with_register:
        persons = Person.objects.filter(phase=phase)
    checks = [check for check in CHECKS if codes is None or check.code in codes]
    return list(Checking(Question(activities, persons if with_register else None, phase, today), checks).all())


def findings_of(activity: Activity, today: date, *, with_register: bool = True) -> list[Finding]:
    """What the checks find in one activity."""
    codes = [check.code for check in CHECKS if check.mend != "person"]
    one = Activity.objects.filter(pk=activity.pk)
    return findings(one, activity.phase, today, with_register=with_register, codes=codes)


def without_reason(found: Iterable[Finding]) -> list[Finding]:
    """Those that still want something: all errors, and warnings without a written reason."""
    return [finding for finding in found if finding.check.level == "E" or not finding.reason]
