"""Work plans on pages: the register, a version, the table that is kept whole or not at all, the year, the steps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from pilotage.domain.membership.models import User
from pilotage.domain.workplans.bulk import add_lines
from pilotage.domain.workplans.models import PlanLine, WorkPlan
from pilotage.domain.workplans.operations import add_line, edit_line, make_plan, move_plan, remove_line
from pilotage.domain.workplans.words import PlanState
from tests.browse import form_of, signed_in, words_of
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db
PLAN = "/trial-1/plans/2023/kz/1/"


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


def draft(trial: SmallProgramme, *titles: str, country: str | None = "KZ", year: int = 2023) -> WorkPlan:
    of = trial.countries[country] if country else None
    plan = make_plan(by=TESTER, phase=trial.phase, year=year, country=of)
    for number, title in enumerate(titles, start=1):
        values = {
            "title": {"en": title, "ru": f"По-русски {number}"},
            "component": trial.components[number % 2],
            "baseline_end": f"2023-0{number}",
        }
        add_line(by=TESTER, plan=plan, values=values)
    return plan


def in_force(plan: WorkPlan, day: date) -> WorkPlan:
    for move in ("submit", "endorse", "put_in_force"):
        plan = move_plan(by=TESTER, plan=plan, move=move, effective_on=day, endorsed_by="NSG")
    return plan


def manager(trial: SmallProgramme) -> tuple[Client, User]:
    user, _viewer = trial.user("PM")
    return signed_in(user), user


def table(browser: Client, address: str = f"{PLAN}edit/") -> dict[str, Any]:
    return form_of(browser.get(address), "version")


def saved(form: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {name: value for name, value in form.items() if name not in {"more", "paste"}} | changes


def test_the_register_says_what_is_in_force_on_a_day(trial: SmallProgramme, client: Client) -> None:
    first = in_force(draft(trial, "One"), date(2023, 1, 10))
    second = make_plan(by=TESTER, phase=trial.phase, year=2023, country=first.country, like=first)
    in_force(second, date(2023, 7, 1))
    page = words_of(client.get("/trial-1/plans/?on=2023-06-30"))
    assert "In force on 30 June 2023 Kazakhstan 2023, version 1" in page
    assert "version 2 from" in words_of(client.get("/trial-1/plans/?on=2023-07-01"))
    assert "No version that you may see was in force" in words_of(client.get("/trial-1/plans/?on=2022-07-01"))


def test_the_public_sees_what_is_in_force_and_no_costs(trial: SmallProgramme, client: Client) -> None:
    plan = draft(trial, "One")
    assert client.get(PLAN).status_code == 404
    line = plan.lines.get()
    edit_line(by=TESTER, line=line, values={"cost_estimate": 12345}, version=1)
    in_force(plan, date(2023, 1, 10))
    page = words_of(client.get(PLAN))
    assert "One" in page
    assert "12 345" not in page
    browser, _user = manager(trial)
    assert "12 345" in words_of(browser.get(PLAN))


def test_a_table_is_edited_in_one_form(trial: SmallProgramme) -> None:
    plan = draft(trial, "One", "Two", "Three")
    one, two, three = plan.lines.all()
    browser, user = manager(trial)
    activity = trial.activity("KZ")
    form = saved(
        table(browser),
        **{
            f"l{one.pk}-baseline_end": "2023-q4",
            f"l{one.pk}-cost_estimate": "12 500,50",
            f"l{two.pk}-remove": "on",
            f"l{two.pk}-why": "no trainer",
            f"l{three.pk}-activity": activity.code,
            "n0-title_en": "Four",
            "n0-component": "2",
            "n0-type": "study_visit",
            "n0-baseline_start": "2023-05",
            "context_en": "Why we do this",
        },
    )
    answer = browser.post(f"{PLAN}edit/", form, follow=True)
    assert "5 changes are kept." in words_of(answer)
    lines = {line.title["en"]: line for line in plan.lines.all()}
    assert list(lines) == ["One", "Three", "Four"]
    assert (lines["One"].baseline_end, float(lines["One"].cost_estimate or 0)) == ("2023-Q4", 12500.5)
    assert lines["Three"].activity == activity
    assert (lines["Four"].type, lines["Four"].component) == ("study_visit", trial.components[1])
    assert WorkPlan.objects.get().context == {"en": "Why we do this"}


def test_one_wrong_row_keeps_nothing_and_loses_nothing(trial: SmallProgramme) -> None:
    plan = draft(trial, "One", "Two")
    one, two = plan.lines.all()
    browser, _user = manager(trial)
    changes = {
        f"l{one.pk}-title_en": "One anew",
        f"l{two.pk}-baseline_end": "in spring",
        "n1-title_ru": "Новая",
        "n1-activity": "nothing",
    }
    answer = browser.post(f"{PLAN}edit/", saved(table(browser), **changes))
    assert answer.status_code == 422
    page = words_of(answer)
    assert "“in spring” is not a date" in page
    assert "no activity with this code" in page
    again = form_of(answer, "version")
    assert again[f"l{one.pk}-title_en"] == "One anew"
    assert again[f"l{two.pk}-baseline_end"] == "in spring"
    assert again["n1-title_ru"] == "Новая"
    assert not PlanLine.objects.filter(title__en="One anew").exists()


def test_a_line_goes_with_a_reason_only(trial: SmallProgramme) -> None:
    plan = draft(trial, "One")
    line = plan.lines.get()
    browser, _user = manager(trial)
    answer = browser.post(f"{PLAN}edit/", saved(table(browser), **{f"l{line.pk}-remove": "on"}))
    assert "Say why the line goes." in words_of(answer)
    assert plan.lines.exists()


def test_the_second_editor_sees_what_the_first_changed(trial: SmallProgramme) -> None:
    plan = draft(trial, "One", "Two")
    one, two = plan.lines.all()
    browser, _user = manager(trial)
    form = table(browser)
    edit_line(by=TESTER, line=one, values={"baseline_end": "2023-11", "title": {"en": "Theirs"}}, version=1)
    edit_line(by=TESTER, line=two, values={"baseline_end": "2023-12"}, version=1)
    answer = browser.post(f"{PLAN}edit/", saved(form, **{f"l{one.pk}-title_en": "Mine"}))
    assert answer.status_code == 409
    page = words_of(answer)
    assert "changed this line while you had it open" in page
    assert "Title: Theirs" in page
    assert "Taken over: End: November 2023" in page
    again = form_of(answer, "version")
    assert (again[f"l{one.pk}-title_en"], again[f"l{one.pk}-baseline_end"]) == ("Mine", "2023-11")
    browser.post(f"{PLAN}edit/", saved(again))
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.title["en"], one.baseline_end, two.baseline_end) == ("Mine", "2023-11", "2023-12")


def test_a_line_that_somebody_removed_comes_back_as_a_new_row(trial: SmallProgramme) -> None:
    plan = draft(trial, "One", "Two")
    browser, _user = manager(trial)
    line = plan.lines.first()
    form = saved(table(browser), **{f"l{line.pk}-title_en": "Typed"})
    remove_line(by=TESTER, line=line, why="gone")
    answer = browser.post(f"{PLAN}edit/", form)
    assert "Somebody removed this line meanwhile" in words_of(answer)
    browser.post(f"{PLAN}edit/", saved(form_of(answer, "version")))
    assert {one.title["en"] for one in plan.lines.all()} == {"Two", "Typed"}


def test_more_rows_and_pasted_rows_need_no_script(trial: SmallProgramme) -> None:
    draft(trial, "One")
    browser, _user = manager(trial)
    form = table(browser)
    assert "n2-title_en" in form
    assert "n7-title_en" in form_of(browser.post(f"{PLAN}edit/", {**saved(form), "more": "1"}), "version")
    pasted = "Pasted\tВставлено\t1. Theme\tstudy visit\t\t05.2023\t20.06.2023\t1 200\n\nSecond\t\t2\n"
    again = form_of(browser.post(f"{PLAN}edit/", {**saved(form), "paste": "1", "pasted": pasted}), "version")
    rows = {name: value for name, value in again.items() if name.startswith("n") and value == "Pasted"}
    (first,) = (name.split("-")[0] for name in rows)
    typed = [again[f"{first}-{name}"] for name in ("component", "type", "baseline_start", "baseline_end")]
    assert typed == ["1", "study_visit", "2023-05", "2023-06-20"]
    assert not PlanLine.objects.filter(title__en="Pasted").exists()


def test_a_long_plan_is_edited_in_parts_and_nothing_of_it_is_cut(trial: SmallProgramme) -> None:
    plan = draft(trial)
    lines = [{"key": f"2023-{number:03}", "title": {"en": f"Line {number}"}} for number in range(1, 331)]
    add_lines(by=TESTER, plan=plan, lines=lines)
    browser, _user = manager(trial)
    last = browser.get(f"{PLAN}edit/?part=4")
    assert "1–100 101–200 201–300 301–330" in words_of(last)
    form = form_of(last, "version")
    assert [form[name] for name in form if name.startswith("l") and name.endswith("title_en")][0::29] == [
        "Line 301",
        "Line 330",
    ]
    line = plan.lines.get(key="2023-330")
    more = browser.post(f"{PLAN}edit/", {**saved(form), f"l{line.pk}-title_en": "Typed", "more": "1"})
    again = form_of(more, "version")
    assert again[f"l{line.pk}-title_en"] == "Typed"
    answer = browser.post(f"{PLAN}edit/", saved(again, **{"n7-title_en": "Line 331"}))
    assert answer["Location"] == f"{PLAN}edit/?part=4"
    line.refresh_from_db()
    assert line.title["en"] == "Typed"
    assert plan.lines.count() == 331
    assert plan.lines.last().title["en"] == "Line 331"


def test_rows_that_have_no_room_stay_in_the_field(trial: SmallProgramme) -> None:
    draft(trial, "One")
    browser, _user = manager(trial)
    pasted = "\n".join(f"Row {number}" for number in range(1, 206))
    answer = browser.post(f"{PLAN}edit/", {**saved(table(browser)), "paste": "1", "pasted": pasted})
    assert "200 new rows are the most at once." in words_of(answer)
    form = form_of(answer, "version")
    assert sum(name.startswith("n") and name.endswith("title_en") for name in form) == 200
    assert form["pasted"].split() == [word for number in range(201, 206) for word in ("Row", str(number))]
    full = browser.post(f"{PLAN}edit/", {**saved(form), "more": "1"})
    assert sum(name.endswith("title_en") for name in form_of(full, "version")) == 201


def test_a_lead_writes_only_the_own_components_rows(trial: SmallProgramme) -> None:
    plan = draft(trial, "One", "Two")
    one, two = plan.lines.all()
    user, _viewer = trial.user("CL", component=one.component)
    browser = signed_in(user)
    form = table(browser)
    assert f"l{one.pk}-version" in form
    assert f"l{two.pk}-version" not in form
    forged = saved(form, **{f"l{two.pk}-version": "1", f"l{two.pk}-title_en": "Not mine"})
    answer = browser.post(f"{PLAN}edit/", forged)
    assert "Your role does not reach this line" in words_of(answer)
    assert PlanLine.objects.get(pk=two.pk).title["en"] == "Two"


def test_the_year_moves_a_line_by_buttons(trial: SmallProgramme) -> None:
    plan = draft(trial, "One")
    line = plan.lines.get()
    edit_line(by=TESTER, line=line, values={"baseline_start": "2023-01-31", "baseline_end": "2023-02"}, version=1)
    coordinator, _viewer = trial.user("NC", country=trial.countries["KZ"])
    browser = signed_in(coordinator)
    form = form_of(browser.get(f"{PLAN}year/"), "line")
    answer = browser.post(f"{PLAN}year/", {**form, "by": "1"})
    assert answer["Location"] == f"{PLAN}year/#line-{line.pk}"
    line.refresh_from_db()
    assert (line.baseline_start, line.baseline_end) == ("2023-02-28", "2023-03")
    part = browser.post(
        f"{PLAN}year/", {**form, "version": line.version, "by": "set", "baseline_start": "2023-Q3", "baseline_end": ""},
        headers={"X-Part": "row"},
    )  # fmt: skip
    assert part.content.decode().lstrip().startswith(f'<tr id="line-{line.pk}"')
    assert part.content.decode().count("perhaps") == 3
    line.refresh_from_db()
    assert (line.baseline_start, line.baseline_end) == ("2023-Q3", "")
    stale = browser.post(f"{PLAN}year/", {**form, "by": "1"})
    assert stale.status_code == 422
    assert "changed this line meanwhile" in words_of(stale)


def test_the_year_is_read_only_for_others_and_after_the_draft(trial: SmallProgramme, client: Client) -> None:
    plan = draft(trial, "One")
    line = plan.lines.get()
    other, _viewer = trial.user("NC", country=trial.countries["KG"])
    assert "by" not in words_of(signed_in(other).get(f"{PLAN}year/")).split("Move")[-1][:2]
    answer = signed_in(other).post(f"{PLAN}year/", {"line": line.pk, "version": 1, "by": "1"})
    assert answer.status_code == 403
    in_force(plan, date(2023, 1, 1))
    assert "Only a draft can be changed" in words_of(client.get(f"{PLAN}year/"))
    browser, _user = manager(trial)
    refused = browser.post(f"{PLAN}year/", {"line": line.pk, "version": line.version, "by": "1"})
    assert refused.status_code == 422


def test_a_plan_goes_through_its_states_by_the_roles_of_the_handbook(trial: SmallProgramme) -> None:
    plan = draft(trial, "One")
    browser, _user = manager(trial)
    delegation = signed_in(trial.user("EUD")[0])
    lead = signed_in(trial.user("CL", component=trial.components[0])[0])
    assert "Submit: programme manager" in words_of(lead.get(f"{PLAN}move/"))
    browser.post(f"{PLAN}move/", {"move": "submit"})
    missing = browser.post(f"{PLAN}move/", {"move": "endorse"})
    assert missing.status_code == 422
    browser.post(f"{PLAN}move/", {"move": "endorse", "endorsed_by": "NSG Kazakhstan, D1"})
    assert WorkPlan.objects.get().state == PlanState.ENDORSED
    assert delegation.post(f"{PLAN}move/", {"move": "return"}).status_code == 422
    delegation.post(f"{PLAN}move/", {"move": "return", "reason": "costs"})
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT
    page = words_of(browser.get(PLAN))
    assert "NSG Kazakhstan, D1" in page
    assert "costs" in page


def test_versions_are_compared_with_words_and_signs(trial: SmallProgramme) -> None:
    first = in_force(draft(trial, "One", "Two"), date(2023, 1, 1))
    second = make_plan(by=TESTER, phase=trial.phase, year=2023, country=first.country, like=first)
    one, two = second.lines.all()
    edit_line(by=TESTER, line=one, values={"baseline_end": "2023-09"}, version=1)
    remove_line(by=TESTER, line=two, why="no")
    add_line(by=TESTER, plan=second, values={"title": {"en": "Three"}})
    browser, _user = manager(trial)
    page = words_of(browser.get("/trial-1/plans/2023/kz/2/compare/?with=2023/kz/1"))
    for said in ("+ 1 added", "− 1 removed", "≠ 1 changed", "End January 2023 → became September 2023"):
        assert said in page


def test_next_years_plan_is_made_from_last_years(trial: SmallProgramme) -> None:
    in_force(draft(trial, "One"), date(2023, 1, 1))
    browser, _user = manager(trial)
    page = browser.get(f"/trial-1/plans/new/?from={WorkPlan.objects.get().pk}&as=next")
    form = form_of(page, "scope")
    assert (form["year"], form["scope"]) == ("2024", "KZ")
    answer = browser.post("/trial-1/plans/new/", form)
    assert answer["Location"] == "/trial-1/plans/2024/kz/1/edit/"
    made = WorkPlan.objects.get(year=2024)
    assert [line.title["en"] for line in made.lines.all()] == ["One"]
    coordinator = signed_in(trial.user("NC", country=trial.countries["KG"])[0])
    offered = coordinator.get("/trial-1/plans/new/").content.decode()
    assert '<option value="KG"' in offered
    assert '<option value="KZ"' not in offered


def test_a_table_sent_after_the_session_ended_comes_back(trial: SmallProgramme, client: Client) -> None:
    plan = draft(trial, "One")
    line = plan.lines.get()
    browser, user = manager(trial)
    form = saved(table(browser), **{f"l{line.pk}-title_en": "Typed before"})
    answer = client.post(f"{PLAN}edit/", form)
    assert answer["Location"].startswith("/account/login/")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert form_of(client.get(f"{PLAN}edit/"), "version")[f"l{line.pk}-title_en"] == "Typed before"


def test_a_rate_leads_to_its_lines_and_to_the_figure_beside_it(trial: SmallProgramme, client: Client) -> None:
    first = in_force(draft(trial, "One", "Two"), date(2023, 1, 1))
    second = make_plan(by=TESTER, phase=trial.phase, year=2023, country=first.country, like=first)
    remove_line(by=TESTER, line=second.lines.first(), why="no")
    in_force(second, date(2023, 6, 1))
    page = words_of(client.get(PLAN))
    assert "Delivery against plan 0 % (0 of 2) 0 % (0 of 1)" in page
    figure = words_of(client.get("/trial-1/figures/delivery-against-plan/?period=2023"))
    assert "To be read beside it: Delivery against the latest plan : 0 % (0 of 1)" in figure
    records = words_of(client.get("/trial-1/figures/delivery-against-plan/records/?period=2023"))
    assert "2 lines" in records
    assert "2023, Kazakhstan, version 1" in records
    assert client.get("/trial-1/figures/delivery-against-plan/records/?period=2023&q=one&format=csv").status_code == 200


def test_the_manager_opens_the_printed_plan(trial: SmallProgramme) -> None:
    in_force(draft(trial, "One"), date(2023, 1, 1))
    browser, _user = manager(trial)
    answer = browser.post(f"{PLAN}printed/")
    assert answer["Location"] == "/trial-1/publications/work-plan-1/"
    assert "Headline" in words_of(browser.get(answer["Location"]))
    assert "In the making" in words_of(browser.get(PLAN))
    assert browser.get("/trial-1/publications/work-plan-1/preview/ru.docx").status_code == 200
