"""Every address of pages and API, tried by every role: who gets in stands in one table, and nowhere else.

A new address fails here until it is put into the table. Who gets in follows from the handbook's table of permissions.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from PIL import Image

from pilotage.api import calls
from pilotage.documents.operations import open_publication
from pilotage.domain.activities.files import add_file
from pilotage.domain.activities.models import (
    Activity,
    ActivityFile,
    Attendance,
    Deliverable,
    ParticipatingInstitution,
    Person,
)
from pilotage.domain.activities.operations import add_deliverable
from pilotage.domain.activities.persons import AttendanceEntry, set_attendance
from pilotage.domain.membership.models import STAFF, Role
from pilotage.domain.membership.operations import issue_token
from pilotage.domain.membership.permissions import PERMISSIONS, Level
from pilotage.domain.parties.operations import add_place
from pilotage.domain.steering.models import ActionPoint, AgendaItem, BodyMember, Meeting, MeetingSession
from pilotage.domain.workplans.operations import add_line, make_plan, move_plan
from pilotage.kit.changes import operation
from pilotage.web.past.places import shows_the_past
from tests.answers import issued
from tests.browse import signed_in
from tests.recorded import made_once
from tests.records import TESTER, SmallProgramme, small_programme
from tests.rounds import a_body, in_a_round

pytestmark = pytest.mark.django_db
Roles = frozenset[Role]

ALL = frozenset(Role)
SIGNED_IN = ALL - {Role.PUB}
NOBODY: Roles = frozenset()


def having(noun: str, *levels: Level) -> Roles:
    """The roles that have one of ``levels`` on ``noun``."""
    return frozenset(role for role in Role if PERMISSIONS[noun, role] in levels)


EDITORS = having("activity", Level.EDIT, Level.APPROVE)
RECOMMEND = having("recommendation", Level.EDIT, Level.APPROVE) - {Role.CP}
WRITE_PLANS = having("work_plan", Level.EDIT, Level.APPROVE) - {Role.EUD}
WRITE_TO = frozenset({Role.PM, Role.ME, Role.NC})
ENTER = frozenset({Role.NC, Role.CP})
SEE_PERSONS = having("person", Level.VIEW, Level.EDIT, Level.APPROVE, Level.OWN)
KEEP_PERSONS = having("person", Level.EDIT)
PREPARE = having("steering_meeting", Level.EDIT, Level.APPROVE)
SEE_STEERING = having("steering_meeting", Level.VIEW, Level.EDIT, Level.APPROVE, Level.OWN)
SET_UP = having("setting", Level.EDIT)
READ_LOG = having("audit_log", Level.VIEW)
MAKE_PUBLICATIONS = having("publication", Level.EDIT, Level.APPROVE) - {Role.EUD}
READ_DRAFT_ISSUES = having("publication", Level.VIEW, Level.EDIT, Level.APPROVE)


@dataclass(frozen=True)
class Page:
    """Who may read an address, and who may send to it. None: not asked (the method is not for it)."""

    get: Roles | None = ALL
    post: Roles | None = None
    missing: bool = False
    """True where even those who may get in find nothing yet (404): no issue has been given out."""
    method: str = "post"
    body: dict[str, Any] | None = None
    """What an API address is sent; pages are sent an empty form, which is never kept."""
    fill: dict[str, Any] = field(default_factory=dict)
    """Parts of this address that differ from the usual ones."""


P = "<slug:phase>/"
A = f"{P}activities/<str:code>/"
R = f"{P}recommendations/<str:code>/"
PLAN = f"{P}plans/<int:year>/<slug:scope>/<int:number>/"
M = f"{P}meetings/<str:code>/"
POINT = f"{P}action-points/<path:code>/"
BODY = f"{P}meetings/bodies/<slug:body>/"
AGENCY = f"{P}recommendations/agencies/<str:code>/"
PAGES: dict[str, Page] = {
    # Everybody's
    "": Page(),
    P: Page(),
    f"{P}programme/": Page(),
    f"{P}stated/": Page(),
    f"{P}calendar/": Page(),
    f"{P}calendar.ics": Page(),
    f"{P}timeline/": Page(),
    f"{P}figures/": Page(),
    f"{P}figures/<slug:code>/": Page(fill={"code": "activities-implemented"}),
    f"{P}figures/<slug:code>/records/": Page(fill={"code": "activities-implemented"}),
    f"{P}newsletters/": Page(),
    f"{P}newsletters/feed.xml": Page(),
    f"{P}newsletters/<int:number>/": Page(missing=True),
    f"{P}newsletters/<int:number>/editions/<int:edition>/": Page(missing=True),
    f"{P}newsletters/<int:number>/editions/<int:edition>/<str:language>.<str:form>": Page(missing=True),
    f"{P}newsletters/<int:number>/pictures/<str:name>": Page(missing=True),
    # Activities
    f"{P}activities/": Page(),
    f"{P}activities/new/": Page(EDITORS, EDITORS),
    A: Page(),
    f"{A}edit/": Page(EDITORS, EDITORS),
    f"{A}move/": Page(STAFF, STAFF),
    f"{A}tally/": Page(EDITORS, EDITORS),
    f"{A}people/": Page(KEEP_PERSONS, KEEP_PERSONS),
    f"{A}deliverables/": Page(EDITORS, EDITORS),
    f"{A}deliverables/<int:key>/": Page(EDITORS, EDITORS, fill={"key": "deliverable"}),
    f"{A}files/": Page(EDITORS, EDITORS),
    f"{A}files/<int:key>/": Page(EDITORS, EDITORS),
    f"{A}files/<int:key>/open/": Page(),
    # Recommendations
    f"{P}recommendations/": Page(),
    f"{P}recommendations/board/": Page(),
    f"{P}recommendations/new/": Page(RECOMMEND, RECOMMEND),
    R: Page(fill={"code": "recommendation"}),
    f"{R}edit/": Page(RECOMMEND, RECOMMEND, fill={"code": "recommendation"}),
    f"{R}move/": Page(STAFF | {Role.CP}, STAFF | {Role.CP}, fill={"code": "recommendation"}),
    f"{R}clear/": Page(frozenset({Role.PM}), frozenset({Role.PM}), fill={"code": "recommendation"}),
    f"{R}files/<int:key>/": Page(SIGNED_IN - {Role.GR}, fill={"code": "recommendation"}, missing=True),
    # Work plans; the world's is in force in Kyrgyzstan, and not for grantees
    f"{P}plans/": Page(),
    f"{P}plans/new/": Page(WRITE_PLANS, WRITE_PLANS),
    PLAN: Page(missing=True),
    f"{PLAN}year/": Page(ALL, WRITE_PLANS, missing=True),
    f"{PLAN}compare/": Page(missing=True),
    f"{PLAN}edit/": Page(WRITE_PLANS, WRITE_PLANS),
    f"{PLAN}move/": Page(STAFF | {Role.EUD}, STAFF | {Role.EUD}),
    f"{PLAN}printed/": Page(None, MAKE_PUBLICATIONS),
    # Agencies and their answers; the personal link asks for its secret alone
    "a/<str:secret>/": Page(ALL, ALL, fill={"secret": "none"}, missing=True),
    f"{P}recommendations/agencies/": Page(WRITE_TO | ENTER),
    AGENCY: Page(WRITE_TO, WRITE_TO, fill={"code": "institution"}),
    f"{AGENCY}contacts/<int:key>/": Page(WRITE_TO, WRITE_TO, fill={"code": "institution"}, missing=True),
    f"{AGENCY}link/<int:key>/": Page(None, WRITE_TO, fill={"code": "institution"}, missing=True),
    f"{AGENCY}sheet/<slug:form>/": Page(None, WRITE_TO, fill={"code": "institution", "form": "pdf"}),
    f"{P}recommendations/returns/": Page(ENTER, ENTER),
    f"{P}recommendations/returns/<int:key>/": Page(ENTER, ENTER, missing=True),
    f"{P}recommendations/returns/<int:key>/file/": Page(ENTER, missing=True),
    f"{P}recommendations/paper/": Page(ENTER, ENTER),
    # Steering
    f"{P}meetings/": Page(),
    f"{P}meetings/new/": Page(PREPARE, PREPARE),
    f"{P}meetings/rounds/": Page(SEE_STEERING),
    f"{P}meetings/rounds/new/": Page(frozenset({Role.PM}), frozenset({Role.PM})),
    f"{P}meetings/rounds/<int:year>/": Page(SEE_STEERING, fill={"year": "2023"}),
    f"{P}meetings/rounds/<int:year>/edit/": Page(
        frozenset({Role.PM}), frozenset({Role.PM}), fill={"year": "2023"}
    ),
    f"{P}meetings/bodies/": Page(SEE_STEERING),
    f"{P}meetings/bodies/new/": Page(frozenset({Role.PM}), frozenset({Role.PM})),
    BODY: Page(SEE_STEERING, fill={"body": "kg"}),
    f"{BODY}edit/": Page(frozenset({Role.PM}), frozenset({Role.PM}), fill={"body": "kg"}),
    f"{BODY}seats/new/": Page(PREPARE, PREPARE, fill={"body": "kg"}),
    f"{BODY}seats/<int:key>/": Page(PREPARE, PREPARE, fill={"body": "kg", "key": "seat"}),
    M: Page(fill={"code": "meeting"}),
    f"{M}calendar.ics": Page(fill={"code": "meeting"}),
    f"{M}explain/": Page(PREPARE, PREPARE, fill={"code": "meeting"}, missing=True),
    f"{M}edit/": Page(PREPARE, PREPARE, fill={"code": "meeting"}),
    f"{M}agenda/": Page(PREPARE, PREPARE, fill={"code": "meeting"}),
    f"{M}agenda/<int:key>/": Page(PREPARE, PREPARE, fill={"code": "meeting", "key": "item"}),
    f"{M}sessions/<int:key>/": Page(PREPARE, PREPARE, fill={"code": "meeting", "key": "session"}),
    f"{M}papers/": Page(SEE_STEERING, PREPARE, fill={"code": "meeting"}),
    f"{M}papers/<int:key>/": Page(PREPARE, PREPARE, fill={"code": "meeting"}, missing=True),
    f"{M}papers/<int:key>/open/": Page(SEE_STEERING, fill={"code": "meeting"}, missing=True),
    f"{M}invitations/": Page(PREPARE, PREPARE, fill={"code": "meeting"}),
    f"{M}attendance/": Page(SEE_STEERING, PREPARE, fill={"code": "meeting"}),
    f"{M}minutes/": Page(STAFF | {Role.EUD}, fill={"code": "meeting"}),
    f"{M}minutes/<int:key>/": Page(PREPARE, PREPARE, fill={"code": "meeting", "key": "item"}),
    f"{M}minutes/comments/": Page(SIGNED_IN, PREPARE, fill={"code": "meeting"}),
    f"{M}minutes/comments/<int:key>/": Page(PREPARE, PREPARE, fill={"code": "meeting"}, missing=True),
    f"{M}move/": Page(STAFF, STAFF, fill={"code": "meeting"}),
    f"{M}room/": Page(PREPARE, PREPARE, fill={"code": "meeting"}),
    # Action points: the public sees none; the owner, whoever holds a role for it, reports
    f"{P}action-points/": Page(),
    POINT: Page(fill={"code": "point"}, missing=True),
    f"{POINT}move/": Page(STAFF | {Role.CP, Role.GR}, STAFF | {Role.CP, Role.GR}, fill={"code": "point"}),
    f"{POINT}edit/": Page(PREPARE, PREPARE, fill={"code": "point"}),
    f"{POINT}files/<int:key>/": Page(fill={"code": "point"}, missing=True),
    # Parties
    f"{P}institutions/": Page(),
    f"{P}institutions/new/": Page(EDITORS, EDITORS),
    f"{P}institutions/<slug:code>/": Page(fill={"code": "institution"}),
    f"{P}institutions/<slug:code>/edit/": Page(EDITORS, EDITORS, fill={"code": "institution"}),
    f"{P}places/": Page(),
    f"{P}places/new/": Page(EDITORS, EDITORS),
    f"{P}places/<slug:code>/": Page(fill={"code": "place"}),
    f"{P}places/<slug:code>/edit/": Page(EDITORS, EDITORS, fill={"code": "place"}),
    # People
    f"{P}people/": Page(SEE_PERSONS),
    f"{P}people/readings/": Page(READ_LOG),
    f"{P}people/new/": Page(KEEP_PERSONS, KEEP_PERSONS),
    f"{P}people/duplicates/": Page(SEE_PERSONS),
    f"{P}people/<slug:key>/": Page(SEE_PERSONS, fill={"key": "person"}),
    f"{P}people/<slug:key>/merge/": Page(KEEP_PERSONS, KEEP_PERSONS, fill={"key": "person"}),
    f"{P}people/<slug:key>/separate/<slug:former>/": Page(
        KEEP_PERSONS, KEEP_PERSONS, missing=True, fill={"key": "person", "former": "P99999"}
    ),
    f"{P}people/<slug:key>/pseudonymise/": Page(KEEP_PERSONS, KEEP_PERSONS, fill={"key": "person"}),
    f"{P}people/<slug:key>/edit/": Page(KEEP_PERSONS, KEEP_PERSONS, fill={"key": "person"}),
    # Checks
    f"{P}checks/": Page(STAFF),
    f"{P}checks/explain/": Page(STAFF, STAFF),
    # Workbooks
    f"{P}imports/": Page(EDITORS, EDITORS),
    f"{P}imports/template/<slug:kind>.xlsx": Page(EDITORS),
    f"{P}imports/<int:number>/": Page(EDITORS, missing=True),
    f"{P}imports/<int:number>/<slug:step>/": Page(None, EDITORS, missing=True),
    # Publications in the making
    f"{P}documents/": Page(),
    f"{P}documents/<slug:name>/": Page(missing=True),
    f"{P}documents/<slug:name>/editions/<int:edition>/": Page(missing=True),
    f"{P}documents/<slug:name>/editions/<int:edition>/<str:language>.<str:form>": Page(missing=True),
    f"{P}publications/": Page(ALL, MAKE_PUBLICATIONS),  # the list holds what one may see
    f"{P}publications/meetings/<str:code>/": Page(READ_DRAFT_ISSUES, MAKE_PUBLICATIONS, fill={"code": "meeting"}),
    f"{P}publications/rounds/<int:year>/": Page(READ_DRAFT_ISSUES, MAKE_PUBLICATIONS, fill={"year": "2023"}),
    f"{P}publications/<slug:name>/": Page(READ_DRAFT_ISSUES, fill={"name": "1"}),
    f"{P}publications/<slug:name>/texts/<slug:slot>/": Page(
        READ_DRAFT_ISSUES, MAKE_PUBLICATIONS, fill={"name": "1", "slot": "foreword-delegation"}
    ),
    f"{P}publications/<slug:name>/photos/<slug:slot>/": Page(
        MAKE_PUBLICATIONS, MAKE_PUBLICATIONS, missing=True, fill={"name": "1"}
    ),
    f"{P}publications/<slug:name>/thumbnails/<int:pk>/": Page(MAKE_PUBLICATIONS, missing=True, fill={"name": "1"}),
    f"{P}publications/<slug:name>/checks/": Page(READ_DRAFT_ISSUES, fill={"name": "1"}),
    f"{P}publications/<slug:name>/step/": Page(None, READ_DRAFT_ISSUES, missing=True, fill={"name": "1"}),
    f"{P}publications/<slug:name>/issue/": Page(READ_DRAFT_ISSUES, fill={"name": "1"}),
    f"{P}publications/<slug:name>/issuing/": Page(READ_DRAFT_ISSUES, fill={"name": "1"}),
    f"{P}publications/<slug:name>/preview/<str:language>/": Page(READ_DRAFT_ISSUES, fill={"name": "1"}),
    f"{P}publications/<slug:name>/preview/<str:language>.<str:form>": Page(
        READ_DRAFT_ISSUES, missing=True, fill={"name": "1"}
    ),
    f"{P}publications/<slug:name>/preview/pictures/<str:picture>": Page(
        READ_DRAFT_ISSUES, missing=True, fill={"name": "1", "picture": "none"}
    ),
    # Set-up and log
    f"{P}settings/": Page(SET_UP),
    f"{P}settings/phase/": Page(SET_UP, SET_UP),
    f"{P}settings/addenda/": Page(SET_UP, SET_UP),
    f"{P}settings/countries/": Page(SET_UP, SET_UP),
    f"{P}settings/components/": Page(SET_UP, SET_UP),
    f"{P}settings/components/<str:number>/": Page(SET_UP, SET_UP),
    f"{P}settings/values/<slug:name>/": Page(SET_UP, SET_UP, fill={"name": "small_cell"}),
    f"{P}settings/users/": Page(SET_UP),
    f"{P}settings/users/give/": Page(SET_UP, SET_UP),
    f"{P}settings/users/<int:pk>/end/": Page(SET_UP, SET_UP, missing=True),
    f"{P}settings/accounts/<int:pk>/": Page(SET_UP, missing=True),
    f"{P}settings/accounts/<int:pk>/edit/": Page(SET_UP, SET_UP, missing=True),
    f"{P}settings/accounts/<int:pk>/<slug:step>/": Page(SET_UP, SET_UP, missing=True),
    f"{P}changes/": Page(READ_LOG),
    f"{P}what-changed/": Page(SIGNED_IN),
    # One's own account
    "account/": Page(SIGNED_IN),
    "account/language/": Page(None, ALL),
    "account/typed/": Page(SIGNED_IN, SIGNED_IN),
    "account/tokens/": Page(SIGNED_IN, SIGNED_IN),
    "account/tokens/<int:pk>/revoke/": Page(None, SIGNED_IN, missing=True),
    # API
    "api/": Page(),
    "api/openapi.json": Page(),
    "api/phases": Page(),
    "api/phases/<phase>": Page(),
    "api/phases/<phase>/components": Page(),
    "api/institutions": Page(),
    "api/places": Page(),
    "api/states": Page(),
    "api/figures": Page(),
    "api/phases/<phase>/figures/<figure>": Page(),
    "api/phases/<phase>/activities": Page(
        ALL, EDITORS, body={"title": {"en": "Tried"}, "type": "workshop", "component": "1", "countries": ["KG"]}
    ),
    "api/phases/<phase>/activities/<code>": Page(
        ALL, EDITORS, method="patch", body={"version": 0, "summary": {"en": "Tried"}}
    ),
    "api/phases/<phase>/recommendations": Page(),
    "api/phases/<phase>/recommendations/<code>": Page(fill={"code": "recommendation"}),
    "api/phases/<phase>/meetings": Page(),
    "api/phases/<phase>/meetings/<code>": Page(fill={"code": "meeting"}),
    "api/phases/<phase>/plans": Page(),
    "api/phases/<phase>/plans/<year>/<scope>/<number>": Page(missing=True),
    "api/phases/<phase>/activities/<code>/moves": Page(None, SIGNED_IN, body={"move": "plan", "version": 0}),
    "api/phases/<phase>/activities/<code>/tally": Page(
        None, EDITORS, method="put", body={"version": 0, "lines": []}
    ),
}  # fmt: skip
"""Each address as Django writes it."""


def addresses(patterns: list[Any] | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Every address with the module that answers it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if f"{before}{pattern.pattern}" == "api/<path:call>":
            yield from addresses(calls.urlpatterns, before)
        elif isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, f"{before}{pattern.pattern}")
        elif isinstance(pattern, URLPattern):
            yield f"{before}{pattern.pattern}", getattr(pattern.callback, "__module__", "")


def ours() -> list[str]:
    """Every address but those of the sign-in package, which have tests of their own."""
    return [address for address, module in addresses() if not module.startswith("allauth.")]


def test_every_address_stands_in_the_table() -> None:
    assert sorted(set(ours()) - set(PAGES)) == []


def test_no_address_in_the_table_is_gone() -> None:
    assert sorted(set(PAGES) - set(ours())) == []


@dataclass(frozen=True)
class World:
    """A phase with one of everything, all of it in everybody's scope, all of it published where it can be."""

    programme: SmallProgramme
    activity: Activity
    file: ActivityFile
    deliverable: Deliverable
    person: Person
    place: str
    institution: str

    def address(self, pattern: str, page: Page) -> str:
        """``pattern`` with real codes and numbers in it."""
        named = {
            "institution": self.institution, "place": self.place, "person": self.person.key,
            "deliverable": str(self.deliverable.pk), "recommendation": "R-001",
            "meeting": "M-001", "point": "M-001/1", "seat": str(BodyMember.objects.values_list("pk", flat=True).first()),
            "item": str(AgendaItem.objects.values_list("pk", flat=True).first()),
            "session": str(MeetingSession.objects.values_list("pk", flat=True).first()),
        }  # fmt: skip
        parts = {
            "phase": self.programme.phase.code, "code": self.activity.code, "key": str(self.file.pk), "number": "1",
            "edition": "1", "language": "en", "form": "none", "name": "none", "slot": "none", "kind": "activities",
            "step": "confirm", "year": "2023", "scope": "kg", "pk": "999999", "figure": "activities-implemented",
            **{part: named.get(value, value) for part, value in page.fill.items()},
        }  # fmt: skip
        for part, value in parts.items():
            for kind in ("", "slug:", "str:", "int:", "path:"):
                pattern = pattern.replace(f"<{kind}{part}>", value)
        return f"/{pattern}"


