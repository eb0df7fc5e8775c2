"""Somebody walks through the fictional programme's steering: four years of rounds, the latest one under way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import TestCase

from pilotage.cli.generate.loading import generate
from pilotage.cli.generate.prose import TEXTS, prose
from pilotage.cli.generate.size import Size
from pilotage.cli.generate.years import Calendar
from pilotage.domain.activities.checks import findings
from pilotage.domain.activities.models import Activity
from pilotage.domain.membership.models import Role, User
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.models import Recommendation, RecommendationFile, RecommendationMove, Reminder
from pilotage.domain.recommendations.states import BY_NAME
from pilotage.domain.recommendations.words import Channel, State
from pilotage.domain.steering.checks import meeting_findings
from pilotage.domain.steering.models import (
    ActionPoint,
    AgendaItem,
    Decision,
    Meeting,
    MeetingMove,
    Mention,
    MinutesComment,
    Presence,
)
from pilotage.domain.steering.queries import carried_over, quorum_of
from pilotage.domain.steering.under_way import round_under_way
from pilotage.domain.steering.words import ActionState, MeetingState
from pilotage.domain.workplans.models import PlanLine, WorkPlan
from pilotage.domain.workplans.words import PlanState
from pilotage.kit.models import Change
from pilotage.kit.printable import missing_characters

TODAY = date(2025, 10, 6)
TINY = Size(seed=5, activities=70, participations=300, years=5, today=TODAY, register=0.2, photos=0)
LATIN, CYRILLIC = re.compile(r"[A-Za-z]{2,}"), re.compile(r"[А-Яа-яЁё]")


def told(phase: Phase) -> list[tuple[Any, ...]]:
    """What the steering of a phase tells, without keys and moments."""
    moves = RecommendationMove.objects.filter(recommendation__phase=phase).order_by("recommendation__code", "id")
    meetings = Meeting.objects.filter(phase=phase).order_by("code")
    points = ActionPoint.objects.filter(phase=phase).order_by("code")
    lines = PlanLine.objects.filter(plan__phase=phase).order_by(
        "plan__year", "plan__country", "plan__number", "position"
    )
    return [
        *moves.values_list("recommendation__code", "recommendation__text", "move", "effective_on", "channel", "words"),
        *meetings.values_list("code", "state", "starts", "chair_text", "papers_sent_on", "approved_on"),
        *points.values_list("code", "text", "state", "due_on", "done_on"),
        *lines.values_list(
            "plan__year", "plan__country", "plan__number", "plan__state", "key", "title", "baseline_end"
        ),
        *Decision.objects.filter(meeting__phase=phase).order_by("meeting__code", "number").values_list("text"),
    ]


@pytest.mark.django_db
class TestRounds(TestCase):
    """Made once for all of these, as it takes some seconds."""

    phase: Phase

    @classmethod
    def setUpTestData(cls) -> None:
        cls.phase = generate(TINY)

    def test_the_same_seed_tells_the_same_rounds(self) -> None:
        short = replace(TINY, years=2, activities=25)
        first, again = (told(generate(replace(short, code=code))) for code in ("once", "again"))
        assert len(first) > 100
        assert again == first

    def test_every_state_and_every_way_of_answering_occurs(self) -> None:
        advice = Recommendation.objects.filter(phase=self.phase)
        assert set(advice.values_list("state", flat=True)) == set(State)
        assert set(RecommendationMove.objects.values_list("channel", flat=True)) >= {
            Channel.LINK,
            Channel.WORKBOOK,
            Channel.WORD_FORM,
            Channel.PAPER,
        }
        assert RecommendationFile.objects.exists()
        assert set(WorkPlan.objects.values_list("state", flat=True)) == set(PlanState)
        assert set(ActionPoint.objects.values_list("state", flat=True)) == set(ActionState)
        assert set(advice.values_list("origin", flat=True)) == {"activity", "meeting", "review"}
        assert advice.exclude(group_key="").exists()
        assert advice.exclude(act_number="").filter(act_date__isnull=False).exclude(act_body={}).exists()
        assert Reminder.objects.exclude(sent_at=None).exists()
        assert Mention.objects.filter(came_out_of_it=True).exists()
        assert Mention.objects.filter(came_out_of_it=False).exists()
        assert MinutesComment.objects.filter(outcome="open").exists()

    def test_recommendations_came_to_their_state_by_allowed_steps_and_other_hands(self) -> None:
        for one in Recommendation.objects.filter(phase=self.phase).prefetch_related("moves"):
            state, day, reported = "draft", date.min, None
            for move in one.moves.all():
                assert move.from_state == state
                assert state in BY_NAME[move.move].from_states
                assert day <= move.effective_on < TODAY
                state, day = move.to_state, move.effective_on
                reported = move.by_id if move.move == "report_adopted" else reported
                assert move.move != "verify" or reported is None or move.by_id != reported
            assert one.state == state

    def test_the_latest_round_is_under_way_and_the_others_are_through(self) -> None:
        rounds = Calendar(TINY).rounds
        assert len(rounds) >= 4
        for one in rounds:
            states = dict(Meeting.objects.filter(round__year=one.year).values_list("body__country", "state"))
            assert len(states) == 6
            if one is not rounds[-1]:
                assert set(states.values()) == {MeetingState.PUBLISHED}
        assert states == {
            "KZ": MeetingState.PUBLISHED,
            "UZ": MeetingState.APPROVED,
            "TJ": MeetingState.CIRCULATED,
            "TM": MeetingState.DRAFTED,
            "KG": MeetingState.CONVENED,
            None: MeetingState.PLANNED,
        }
        viewer = Viewer.of(User.objects.get(email="pm@demo.example"))
        under_way = round_under_way(viewer, self.phase, TODAY)
        assert under_way is not None
        assert (under_way.held, under_way.of) == (4, 6)
        assert under_way.next is not None
        assert under_way.next.country_id == "KG"
        assert under_way.next.papers_sent_on is not None
        assert TODAY < (under_way.next.begins_on or TODAY) <= TODAY + timedelta(days=8)
        assert carried_over(under_way.next).exists()

    def test_held_meetings_have_a_quorum_and_minutes_in_both_languages(self) -> None:
        held = Meeting.objects.filter(phase=self.phase, decisions__isnull=False).distinct()
        assert held.count() >= 20
        for meeting in held.prefetch_related("presences", "agenda", "decisions"):
            assert quorum_of(meeting).reached or meeting.quorum_waived_reason
            assert all(item.summary.get("en") and item.summary.get("ru") for item in meeting.agenda.all())
            assert all(decision.text.get("en") and decision.text.get("ru") for decision in meeting.decisions.all())
        assert Presence.objects.filter(present_as="alternate").exists()

    def test_nothing_that_was_held_or_done_lies_ahead(self) -> None:
        for model, field in (
            (MeetingMove, "effective_on"),
            (RecommendationMove, "effective_on"),
            (ActionPoint, "done_on"),
            (Recommendation, "adopted_on"),
            (Recommendation, "act_date"),
            (MinutesComment, "received_on"),
        ):
            records: Any = model._default_manager
            assert not records.filter(**{f"{field}__gt": TODAY}).exists(), (model, field)
        assert not Meeting.objects.filter(decisions__isnull=False, begins_on__gte=TODAY).exists()
        assert not Change.objects.filter(actor_name="Generator", at__date__gt=TODAY).exists()

    def test_what_is_referred_to_was_recorded_before(self) -> None:
        changes = Change.objects.order_by("id").values_list("record_type", "record_id", "at", "action", "after")
        added = {(kind, key): at for kind, key, at, action, _after in changes if action == "added"}
        latest: dict[tuple[str, str], Any] = {}
        wrong: Counter[tuple[str, str]] = Counter()
        for kind, key, at, _action, after in changes:
            wrong[kind, "earlier than the change before"] += at < latest.get((kind, key), at)
            latest[kind, key] = at
            for field in apps.get_model(kind)._meta.concrete_fields:
                if field.is_relation and after.get(field.attname) is not None:
                    target: Any = field.related_model
                    referred = added.get((target._meta.label_lower, str(after[field.attname])))
                    wrong[kind, field.name] += referred is not None and referred > at
        assert not +wrong

    def test_the_checks_find_examples_and_no_error_that_is_none(self) -> None:
        found = [*findings(Activity.objects.filter(phase=self.phase), self.phase, TODAY)]
        errors = Counter(one.check.code for one in found if one.check.level == "E")
        assert set(errors) <= {"overlapping_trips"}
        assert errors.total() <= 1
        meetings = meeting_findings(Meeting.objects.filter(phase=self.phase), TODAY)
        assert Counter(one.check.code for one in meetings) == {"papers_late": 1, "minutes_late": 1}

    def test_russian_prose_is_russian_and_english_is_english(self) -> None:
        texts = [
            *Recommendation.objects.values_list("text", flat=True),
            *Recommendation.objects.values_list("accepted_text", flat=True),
            *AgendaItem.objects.values_list("title", flat=True),
            *AgendaItem.objects.values_list("summary", flat=True),
            *Decision.objects.values_list("text", flat=True),
            *ActionPoint.objects.values_list("text", flat=True),
            *WorkPlan.objects.values_list("context", flat=True),
            *Meeting.objects.values_list("title", flat=True),
        ]
        assert len(texts) > 400
        for text in texts:
            assert not LATIN.search(text.get("ru", "")), text
            assert not CYRILLIC.search(text.get("en", "")), text
            assert set(text) in ({"en", "ru"}, set()), text
            assert not missing_characters(" ".join(text.values()))

    def test_roles_did_what_is_theirs(self) -> None:
        by_role = Counter(RecommendationMove.objects.values_list("move", "by_role"))
        assert {role for (move, role) in by_role if move == "verify"} == {Role.ME}
        assert {role for (move, role) in by_role if move == "issue"} == {Role.CL}
        assert {role for (move, role) in by_role if move in {"withdraw", "supersede"}} == {Role.PM}


def test_every_wording_is_a_pair_or_one_language() -> None:
    def walk(found: Any) -> Iterator[Any]:
        for one in found.values() if isinstance(found, dict) else found:
            pair = isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one)
            if pair and CYRILLIC.search(one[1]) and not CYRILLIC.search(one[0]):
                assert not LATIN.search(re.sub(r"\{\w+\}", "", one[1])), one
            elif isinstance(one, (dict, list)):
                yield from walk(one)
            else:
                yield one

    for file in TEXTS.glob("*.toml"):
        for wording in walk(prose(file.stem)):
            bare = re.sub(r"\{\w+\}", "", wording)
            assert not (LATIN.search(bare) and CYRILLIC.search(bare)), wording
