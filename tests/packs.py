"""Two rounds of steering meetings of the small programme, for tests: three countries and the region, 2022 and 2023."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from pilotage.documents.models import Publication
from pilotage.documents.operations import open_publication
from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.parties.models import Country
from pilotage.domain.recommendations.operations import Answer, move_recommendation
from pilotage.domain.steering.action_points import add_action_point
from pilotage.domain.steering.models import Meeting, MeetingRound, SteeringBody
from pilotage.domain.steering.operations import (
    add_agenda_item,
    add_body,
    add_meeting,
    add_session,
    move_meeting,
    plan_round,
    record_decision,
    record_presence,
    write_summary,
)
from pilotage.domain.workplans.models import WorkPlan
from pilotage.domain.workplans.operations import add_line, make_plan, move_plan
from tests.answers import issued
from tests.recorded import made_once
from tests.records import NAMES, TESTER, SmallProgramme, small_programme

CUT_OFFS = {2022: date(2022, 9, 30), 2023: date(2023, 9, 30)}
ITEMS = (
    ("opening", "Opening", "Открытие"),
    ("follow_up", "Earlier decisions", "Прежние решения"),
    ("progress", "Progress", "Ход реализации"),
    ("recommendations", "Recommendations", "Рекомендации"),
    ("work_plan", "Work plan", "Рабочий план"),
    ("decisions", "Decisions", "Решения"),
)


@dataclass
class Rounds:
    """The programme with both rounds: that of 2022 held, that of 2023 convened."""

    trial: SmallProgramme
    rounds: dict[int, MeetingRound] = field(default_factory=dict)
    bodies: dict[str, SteeringBody] = field(default_factory=dict)
    """By country code; the regional one under ""."""
    meetings: dict[tuple[int, str], Meeting] = field(default_factory=dict)
    plans: dict[str, WorkPlan] = field(default_factory=dict)

    def pack(self, country: str, year: int = 2023) -> Publication:
        """The pack of a country's meeting, or of the region's for ""."""
        kind = "national_pack" if country else "regional_pack"
        meeting = self.meetings[year, country]
        return open_publication(by=TESTER, viewer=None, phase=self.trial.phase, kind=kind, meeting=meeting)

    def packs(self, year: int = 2023) -> list[Publication]:
        """All packs of a round, the region's last."""
        return [self.pack(country, year) for country in (*NAMES, "")]

    def minutes(self, country: str, year: int = 2022) -> Publication:
        """The minutes of a meeting."""
        meeting = self.meetings[year, country]
        return open_publication(by=TESTER, viewer=None, phase=self.trial.phase, kind="minutes", meeting=meeting)


@made_once
def two_rounds() -> Rounds:
    """Makes them through operations."""
    made = Rounds(small_programme())
    _activities(made.trial)
    _recommendations(made.trial)
    for country in (*NAMES, ""):
        made.bodies[country] = _body(made.trial, country)
        made.plans[country] = _plan(made.trial, made.trial.countries.get(country))
    for year, cut_off in CUT_OFFS.items():
        made.rounds[year] = plan_round(by=TESTER, phase=made.trial.phase, year=year, cut_off=cut_off)
        for place, country in enumerate((*NAMES, "")):
            day = cut_off + timedelta(days=40 + place)
            made.meetings[year, country] = _meeting(made, year, country, day)
    for country in (*NAMES, ""):
        made.meetings[2022, country] = _held(made, country)
    return made


def _activities(trial: SmallProgramme) -> None:
    done = {"state": "implemented", "confidentiality": "partners"}
    one, two = trial.components
    for place, iso in enumerate(NAMES):
        tally = (
            TallyRow(9 + place, iso, sex="woman", institution=trial.services[iso].code),
            TallyRow(14, iso, sex="man", institution=trial.services[iso].code),
        )
        for month, component in (("2022-03", one), ("2022-11", one), ("2023-02", two), ("2023-06", two)):
            trial.activity(
                iso, actual_start=f"{month}-06", actual_end=f"{month}-08", planned_end=f"{month}-08",
                component=component, tally=tally,
                title={"en": f"Course of {month}", "ru": f"Курс {month}"}, **done,
            )  # fmt: skip
    trial.activity(*NAMES, actual_end="2023-05-20", title={"en": "For all three", "ru": "Для всех трёх"}, **done)
    trial.activity(actual_end="2023-05-21", title={"en": "For the region", "ru": "Для региона"}, **done)
    trial.activity(
        "KZ", planned_start="2023-07-03", planned_end="2023-07-05", state="confirmed", confidentiality="partners",
        title={"en": "Not held", "ru": "Не состоялось"},
    )  # fmt: skip
    trial.activity(
        "KZ", actual_end="2023-07-20", state="implemented", confidentiality="restricted",
        title={"en": "A secret course", "ru": "Секретный курс"},
    )  # fmt: skip