@pytest.fixture
@made_once
def world() -> World:
    programme = small_programme()
    place = add_place(by=TESTER, values={"name": {"en": "Bishkek"}, "country_id": "KG"})
    institution = programme.services["KG"]
    activity = programme.activity(
        "KG", "TJ", confidentiality="public", state="implemented", actual_start="2023-06-20", actual_end="2023-06-21"
    )
    with operation("tie", by=TESTER):
        ParticipatingInstitution(activity=activity, institution=institution).save()
    picture = io.BytesIO()
    Image.new("RGB", (64, 64)).save(picture, "PNG")
    picture.seek(0)
    texts = {"alternative_text": {"en": "A desk", "ru": "Стол"}, "consent_on": date(2023, 6, 20)}
    file = add_file(
        by=TESTER,
        activity=activity,
        kind="photo",
        file=picture,
        name="a.png",
        values={**texts, "confidentiality": "public"},
    )
    deliverable = add_deliverable(by=TESTER, activity=activity, values={"type": "report", "title": {"en": "Report"}})
    new = {"name_signed": "Aida Osmonova", "country_id": "KG", "institution_id": institution.pk}
    set_attendance(by=TESTER, activity=activity, entries=[AttendanceEntry(None, new=new)], version=activity.version)
    open_publication(
        by=TESTER, viewer=None, phase=programme.phase, kind="newsletter", number=1, period="2023-Q2",

    )  # fmt: skip
    issued(programme, "KG", confidentiality="public")
    in_a_round(programme, a_body(programme))
    with operation("give action point", by=TESTER):
        meeting = Meeting.objects.get(code="M-001")
        values = {"text": {"en": "Send it"}, "due_on": date(2030, 1, 1), "owner_institution": institution}
        ActionPoint(phase=programme.phase, meeting=meeting, code="M-001/1", **values).save()
    plan = make_plan(by=TESTER, phase=programme.phase, year=2023, country=programme.countries["KG"])
    add_line(by=TESTER, plan=plan, values={"title": {"en": "A line"}, "component": programme.components[0]})
    for move in ("submit", "endorse", "put_in_force"):
        move_plan(by=TESTER, plan=plan, move=move, endorsed_by="NSG", effective_on=date(2023, 1, 1))
    person = Attendance.objects.select_related("person").get().person
    return World(programme, activity, file, deliverable, person, place.code, institution.code)


