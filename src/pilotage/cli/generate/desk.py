"""What lies with the agencies today: sheets that were given out and not returned yet, and personal links."""

from __future__ import annotations

from django.utils import timezone

from pilotage.cli.generate.bodies import Bodies
from pilotage.cli.generate.telling import GENERATOR, Telling
from pilotage.cli.generate.words import COUNTRIES
from pilotage.domain.recommendations.links import issue_link
from pilotage.domain.recommendations.words import Channel
from pilotage.exchange.answers.giving import give_out
from pilotage.exchange.answers.items import open_counts

SHEETS = (("customs", Channel.WORKBOOK), ("migration", Channel.WORD_FORM), ("veterinary", Channel.PAPER))
LINKED = "border"


def give_out_today(telling: Telling, bodies: Bodies) -> None:
    """Gives out sheets in the country that meets next, and a link to the border service of each.

    Only in a programme that is told from today: sheets and links are of the day on which they are made, and the secrets
    in them are new each time.
    """
    today = telling.size.today
    if today != timezone.localdate():
        return
    phase, services = telling.world.phase, telling.world.services
    waiting = open_counts(phase)
    with telling.on(today, 23):
        for kind, channel in SHEETS:
            service = services["KG", kind]
            if waiting.get(service.pk):
                give_out(by=GENERATOR, phase=phase, institution=service, channel=channel)
        for code in COUNTRIES:
            issue_link(by=GENERATOR, contact=bodies.contacts[services[code, LINKED].pk])
