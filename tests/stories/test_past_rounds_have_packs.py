"""Somebody opens the demo: every round that is through has its packs and minutes, as they would have been made then."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from django.test import TestCase, override_settings
from django.utils import timezone

from pilotage.cli.demo.making import is_left, make_documents, make_next
from pilotage.cli.demo.packs import GATHERED, begin_packs, day_of_packs, waiting_documents
from pilotage.cli.generate.loading import generate
from pilotage.cli.generate.packs import texts_for
from pilotage.cli.generate.size import Size
from pilotage.documents.models import Edition, Issuing, Publication, PublicationMove
from pilotage.documents.publishing import keep_files, render
from pilotage.documents.steering.sealing import seal_holds
from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import edit_activity
from pilotage.domain.steering.models import MeetingRound
from pilotage.kit.past import files
from tests.records import TESTER

TODAY = date(2025, 10, 6)
TINY = Size(seed=5, activities=40, participations=120, years=3, today=TODAY, register=0, photos=0)


@pytest.mark.django_db
class TestPastRounds(TestCase):
    """Made once for all of these, as it takes some seconds."""

    waiting: int
    rounds: list[MeetingRound]

    @classmethod
    def setUpTestData(cls) -> None:
        generate(TINY)
        at = timezone.make_aware(datetime.combine(date(2025, 3, 1), time(12)))
        with tempfile.TemporaryDirectory() as folder, override_settings(DATA=Path(folder)):
            name = files.name_for(at)
            cls.waiting, _rounds = begin_packs()
            # Documents that are recorded for earlier days leave the rebuilt past as it is.
            assert files.name_for(at) == name
        cls.rounds = list(MeetingRound.objects.order_by("year"))

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.enterContext(override_settings(DATA=Path(folder.name), MEDIA_ROOT=folder.name))

    def test_they_are_begun_in_the_order_of_their_days_each_with_texts_of_its_own(self) -> None:
        assert waiting_documents().count() == self.waiting
        packs = Publication.objects.filter(kind="national_pack").order_by("number").select_related("meeting__round")
        years = [one.meeting.round.year for one in packs if one.meeting and one.meeting.round]
        assert years == sorted(5 * [one.year for one in self.rounds])
        texts = texts_for(Publication.objects.exclude(kind="minutes").order_by("pk")).values()
        for language in ("en", "ru"):
            bodies = [text["progress"][language] for text in texts]
            assert len(set(bodies)) == len(bodies)

    def test_a_pack_holds_what_was_known_on_its_day_and_nothing_that_was_recorded_since(self) -> None:
        activity = Activity.objects.filter(confidentiality="public", state="verified").order_by("-ended_last").first()
        assert activity
        entry = ActivityEntry({"title": {"en": "Renamed today", "ru": "Переименовано сегодня"}})
        edit_activity(by=TESTER, activity=activity, entry=entry, version=activity.version)
        assert make_next()
        found = Edition.objects.select_related("publication__meeting")
        newest = self.rounds[-1]
        codes = [one.publication.meeting.code for one in found if one.publication.meeting]
        assert sorted(codes) == [f"NSG-{code}-{newest.year}" for code in ("KG", "KZ", "TJ", "TM", "UZ")]
        for edition in found:
            meeting = edition.publication.meeting
            made = meeting and day_of_packs(meeting)
            assert meeting
            assert made
            assert edition.as_of == newest.cut_off < edition.issued_on == made <= meeting.papers_sent_on
            assert edition.cut_off == timezone.make_aware(datetime.combine(made, GATHERED))
            assert all(seal_holds(content) for content in edition.content.values())
            assert "Renamed today" not in str(edition.content)
        moves = PublicationMove.objects.all()
        assert set(moves.values_list("move", flat=True)) == {"check_figures", "clear_pm", "issue"}
        assert set(moves.values_list("effective_on", flat=True)) == {edition.issued_on for edition in found}
        # A worker that was stopped goes on with what is left, and does nothing twice.
        assert waiting_documents().count() == self.waiting - 5

    def test_a_round_that_is_through_sums_up_and_its_files_come_later_the_same(self) -> None:
        through = self.rounds[-2]
        packs = waiting_documents().filter(meeting__round=through).select_related("meeting__round", "phase")
        for kind in ("national_pack", "regional_pack"):
            make_documents(list(packs.filter(kind=kind)))
        make_documents([packs.filter(kind="minutes").order_by("pk")[0]])
        failed = Issuing.objects.filter(stage=Issuing.Stage.FAILED)
        assert list(failed.values_list("message", flat=True)) == []
        regional = Edition.objects.get(publication__kind="regional_pack")
        rows = regional.content["en"]["reconciliation"]["rows"]
        tones = {row["state"]["tone"] for row in rows}
        # What is withheld because it is small stays open; nothing differs.
        assert "done" in tones
        assert tones <= {"done", "open"}
        minutes = Edition.objects.get(publication__kind="minutes")
        asked = render(minutes, "ru", "docx")
        assert (keep_files(by=TESTER, edition=minutes), keep_files(by=TESTER, edition=minutes)) == (4, 0)
        assert render(minutes, "ru", "docx") == asked
        assert is_left()
