"""A whole round, as a new user walks it: bodies and meetings planned, members invited, agencies' answers by all four
ways, packs issued, a meeting run from its room, its minutes approved, and the next round that drops nothing."""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pilotage.documents.models import Edition, Issuing, Publication
from pilotage.documents.publishing import carry_out
from pilotage.domain.recommendations.models import AnswerSheet, Recommendation
from pilotage.domain.recommendations.words import Channel, State
from pilotage.domain.steering.invitations import unsent
from pilotage.domain.steering.models import ActionPoint, Decision, Meeting, MinutesComment, SteeringBody
from pilotage.domain.steering.words import MeetingState
from pilotage.exchange.answers.codes import box_code
from pilotage.exchange.calendar import meetings as calendar
from tests.answers import filled_form, filled_workbook, issued
from tests.browse import form_of, signed_in, words_of
from tests.records import SmallProgramme, small_programme

pytestmark = pytest.mark.django_db
COUNTRIES = ("KZ", "KG")
ANSWERED = (State.ACCEPTED, State.REJECTED, State.ACCEPTED, State.REJECTED)


class Round:
    """The programme, those who work on its round, and the steps that they take on its pages."""

    def __init__(self) -> None:
        cache.clear()
        self.today = timezone.localdate()
        self.trial: SmallProgramme = small_programme(end=self.today + timedelta(days=900))
        self.code, self.agency = self.trial.phase.code, self.trial.services["KZ"]
        country = {"country": self.trial.countries["KZ"]}
        self.manager = signed_in(self.trial.user("PM", name="Marta Manager")[0])
        self.coordinator = signed_in(self.trial.user("NC", name="Aida Coordinator", **country)[0])
        self.monitor = signed_in(self.trial.user("ME")[0])
        self.member = signed_in(self.trial.user("SM", name="Ms Member", **country)[0])

    def at(self, rest: str) -> str:
        return f"/{self.code}/{rest}"

    def meeting(self, country: str, year: int) -> Meeting:
        return Meeting.objects.get(round__year=year, country=country or None)

    def room(self, meeting: Meeting, do: str, **fields: Any) -> None:
        """One small form of the room."""
        box = f"{do}-{fields['item']}" if "item" in fields else do
        values = {"do": do, "box": box, "key": f"{do}-{len(str(fields))}-{fields.get('language', '')}", **fields}
        answer = self.coordinator.post(self.at(f"meetings/{meeting.code}/room/"), values)
        assert answer.status_code == 302, words_of(answer)

    def step(self, who: Client, meeting: Meeting, step: str) -> None:
        sent = who.post(self.at(f"meetings/{meeting.code}/move/"), {"step": step})
        assert sent.status_code == 302, words_of(sent)

    def issue(self, publication: Publication, reasons: bool = True) -> Edition:
        """Explains what the check list warns of, gives the clearances, and has it made as the worker does."""
        desk = self.at(f"publications/{publication.address}/")
        reason = {"reason_en": "Known.", "reason_ru": "Известно."}
        for code in re.findall(r'name="code" value="([^"]+)"', self.manager.get(f"{desk}checks/").content.decode()):
            assert self.manager.post(f"{desk}checks/", {"code": code, **reason}).status_code == 302
        if publication.kind != "minutes":
            self.monitor.post(f"{desk}step/", {"step": "check_figures"})
        self.manager.post(f"{desk}step/", {"step": "clear_pm"})
        assert self.manager.post(f"{desk}issue/").status_code == 302
        made = carry_out(Issuing.objects.get(publication=publication))
        assert made is not None, Issuing.objects.get(publication=publication).message
        return made

    def read(self, edition: Edition) -> None:
        """A member takes both languages along; the seal is the hash of what was frozen, and a second look the same."""
        address = self.at(f"documents/{edition.publication.address}/")
        seals = {language: content["seal"]["hash"] for language, content in edition.content.items()}
        assert set(seals) == {"en", "ru"}
        for language, seal in seals.items():
            file = f"{address}editions/{edition.number}/{language}.pdf"
            first, again = (self.manager.get(file).content for _look in range(2))
            assert first.startswith(b"%PDF")
            assert hashlib.sha256(first).digest() == hashlib.sha256(again).digest()
            assert seal in self.manager.get(f"{address}?lang={language}").content.decode()


