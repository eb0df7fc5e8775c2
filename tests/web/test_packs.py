"""Packs on the web: begun from a round, read by members alone, the same on every screen."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from pilotage.documents import operations
from pilotage.documents.models import Edition, Publication
from pilotage.documents.publishing import checks_of, issue
from pilotage.domain.steering.rounds import edit_round
from pilotage.kit.changes import operation
from tests.browse import signed_in, words_of
from tests.packs import Rounds, two_rounds
from tests.records import TESTER

pytestmark = pytest.mark.django_db
REASON = {"en": "Known.", "ru": "Известно."}


@pytest.fixture
def made() -> Rounds:
    return two_rounds()


def cleared(publication: Publication) -> Publication:
    """With every warning explained and all clearances given."""
    for finding in checks_of(publication).blocking:
        operations.explain_check(
            by=TESTER, viewer=None, publication=publication, code=finding.problem.code, reason=REASON
        )
    for step in ("check_figures", "clear_pm"):
        operations.move_publication(by=TESTER, viewer=None, publication=publication, step=step)
    return publication


def issued(publication: Publication) -> Edition:
    return issue(by=TESTER, viewer=None, publication=cleared(publication))


def browser(made: Rounds, role: str, **scope: object) -> Client:
    user, _viewer = made.trial.user(role, **scope)
    return signed_in(user)


def test_all_packs_of_a_round_are_begun_with_one_press(made: Rounds) -> None:
    manager = browser(made, "PM")
    page = f"/{made.trial.phase.code}/publications/rounds/2023/"
    assert "Begin 4 packs" in manager.get(page).content.decode()
    manager.post(page, {"action": "open"})
    assert Publication.objects.filter(meeting__round=made.rounds[2023]).count() == 4
    text = manager.get(page).content.decode()
    assert "Begin" not in text
    assert "Kazakhstan" in text


def test_the_register_of_publications_is_filtered_sorted_and_taken_along(made: Rounds) -> None:
    manager = browser(made, "PM")
    desk = f"/{made.trial.phase.code}/publications/"
    manager.post(f"{desk}rounds/2023/", {"action": "open"})
    assert "4 publications" in words_of(manager.get(desk))
    regional = manager.get(f"{desk}?kind=regional_pack&state=draft&year=2023")
    assert "1 publication" in words_of(regional)
    assert f"{desk}regional-pack-1/" in regional.content.decode()
    assert "Nothing is as you look for it" in words_of(manager.get(f"{desk}?year=2023&state=published"))
    lines = b"".join(manager.get(f"{desk}?kind=national_pack&format=csv").streaming_content).decode().splitlines()
    assert len(lines) == 1 + 3
    assert "0 publications" in words_of(signed_in().get(desk)), "drafts are for those who work on them"


def test_a_pack_is_begun_from_its_meeting_and_its_desk_offers_texts_checks_and_drafts(made: Rounds) -> None:
    manager = browser(made, "PM")
    meeting = made.meetings[2023, "KZ"]
    begun = manager.post(
        f"/{made.trial.phase.code}/publications/meetings/{meeting.code}/", {"kind": "national_pack"}, follow=True
    )
    desk = begun.redirect_chain[-1][0]
    assert desk.endswith("/publications/national-pack-1/")
    text = begun.content.decode()
    for said in ("Headline", "Decisions sought", "Word EN", "Check list", "30 September 2023".replace(" ", "\u00a0")):
        assert said in text
    assert manager.get(f"{desk}checks/").status_code == 200
    for language, words in (("en", "National Steering Group of Kazakhstan"), ("ru", "Материалы к заседанию")):
        answer = manager.get(f"{desk}preview/{language}/")
        assert answer.status_code == 200
        assert words in answer.content.decode()
    assert manager.get(f"{desk}preview/en.docx").content[:2] == b"PK"


def test_members_read_what_is_issued_and_the_public_does_not(made: Rounds) -> None:
    edition = issued(made.pack("KZ"))
    page = f"/{made.trial.phase.code}/documents/national-pack-1/"
    file = f"{page}editions/1/en.pdf"
    member = browser(made, "SM", country=made.trial.countries["KZ"])
    neighbour = browser(made, "SM", name="Neighbour", country=made.trial.countries["TJ"])
    answer = member.get(page)
    assert answer.status_code == 200
    assert edition.content["en"]["seal"]["hash"] in answer.content.decode()
    assert member.get(file).content.startswith(b"%PDF")
    assert "private" in member.get(file)["Cache-Control"]
    for other in (neighbour, Client()):
        assert other.get(page).status_code == 404
        assert other.get(file).status_code == 404
    shelf = f"/{made.trial.phase.code}/documents/"
    assert "national-pack-1" in member.get(shelf).content.decode()
    assert "national-pack-1" not in Client().get(shelf).content.decode()


def test_the_meeting_leads_to_its_documents(made: Rounds) -> None:
    issued(made.pack("KZ"))
    member = browser(made, "SM", country=made.trial.countries["KZ"])
    meeting = made.meetings[2023, "KZ"]
    text = member.get(f"/{made.trial.phase.code}/meetings/{meeting.code}/").content.decode()
    assert f"/{made.trial.phase.code}/documents/national-pack-1/" in text


def test_a_draft_is_only_for_those_who_make_it(made: Rounds) -> None:
    made.pack("KZ")
    member = browser(made, "SM", country=made.trial.countries["KZ"])
    assert member.get(f"/{made.trial.phase.code}/publications/national-pack-1/").status_code == 403
    assert member.get(f"/{made.trial.phase.code}/documents/national-pack-1/").status_code == 404


def test_the_web_edition_has_no_inline_style_and_every_table_a_name(made: Rounds) -> None:
    issued(made.pack(""))
    manager = browser(made, "PM")
    for language in ("en", "ru"):
        text = manager.get(f"/{made.trial.phase.code}/documents/regional-pack-1/?lang={language}").content.decode()
        article = text[text.index('<article class="issue pack"') : text.index("</article>")]
        assert "style=" not in article.replace("<style", "")
        assert 'role="region" aria-label=""' not in article


def test_printed_minutes_name_people_and_are_for_those_whose_meeting_it_was(made: Rounds) -> None:
    minutes = made.minutes("KZ")
    operations.move_publication(by=TESTER, viewer=None, publication=minutes, step="clear_pm")
    checks = checks_of(minutes).blocking
    assert not checks, [finding.problem.text for finding in checks]
    issue(by=TESTER, viewer=None, publication=minutes)
    member = browser(made, "SM", country=made.trial.countries["KZ"])
    page = f"/{made.trial.phase.code}/documents/minutes-1/"
    text = member.get(page).content.decode()
    assert "The plan is good." in text
    assert "Delegate" in text
    neighbour = browser(made, "SM", name="Neighbour", country=made.trial.countries["TJ"])
    meeting = made.meetings[2022, "KZ"]
    meeting.refresh_from_db()
    with operation("open to everybody", by=TESTER):
        meeting.confidentiality, meeting.state = "public", "published"
        meeting.save()
    for other in (neighbour, Client()):
        assert other.get(page).status_code == 404
        assert other.get(f"{page}editions/1/en.pdf").status_code == 404
        # What was said and decided is read on the meeting's page, without names.
        read = other.get(f"/{made.trial.phase.code}/meetings/{meeting.code}/minutes/").content.decode()
        assert "The plan is good." in read
        assert "Delegate" not in read
    assert "minutes-1" in member.get(f"/{made.trial.phase.code}/meetings/{meeting.code}/").content.decode()


def test_the_day_of_the_round_moves_a_pack_that_is_not_issued(made: Rounds) -> None:
    kept, moved = made.pack("KZ"), made.pack("KG")
    issued(kept)
    edit_round(by=TESTER, planned=made.rounds[2023], cut_off=date(2023, 10, 15), version=1)
    made.meetings[2023, "KZ"].refresh_from_db()
    made.meetings[2023, "KG"].refresh_from_db()
    assert made.pack("KG").as_of == date(2023, 10, 15)
    assert made.pack("KZ").as_of == date(2023, 9, 30)
    assert moved.as_of == date(2023, 9, 30)


def test_drafts_follow_the_moved_day_of_their_round_with_one_press(made: Rounds) -> None:
    manager = browser(made, "PM")
    page = f"/{made.trial.phase.code}/publications/rounds/2023/"
    manager.post(page, {"action": "open"})
    edit_round(by=TESTER, planned=made.rounds[2023], cut_off=date(2023, 9, 20), version=1)
    assert "Begin 4 packs" in manager.get(page).content.decode()
    manager.post(page, {"action": "open"})
    assert {pack.as_of for pack in Publication.objects.filter(meeting__round=made.rounds[2023])} == {date(2023, 9, 20)}
    assert "Begin" not in manager.get(page).content.decode()
