"""The pages of steering bodies, rounds and meetings: who sees them, what stands on them, what they do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pilotage.domain.steering.action_points import add_action_point
from pilotage.domain.steering.bodies import edit_seat
from pilotage.domain.steering.models import AgendaItem, BodyMember, Meeting, MeetingRound, Paper, SteeringBody
from pilotage.domain.steering.operations import add_body, edit_meeting, move_meeting, record_decision, write_summary
from pilotage.domain.steering.rules import working_days_before
from tests.browse import form_of, signed_in, words_of
from tests.records import TESTER, SmallProgramme, small_programme
from tests.rounds import DAY, a_body, a_meeting, circulated, convened, in_a_round, with_everybody

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


@pytest.fixture
def body(trial: SmallProgramme) -> SteeringBody:
    return a_body(trial)


@pytest.fixture
def manager(trial: SmallProgramme) -> Client:
    return signed_in(trial.user("PM")[0])


def at(trial: SmallProgramme, rest: str = "") -> str:
    return f"/{trial.phase.code}/meetings/{rest}"


def test_the_register_narrows_by_kind_country_year_and_state_and_exports_what_it_shows(
    trial: SmallProgramme, body: SteeringBody, manager: Client
) -> None:
    convened(trial, body)
    a_meeting(trial, None, date(2022, 3, 1), country=trial.countries["TJ"])
    every = manager.get(at(trial))
    assert "2 meetings" in words_of(every)
    for narrowed, left in (("kind=donor_coordination", "2022"), ("country=KG", "2023"), ("year=2022", "2022"),
                           ("state=convened", "2023"), ("q=заседание+2022", "2022")):  # fmt: skip
        found = words_of(manager.get(f"{at(trial)}?{narrowed}"))
        assert "1 meeting" in found
        assert f"Meeting of {left}" in found
    taken = b"".join(manager.get(f"{at(trial)}?format=csv&year=2022").streaming_content).decode()  # type: ignore[attr-defined]
    assert "Meeting of 2022" in taken
    assert "Meeting of 2023" not in taken


def test_the_number_of_queries_does_not_grow_with_the_meetings(
    trial: SmallProgramme, body: SteeringBody, manager: Client
) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert manager.get(address).status_code == 200
        return len(seen)

    convened(trial, body, date(2021, 9, 14))
    manager.get(at(trial))
    before = queries(at(trial)), queries(f"/{trial.phase.code}/checks/")
    for year in range(2022, 2025):
        convened(trial, body, date(year, 9, 10))
    assert (queries(at(trial)), queries(f"/{trial.phase.code}/checks/")) == before


def test_a_meeting_opens_with_what_became_of_everything_and_drops_nothing(
    trial: SmallProgramme, body: SteeringBody, manager: Client
) -> None:
    first = with_everybody(convened(trial, body, date(2021, 9, 14)))
    record_decision(by=TESTER, meeting=first, values={"text": {"en": "Plan 2022 endorsed"}})
    for number in range(3):
        values = {"text": {"en": f"Send list {number}"}, "owner_institution": trial.services["KG"]}
        add_action_point(by=TESTER, meeting=first, values={**values, "due_on": date(2022, 1, 31)})
    move_meeting(by=TESTER, meeting=first, step="hold", effective_on=date(2021, 9, 14))
    second = convened(trial, body, date(2022, 9, 13))
    page = manager.get(at(trial, f"{second.code}/"))
    said = words_of(page)
    assert "3 action points are carried here, none is dropped" in said
    assert all(f"Send list {number}" in said for number in range(3))
    assert "Plan 2022 endorsed" in said
    assert said.index("Follow-up of earlier decisions") < said.index("Send list 0") < said.index("Progress in the")


def test_days_of_a_round_are_proposed_and_all_meetings_planned_at_once(
    trial: SmallProgramme, body: SteeringBody, manager: Client
) -> None:
    a_body(trial, "KZ")
    regional = add_body(by=TESTER, values={"phase": trial.phase, "kind": "regional", "title": {"en": "Regional Group"}})
    form = form_of(
        manager.get(f"{at(trial, 'rounds/new/')}?year=2024&cut_off=2024-06-30&first=2024-09-02"), "with_agenda"
    )
    days = {name: value for name, value in form.items() if name.startswith("day_")}
    assert days[f"day_{regional.pk}"] > max(value for name, value in days.items() if name != f"day_{regional.pk}")
    too_early = manager.post(at(trial, "rounds/new/"), {**form, f"day_{body.pk}": "2024-05-01"})
    assert too_early.status_code == 422
    assert "before the data cut-off" in words_of(too_early)
    assert not Meeting.objects.exists(), "all or none"
    planned = manager.post(at(trial, "rounds/new/"), form)
    assert planned.status_code == 302
    assert Meeting.objects.filter(round__year=2024).count() == 3
    assert all(one.agenda.exists() for one in Meeting.objects.all())
    page = words_of(manager.get(at(trial, "rounds/2024/")))
    assert "All packs hold what was recorded by 30 June 2024" in page
    assert "Add the papers" in page
    again = manager.post(at(trial, "rounds/new/"), form)
    assert "planned already" in words_of(again)


def test_a_round_is_empty_of_words_until_there_are_bodies(trial: SmallProgramme, manager: Client) -> None:
    assert "First set up the steering bodies" in words_of(manager.get(at(trial, "rounds/")))
    assert "First set up the steering bodies" in words_of(manager.get(at(trial, "rounds/new/")))
    assert "Set up the first one" in words_of(manager.get(at(trial, "bodies/")))
    assert "Plan the first meeting" in words_of(manager.get(at(trial)))


def test_terms_of_reference_are_set_up_and_seats_change_by_date(trial: SmallProgramme, manager: Client) -> None:
    new = {
        "kind": "national", "country": "KG", "title_en": "Steering Group", "quorum_share": "60", "notice_days": "15",
        "minutes_days": "10", "comment_days": "5", "quorum_needs_chair": "on",
    }  # fmt: skip
    without = manager.post(at(trial, "bodies/new/"), {**new, "country": ""})
    assert "A national group has a country" in words_of(without)
    assert manager.post(at(trial, "bodies/new/"), new).status_code == 302
    service = trial.services["KG"].name["en"]
    seat = {"institution": f"{service} (KG)", "delegate": "Asel", "voting": "on", "chair": "on", "language": "ru"}
    assert manager.post(at(trial, "bodies/kg/seats/new/"), seat).status_code == 302
    another = manager.post(at(trial, "bodies/kg/seats/new/"), {**seat, "institution": trial.services["KZ"].name["en"]})
    assert "has a chair already" in words_of(another)
    first = BodyMember.objects.get()
    page = at(trial, f"bodies/kg/seats/{first.pk}/")
    follows = {**form_of(manager.get(page), "last_day"), "last_day": "2023-12-31", "delegate": "Bakyt"}
    assert manager.post(page, follows).status_code == 302
    first.refresh_from_db()
    second = BodyMember.objects.exclude(pk=first.pk).get()
    assert (first.valid_until, second.valid_from, second.chair) == (date(2023, 12, 31), date(2024, 1, 1), True)
    page = words_of(manager.get(at(trial, "bodies/kg/")))
    assert "60 % of the voting members, among them the chair" in page
    assert "15 working days before the meeting" in page
    assert "1 earlier seat" in page


def test_two_editors_of_one_seat_lose_nothing(trial: SmallProgramme, body: SteeringBody, manager: Client) -> None:
    seat = body.members.get(chair=True)
    page = at(trial, f"bodies/kg/seats/{seat.pk}/")
    form, follows = form_of(manager.get(page), "alternate"), form_of(manager.get(page), "last_day")
    edit_seat(by=TESTER, seat=seat, values={"alternate": "Cholpon", "delegate": "Aizada"}, version=1)
    sent = manager.post(page, {**form, "delegate": "Nurgul", "position_en": "Deputy Minister"})
    assert sent.status_code == 409
    told = words_of(sent)
    assert "tests saved this while you had it open" in told
    assert "Member: Aizada" in told, "what both changed is shown"
    assert "Alternate: nothing → Cholpon" in told, "what only the other changed is taken over"
    shown = form_of(sent, "alternate")
    assert (shown["delegate"], shown["alternate"], shown["position_en"]) == ("Nurgul", "Cholpon", "Deputy Minister")
    again = manager.post(page, {**follows, "last_day": "2023-12-31", "delegate": "Bakyt"})
    assert again.status_code == 409
    assert form_of(again, "last_day")["delegate"] == "Bakyt"
    assert BodyMember.objects.filter(body=body).count() == 3, "the seat is not given away unseen"
    assert manager.post(page, shown).status_code == 302
    seat.refresh_from_db()
    assert (seat.delegate, seat.alternate, seat.position) == ("Nurgul", "Cholpon", {"en": "Deputy Minister"})


def test_two_editors_of_one_meeting_lose_nothing(trial: SmallProgramme, body: SteeringBody, manager: Client) -> None:
    meeting = a_meeting(trial, body)
    form = form_of(manager.get(at(trial, f"{meeting.code}/edit/")), "starts")
    edit_meeting(by=TESTER, meeting=meeting, values={"mode": "online", "starts": "2023-09-11"}, version=1)
    sent = manager.post(at(trial, f"{meeting.code}/edit/"), {**form, "starts": "2023-09-14", "ends": "2023-09-14"})
    assert sent.status_code == 409
    assert "Mode" in words_of(sent)
    shown = form_of(sent, "starts")
    assert (shown["starts"], shown["mode"]) == ("2023-09-14", "online")
    assert manager.post(at(trial, f"{meeting.code}/edit/"), {**shown, "decide-starts": "mine"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.starts, meeting.mode) == ("2023-09-14", "online")


def test_an_agenda_is_made_from_the_standard_one_and_ordered_by_buttons(
    trial: SmallProgramme, body: SteeringBody, manager: Client
) -> None:
    meeting = a_meeting(trial, body)
    page = at(trial, f"{meeting.code}/agenda/")
    first, second = meeting.agenda.order_by("position")[:2]
    assert manager.post(page, {"do": "down", "key": first.pk}).status_code == 302
    assert [item.pk for item in meeting.agenda.order_by("position")[:2]] == [second.pk, first.pk]
    session = meeting.sessions.get()
    sent = manager.post(page, {"do": "add", "session": session.pk, "kind": "other"})
    assert sent.status_code == 422
    assert (
        manager.post(page, {"do": "add", "session": session.pk, "kind": "other", "title_ru": "Новое"}).status_code
        == 302
    )
    consultation = {
        "do": "session",
        "institution": trial.services["KG"].name["en"],
        "day": "2023-09-12",
        "starts": "14:00",
    }
    assert manager.post(page, consultation).status_code == 302
    bilateral = meeting.sessions.exclude(starts_at=None).get(kind="bilateral")
    assert bilateral.items.get().title["ru"].startswith("Консультация: "), "with the item that its minutes stand under"
    manager.post(page, consultation)
    unused = meeting.sessions.exclude(pk=bilateral.pk).get(kind="bilateral")
    taken_away = manager.post(at(trial, f"{meeting.code}/sessions/{unused.pk}/"), {"remove": "1"})
    assert taken_away.status_code == 302
    assert meeting.sessions.filter(kind="bilateral").count() == 1
    again = convene(meeting, second)
    write_summary(by=TESTER, item=again, language="en", text="Said.", version=again.version)
    kept = manager.post(page, {"do": "remove", "key": second.pk})
    assert "it stays" in words_of(kept)
    assert "There is an agenda already" in words_of(manager.post(page, {"do": "standard"}))
    edit = at(trial, f"{meeting.code}/agenda/{first.pk}/")
    form = form_of(manager.get(edit), "speaker")
    assert manager.post(edit, {**form, "speaker": "Ms Chair"}).status_code == 302
    assert manager.post(edit, {**form, "speaker": "Mr Other"}).status_code == 409
    first.refresh_from_db()
    assert first.speaker == "Ms Chair"


def convene(meeting: Meeting, item: AgendaItem) -> AgendaItem:
    """The item again, its meeting convened."""
    move_meeting(by=TESTER, meeting=meeting, step="convene", effective_on=DAY - timedelta(days=21))
    return AgendaItem.objects.select_related("meeting").get(pk=item.pk)


def test_late_papers_are_kept_and_told(trial: SmallProgramme, body: SteeringBody, manager: Client) -> None:
    meeting = a_meeting(trial, body)
    page = at(trial, f"{meeting.code}/papers/")
    due = working_days_before(DAY, body.notice_days)
    assert "Attach a file" in words_of(manager.post(page, {"title_en": "Pack"}))
    pack = SimpleUploadedFile("pack.pdf", b"%PDF-1.4 pack")
    sent = {"title_en": "Pack", "file": pack, "sent_on": (due + timedelta(days=1)).isoformat()}
    assert "it was sent late" in words_of(manager.post(page, sent, follow=True))
    paper = Paper.objects.get()
    member = signed_in(trial.user("SM", country=trial.countries["KG"])[0])
    file = at(trial, f"{meeting.code}/papers/{paper.pk}/open/")
    assert b"".join(member.get(file).streaming_content) == b"%PDF-1.4 pack"  # type: ignore[attr-defined]
    draft = SimpleUploadedFile("draft.pdf", b"%PDF-1.4 draft")
    assert manager.post(page, {"title_en": "Draft", "file": draft}).status_code == 302
    unsent = Paper.objects.get(sent_on=None)
    assert member.get(at(trial, f"{meeting.code}/papers/{unsent.pk}/open/")).status_code == 404
    assert manager.post(page, {"title_en": "Trap", "link": "//evil.example/"}).status_code == 422
    assert manager.post(page, {"title_en": "Script", "link": "javascript:alert(1)"}).status_code == 422
    assert "not be taken" not in words_of(
        manager.post(at(trial, f"{meeting.code}/papers/{unsent.pk}/"), {"remove": "1"})
    )
    assert Paper.objects.count() == 1
    assert "it stays" in words_of(manager.post(at(trial, f"{meeting.code}/papers/{paper.pk}/"), {"remove": "1"}))


def test_the_quorum_is_said_in_words_while_attendance_is_typed_in(
    trial: SmallProgramme, body: SteeringBody, manager: Client
) -> None:
    meeting = convened(trial, body)
    page = at(trial, f"{meeting.code}/attendance/")
    chair, delegation, other = (
        body.members.get(chair=True),
        body.members.get(delegation=True),
        body.members.get(chair=False, delegation=False),
    )
    said = words_of(manager.post(page, {f"seat-{chair.pk}": "member", f"seat-{other.pk}": "alternate"}, follow=True))
    assert "2 of 3 voting members are present; the quorum is 50 %. The Delegation is missing." in said
    said = words_of(manager.post(page, {f"seat-{delegation.pk}": "member", f"seat-{other.pk}": ""}, follow=True))
    assert "Quorum reached. 2 of 3" in said
    guest = {"guest": "1", "name": "Guest of the OSCE", "present_as": "observer"}
    assert "Guest of the OSCE" in words_of(manager.post(page, guest, follow=True))
    assert "Guest of the OSCE" in words_of(manager.get(at(trial, f"{meeting.code}/")))
    assert "Guest of the OSCE" not in words_of(Client().get(at(trial, f"{meeting.code}/")))


def test_the_second_approval_is_told_calmly(trial: SmallProgramme, body: SteeringBody, manager: Client) -> None:
    meeting = circulated(trial, body)
    step = {"step": "approve", "effective_on": "2023-11-01"}
    assert "minutes approved" in words_of(manager.post(at(trial, f"{meeting.code}/move/"), step, follow=True))
    said = words_of(manager.post(at(trial, f"{meeting.code}/move/"), step, follow=True))
    assert "That is done already: PM did it (1 November 2023). Nothing more is needed." in said
    assert meeting.moves.filter(move="approve").count() == 1


def test_minutes_stand_side_by_side_and_the_stale_one_is_marked(
    trial: SmallProgramme, body: SteeringBody, manager: Client
) -> None:
    meeting = convened(trial, body)
    item = meeting.agenda.order_by("position").first()
    assert item is not None
    page = at(trial, f"{meeting.code}/minutes/{item.pk}/")
    form = form_of(manager.get(page), "summary_en")
    assert manager.post(page, {**form, "summary_en": "First", "summary_ru": "Первое"}).status_code == 302
    assert "stale" not in words_of(manager.get(at(trial, f"{meeting.code}/minutes/")))
    form = form_of(manager.get(page), "summary_en")
    assert manager.post(page, {**form, "summary_en": "Second"}).status_code == 302
    assert "RU stale: the other text was changed since Первое" in words_of(
        manager.get(at(trial, f"{meeting.code}/minutes/"))
    )
    stale = manager.post(page, {**form, "summary_ru": "Второе"})
    assert stale.status_code == 409
    shown = form_of(stale, "summary_en")
    assert (shown["summary_en"], shown["summary_ru"]) == ("Second", "Второе"), "theirs and mine together"


def test_members_read_the_minutes_once_they_are_circulated_and_the_public_once_published(
    trial: SmallProgramme, body: SteeringBody
) -> None:
    meeting = convened(trial, body, confidentiality="public")
    member, public = signed_in(trial.user("SM", country=trial.countries["KG"])[0]), Client()
    stranger = signed_in(trial.user("SM", name="Other", country=trial.countries["TJ"])[0])
    minutes = at(trial, f"{meeting.code}/minutes/")
    item = meeting.agenda.order_by("position").first()
    assert item is not None
    write_summary(by=TESTER, item=item, language="en", text="A secret draft.", version=1)
    assert member.get(minutes).status_code == 403
    for step, day in (("hold", 12), ("draft_minutes", 14), ("circulate", 19)):
        meeting = move_meeting(by=TESTER, meeting=meeting, step=step, effective_on=date(2023, 9, day))
    assert "A secret draft." in words_of(member.get(minutes))
    assert public.get(minutes).status_code == 302
    for step in ("approve", "publish"):
        meeting = move_meeting(by=TESTER, meeting=meeting, step=step, effective_on=date(2023, 10, 20))
    assert "A secret draft." in words_of(public.get(minutes))
    own = a_meeting(trial, body, date(2024, 9, 12))
    assert member.get(at(trial, f"{own.code}/")).status_code == 200
    assert stranger.get(at(trial, f"{own.code}/")).status_code == 404
    assert stranger.get(at(trial, "bodies/kg/")).status_code == 404
    assert public.get(at(trial, f"{own.code}/")).status_code == 404


def test_checks_find_late_papers_late_minutes_and_decisions_without_quorum(
    trial: SmallProgramme, body: SteeringBody, manager: Client
) -> None:
    meeting = with_everybody(a_moved(trial, body))
    record_decision(by=TESTER, meeting=meeting, values={"text": {"en": "Endorsed"}})
    chair = meeting.presences.get(member__chair=True)
    assert manager.post(at(trial, f"{meeting.code}/attendance/"), {f"seat-{chair.member_id}": ""}).status_code == 302
    move_meeting(by=TESTER, meeting=meeting, step="hold", effective_on=DAY)
    checks = f"/{trial.phase.code}/checks/"
    page = manager.get(checks)
    said = words_of(page)
    assert "Sent on 8 September 2023, due on 29 August 2023." in said
    assert "1 decisions, with 2 of 3 voting members noted as present." in said
    assert "The draft was due on 26 September 2023 and is not circulated." in said
    assert at(trial, f"{meeting.code}/attendance/") in page.content.decode()
    explain = at(trial, f"{meeting.code}/explain/")
    assert manager.post(explain, {"check": "papers_late", "reason": "The ministry moved the day."}).status_code == 302
    assert "Sent on 8 September 2023" not in words_of(manager.get(checks))
    assert "The ministry moved the day." in words_of(manager.get(f"{checks}?explained=on"))
    assert manager.get(f"{explain}?check=decision_without_quorum").status_code == 404, "errors are mended"
    assert (
        "Nothing"
        not in words_of(manager.get(f"{checks}?check=minutes_late")).split("Minutes of a meeting late")[1][:40]
    )


def a_moved(trial: SmallProgramme, body: SteeringBody) -> Meeting:
    """A meeting whose papers went out four days before."""
    return move_meeting(by=TESTER, meeting=a_meeting(trial, body), step="convene", effective_on=DAY - timedelta(days=4))


def test_meetings_stand_in_the_calendar_and_its_feed(
    trial: SmallProgramme, body: SteeringBody, manager: Client
) -> None:
    meeting = convened(trial, body, confidentiality="public")
    month = manager.get(f"/{trial.phase.code}/calendar/?month=2023-09")
    assert at(trial, f"{meeting.code}/") in month.content.decode()
    feed = Client().get(f"/{trial.phase.code}/calendar.ics").content.decode()
    assert f"UID:meeting-{meeting.pk}@" in feed
    assert "DTSTART;VALUE=DATE:20230912" in feed
    file = Client().get(at(trial, f"{meeting.code}/calendar.ics"))
    assert "METHOD:PUBLISH" in file.content.decode()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_pages_in_both_languages(trial: SmallProgramme, body: SteeringBody, manager: Client, language: str) -> None:
    meeting = in_a_round(trial, body)
    item = meeting.agenda.first()
    assert item is not None
    here = f"{meeting.code}/"
    pages = [
        "", "new/", "rounds/", "rounds/new/", "rounds/2023/", "rounds/2023/edit/", "bodies/", "bodies/new/", "bodies/kg/",
        "bodies/kg/edit/", "bodies/kg/seats/new/", here, f"{here}edit/", f"{here}agenda/", f"{here}agenda/{item.pk}/",
        f"{here}papers/", f"{here}invitations/", f"{here}attendance/", f"{here}minutes/", f"{here}minutes/{item.pk}/",
        f"{here}move/",
    ]  # fmt: skip
    for page in pages:
        found = manager.get(f"{at(trial, page)}?lang={language}")
        assert found.status_code == 200, page
        assert f'<html lang="{language}">' in found.content.decode()


def test_nobody_is_offered_to_record_as_held_what_lies_ahead(
    trial: SmallProgramme, body: SteeringBody, manager: Client
) -> None:
    ahead = convened(trial, body, timezone.localdate() + timedelta(days=30))
    page = words_of(manager.get(at(trial, f"{ahead.code}/")))
    assert "Record as held" not in page
    assert "Cancel the meeting" in page
    today = convened(trial, a_body(trial, "TJ"), timezone.localdate())
    assert "Record as held" in words_of(manager.get(at(trial, f"{today.code}/")))


def test_a_coordinator_prepares_the_own_country_and_plans_no_rounds(trial: SmallProgramme, body: SteeringBody) -> None:
    meeting = a_meeting(trial, body)
    own = signed_in(trial.user("NC", country=trial.countries["KG"])[0])
    other = signed_in(trial.user("NC", name="Other", country=trial.countries["TJ"])[0])
    for page in ("edit/", "agenda/", "invitations/"):
        assert own.get(at(trial, f"{meeting.code}/{page}")).status_code == 200
        assert other.get(at(trial, f"{meeting.code}/{page}")).status_code == 403
    assert own.get(at(trial, "rounds/new/")).status_code == 403
    foreign: dict[str, Any] = {"kind": "inception", "country": "KG", "title_en": "Inception", "starts": "2023-03-01"}
    refused = other.post(at(trial, "new/"), foreign)
    assert refused.status_code == 422, "another country is not among the choices"
    assert own.post(at(trial, "new/"), {**foreign, "confidentiality": "partners"}).status_code == 302
    assert MeetingRound.objects.count() == 0
    assert timezone.localdate() > DAY