def scope_of(role: Role, programme: SmallProgramme) -> dict[str, Any]:
    """The scope in which the role holds the world's activity."""
    match role:
        case Role.CL | Role.FI:
            return {"component": programme.components[0]}
        case Role.NC:
            return {"country": programme.countries["KG"]}
        case Role.CP | Role.GR:
            return {"institution": programme.services["KG"]}
        case _:
            return {}


def let_in(answer: Any) -> bool:
    """False for a refusal: 401, 403, or the way to the sign-in page."""
    assert answer.status_code < 500, f"{answer.status_code}: {answer.request['PATH_INFO']}"
    answer.close()
    to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/account/login/")
    return answer.status_code not in {401, 403} and not to_sign_in


@pytest.mark.parametrize("role", list(Role))
def test_who_gets_in(world: World, role: Role) -> None:
    browser, key = browser_of(role, world.programme)
    wrong = []
    for pattern, page in PAGES.items():
        address = world.address(pattern, page)
        more = {"HTTP_AUTHORIZATION": f"Bearer {key}"} if key and pattern.startswith("api/") else {}
        if page.get is not None:
            answer = browser.get(address, **more)
            wrong += differences(role, f"GET {address}", answer, page.get, page.missing, there=not page.missing)
        if page.post is not None:
            answer = send(browser, page, address, more)
            # What was sent is empty or stale: it is refused in its own words, never kept.
            wrong += differences(
                role, f"{page.method.upper()} {address}", answer, page.post, True, there=not page.missing
            )
    assert wrong == []
    assert Activity.objects.filter(title__en="Tried").count() == (1 if role in EDITORS else 0)


