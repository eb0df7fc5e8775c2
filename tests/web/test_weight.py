"""Pages are light and clean: bytes as they travel, no inline script or style, a policy that forbids them."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

import pilotage
from tests.browse import signed_in
from tests.records import SmallProgramme, small_programme
from tests.web.test_overview import fill

WEB = Path(pilotage.__file__).parent / "web"
STATIC = WEB / "static"
PUBLIC = ("/", "/account/login/", "/trial-1/", "/trial-1/programme/", "/trial-1/calendar/", "/trial-1/activities/")
FIRST_LOAD = 60 * 1024
"""The dashboard with its charts and map is among them."""
NEXT_PAGE = 15 * 1024
HANDLER = r"\son(?:click|change|load|submit|input|focus|blur|error|key\w+|mouse\w+)\s*="


def travelling(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def test_no_template_has_inline_script_or_style() -> None:
    for path in WEB.rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        if "mail" in path.name or "mail" in path.parts:
            continue
        assert not re.search(r"<style\b", text), path
        assert not re.search(r"\sstyle\s*=", text), path
        assert not re.search(HANDLER, text), path
        for tag in re.findall(r"<script\b[^>]*>", text):
            assert "src=" in tag, path


@pytest.mark.django_db
def test_the_policy_stands_on_every_page(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert client.get("/")["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_first_load_is_light(client: Client, language: str) -> None:
    programme = small_programme()
    fill(programme, 25)
    for address in PUBLIC:
        page = client.get(f"{address}?lang={language}").content.decode()
        html = travelling(page.encode())
        linked = sum(weight(path) for path in re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', page))
        fonts = sum(font.stat().st_size for font in fonts_of(page, language))
        assert html + linked + fonts <= FIRST_LOAD, (address, html, linked, fonts)
        if address != "/trial-1/":
            assert html <= NEXT_PAGE, address


@pytest.mark.django_db
def test_the_next_pages_of_somebody_at_work_are_light() -> None:
    programme: SmallProgramme = small_programme()
    user, _viewer = programme.user("PM")
    fill(programme, 60)
    for address in ("/", "/trial-1/settings/", "/trial-1/changes/", "/trial-1/timeline/", "/trial-1/settings/phase/"):
        assert travelling(signed_in(user).get(address).content) <= NEXT_PAGE, address


def weight(path: str) -> int:
    """A file without the hash in its name, as it travels."""
    plain = re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", path)
    return travelling((STATIC / plain).read_bytes()) if (STATIC / plain).exists() else 0


def fonts_of(page: str, language: str) -> list[Path]:
    """The parts that a browser asks for: each face that is used, with the letters that the page shows."""
    faces = ["sans-regular", "sans-semibold"]
    if 'class="reading"' in page:
        faces.append("serif-semibold")
    letters = ["latin", "cyrillic"] if language == "ru" else ["latin"]
    return [STATIC / "fonts" / f"{face}-{part}.woff2" for face in faces for part in letters]
