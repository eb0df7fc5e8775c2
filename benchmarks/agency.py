"""The agency's page behind a personal link: bytes of the first load, and requests to answer three items.

    python -m benchmarks.agency

Demanded: at most 20 KB first load with everything that the page needs, three requests for three answers, no script.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request

from benchmarks.bytes import KILO, fetch, first_visit
from benchmarks.server import demo_server

FIRST = 20 * KILO
ITEMS = 3


def link_in(folder: str) -> str:
    """A personal link of the agency with the most open items in the demo of ``folder``; runs in a process of its own."""
    environment = {**os.environ, "PILOTAGE_DATA": folder, "DJANGO_SETTINGS_MODULE": "pilotage.config.settings"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "benchmarks.agency", "--link"]
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout.split()[-1]


def make_link() -> str:
    """Issues it."""
    import django

    django.setup()
    from pilotage.domain.recommendations.links import issue_link
    from pilotage.domain.recommendations.models import AgencyContact
    from pilotage.exchange.answers.items import open_counts
    from pilotage.kit.actors import SystemActor

    counts = {
        phase: open_counts(phase) for phase in {one.phase for one in AgencyContact.objects.select_related("phase")}
    }
    contacts = AgencyContact.objects.filter(active=True).select_related("phase", "institution")
    busiest = max(contacts, key=lambda one: counts[one.phase].get(one.institution_id, 0))
    return issue_link(by=SystemActor("benchmark"), contact=busiest)[1]


def answers(page: str) -> list[dict[str, str]]:
    """The forms of the page that wait for an answer in words alone, filled in as a person would."""
    found = []
    for form in re.findall(r"<form.*?</form>", page, flags=re.S):
        hidden = dict(re.findall(r'name="(item|version)" value="([^"]*)"', form))
        steps = re.findall(r'name="answer" value="([^"]*)"', form)
        wanted = next((step for step in ("consider", "accept", "start", "ap_start") if step in steps), "")
        if hidden.get("item") and wanted:
            found.append({**hidden, "answer": wanted, "words": "Measured"})
    return found


def main() -> int:
    """Measures and prints."""
    if sys.argv[1:] == ["--link"]:
        print(make_link())
        return 0
    good = True
    with demo_server() as server:
        address = f"{server.address}/a/{link_in(str(server.folder))}/"
        sent, elsewhere = first_visit(address)
        page = fetch(address)[1]
        good &= sent <= FIRST and not elsewhere and "<script" not in page
        print(
            f"{'first load, everything':44} {sent / KILO:6.1f} KB   ratio {sent / FIRST:4.2f} of {FIRST / KILO:.0f} KB"
        )
        print(f"{'scripts':44} {page.count('<script'):6}")
        asked = 0
        while asked < ITEMS and (waiting := answers(page)):
            form = urllib.parse.urlencode(waiting[0]).encode()
            asked += 1
            # The answer of the server is the next page: nothing else is asked for.
            with urllib.request.urlopen(
                urllib.request.Request(f"{address}?lang=en", data=form), timeout=30
            ) as response:
                page = response.read().decode()
            if "Recorded:" not in page:
                print("not recorded:", waiting[0])
                good = False
        good &= asked == ITEMS
        print(f"{'requests for three answers':44} {asked:6}      ratio {asked / ITEMS:4.2f} of {ITEMS}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