def test_a_round_from_its_planning_to_the_opening_of_the_next() -> None:
    walk = Round()
    year = walk.today.year
    bodies_are_set_up(walk)
    plan(walk, year, walk.today, cut_off=walk.today - timedelta(days=10))
    meeting = walk.meeting("KZ", year)
    members_are_invited(walk, meeting)
    agencies_answer(walk)
    packs_are_issued(walk, year)
    decision, point = the_meeting_is_held(walk, meeting)
    minutes_are_approved(walk, meeting)
    point_is_reported(walk, point)
    later = walk.today + timedelta(days=365)
    plan(walk, year + 1, later, cut_off=later - timedelta(days=20))
    the_next_one_opens_with_everything(walk, walk.meeting("KZ", year + 1), decision, point)


def bodies_are_set_up(walk: Round) -> None:
    """Terms of reference and three seats for two countries and the region: the chair, the Delegation, another vote."""
    names = {iso: service.name["en"] for iso, service in walk.trial.services.items()}
    terms = {
        "quorum_share": "50", "quorum_needs_chair": "on", "quorum_needs_delegation": "on", "notice_days": "10",
        "minutes_days": "10", "comment_days": "10",
    }  # fmt: skip
    for country in (*COUNTRIES, ""):
        of = f" of {country}" if country else ""
        title = {"title_en": f"Steering Group{of}", "title_ru": f"Руководящая группа {country}"}
        kind = {"kind": "national" if country else "regional", "country": country}
        assert walk.manager.post(walk.at("meetings/bodies/new/"), {**terms, **title, **kind}).status_code == 302
        page = walk.at(f"meetings/bodies/{country.lower() or 'regional'}/")
        for iso, rights, name in (
            ("KZ", "chair", "Ms Chair"),
            ("KG", "delegation", "Mr Envoy"),
            ("TJ", "", "Mr Third"),
        ):
            seat = {
                "institution": names[iso], "delegate": name, "position_en": "Head of Service",
                "position_ru": "начальник службы", "email": f"{name[3:].lower()}@example.org", "language": "ru",
                "voting": "on", rights or "voting": "on",
            }  # fmt: skip
            assert walk.manager.post(f"{page}seats/new/", seat).status_code == 302
        assert "Head of Service" in words_of(walk.manager.get(page))


def plan(walk: Round, year: int, day: date, *, cut_off: date) -> None:
    """National meetings on one day, the regional one four weeks later, all with one data cut-off."""
    form = form_of(walk.manager.get(walk.at("meetings/rounds/new/")), "with_agenda")
    regional = SteeringBody.objects.get(kind="regional")
    days = {name: day.isoformat() for name in form if name.startswith("day_")}
    days[f"day_{regional.pk}"] = (day + timedelta(weeks=4)).isoformat()
    planned = walk.manager.post(
        walk.at("meetings/rounds/new/"), {**form, **days, "year": year, "cut_off": cut_off.isoformat()}
    )
    assert planned.status_code == 302, words_of(planned)
    assert Meeting.objects.filter(round__year=year, round__cut_off=cut_off).count() == 3


def members_are_invited(walk: Round, meeting: Meeting) -> None:
    """The papers are sent, the meeting is convened, and every member has it in the calendar once."""
    paper = {"title_en": "Work plan", "link": f"/{walk.code}/plans/", "sent_on": walk.today.isoformat()}
    assert walk.coordinator.post(walk.at(f"meetings/{meeting.code}/papers/"), paper).status_code == 302
    consultation = {"do": "session", "institution": walk.agency.name["en"], "day": meeting.starts}
    assert walk.coordinator.post(walk.at(f"meetings/{meeting.code}/agenda/"), consultation).status_code == 302
    walk.step(walk.coordinator, meeting, "convene")
    walk.coordinator.post(walk.at(f"meetings/{meeting.code}/invitations/"))
    assert {calendar.send(pk) for pk in unsent(timezone.now())} == {"sent"}
    assert (
        sorted(to for one in mail.outbox for to in one.to)
        == sorted(f"{who}@example.org" for who in ("chair", "envoy", "third"))
        or len(mail.outbox) == 3
    )


def agencies_answer(walk: Round) -> None:
    """One recommendation by each way: personal link, workbook, Word form, paper with codes."""
    open_ones = [issued(walk.trial, "KZ", number) for number in range(1, 5)]
    desk = walk.at(f"recommendations/agencies/{walk.agency.code}/")
    contact = {"name": "Daniyar", "email": "daniyar@example.org", "language": "ru", "active": "on"}
    assert walk.coordinator.post(desk, contact).status_code == 302
    by_link(walk, desk, open_ones[0])
    for form, one in (("xlsx", open_ones[1]), ("docx", open_ones[2])):
        by_file(walk, desk, form, one)
    on_paper(walk, desk, open_ones[3])
    for one, channel, state in zip(
        open_ones, (Channel.LINK, Channel.WORKBOOK, Channel.WORD_FORM, Channel.PAPER), ANSWERED, strict=True
    ):
        one.refresh_from_db()
        assert (one.moves.last().channel, one.state) == (channel, state)