def _recommendations(trial: SmallProgramme) -> None:
    for iso in NAMES:
        for number, step in enumerate(("accept", "reject", ""), 1):
            one = issued(trial, iso, number, response_due=date(2023, 5, 1), implementation_due=date(2023, 8, 1))
            if step:
                answer = Answer(step, effective_on=date(2023, 3, 1), words="We looked into it.")
                move_recommendation(by=TESTER, viewer=None, recommendation=one, answer=answer)


def _body(trial: SmallProgramme, country: str) -> SteeringBody:
    services = list(trial.services.values())
    english = f"National Steering Group of {NAMES[country]['en']}" if country else "Regional Steering Group"
    russian = (
        f"Национальная руководящая группа, {NAMES[country]['ru']}" if country else "Региональная руководящая группа"
    )
    return add_body(
        by=TESTER,
        values={
            "phase": trial.phase,
            "kind": "national" if country else "regional",
            "country": trial.countries.get(country),
            "title": {"en": english, "ru": russian},
        },
        members=[
            {"institution": services[0], "chair": True, "delegate": "Mr Chair"},
            {"institution": services[1], "delegation": True},
            {"institution": services[2]},
        ],
    )


def _plan(trial: SmallProgramme, country: Country | None) -> WorkPlan:
    plan = make_plan(by=TESTER, phase=trial.phase, year=2024, country=country)
    dates = (("2024-02-12", "2024-02-14"), ("2024-05", "2024-06"), ("", "2024-Q4"), ("", ""))
    for place, (start, end) in enumerate(dates):
        add_line(
            by=TESTER,
            plan=plan,
            values={
                "title": {"en": f"Planned {place + 1}", "ru": f"Запланировано {place + 1}"},
                "component": trial.components[place % 2] if place < 3 else None,
                "baseline_start": start,
                "baseline_end": end,
                "cost_estimate": "12000",
            },
        )
    return move_plan(by=TESTER, plan=plan, move="submit", effective_on=date(2023, 10, 20))


def _meeting(made: Rounds, year: int, country: str, day: date) -> Meeting:
    values = {
        "kind": "national_steering" if country else "regional_steering",
        "body": made.bodies[country],
        "round": made.rounds[year],
        "title": {"en": f"Meeting {year}", "ru": f"Заседание {year}"},
        "starts": day.isoformat(),
    }
    meeting = add_meeting(by=TESTER, phase=made.trial.phase, values=values)
    session = meeting.sessions.get()
    for kind, english, russian in ITEMS:
        values = {"kind": kind, "title": {"en": english, "ru": russian}, "speaker": "Manager", "minutes": 20}
        add_agenda_item(by=TESTER, session=session, values=values)
    if country:
        add_session(by=TESTER, meeting=meeting, institution=made.trial.services[country])
    return move_meeting(by=TESTER, meeting=meeting, step="convene", effective_on=day - timedelta(days=15))


def _held(made: Rounds, country: str) -> Meeting:
    meeting = made.meetings[2022, country]
    assert meeting.body is not None
    assert meeting.begins_on is not None
    day = meeting.begins_on
    for seat in meeting.body.members.all():
        record_presence(by=TESTER, meeting=meeting, values={"member": seat, "name": f"Delegate {seat.pk}"})
    item = meeting.agenda.get(kind="progress")
    for language, text in (("en", "All was said, **twice**."), ("ru", "Всё было сказано, **дважды**.")):
        item = write_summary(by=TESTER, item=item, language=language, text=text, version=item.version)
    values = {"text": {"en": "The plan is good.", "ru": "План хорош."}, "item": item}
    record_decision(by=TESTER, meeting=meeting, values=values)
    owner = made.trial.services[country or "KZ"]
    for number, due in enumerate((date(2023, 1, 31), date(2024, 1, 31)), 1):
        text = {"en": f"Send list {number}", "ru": f"Направить список {number}"}
        values = {"text": text, "owner_institution": owner, "due_on": due, "item": item}
        add_action_point(by=TESTER, meeting=meeting, values=values)
    for step in ("hold", "draft_minutes", "circulate", "approve"):
        meeting = move_meeting(by=TESTER, meeting=meeting, step=step, effective_on=day + timedelta(days=1))
    return meeting
