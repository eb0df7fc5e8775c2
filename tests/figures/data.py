"""A small programme in which everything happens that figures must cope with. Made through operations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pilotage.domain.activities.bulk import add_attendances, add_persons
from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity, Attendance, Person
from pilotage.domain.activities.operations import add_activity, add_deliverable
from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.membership.models import Assignment, Role, User
from pilotage.domain.membership.operations import add_user, assign_role
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Country, Institution, Place
from pilotage.domain.parties.operations import add_country, add_institution, add_place
from pilotage.domain.programme.models import Component, Phase
from pilotage.domain.programme.operations import add_component, add_phase, add_programme
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.domain.recommendations.operations import draft_recommendation
from pilotage.domain.recommendations.words import ANSWERED, TO_IMPLEMENT, State
from pilotage.domain.steering.action_points import add_action_point, edit_action_point, move_action_point
from pilotage.domain.steering.operations import add_body, add_meeting
from pilotage.domain.workplans.models import WorkPlan
from pilotage.domain.workplans.operations import add_line, edit_line, make_plan, move_plan
from pilotage.kit.actors import SystemActor
from tests.recorded import made_once

BY = SystemActor("the tests")
COUNTRIES = {"KZ": "Kazakhstan", "KG": "Kyrgyzstan", "TJ": "Tajikistan"}


@dataclass
class World:
    """The records by the names that tests call them."""

    phase: Phase
    other_phase: Phase
    components: dict[str, Component]
    institutions: dict[str, Institution]
    users: dict[str, User]

    def viewer(self, role: str) -> Viewer:
        """Somebody in ``role``; the public for "public"."""
        return Viewer.public() if role == "public" else Viewer.of(self.users[role])


def reread(phase: Phase) -> Phase:
    """The phase as pages read it."""
    return phases_with_everything().get(pk=phase.pk)


@made_once
def make_world() -> World:
    """Two phases of one programme, seventeen activities, tallies with every kind of hole, a register of persons."""
    countries = [add_country(by=BY, code=code, name={"en": name, "ru": name}) for code, name in COUNTRIES.items()]
    add_country(by=BY, code="AT", name={"en": "Austria", "ru": "Австрия"})
    programme = add_programme(by=BY, values={"code": "try", "title": {"en": "Trial", "ru": "Проба"}})
    values: dict[str, Any] = {
        "programme": programme,
        "number": 2,
        "code": "try-2",
        "title": {"en": "Trial 2", "ru": "Проба 2"},
        "original_start": date(2021, 4, 1),
        "original_end": date(2025, 9, 30),
        "indicative_activities": 20,
    }
    phase = add_phase(by=BY, values=values, countries=countries)
    earlier = {"number": 1, "code": "try-1", "title": {"en": "Trial 1"}, "original_start": date(2018, 1, 1)}
    other = add_phase(by=BY, values=values | earlier | {"original_end": date(2020, 12, 31)}, countries=countries[:2])
    components = {
        number: add_component(
            by=BY, values={"phase": phase, "number": number, "title": {"en": f"Theme {number}", "ru": f"Тема {number}"}}
        )
        for number in ("1", "2")
    }
    old = add_component(
        by=BY, values={"phase": other, "number": "1", "title": {"en": "Old theme", "ru": "Старая тема"}}
    )
    institutions = {
        code: add_institution(
            by=BY,
            values={"code": code, "name": {"en": name, "ru": name}, "country_id": country, "type": kind},
        )
        for code, name, country, kind in (
            ("kz-border", "Border Service", "KZ", "border"),
            ("kz-customs", "Customs Committee", "KZ", "customs"),
            ("kg-border", "Border Guards", "KG", "border"),
            ("tj-customs", "Customs Service", "TJ", "customs"),
        )
    }
    place = add_place(by=BY, values={"code": "almaty", "name": {"en": "Almaty", "ru": "Алматы"}, "country_id": "KZ"})
    world = World(phase, other, components, institutions, _users(phase, components["1"], institutions["kz-border"]))
    _activities(world, place)
    add_activity(
        by=BY,
        phase=other,
        entry=ActivityEntry(
            {
                "code": "OLD-1",
                "title": {"en": "Old workshop"},
                "type": "workshop",
                "component": old,
                "state": "implemented",
                "actual_start": "2019-05-05",
                "actual_end": "2019-05-06",
                "confidentiality": "public",
            },
            countries=frozenset({"KZ"}),
            tally=(TallyRow(20, "KZ", sex="woman"), TallyRow(10, "KZ", sex="man")),
        ),
    )
    _recommendations(world)
    _plans(world)
    _action_points(world)
    world.phase, world.other_phase = reread(phase), reread(other)
    return world


def _recommendations(world: World) -> None:
    """One in every state, with and without a component, a country and a known day; dates in 2023 and 2024."""
    agencies = [*world.institutions.values(), None]
    for number, state in enumerate([*State, State.ADOPTED, State.ACCEPTED, State.ISSUED]):
        agency = agencies[number % 5]
        answered = date(2023, 6, 1 + number) if state in ANSWERED else None
        draft_recommendation(
            by=BY,
            phase=world.phase,
            values={
                "text": {"en": f"Advice {number}", "ru": f"Совет {number}"},
                "addressee": agency,
                "addressee_text": {} if agency else {"en": "all services", "ru": "все службы"},
                "component": [*world.components.values(), None][number % 3],
                "priority": ["high", "medium", "low"][number % 3],
                "state": state,
                "issued_on": "" if state == State.DRAFT else "2023" if number == 3 else "2023-02-10",
                "response_due": date(2023, 5, 11),
                "implementation_due": date(2024, 1, 1 + number) if state in TO_IMPLEMENT else None,
                "answered_on": answered,
                "adopted_on": date(2023, 12, 1 + number) if state == State.ADOPTED else None,
                "confidentiality": "restricted" if number == 5 else "public",
            },
        )
    unknown = {
        "text": {"en": "Old advice"},
        "addressee_text": {"en": "customs"},
        "issued_on": "2022",
        "state": State.ISSUED,
    }
    draft_recommendation(by=BY, phase=world.phase, values=unknown | {"state_known": False})


def _plans(world: World) -> None:
    """A national plan of 2023 with a revision that puts a late line off, and a regional one of 2022 and 2023."""
    activities = {one.code: one for one in Activity.objects.filter(phase=world.phase)}
    one, two = world.components["1"], world.components["2"]

    def plan(year: int, country: str | None, since: date, *lines: tuple[str, Component | None, str]) -> WorkPlan:
        of = Country.objects.filter(pk=country).first()
        made = make_plan(by=BY, phase=world.phase, year=year, country=of)
        for code, component, end in lines:
            title = {"en": f"Line {code}", "ru": f"Строка {code}"}
            values = {"title": title, "component": component, "baseline_end": end, "activity": activities.get(code)}
            add_line(by=BY, plan=made, values=values)
        return plan_in_force(made, since)

    plan(2022, None, date(2022, 2, 1), ("A3", one, "2022-Q4"), ("A8", two, "2022-06"), ("meeting", None, "2022-11-10"))
    first = plan(
        2023, "KZ", date(2023, 1, 15),
        ("A1", one, "2023-05"), ("A2", two, "2023-Q1"), ("P1", one, "2023-09"), ("no date", one, ""),
    )  # fmt: skip
    revision = make_plan(by=BY, phase=world.phase, year=2023, country=first.country, like=first)
    late = revision.lines.get(activity=activities["P1"])
    edit_line(by=BY, line=late, values={"baseline_end": "2023-12"}, version=1)
    plan_in_force(revision, date(2023, 7, 1))
    plan(2023, None, date(2023, 1, 1), ("A7", None, "2023-06-30"), ("P4", one, "2023"))


def plan_in_force(plan: WorkPlan, since: date) -> WorkPlan:
    """The plan, put in force on ``since``."""
    for move in ("submit", "endorse", "put_in_force"):
        plan = move_plan(by=BY, plan=plan, move=move, effective_on=since, endorsed_by="The steering group")
    return plan


def _action_points(world: World) -> None:
    """Of a national body, of the regional one and of a meeting of none; done in time, late, open, cancelled."""
    national, regional = (
        add_body(by=BY, values={"phase": world.phase, "title": {"en": kind, "ru": kind}, **values})
        for kind, values in (
            ("National group", {"kind": "national", "country": Country.objects.get(pk="KZ")}),
            ("Regional group", {"kind": "regional"}),
        )
    )
    for number, (body, day) in enumerate(((national, "2022-09-12"), (regional, "2023-10-02"), (None, "2023"))):
        kind = ("national_steering", "regional_steering", "inception")[number]
        values = {
            "kind": kind,
            "body": body,
            "title": {"en": "Meeting"},
            "starts": day,
            "ends": day,
            "state": "convened",
        }
        meeting = add_meeting(by=BY, phase=world.phase, values=values)
        for place, agency in enumerate((*world.institutions.values(), None)):
            owner: dict[str, Any] = {"owner_institution": agency} if agency else {"owner_user": world.users["PM"]}
            due = date(2023 + number, 12, 1 + place)
            point = add_action_point(
                by=BY,
                meeting=meeting,
                values={"text": {"en": f"Do {place}", "ru": f"Дело {place}"}, "due_on": due, **owner},
            )
            if place == 1:
                edit_action_point(by=BY, point=point, values={"due_on": due.replace(day=30)}, version=1, why="later")
            if number == 2 or place == 0:
                continue
            if place == 4:
                move_action_point(by=BY, point=point, step="cancel", words="no longer needed", effective_on=due)
                continue
            done = due if place == 3 else due.replace(day=20)
            move_action_point(by=BY, point=point, step="report_done", words="done", effective_on=done)
            if place != 2:
                move_action_point(by=BY, point=point, step="confirm", effective_on=done)


def _users(phase: Phase, component: Component, institution: Institution) -> dict[str, User]:
    users = {}
    scopes: dict[Role, dict[str, Any]] = {
        Role.PM: {},
        Role.ME: {},
        Role.CL: {"component": component},
        Role.NC: {"country": Country.objects.get(pk="KZ")},
        Role.CP: {"institution": institution},
        Role.EUD: {},
        Role.SM: {},
    }
    for role, scope in scopes.items():
        user = add_user(by=BY, email=f"{role.value.lower()}@example.org", name=role.value, password=None)
        values = {"role": role, "programme": phase.programme, "phase": None if role == Role.PM else phase, **scope}
        assign_role(by=BY, user=user, values=values)
        users[role.value] = user
    assert Assignment.objects.count() == len(scopes)
    return users


def _activities(world: World, place: Place) -> None:
    one, two = world.components["1"], world.components["2"]
    ids = {code: institution.pk for code, institution in world.institutions.items()}

    def add(
        code: str, state: str, countries: str, *, tally: tuple[TallyRow, ...] | None = None, **values: Any
    ) -> Activity:
        links = {name: frozenset(values.pop(name)) for name in ("institutions", "co_organisers") if name in values}
        if "end" in values:
            values["actual_start"] = values["actual_end"] = values.pop("end")
        plain = {
            "type": "workshop",
            "component": one,
            "mode": "onsite",
            "scope": "national",
            "confidentiality": "public",
        }
        title = {"en": f"Activity {code}", "ru": f"Мероприятие {code}"}
        entry = ActivityEntry(
            {"code": code, "title": title, "state": state, **plain, **values},
            countries=frozenset(countries.split()),
            tally=tally,
            **links,
        )
        return add_activity(by=BY, phase=world.phase, entry=entry)

    first = add(
        "A1", "verified", "KZ KG TJ", end="2023-04-20", scope="regional", venue=place,
        baseline_end="2023-05", institutions=[ids["kz-border"], ids["kz-customs"], ids["kg-border"]],
        co_organisers=[ids["kg-border"]],
        tally=(
            TallyRow(12, "KZ", "kz-border", "border", "woman"),
            TallyRow(20, "KZ", "kz-border", "border", "man"),
            TallyRow(9, "KZ", "kz-customs", "customs", "not_stated"),
            TallyRow(3, "KG", "kg-border", "border", "woman"),
            TallyRow(14, "KG", "kg-border", "border", "man"),
            TallyRow(8, "TJ", "", "customs", "woman"),
            TallyRow(11, "TJ", "", "customs", "man"),
        ),
    )  # fmt: skip
    second = add(
        "A2", "implemented", "KZ", end="2023-05-11", type="training", component=two, mode="hybrid",
        baseline_end="2022-11-30", by_national_trainers=True, institutions=[ids["kz-customs"]],
        tally=(
            TallyRow(7, "KZ", "kz-customs", "customs", "woman", "onsite"),
            TallyRow(16, "KZ", "kz-customs", "customs", "man", "online"),
            TallyRow(6, "", "", "", "woman", "online"),
        ),
    )  # fmt: skip
    third = add("A3", "implemented", "KG TJ", end="2022", scope="multi_country", tally=(TallyRow(30, "KG"),))
    add("A4", "implemented", "TJ", type="study_visit", component=two, mode="", scope="")
    add("A5", "implemented", "KG", end="2021-06-10/2021-08-20", by_national_trainers=False, confidentiality="partners")
    add("A6", "verified", "KZ", end="2024-02-02", type="expert_mission", confidentiality="restricted",
        tally=(TallyRow(2, "AT", sex="man"), TallyRow(5, "KZ", sex="other")))  # fmt: skip
    add("A7", "implemented", "KZ KG", end="2023-06-30", type="coordination", component=None, thematic=False,
        co_organisers=[ids["kz-border"]], tally=(TallyRow(40, "KZ", sex="man"),))  # fmt: skip
    add("A8", "implemented", "TJ", end="../2022-12", component=two)
    add("P1", "planned", "KZ TJ", planned_start="2025-03-03", planned_end="2025-03-05", baseline_end="2024-11")
    add("P2", "planned", "KG", component=two)
    add("P3", "planned", "KG", planned_end="2025", additional=True)
    add("P4", "confirmed", "TJ", planned_end="2025-06-10", type="conference", baseline_end="2025-06-10")
    add("P5", "postponed", "KZ", planned_end="2025-Q3", baseline_end="2024-03-01", component=two)
    add("P6", "cancelled", "KZ KG TJ", planned_end="2024-10-10", baseline_end="2024-10-10")
    add("P7", "draft", "KZ", planned_end="2025-08")
    add_deliverable(by=BY, activity=first, values={"type": "report", "title": {"en": "Report"}})
    add_deliverable(by=BY, activity=first, values={"type": "manual", "title": {"en": "Manual"}})
    add_deliverable(by=BY, activity=second, values={"type": "report", "title": {"en": "Second report"}})
    _register(world, first, second, third)


def _register(world: World, first: Activity, second: Activity, third: Activity) -> None:
    border, customs = world.institutions["kz-border"], world.institutions["kg-border"]
    persons = [
        Person(
            phase=world.phase,
            key=f"P{number:03}",
            name_signed=f"Person {number}",
            institution=border if number % 3 else customs,
            country_id="KZ" if number % 3 else "KG",
            sex="woman" if number % 2 else "man",
        )
        for number in range(24)
    ]
    add_persons(by=BY, persons=persons)
    add_attendances(
        by=BY,
        attendances=[
            Attendance(
                activity=activity,
                person=person,
                role="participant",
                days_present=None if number == 3 else Decimal("1.5"),
            )
            for activity, until in ((first, 24), (second, 12), (third, 6))
            for number, person in enumerate(persons[:until])
        ]
        + [Attendance(activity=first, person=persons[0], role="trainer", days_present=Decimal(2))],
    )
