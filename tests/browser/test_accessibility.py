"""axe-core finds nothing at WCAG 2.2 AA, nothing runs out of a phone's screen, nothing is fetched from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, WIDE, Site
from tests.web.test_access import PAGES, P

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    # Of what is as it should be it names one element, not each.
    "resultTypes": ["violations"],
}
PUBLIC = (
    "/",
    "/account/login/",
    "/bomca-10/",
    "/bomca-10/programme/",
    "/bomca-10/activities/",
    "/bomca-10/activities/B10-2023-014/",
    "/bomca-10/calendar/?month=2023-05",
    "/bomca-10/timeline/",
    "/bomca-10/figures/",
    "/bomca-10/figures/activities-implemented/?by=country&by2=component",
    "/bomca-10/institutions/",
    "/bomca-10/places/",
    "/bomca-10/stated/",
    "/bomca-10/publications/",
    "/bomca-10/newsletters/6/",
    "/bomca-10/meetings/",
    "/bomca-10/newsletters/",
    "/bomca-10/recommendations/",
    "/silk-bridge-1/recommendations/board/",
    "/silk-bridge-1/figures/adoption-rate/records/",
    "/silk-bridge-1/plans/",
)
SILK = "/silk-bridge-1"
MEETING, POINT = rf"{SILK}/meetings/NSG-[^/]+/", rf"{SILK}/action-points/NSG-[^/]+/\d+/"
CONVENED, DRAFTED = f"{SILK}/meetings/?state=convened", f"{SILK}/meetings/?state=minutes_drafted"
ACTIVITY, AGENCY = f"{SILK}/activities/SILK-BRIDGE-1-003/", rf"{SILK}/recommendations/agencies/[^/]+/"
RECOMMENDATION, BODY, PLAN = (
    f"{SILK}/recommendations/R-001/",
    f"{SILK}/meetings/bodies/kg/",
    rf"{SILK}/plans/\d+/kg/\d+/",
)
INSTITUTION, PACK = rf"{SILK}/institutions/[^/]+-of-[^/]+/", rf"{SILK}/documents/national-pack-\d+/"
PM_WAYS: tuple[tuple[str, ...], ...] = (
    ("/",),
    (f"{SILK}/",),
    (f"{SILK}/programme/",),
    (f"{SILK}/meetings/",),
    (f"{SILK}/meetings/new/",),
    (f"{SILK}/meetings/rounds/",),
    (f"{SILK}/meetings/rounds/new/",),
    (f"{SILK}/meetings/rounds/", rf"{SILK}/meetings/rounds/\d+/"),
    (f"{SILK}/meetings/rounds/", rf"{SILK}/meetings/rounds/\d+/", "+edit/"),
    (f"{SILK}/meetings/bodies/",),
    (f"{SILK}/meetings/bodies/new/",),
    (BODY,),
    (f"{BODY}edit/",),
    (f"{BODY}seats/new/",),
    (BODY, rf"{BODY}seats/\d+/"),
    (CONVENED, MEETING),
    *((CONVENED, MEETING, f"+{page}/") for page in ("edit", "agenda", "papers", "invitations", "attendance", "move")),
    (CONVENED, MEETING, "+agenda/", rf"{MEETING}agenda/\d+/"),
    (CONVENED, MEETING, "+agenda/", rf"{MEETING}sessions/\d+/"),
    (DRAFTED, MEETING, "+minutes/"),
    (DRAFTED, MEETING, "+minutes/", rf"{MEETING}minutes/\d+/"),
    (f"{SILK}/meetings/?state=circulated", MEETING, "+minutes/comments/"),
    (f"{SILK}/meetings/?state=circulated", MEETING, "+minutes/comments/", rf"{MEETING}minutes/comments/\d+/"),
    (f"{SILK}/checks/", rf"{MEETING}explain/\?check=[^/]+"),
    (f"{SILK}/action-points/", POINT, "+edit/"),
    ("/bomca-10/settings/",),
    *((f"{SILK}/settings/{page}/",) for page in ("phase", "addenda", "countries", "components", "components/1")),
    (f"{SILK}/settings/values/small_cell/",),
    (f"{SILK}/settings/users/",),
    (f"{SILK}/settings/users/give/",),
    (f"{SILK}/settings/users/", rf"{SILK}/settings/users/\d+/end/"),
    (f"{SILK}/settings/users/", rf"{SILK}/settings/accounts/\d+/"),
    (f"{SILK}/settings/users/", rf"{SILK}/settings/accounts/\d+/", rf"{SILK}/settings/accounts/\d+/sign-out/"),
    (f"{SILK}/settings/users/", rf"{SILK}/settings/accounts/\d+/", "+edit/"),
    ("/bomca-10/changes/",),
    (f"{SILK}/activities/?state=late&q=тренинг",),
    (f"{SILK}/activities/new/",),
    (ACTIVITY,),
    *((f"{ACTIVITY}{page}/",) for page in ("edit", "tally", "files", "deliverables")),
    (f"{SILK}/institutions/new/",),
    (f"{SILK}/institutions/", INSTITUTION),
    (f"{SILK}/institutions/", INSTITUTION, "+edit/"),
    (f"{SILK}/places/new/",),
    (f"{SILK}/places/aktau/",),
    (f"{SILK}/places/aktau/edit/",),
    (f"{SILK}/people/readings/",),
    (f"{SILK}/plans/",),
    (f"{SILK}/plans/new/",),
    (f"{SILK}/plans/?scope=KG", PLAN),
    *((f"{SILK}/plans/?scope=KG", PLAN, f"+{page}/") for page in ("year", "compare", "move", "edit")),
    (f"{SILK}/recommendations/",),
    (f"{SILK}/recommendations/board/",),
    (f"{SILK}/recommendations/new/",),
    (RECOMMENDATION,),
    (f"{RECOMMENDATION}edit/",),
    (f"{RECOMMENDATION}move/",),
    (f"{SILK}/recommendations/agencies/",),
    (f"{SILK}/recommendations/agencies/", AGENCY),
    (f"{SILK}/recommendations/agencies/", AGENCY, rf"{AGENCY}contacts/\d+/"),
    (f"{SILK}/recommendations/?state=draft", rf"{SILK}/recommendations/R-\d+/", "+clear/"),
    (f"{SILK}/documents/",),
    (f"{SILK}/documents/", PACK),
    (f"{SILK}/documents/", PACK, rf"{PACK}editions/\d+/"),
    (f"{SILK}/publications/",),
    (CONVENED, MEETING, rf"{SILK}/publications/meetings/[^/]+/"),
    (f"{SILK}/publications/", rf"{SILK}/publications/rounds/\d+/"),
    *(
        (f"{SILK}/publications/", rf"{SILK}/publications/regional-pack-\d+/", *more)
        for more in ((), ("+texts/headline/",), ("+checks/",), ("+preview/ru/",), ("+issue/",))
    ),
    (f"{SILK}/what-changed/",),
)
"""How the manager comes to each page: an address, then links by what they look like, or ``+`` what is added."""
WAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    *(("PM", way) for way in PM_WAYS),
    ("ME", ("/bomca-10/checks/",)),
    ("ME", (f"{SILK}/checks/", rf"{SILK}/checks/explain/\?finding=[^/]+")),
    ("ME", (f"{SILK}/people/",)),
    ("ME", (f"{SILK}/people/new/",)),
    ("ME", (f"{SILK}/people/P00030/",)),
    ("ME", (f"{SILK}/people/P00030/edit/",)),
    ("ME", (f"{SILK}/people/P00030/pseudonymise/",)),
    ("ME", (f"{SILK}/people/duplicates/",)),
    ("ME", (f"{SILK}/people/duplicates/", rf"{SILK}/people/P\d+/merge/\?with=P\d+")),
    ("ME", (f"{ACTIVITY}people/",)),
    ("ME", (f"{ACTIVITY}move/",)),
    ("ME", ("/account/",)),
    ("CL", ("/bomca-10/imports/",)),
    ("NC", ("/account/tokens/",)),
    ("NC", (f"{SILK}/recommendations/paper/",)),
    ("NC", (f"{SILK}/recommendations/returns/",)),
)


def complaints(page: Page) -> list[str]:
    """What axe-core finds, one line a rule with the elements it is about."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: " + "; ".join(node["html"][:120] for node in rule["nodes"][:4]) for rule in found]


