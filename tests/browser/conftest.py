"""A real server on the demo's data and a real Chromium: what people click is tried as they click it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PASSWORD = "open-borders-2023"
PATIENCE = 15_000
"""Milliseconds after which a page that does not show what is expected is wrong; a busy machine takes its time."""
expect.set_options(timeout=PATIENCE)
WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=360, height=740)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker keeps the server and the browser; the other works on the rest meanwhile.

    First of all hooks: xdist reads the groups in a hook of its own.
    """
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed (Debian: apt-get install chromium)"))


@dataclass
class Site:
    """The running server and the browser that visits it."""

    address: str
    browser: Browser
    folder: Path
    known: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """The sessions of those who have signed in, by role."""

    def visitor(self, *, language: str = "en", narrow: bool = False, scripts: bool = True) -> BrowserContext:
        """A fresh visitor: no cookies, the browser set to ``language``."""
        context = self.browser.new_context(
            base_url=self.address,
            locale="ru-RU" if language == "ru" else "en-GB",
            viewport=NARROW if narrow else WIDE,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(PATIENCE)
        return context

    def signed_in(
        self, role: str, *, language: str = "en", narrow: bool = False, scripts: bool = True, anew: bool = False
    ) -> Page:
        """A page of the person who holds ``role`` in the demo, reading ``language``.

        Whoever signed in once is known again, unless ``anew``: for those who sign out.
        """
        context = self.visitor(language=language, narrow=narrow, scripts=scripts)
        page = context.new_page()
        context.add_cookies([] if anew else self.known.get(role, []))  # type: ignore[arg-type]
        # A test in which somebody signed out, or lost the session, has ended what was known.
        if context.request.get("/account/", max_redirects=0).status != 200:
            page.goto("/account/login/")
            sign_in(page, role)
        if not anew:
            self.known[role] = [dict(one) for one in context.cookies() if one["name"] == "sessionid"]
        context.add_cookies([{"name": "django_language", "value": language, "url": self.address}])
        return page


def sign_in(page: Page, role: str) -> None:
    """Fills the sign-in form that ``page`` shows."""
    page.fill("input[name=login][type=email]", f"{role.lower()}@demo.example")
    page.fill("input[name=password][type=password]", PASSWORD)
    page.locator("main form:has(input[type=password]) button").first.click()
    page.wait_for_url(lambda url: "/account/login" not in url)


@pytest.fixture(scope="package")
def site() -> Iterator[Site]:
    """The demo, loaded once and served on a free port.

    Ends with the last of these tests: where Playwright's loop runs, Django asks no database, and other tests could not
    follow in the same process.
    """
    folder = Path(tempfile.mkdtemp(prefix="pilotage-browser-"))
    environment = {**os.environ, "PILOTAGE_DATA": str(folder), "PILOTAGE_DEMO": "yes"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-W", "ignore", "-m", "pilotage.cli", "demo", "--port", "8300", "--rounds", "1"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            address = _address(folder / "server.log", server)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
                yield Site(address, browser, folder)
                browser.close()
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
            shutil.rmtree(folder, ignore_errors=True)


def _address(log: Path, server: subprocess.Popen[bytes]) -> str:
    """Where the server says that it is. Raises AssertionError with its output where it does not start."""
    for _attempt in range(1500):
        said = log.read_text()
        if "Pilotage is at " in said:
            address = said.split("Pilotage is at ", 1)[1].split()[0]
            urllib.request.urlopen(address, timeout=30).close()
            return address
        assert server.poll() is None, said
        time.sleep(0.2)
    raise AssertionError(log.read_text())
