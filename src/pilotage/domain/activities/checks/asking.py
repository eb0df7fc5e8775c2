"""What a data check is, what it is asked about, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import get_language

from pilotage.domain.activities.queries import ActivityQuerySet
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.settings import setting
from pilotage.kit.partial_dates import PartialDate
from pilotage.kit.partial_words import written_partial
from pilotage.kit.periods import written_day
from pilotage.kit.records import RecordQuerySet
from pilotage.kit.texts import wording


@dataclass(frozen=True, slots=True)
class Question:
    """What a check is asked about: the activities and persons that the viewer sees, their phase and the day."""

    activities: ActivityQuerySet
    persons: RecordQuerySet | None
    """None where the viewer sees no names: checks of the register are left out."""
    phase: Phase
    today: date

    def limit(self, name: str) -> Any:
        """The setting ``name`` as in force today."""
        return setting(self.phase, name, self.today)


Params = Mapping[str, Any]
"""The values of a check's message; days, partial dates and tuples of names are said in the reader's language."""


@dataclass(frozen=True, slots=True)
class Found:
    """One record that a check speaks of, with the values of its message."""

    activity: int | None
    params: Params = field(default_factory=dict)
    person: int | None = None
    message: Promise | str = ""
    """Where a check has several messages; else the check's own."""


def nothing_more(question: Question, keys: Sequence[int]) -> Mapping[int, Params]:
    """For a message without values."""
    return {}


@dataclass(frozen=True, slots=True)
class Condition:
    """What the database can say by itself: which activities are found. They are counted and paged there."""

    where: Callable[[Question], Q]
    told: Callable[[Question, Sequence[int]], Mapping[int, Params]] = nothing_more
    """The values of the message for the activities under these keys; one query at most."""

    def rows(self, question: Question) -> ActivityQuerySet:
        """The activities found, in a fixed order."""
        return question.activities.filter(self.where(question)).order_by("pk")


Look = Callable[[Question], Iterable[Found]]
"""What needs a closer look: reads the few records that may be found, in a fixed number of queries, in a fixed order."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the handbook's table."""

    code: str
    level: str
    """E or W."""
    area: str
    """``activity`` or ``participants``."""
    title: Promise
    """What is looked for."""
    message: Promise
    """What to say of one record, with the names of its values."""
    mend: str
    """The page that mends it: edit, tally, people, files, move, person."""
    find: Condition | Look
    register: bool = False
    """True where it reads the register of persons."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found."""

    check: Check
    found: Found
    reason: str = ""
    """The written reason of a warning that stands as it is; empty where none is given."""

    @property
    def activity(self) -> int | None:
        """The activity that it is about, if it is about one."""
        return self.found.activity

    @property
    def person(self) -> int | None:
        """The person of the register that it is about, if it is about one."""
        return self.found.person

    @property
    def text(self) -> str:
        """What was found, in the reader's language."""
        said = str(self.found.message or self.check.message)
        return said % {name: _worded(value) for name, value in self.found.params.items()} if self.found.params else said

    @property
    def key(self) -> str:
        """Names the finding in a form: ``no_list:a17``."""
        return f"{self.check.code}:{'a' if self.activity else 'p'}{self.activity or self.person}"


def _worded(value: Any) -> Any:
    language = (get_language() or "en").split("-")[0]
    if isinstance(value, PartialDate):
        return written_partial(value.written, language)
    if isinstance(value, tuple):
        return ", ".join(wording(name, language) for name in value)
    return written_day(value, language) if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class Count:
    """How much one check finds."""

    open: int
    """Errors, and warnings without a written reason."""
    explained: int = 0

    def of(self, explained: bool) -> int:
        """How many lines a list has, with or without the explained ones."""
        return self.open + self.explained if explained else self.open
