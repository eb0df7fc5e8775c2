"""Where the packs and the printed minutes of a meeting are."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from pilotage.documents.access import OUT, can_edit_publications, visible_publications, works_on_publications
from pilotage.documents.kinds.registry import kind_of
from pilotage.documents.titles import publication_title
from pilotage.domain.steering.models import Meeting
from pilotage.web.pages import PageRequest
from pilotage.web.publications.addresses import address_of, desk_of


@dataclass(frozen=True, slots=True)
class Printed:
    """One document about a meeting."""

    label: str
    address: str
    short: str
    """Without the meeting's title, where that stands beside it."""


def packs_of(request: PageRequest, meeting: Meeting) -> list[Printed]:
    """The documents about the meeting that the viewer may open; for those who make them, also where they are made."""
    phase = meeting.phase
    language = (get_language() or "en")[:2]
    works_here = works_on_publications(request.viewer, phase)
    found = []
    for publication in (
        visible_publications(request.viewer, phase)
        .filter(meeting=meeting)
        .select_related("meeting__body")
        .order_by("kind")
    ):
        publication.phase = phase
        title = publication_title(publication, language)
        kind = capfirst(str(kind_of(publication).label))
        if publication.state in OUT:
            found.append(Printed(title, address_of(publication), kind))
        elif works_here:
            state = publication.get_state_display()
            said, short = (_("%(title)s (%(state)s)") % {"title": one, "state": state} for one in (title, kind))
            found.append(Printed(said, desk_of(publication), short))
    if can_edit_publications(request.viewer, phase):
        found.append(
            Printed(
                _("Make pack or minutes"),
                reverse("publications:of_meeting", args=[phase.code, meeting.code]),
                pgettext("documents of a meeting", "Make"),
            )
        )
    return found
