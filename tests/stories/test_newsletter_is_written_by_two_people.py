"""The desk: texts side by side, two people at one text, the check list, clearance, and who may come near."""

from __future__ import annotations

import pytest

from pilotage.documents.models import Edition, Issuing, SlotText
from tests.browse import signed_in, words_of
from tests.newsletters import Issue, small_issue

pytestmark = pytest.mark.django_db
DESK = "/trial-1/publications/9/"
TEXT = f"{DESK}texts/component-1/"


@pytest.fixture
def made() -> Issue:
    return small_issue()


def typed(language: str, markdown: str, version: int | str, **more: str) -> dict[str, str]:
    return {"language": language, "markdown": markdown, "version": str(version), "action": "save", **more}


def test_the_second_to_save_keeps_what_was_typed_and_sees_the_others_text(made: Issue) -> None:
    first, second = (signed_in(made.programme.user("CO", name)[0]) for name in ("Aida", "Marat"))
    assert first.post(TEXT, typed("en", "Hers.", 1)).status_code == 302
    answer = second.post(TEXT, typed("en", "His, for an hour.", 1))
    assert answer.status_code == 409
    said = words_of(answer)
    assert "Aida changed this text while you were writing." in said
    assert "Hers." in said
    assert "His, for an hour." in answer.content.decode()
    assert SlotText.objects.get(slot="component-1", language="en").markdown == "Hers."


def test_an_edit_of_one_language_marks_the_other_stale_until_it_is_brought_in_line(made: Issue) -> None:
    page = signed_in(made.programme.user("CO", "Aida")[0])
    assert page.post(TEXT, typed("en", "New.", 1)).status_code == 302
    assert "stale" in words_of(page.get(DESK))
    page.post(TEXT, typed("ru", "Новое.", 1, in_line="1", other="New.", action="approve"))
    assert "stale" not in words_of(page.get(DESK))


def test_a_wrong_character_is_named_beside_the_text_and_nothing_is_lost(made: Issue) -> None:
    page = signed_in(made.programme.user("CO", "Aida")[0])
    answer = page.post(TEXT, typed("en", "Well done 🙂", 1))
    assert answer.status_code == 422
    assert "cannot be printed" in words_of(answer)
    assert "Well done 🙂" in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_an_issue_goes_all_the_way_from_the_desk_to_the_public(made: Issue, language: str) -> None:
    made.explain()
    for role, step in (("ME", "check_figures"), ("PM", "clear_pm"), ("EUD", "clear_eud")):
        person = signed_in(made.programme.user(role)[0])
        assert person.post(f"{DESK}step/?lang={language}", {"step": step}).status_code == 302
    public = signed_in()
    assert public.get("/trial-1/newsletters/9/").status_code == 404
    officer = signed_in(made.programme.user("CO")[0])
    assert officer.get(f"{DESK}issue/?lang={language}").status_code == 200
    assert officer.post(f"{DESK}issue/").status_code == 302
    begun = Issuing.objects.get()
    from pilotage.documents.tasks import issue_in_background

    assert issue_in_background.call(begun.pk) == Edition.objects.get().pk
    page = public.get(f"/trial-1/newsletters/9/?lang={language}")
    assert {"en": "Officers learn", "ru": "Сотрудники учатся"}[language] in words_of(page)
    assert len(page.content) < 200_000
    assert officer.get(f"{DESK}issuing/?lang={language}").status_code == 200
    assert public.get(f"/trial-1/newsletters/?lang={language}").status_code == 200


READ = ("", "checks/", "texts/component-1/", "preview/en/", "preview/ru.pdf", "issuing/")


@pytest.mark.parametrize("role", ["PM", "CO", "ME", "EUD", "FI", None, "SM"])
def test_unpublished_issues_are_seen_by_those_who_work_on_them(made: Issue, role: str | None) -> None:
    page = signed_in(made.programme.user(role)[0] if role else None)
    wanted = {None: 302, "SM": 403, "FI": 403}.get(role, 200)
    for path in READ:
        assert page.get(f"{DESK}{path}").status_code == wanted, path


@pytest.mark.parametrize("role", ["EUD", "SM", "FI", None])
def test_only_editors_write(made: Issue, role: str | None) -> None:
    page = signed_in(made.programme.user(role)[0] if role else None)
    for path, sent in (
        ("texts/component-1/", typed("en", "Theirs.", 1)),
        ("checks/", {"code": "x", "reason_en": "x", "reason_ru": "x"}),
        ("issue/", {}),
    ):
        assert page.post(f"{DESK}{path}", sent).status_code in {302, 403}
    assert SlotText.objects.get(slot="component-1", language="en").version == 1
    assert not Issuing.objects.exists()