def by_link(walk: Round, desk: str, one: Recommendation) -> None:
    shown = walk.coordinator.get(desk).content.decode()
    contact = re.search(r"/link/(\d+)/", shown)
    assert contact is not None
    given = walk.coordinator.post(f"{desk}link/{contact[1]}/", {})
    address = re.search(r"/a/[\w-]+/", given.content.decode())
    assert address is not None
    answer = {"item": f"recommendation:{one.pk}", "version": one.version, "answer": "accept", "words": "Согласны"}
    assert Client().post(address[0], answer).status_code == 200


def by_file(walk: Round, desk: str, form: str, one: Recommendation) -> None:
    given = walk.coordinator.post(f"{desk}sheet/{form}/").content
    row = row_of(one)
    if form == "xlsx":
        file = filled_workbook(given, {row: {"answer": "отклонить", "words": "Не наша компетенция"}})
    else:
        file = filled_form(given, {row: {"answer": "1", "words": "Согласны"}})
    returns = walk.at("recommendations/returns/")
    back = walk.coordinator.post(returns, {"file": SimpleUploadedFile(f"answers.{form}", file.read())})
    assert back.status_code == 302, words_of(back)
    seen = form_of(walk.coordinator.get(back["Location"]), "seen")
    assert walk.coordinator.post(back["Location"], seen).status_code == 302


def on_paper(walk: Round, desk: str, one: Recommendation) -> None:
    assert walk.coordinator.post(f"{desk}sheet/pdf/", {"language": "ru"}).content.startswith(b"%PDF")
    code = box_code(AnswerSheet.objects.latest("pk").code, row_of(one), "reject")
    typed = {
        "rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", "rows-0-code": code, "rows-0-words": "Не наша компетенция",
        "scan": SimpleUploadedFile("scan.pdf", b"%PDF-1.4 scan"),
    }  # fmt: skip
    back = walk.coordinator.post(walk.at("recommendations/paper/"), typed)
    assert back.status_code == 302, words_of(back)
    seen = form_of(walk.coordinator.get(back["Location"]), "seen")
    assert walk.coordinator.post(back["Location"], seen).status_code == 302


def row_of(one: Recommendation) -> int:
    """Where the recommendation stands on the sheet that was given out last."""
    rows = AnswerSheet.objects.latest("pk").rows
    return next(place for place, row in enumerate(rows) if (row["kind"], row["pk"]) == ("recommendation", one.pk))


def packs_are_issued(walk: Round, year: int) -> None:
    """All begun with one press, cleared, made in both languages: two national ones and the one that sums them up."""
    page = walk.at(f"publications/rounds/{year}/")
    walk.manager.post(page, {"action": "open"})
    packs = sorted(Publication.objects.exclude(kind="minutes"), key=lambda one: one.kind == "regional_pack")
    assert [one.kind for one in packs] == ["national_pack", "national_pack", "regional_pack"]
    for pack in packs:
        walk.read(walk.issue(pack))
    listed = words_of(walk.manager.get(page))
    assert listed.count("PDF EN") == listed.count("PDF RU") == 3


def the_meeting_is_held(walk: Round, meeting: Meeting) -> tuple[Decision, ActionPoint]:
    """In the room: who is there, what is said, decided and given out; nothing is decided before there is a quorum."""
    page = walk.at(f"meetings/{meeting.code}/room/")
    item = meeting.agenda.get(kind="decisions")
    early = {"do": "decision", "box": f"decision-{item.pk}", "key": "early", "item": item.pk, "text_en": "Too early"}
    refused = walk.coordinator.post(page, early)
    assert refused.status_code == 422
    assert "No quorum: 0 of 3 voting members are present" in words_of(refused)
    seats = [str(seat.pk) for seat in meeting.body.members.all()]  # type: ignore[union-attr]
    walk.room(meeting, "seats", seat=seats, **{f"present-{seat}": "on" for seat in seats})
    assert "Quorum: 3 of 3 voting members are present." in words_of(walk.coordinator.get(page))
    for language, text in (("en", "All was said."), ("ru", "Всё сказано.")):
        was = hashlib.sha256(b"").hexdigest()[:12]
        walk.room(meeting, "summary", item=item.pk, language=language, text=text, was=was)
    walk.room(meeting, "decision", item=item.pk, text_en="Endorse the plan", text_ru="Одобрить план")
    due = (walk.today + timedelta(days=60)).isoformat()
    walk.room(meeting, "action", item=item.pk, text_en="Send the list", text_ru="Направить список",
              owner=walk.agency.name["ru"], due_on=due)  # fmt: skip
    walk.step(walk.coordinator, meeting, "hold")
    return Decision.objects.get(meeting=meeting), ActionPoint.objects.get(meeting=meeting)


