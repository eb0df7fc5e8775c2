"""An issue is frozen when it is issued: later records change nothing; a mistake is mended by a further edition."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree
from PIL import Image

from pilotage.documents import editions, operations
from pilotage.documents.models import Edition, EditionFile, Issuing, Publication
from pilotage.documents.publishing import (
    AlreadyUnderWay,
    ChecksFailed,
    begin_issuing,
    carry_out,
    checks_of,
    issue,
    render,
    render_again,
    under_way_of,
)
from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.operations import edit_activity
from tests.atom import broken_rules
from tests.browse import signed_in
from tests.documents.pdf_checks import assert_archivable_and_accessible
from tests.newsletters import Issue, small_issue
from tests.records import TESTER

CORRECTION = {"en": "One activity was missing.", "ru": "Не хватало одного мероприятия."}


@pytest.fixture
def made(db: None) -> Issue:
    return small_issue()


def test_both_pdfs_are_kept_and_pass_validation(made: Issue):
    edition = made.issue()
    for language in ("en", "ru"):
        pdf = render(edition, language, "pdf")
        assert_archivable_and_accessible(pdf)
        kept = edition.files.get(language=language, format="pdf")
        assert hashlib.sha256(pdf).hexdigest() == kept.digest
        assert render_again(edition, language, "pdf") == pdf


def test_an_edition_stays_what_it_was_when_records_change(made: Issue):
    edition = made.issue()
    page, pdf = render(edition, "en", "html"), render(edition, "en", "pdf")
    title = {"en": "Renamed afterwards", "ru": "Переименовано"}
    activity = made.held[0]
    activity.refresh_from_db()
    edit_activity(by=TESTER, activity=activity, entry=ActivityEntry({"title": title}), version=activity.version)
    made.programme.activity("KZ", actual_end="2023-06-01", state="implemented", confidentiality="public")
    edition = Edition.objects.get(pk=edition.pk)
    assert render(edition, "en", "html") == page
    assert render(edition, "en", "pdf") == pdf == render_again(edition, "en", "pdf")


def test_a_correction_is_a_further_edition_that_says_what_changed(made: Issue, client: Client):
    first = made.issue()
    made.programme.activity("KZ", actual_end="2023-06-01", state="implemented", confidentiality="public")
    made.publication.refresh_from_db()
    with pytest.raises(operations.ValidationError, match="every language"):
        issue(by=TESTER, viewer=None, publication=made.publication, correction={"en": "Only English"})
    second = issue(by=TESTER, viewer=None, publication=made.publication, correction=CORRECTION)
    assert (first.number, second.number) == (1, 2)
    assert first.content["en"]["cover"]["figures"][0]["value"] == "4"
    assert second.content["en"]["cover"]["figures"][0]["value"] == "5"
    assert any(CORRECTION["en"] in note for note in second.content["en"]["last"]["notes"])
    address = "/trial-1/newsletters/9/"
    assert CORRECTION["ru"] in client.get(f"{address}?lang=ru").content.decode()
    earlier = client.get(f"{address}editions/1/").content.decode()
    assert "earlier edition" in earlier
    assert CORRECTION["en"] not in earlier


def test_an_issue_needs_the_delegations_clearance(made: Issue):
    made.explain()
    with pytest.raises(operations.ValidationError, match="Delegation"):
        issue(by=TESTER, viewer=None, publication=made.publication)
    assert not Edition.objects.exists()


def test_what_the_check_list_holds_stands_in_the_way(made: Issue):
    made.write("about", "One.", "Один.", approve=False)
    made.explain()
    made.clear()
    with pytest.raises(ChecksFailed, match="not approved"):
        issue(by=TESTER, viewer=None, publication=made.publication)
    assert not Edition.objects.exists()


def test_a_translation_goes_stale_when_its_source_changes(made: Issue):
    text = made.publication.texts.get(slot="component-1", language="en")
    operations.write_text(
        by=TESTER, viewer=None, publication=made.publication, slot="component-1", language="en",
        markdown="# Officers learn more\n\nThey learnt.", version=text.version, approve=True,
    )  # fmt: skip
    codes = [finding.problem.code for finding in checks_of(made.publication).blocking]
    assert "text_stale.component-1.ru" in codes


def test_a_figure_that_fell_needs_a_note_that_is_printed(made: Issue):
    made.issue()
    activity = made.held[1]
    activity.refresh_from_db()
    edit_activity(
        by=TESTER, activity=activity, entry=ActivityEntry({"actual_end": "2025-01-10"}), version=activity.version
    )
    following = operations.open_publication(
        by=TESTER, viewer=None, phase=made.programme.phase, kind="newsletter", period="2023-Q3"
    )
    later = Issue(made.programme, following, made.held)
    later.write("foreword", "# Next\n\nText.", "# Далее\n\nТекст.")
    fell = [finding for finding in checks_of(following).blocking if finding.problem.code.startswith("figure_fell")]
    assert fell
    assert fell[0].problem.level == "W"
    edition = later.issue()
    assert "Known." in edition.content["en"]["last"]["notes"]


def test_texts_must_not_name_what_is_restricted(made: Issue):
    made.write("about", "See An internal matter of the border unit.", "См. TRIAL-1-004.")
    codes = {finding.problem.code for finding in checks_of(made.publication).blocking}
    assert {"restricted.about.en", "restricted.about.ru"} <= codes


def test_a_photo_without_consent_is_refused_and_one_whose_consent_is_gone_blocks(made: Issue):
    def choose(photo: object) -> None:
        operations.choose_photo(
            by=TESTER, viewer=None, publication=made.publication, slot="featured-story", photo=photo, caption={}
        )

    with pytest.raises(operations.ValidationError, match="consent"):
        choose(made.photo(consent=False))
    photo = made.photo()
    choose(photo)
    with operations.operation("withdraw consent", by=TESTER):
        photo.consent_on = None
        photo.save()
    assert "consent_missing" in {finding.problem.code for finding in checks_of(made.publication).blocking}


def test_photos_are_chosen_by_looking_at_them_and_stand_in_the_preview(made: Issue):
    photo = made.photo()
    made.write("featured-story", "# A story\n\nOnce.", "# Рассказ\n\nОднажды.")
    user, _viewer = made.programme.user("PM", "Maria")
    client = signed_in(user)
    chooser = client.get("/trial-1/publications/9/photos/featured-story/").content.decode()
    small = f"/trial-1/publications/9/thumbnails/{photo.pk}/"
    assert small in chooser
    with Image.open(BytesIO(client.get(small).content)) as picture:
        assert picture.width <= 240
    answer = client.post("/trial-1/publications/9/photos/featured-story/", {"photo": photo.pk})
    assert answer.status_code == 302
    preview = client.get("/trial-1/publications/9/preview/en/").content.decode()
    shown = re.search(r'src="(/trial-1/publications/9/preview/pictures/[^"]+)"', preview)
    assert shown
    assert client.get(shown[1])["Content-Type"] == "image/jpeg"


class Killed(BaseException):
    """What a stopped process looks like from inside."""


@pytest.mark.parametrize("stage", ["gathering", "rendering", "freezing"])
def test_killed_at_any_point_nothing_of_the_issue_is_there(made: Issue, monkeypatch, stage: str):
    made.explain()
    made.clear()

    def stop(reached: str) -> None:
        if reached == stage:
            raise Killed

    with pytest.raises(Killed):
        issue(by=TESTER, viewer=None, publication=made.publication, progress=stop)
    assert not Edition.objects.exists()
    assert Publication.objects.get(pk=made.publication.pk).state == "cleared_eud"
    assert issue(by=TESTER, viewer=None, publication=made.publication).number == 1


def test_killed_while_freezing_leaves_no_edition_and_the_next_attempt_succeeds(made: Issue, monkeypatch):
    made.explain()
    made.clear()
    keep = editions._keep_rendering

    def stop(edition: Edition, language: str, form: str, data: bytes) -> None:
        keep(edition, language, form, data)
        raise Killed

    monkeypatch.setattr(editions, "_keep_rendering", stop)
    with pytest.raises(Killed):
        issue(by=TESTER, viewer=None, publication=made.publication)
    monkeypatch.undo()
    assert not Edition.objects.exists()
    edition = issue(by=TESTER, viewer=None, publication=made.publication)
    names = sorted(EditionFile.objects.values_list("file", flat=True))
    assert names == ["editions/trial-1-newsletter-9-1-en.pdf", "editions/trial-1-newsletter-9-1-ru.pdf"]
    assert render(edition, "ru", "pdf") == render_again(edition, "ru", "pdf")


def test_two_issues_at_once_are_refused_calmly_and_a_silent_one_gives_way(made: Issue):
    user, viewer = made.programme.user("PM", "Maria")
    made.explain()
    made.clear()
    begun = begin_issuing(by=user, viewer=viewer, publication=made.publication)
    with pytest.raises(AlreadyUnderWay) as other:
        begin_issuing(by=user, viewer=viewer, publication=made.publication)
    assert str(other.value.issuing.asked_by) == "Maria"
    Issuing.objects.filter(pk=begun.pk).update(heard_at=timezone.now() - timedelta(minutes=10))
    assert under_way_of(made.publication) is None
    again = begin_issuing(by=user, viewer=viewer, publication=made.publication)
    begun.refresh_from_db()
    assert begun.stage == "failed"
    edition = carry_out(again)
    again.refresh_from_db()
    assert edition is not None
    assert (again.stage, again.open) == ("done", None)


def test_what_went_wrong_in_the_background_is_told_to_the_person_who_asked(made: Issue):
    user, viewer = made.programme.user("PM", "Maria")
    begun = begin_issuing(by=user, viewer=viewer, publication=made.publication)
    made.write("about", "One.", "Один.", approve=False)
    assert carry_out(begun) is None
    begun.refresh_from_db()
    assert begun.stage == "failed"
    assert "not approved" in begun.message


def test_the_feed_lists_issues_in_both_languages(made: Issue, client: Client):
    made.issue()
    for language, label in (("en", "Issue\u00a09"), ("ru", "Выпуск\u00a09")):
        response = client.get(f"/trial-1/newsletters/feed.xml?lang={language}")
        assert response["Content-Type"].startswith("application/atom+xml")
        assert broken_rules(response.content) == []
        feed = etree.parse(BytesIO(response.content))
        space = {"a": "http://www.w3.org/2005/Atom"}
        assert feed.getroot().get("{http://www.w3.org/XML/1998/namespace}lang") == language
        (entry,) = feed.findall("a:entry", space)
        assert entry.findtext("a:title", namespaces=space).startswith(label)
        for name in ("id", "updated", "published"):
            assert entry.findtext(f"a:{name}", namespaces=space)
        link = next(one for one in entry.findall("a:link", space) if one.get("rel") == "enclosure")
        assert client.get(link.get("href").split("8000", 1)[-1]).content[:5] == b"%PDF-"


def test_a_withdrawn_issue_is_not_given_out_any_more(made: Issue, client: Client):
    made.issue()
    made.publication.refresh_from_db()
    assert client.get("/trial-1/newsletters/9/").status_code == 200
    operations.move_publication(
        by=TESTER, viewer=None, publication=made.publication, step="withdraw", reason="A mistake in a name."
    )
    for address in ("", "editions/1/", "editions/1/en.pdf"):
        assert client.get(f"/trial-1/newsletters/9/{address}").status_code == 404
    empty = client.get("/trial-1/newsletters/feed.xml").content
    assert b"<entry>" not in empty
    assert broken_rules(empty) == []
