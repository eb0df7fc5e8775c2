"""Rows of activities: what each will add or change, checked by the rules of the domain before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.access import visible_activities
from pilotage.domain.activities.entries import ActivityEntry, facts_of, phase_facts, tally_row
from pilotage.domain.activities.models import Activity, Tally
from pilotage.domain.activities.rules import (
    ActivityFacts,
    TallyRow,
    activity_problems,
    stated_total_problems,
    tally_problems,
)
from pilotage.domain.activities.verified import VERIFIED_FACTS
from pilotage.domain.activities.words import Sex, State
from pilotage.domain.membership.models import Assignment, Role
from pilotage.domain.membership.permissions import Level
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.exchange.workbooks.activity_columns import ACTIVITY_COLUMNS
from pilotage.exchange.workbooks.activity_values import (
    ATTRIBUTES,
    LISTS,
    alike,
    as_given,
    facts_of_new,
    fields,
    taken_out,
)
from pilotage.exchange.workbooks.cells import EMPTY, Row
from pilotage.exchange.workbooks.deliverables import Values, in_words, planned_deliverables
from pilotage.exchange.workbooks.names import Names
from pilotage.exchange.workbooks.outcome import Outcome, planned, shown
from pilotage.exchange.workbooks.tally_lines import packed, same_tally, tally_in_words

LINKS = {
    "countries": ("country_links", "country_id"),
    "institutions": ("institution_links", "institution_id"),
    "co_organisers": ("co_organiser_links", "institution_id"),
    "experts": ("expert_links", "institution_id"),
}
COLUMN_OF_FIELD = {"title": "title_en", "venue": "venue", "summary": "summary_en", "outputs_text": "outputs_text_en"}
TEXTS = ("title", "summary", "outputs_text")


@dataclass
class ActivityRows:
    """Plans rows of activities for one phase and one person."""

    phase: Phase
    viewer: Viewer
    names: Names
    tallies: Mapping[str, list[TallyRow]]
    """Lines of the sheet “Tally” by activity code."""
    deliverables: Mapping[str, list[Values]] = field(default_factory=dict)
    """Rows of the sheet “Deliverables” by activity code."""
    taken: set[str] = field(default_factory=set)
    """Codes that stood in rows before."""
    new_series: set[str] = field(default_factory=set)
    """Codes of series that rows before will add."""

    def __post_init__(self) -> None:
        self.facts = phase_facts(self.phase)
        self.today = timezone.localdate()
        self.held = self.viewer.held_with("activity", self.phase, {Level.EDIT, Level.APPROVE})
        self.states = _states_open_to(self.held)
        self.next_number = Activity.objects.filter(phase=self.phase).count()

    def plan(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """What each of ``rows`` will do. A fixed number of queries for all of them."""
        codes = [row.values["code"] for row in rows if isinstance(row.values.get("code"), str)]
        present = {
            activity.code: activity
            for activity in Activity.objects.filter(phase=self.phase, code__in=codes).prefetch_related(
                *(link for link, _attribute in LINKS.values()),
                Prefetch("tallies", Tally.objects.select_related("institution")),
                *(["deliverables"] if self.deliverables else []),
            )
        }
        hidden = present.keys() - set(
            visible_activities(self.viewer, self.phase).filter(code__in=present).values_list("code", flat=True)
        )
        return [self._plan(row, present, hidden) for row in rows]

    def _plan(self, row: Row, present: Mapping[str, Activity], hidden: set[str]) -> dict[str, Any]:
        code = row.values.get("code")
        if not isinstance(code, str):
            code = self._free_code(row)
        if code in self.taken:
            row.wrong("code", _("The code “%(code)s” stands in an earlier row too."), code=code)
        self.taken.add(code)
        existing = present.get(code)
        lines = self._tally_of(row, code)
        self._tell_new_series(row)
        if existing is None:
            return self._plan_new(row, code, lines)
        if code in hidden or not self._reaches(
            existing.component_id,
            {link.country_id for link in existing.country_links.all()},
            {link.institution_id for link in existing.institution_links.all()},
        ):
            row.wrong("code", _("The activity “%(code)s” is outside your role's scope."), code=code)
            return planned(row, Outcome.WRONG, code)
        return self._plan_change(row, existing, lines)

    def _tell_new_series(self, row: Row) -> None:
        code = row.values.get("series")
        if isinstance(code, str) and code not in self.new_series:
            self.new_series.add(code)
            row.wrong("series", _("There is no series “%(code)s” yet: it will be added."), "W", code=code)

    def _free_code(self, row: Row) -> str:
        if row.problems and "code" in row.places:
            return f"?{row.number}"
        code = ""
        while not code or code in self.taken:
            self.next_number += 1
            code = f"{self.phase.code.upper()}-{self.next_number:03}"
        row.wrong("code", _("There is no code: the activity will be added as “%(code)s”."), level="W", code=code)
        return code

    def _tally_of(self, row: Row, code: str) -> list[TallyRow] | None:
        from_sheet = self.tallies.get(code)
        if row.tally and from_sheet:
            row.wrong(
                "tally", _("Participants of this activity stand here and in the sheet “Tally”. Keep one of them.")
            )
        lines = from_sheet
        if row.tally:
            counts = row.tally.items()
            lines = [TallyRow(count=count, country=country, sex=sex) for (country, sex), count in counts if count]
        total = row.values.pop("participants", None)
        return lines if total is None else self._with_total(row, lines or [], total)

    def _with_total(self, row: Row, lines: list[TallyRow], total: int) -> list[TallyRow]:
        """The lines beside a total: whom they leave out is counted as not stated, where only women were told apart."""
        women = sum(line.count for line in lines if line.sex == Sex.WOMAN)
        rest = total - sum(line.count for line in lines)
        if rest > 0 and all(line.sex == Sex.WOMAN for line in lines):
            row.from_total = True
            countries = {line.country for line in lines}
            if lines:
                row.wrong("participants", _("%(rest)d participants are counted as “sex not stated”."), "W", rest=rest)
            return [*lines, TallyRow(rest, country=countries.pop() if len(countries) == 1 else "")]
        for problem in stated_total_problems(women, total, lines):
            row.wrong(problem.field, problem.message, problem.level, **problem.params)
        return lines

    def _plan_new(self, row: Row, code: str, lines: list[TallyRow] | None) -> dict[str, Any]:
        given = {name: value for name, value in row.values.items() if value is not EMPTY}
        values, lists = fields(given, {})
        values["code"] = code
        series = taken_out(values)
        for column in ACTIVITY_COLUMNS:
            if column.required and column.code not in given and not row.has_problem(column.code):
                other = "title_ru" if column.code == "title_en" else ""
                if not (other and other in given):
                    row.wrong(column.code, _("This cell must be filled for a new activity."))
        state = values.get("state", State.DRAFT)
        if state not in self.states:
            row.wrong("state", _("Your role adds activities as drafts; others are moved on the activity's page."))
        if not self._reaches(
            values.get("component_id"), set(lists.get("countries", ())), set(lists.get("institutions", ()))
        ):
            row.wrong("code", _("The activity “%(code)s” is outside your role's scope."), code=code)
        if not row.blocked:
            self._check(row, facts_of_new(values, lists), lines)
        title = given.get("title_en") or given.get("title_ru") or ""
        return planned(
            row, Outcome.ADD, f"{code} {title}", code=code, values=values, lists=lists, tally=packed(lines),
            deliverables=planned_deliverables(self.deliverables.get(code, ()), ()), series=series,
        )  # fmt: skip

    def _plan_change(self, row: Row, existing: Activity, lines: list[TallyRow] | None) -> dict[str, Any]:
        if row.values.get("state") not in (None, existing.state):
            row.wrong("state", _("The state changes by a move on the activity's page, not by a workbook."))
        given = {name: value for name, value in row.values.items() if name not in {"code", "state"}}
        values, lists = fields(given, {name: getattr(existing, name) for name in TEXTS})
        before_lists = {
            name: sorted(getattr(link, attribute) for link in getattr(existing, related).all())
            for name, (related, attribute) in LINKS.items()
        }
        stored = {name: as_given(getattr(existing, name)) for name in values}
        values = {name: value for name, value in values.items() if not alike(value, stored[name])}
        lists = {name: keys for name, keys in lists.items() if keys != before_lists[name]}
        present_lines = [tally_row(record) for record in existing.tallies.all()]
        if lines is not None and same_tally(present_lines, lines, row.from_total):
            lines = None
        if lines is not None and existing.state == State.VERIFIED:
            row.wrong("tally", _("The tally is verified. Take the verification back to correct it."))
        if existing.state == State.VERIFIED:
            for name in (*values, *lists):
                if name in VERIFIED_FACTS:
                    column = name.removesuffix("_id")
                    said = _("This was verified. Take the verification back to correct it.")
                    row.wrong(COLUMN_OF_FIELD.get(column, column), said)
        differences = self._differences(given, values, stored, lists, before_lists)
        series = taken_out(values)
        documents = self.deliverables.get(existing.code, ())
        documents = planned_deliverables(documents, existing.deliverables.all()) if documents else []
        if documents:
            present = existing.deliverables.all()
            told = {"before": in_words(present), "after": in_words(present, documents)}
            differences.append({"column": "deliverables", **told})
        if lines is not None:
            differences.append(
                {"column": "tally", "before": tally_in_words(present_lines), "after": tally_in_words(lines)}
            )
        title = f"{existing.code} {existing.title.get('en') or existing.title.get('ru', '')}"
        if values or lists or lines is not None or documents or series:
            for name, value in values.items():
                setattr(existing, name, value)
            countries = frozenset(lists.get("countries", before_lists["countries"]))
            if not self._reaches(
                existing.component_id, set(countries), set(lists.get("institutions", before_lists["institutions"]))
            ):
                row.wrong("code", _("After this change the activity would be outside your role's scope."))
            self._check(row, facts_of(existing, ActivityEntry({}, countries=countries)), lines)
            return planned(
                row, Outcome.CHANGE, title, code=existing.code, key=existing.pk, version=existing.version, values=values,
                lists=lists, tally=packed(lines), differences=differences, deliverables=documents, series=series,
            )  # fmt: skip
        return planned(row, Outcome.SAME, title)

    def _differences(
        self, given: Mapping[str, Any], values: Mapping[str, Any], stored: Mapping[str, Any],
        lists: Mapping[str, Any], before_lists: Mapping[str, Any],
    ) -> list[dict[str, str]]:  # fmt: skip
        found = []
        for column in ACTIVITY_COLUMNS:
            name = ATTRIBUTES.get(column.sets, column.sets)
            if column.code in LISTS and column.code in lists:
                before, after = before_lists[column.code], lists[column.code]
            elif column.code in given and name in values:
                before, after = stored[name], values[name]
                if column.language:
                    before, after = before.get(column.language, ""), after.get(column.language, "")
                if before == after:
                    continue
            else:
                continue
            found.append(
                {
                    "column": column.code,
                    "before": shown(column, before, self.names),
                    "after": shown(column, after, self.names),
                }
            )
        return found

    def _check(self, row: Row, facts: ActivityFacts, lines: list[TallyRow] | None) -> None:
        problems = activity_problems(facts, self.facts, self.today)
        if lines is not None:
            problems += tally_problems([line for line in lines if line.count], facts, self.facts)
        for problem in problems:
            row.wrong(
                COLUMN_OF_FIELD.get(problem.field, problem.field), problem.message, problem.level, **problem.params
            )

    def _reaches(self, component: int | None, countries: set[str], institutions: set[int]) -> bool:
        return any(
            (not held.component_id or held.component_id == component)
            and (not held.country_id or held.country_id in countries)
            and (not held.institution_id or held.institution_id in institutions)
            for held in self.held
        )


def _states_open_to(held: Sequence[Assignment]) -> frozenset[str]:
    """The states in which a role may bring in new activities: history comes in with those who answer for it."""
    roles = {Role(one.role) for one in held}
    if Role.ME in roles:
        return frozenset(State.values)
    if Role.PM in roles:
        return frozenset(set(State.values) - {State.VERIFIED})
    return frozenset({State.DRAFT.value})