def faults(page: Page, path: str, language: str, *, thorough: bool = True) -> list[str]:
    """Opens ``path`` and says what does not hold that must hold for any page; axe-core looks where ``thorough``."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    response = page.goto(path)
    found = [] if response is not None and response.ok else [f"answered {response and response.status}"]
    elsewhere = {urlsplit(url).netloc for url in asked if not url.startswith("data:")} - {urlsplit(page.url).netloc}
    found += [f"asked {host}" for host in elsewhere] + [f"console: {text}" for text in said]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than the screen")
    if page.get_attribute("html", "lang") != language:
        found.append("not in the reader's language")
    found += complaints(page) if thorough else []
    first = page.viewport_size
    page.set_viewport_size(WIDE if first == NARROW else NARROW)
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than the screen at the other width")
    page.set_viewport_size(first or WIDE)
    return [f"{path} {fault}" for fault in found]


def some(pages: Sequence[Any], most: int = 5) -> list[Sequence[Any]]:
    """The pages a few at a time, so that no test takes long."""
    return [pages[start : start + most] for start in range(0, len(pages), most)]


def named(pages: Sequence[Any]) -> str:
    """The name of a few pages among the tests: the first of them."""
    first = pages[0] if isinstance(pages[0], str) else " ".join((pages[0][0], *pages[0][1]))
    return re.sub(r"[^\w-]+", " ", first).strip() or "first page"


FOUND: dict[tuple[str, ...], str] = {}
"""Where a way led to: it is gone once."""


def address_at(page: Page, way: tuple[str, ...]) -> str:
    """The address at the end of ``way``, by plain requests."""
    if way not in FOUND:
        before, step = way[:-1], way[-1]
        if not before:
            FOUND[way] = step
        elif step.startswith("+"):
            FOUND[way] = address_at(page, before) + step[1:]
        else:
            text = unescape(page.request.get(address_at(page, before)).text())
            links = re.findall(rf'href="({step})"', text)
            assert links, f"no link like {step} at {address_at(page, before)}"
            FOUND[way] = links[0]
    return FOUND[way]


LANGUAGES = pytest.mark.parametrize(("language", "narrow"), [("en", False), ("ru", True)], ids=["en", "ru"])
"""Each page is opened once in each language, English wide and Russian narrow, and then seen at the other width."""


@LANGUAGES
@pytest.mark.parametrize("paths", some(PUBLIC), ids=named)
def test_every_public_page_can_be_used_by_everybody(
    site: Site, paths: Sequence[str], language: str, narrow: bool
) -> None:
    with site.visitor(language=language, narrow=narrow) as context:
        page = context.new_page()
        found = [fault for path in paths for fault in faults(page, path, language)]
    assert found == []


@LANGUAGES
@pytest.mark.parametrize("ways", some(list(enumerate(WAYS))), ids=lambda ways: named([one for _place, one in ways]))
def test_every_page_of_the_staff_can_be_used_by_everybody(
    site: Site, ways: Sequence[tuple[int, tuple[str, tuple[str, ...]]]], language: str, narrow: bool
) -> None:
    """axe-core reads each in one of the two languages, in turn: what it finds is seldom in the words."""
    found: list[str] = []
    for role in dict.fromkeys(role for _place, (role, _way) in ways):
        page = site.signed_in(role, language=language, narrow=narrow)
        for place, way in ((place, way) for place, (owner, way) in ways if owner == role):
            found += faults(page, address_at(page, way), language, thorough=(place % 2 == 0) == narrow)
        page.context.close()
    assert found == []


NO_PAGES = re.compile(
    r"^api/|\.(ics|xml|xlsx|<str:form>)$|/(open|file|files/<int:key>)/$|/pictures/|/thumbnails/|/newsletters/<int:number>/editions/"
)
"""Files, feeds and calls."""
ELSEWHERE = {
    "account/typed/": "test_drafts",
    **dict.fromkeys(
        (f"{P}action-points/", f"{P}action-points/<path:code>/", f"{P}action-points/<path:code>/move/"),
        "test_room_on_a_bad_line",
    ),
    f"{P}meetings/<str:code>/room/": "test_room_on_a_bad_line",
    "a/<str:secret>/": "test_without_scripts",
    f"{P}activities/<str:code>/deliverables/<int:key>/": "the form of deliverables/",
    f"{P}activities/<str:code>/files/<int:key>/": "the form of files/",
    f"{P}meetings/<str:code>/papers/<int:key>/": "the form of papers/",
    f"{P}people/<slug:key>/separate/<slug:former>/": "nobody was merged",
    f"{P}publications/<slug:name>/issuing/": "lasts as long as the making",
    f"{P}publications/<slug:name>/photos/<slug:slot>/": "no newsletter is in the making",
    f"{P}recommendations/returns/<int:key>/": "nothing waits",
    f"{P}imports/<int:number>/": "stays only as long as the file that was sent",
}
"""Pages that are looked at in another test, or that the demo has none of."""


def test_no_page_is_forgotten() -> None:
    """A new address fails here until a way to it stands above."""
    ends = [way for way in PUBLIC] + ["".join(_example(way)) for _role, way in WAYS]
    seen = {resolve(urlsplit(path).path).route for path in ends}
    pages = {path for path, page in PAGES.items() if page.get is not None and not NO_PAGES.search(path)}
    assert sorted(pages - seen - set(ELSEWHERE)) == []


def _example(way: tuple[str, ...]) -> str:
    """An address that looks like the last one of ``way``."""
    last = way[-1]
    if last.startswith("+"):
        return _example(way[:-1]) + last[1:]
    return last.replace(r"\d+", "1").replace("[^/]+", "x").replace("\\?", "?")


@pytest.mark.parametrize("paths", some(PUBLIC[:8], 4), ids=named)
def test_the_dark_theme_keeps_its_contrast(site: Site, paths: Sequence[str]) -> None:
    with site.visitor() as context:
        page = context.new_page()
        page.emulate_media(color_scheme="dark")
        found = [fault for path in paths for fault in faults(page, path, "en")]
    assert found == []


def test_a_page_prints_without_its_frame(site: Site) -> None:
    page = site.signed_in("PM")
    page.goto("/silk-bridge-1/")
    page.emulate_media(media="print")
    for gone in ("header.top", "#places", ".chooser"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".key-numbers")).to_be_visible()
    page.context.close()
