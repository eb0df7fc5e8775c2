"""The register of publications: newsletters, packs, minutes and plans, drafts among them for those who work on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pilotage.documents.access import works_on_publications
from pilotage.documents.kinds.registry import KINDS
from pilotage.documents.models import Publication, PublicationState
from pilotage.documents.titles import publication_title
from pilotage.web.publications.addresses import address_of
from pilotage.web.registers import ChoiceFilter, Column, Reading, Register
from pilotage.web.registers.filters import Choices


def page_of(publication: Publication, reading: Reading) -> str:
    """The desk for those who work on it, the published page for everybody else."""
    publication.phase = reading.phase
    if works_on_publications(reading.viewer, reading.phase):
        return reverse("publications:overview", args=[reading.phase.code, publication.address])
    return address_of(publication)


def with_texts(rows: QuerySet, reading: Reading) -> QuerySet:
    """Counts the texts of the editors, in all languages."""
    return rows.annotate(of_texts=Count("texts", distinct=True))


def with_editions(rows: QuerySet, reading: Reading) -> QuerySet:
    """Counts the editions."""
    return rows.annotate(of_editions=Count("editions", distinct=True))


COLUMNS = (
    Column("document", _("Document"), lambda one, reading: publication_title(one, reading.language), link=page_of,
           heading=True),
    Column("kind", _("Kind of document"), lambda one, reading: str(KINDS[one.kind].label), sort="kind", shown=False),
    Column("as_of", _("Figures as of"), lambda one, reading: one.as_of, "day", sort="as_of"),
    Column("state", _("State"), lambda one, reading: str(one.get_state_display()), sort="state"),
    Column("texts", _("Texts"), lambda one, reading: one.of_texts, "number", sort="of_texts", prepare=with_texts),
    Column("editions", _("Editions"), lambda one, reading: one.of_editions, "number", sort="of_editions",
           prepare=with_editions),
)  # fmt: skip


def years(reading: Reading) -> Choices:
    """The years whose figures publications hold."""
    days = Publication.objects.filter(phase=reading.phase).order_by("-as_of").values_list("as_of", flat=True)
    return [(str(year), str(year)) for year in dict.fromkeys(day.year for day in days)]


def by_year(rows: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
    """Whose figures are of a day of any of the years."""
    days = [(date(int(year), 1, 1), date(int(year), 12, 31)) for year in values]
    return rows.filter(Q(*(Q(as_of__range=span) for span in days), _connector=Q.OR))


FILTERS = (
    ChoiceFilter("kind", _("Kind of document"),
                 choices=lambda reading: [(name, str(kind.label)) for name, kind in KINDS.items()],
                 by=lambda rows, values, reading: rows.filter(kind__in=values)),
    ChoiceFilter("state", _("State"),
                 choices=lambda reading: [(code, str(label)) for code, label in PublicationState.choices],
                 by=lambda rows, values, reading: rows.filter(state__in=values)),
    ChoiceFilter("year", _("Year of the figures"), choices=years, by=by_year),
)  # fmt: skip

PUBLICATIONS = Register(
    name="publications",
    columns=COLUMNS,
    counted=lambda number: ngettext("%(number)d publication", "%(number)d publications", number) % {"number": number},
    empty=_("No issue yet."),
    filters=FILTERS,
    order="-as_of",
    search=None,
    prepare=lambda rows, reading: rows.select_related("meeting__body", "meeting__country", "work_plan__country"),
)