def minutes_are_approved(walk: Round, meeting: Meeting) -> None:
    """Drafted, circulated, commented by a member, answered, approved; then printed in both languages."""
    page = walk.at(f"meetings/{meeting.code}/minutes/")
    session = meeting.sessions.get(kind="bilateral")
    summary = f"{page}{session.items.get().pk}/"
    texts = {"summary_en": "The order waits.", "summary_ru": "Приказ ожидается."}
    assert (
        walk.coordinator.post(summary, {**form_of(walk.coordinator.get(summary), "summary_en"), **texts}).status_code
        == 302
    )
    there = {"institution": f"{walk.agency.name['en']} (KZ)", "present_en": "Ms Chair; Aida Coordinator"}
    assert walk.coordinator.post(walk.at(f"meetings/{meeting.code}/sessions/{session.pk}/"), there).status_code == 302
    walk.step(walk.coordinator, meeting, "draft_minutes")
    walk.step(walk.coordinator, meeting, "circulate")
    assert "Endorse the plan" in words_of(walk.member.get(page))
    assert walk.member.post(f"{page}comments/", {"text": "We said October."}).status_code == 302
    answer = f"{page}comments/{MinutesComment.objects.get().pk}/"
    assert walk.coordinator.post(answer, {"outcome": "taken", "reply": ""}).status_code == 302
    walk.step(walk.manager, meeting, "approve")
    again = walk.manager.post(walk.at(f"meetings/{meeting.code}/move/"), {"step": "approve"}, follow=True)
    assert "That is done already: Marta Manager did it" in words_of(again)
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.APPROVED
    walk.manager.post(walk.at(f"publications/meetings/{meeting.code}/"), {"kind": "minutes"})
    edition = walk.issue(Publication.objects.get(kind="minutes"))
    walk.read(edition)
    english, russian = edition.content["en"], edition.content["ru"]
    assert [(one["name"], one["position"]) for one in english["signatures"]] == [
        ("Ms Chair", "Head of Service"), ("Mr Envoy", "Head of Service"), ("Aida Coordinator", "National coordinator"),
    ]  # fmt: skip
    assert [one["role"] for one in russian["signatures"]] == [
        "Председатель", "От Представительства ЕС", "Секретарь, от программы",
    ]  # fmt: skip
    assert english["sessions"][0]["present"] == "Ms Chair; Aida Coordinator"


def point_is_reported(walk: Round, point: ActionPoint) -> None:
    """Between the meetings the agency reports the action point by its link; a coordinator has to confirm it still."""
    desk = walk.at(f"recommendations/agencies/{walk.agency.code}/")
    contact = re.search(r"/link/(\d+)/", walk.coordinator.get(desk).content.decode())
    assert contact is not None
    address = re.search(r"/a/[\w-]+/", walk.coordinator.post(f"{desk}link/{contact[1]}/", {}).content.decode())
    assert address is not None
    point.refresh_from_db()
    report = {"item": f"action_point:{point.pk}", "version": point.version, "answer": "ap_report_done",
              "words": "Список направлен"}  # fmt: skip
    assert Client().post(address[0], report).status_code == 200


def the_next_one_opens_with_everything(walk: Round, meeting: Meeting, decision: Decision, point: ActionPoint) -> None:
    """The page of the next meeting, its room and its pack name every decision and action point with its status."""
    page = words_of(walk.member.get(walk.at(f"meetings/{meeting.code}/")))
    for told in (
        "1 action point is carried here, none is dropped; 1 is not finished", point.code, "reported as done",
        f"Decision 1 of {decision.meeting.code}", "Endorse the plan",
    ):  # fmt: skip
        assert told in page
    room = words_of(walk.coordinator.get(walk.at(f"meetings/{meeting.code}/room/")))
    for told in ("Endorse the plan", "Send the list", "Список направлен"):
        assert told in room
    walk.manager.post(walk.at(f"publications/rounds/{meeting.round.year}/"), {"action": "open"})  # type: ignore[union-attr]
    pack = Publication.objects.get(meeting=meeting)
    preview = words_of(walk.manager.get(walk.at(f"publications/{pack.address}/preview/ru/")))
    for told in ("Одобрить план", "Направить список", point.code):
        assert told in preview