@pytest.mark.parametrize("role", [Role.PUB, Role.SM, Role.PM])
def test_the_past_lets_in_nobody_else_and_says_that_it_is_the_past(
    world: World, role: Role, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    browser, _key = browser_of(role, world.programme)
    at = timezone.now().isoformat().replace("+00:00", "Z")
    wrong = []
    for pattern, page in PAGES.items():
        address = world.address(pattern, page)
        if page.get is None or not shows_the_past(address):
            continue
        answer = browser.get(f"{address}?recorded={at}")
        says = answer.status_code != 200 or answer.streaming or b'class="past' in answer.content
        wrong += [] if says else [f"{role} {address}: does not say that it shows the past"]
        wrong += differences(role, f"GET {address}", answer, page.get, page.missing, there=not page.missing)
    assert wrong == []
    assert browser.post(f"/trial-1/activities/{world.activity.code}/?recorded={at}").status_code == 403


def browser_of(role: Role, programme: SmallProgramme) -> tuple[Client, str]:
    """A browser in which somebody of the role has signed in, and an access token of theirs."""
    if role == Role.PUB:
        return signed_in(), ""
    user, viewer = programme.user(role, **scope_of(role, programme))
    _token, key = issue_token(
        by=user, assignment=viewer.assignments[0], label="trial", may_write=True,
        expires_on=timezone.localdate() + timedelta(days=1),
    )  # fmt: skip
    return signed_in(user), key


def send(browser: Client, page: Page, address: str, more: dict[str, str]) -> Any:
    """An empty form to a page, the given body to the API."""
    if page.body is not None:
        return getattr(browser, page.method)(address, json.dumps(page.body), content_type="application/json", **more)
    return browser.post(address, {})


def differences(role: Role, what: str, answer: Any, may: Roles, missing: bool, *, there: bool) -> list[str]:
    """What is not as the table says."""
    inside = let_in(answer)
    if answer.status_code == 404 and role not in may and there:
        return []  # it is there for others: who may not see it is not told so
    if inside != (role in may) and not (not inside and missing and answer.status_code == 404):
        return [f"{role} {what}: {answer.status_code}, expected {'in' if role in may else 'refused'}"]
    if inside and answer.status_code == 404 and not missing:
        return [f"{role} {what}: nothing there"]
    return []
