"""Where publications are read and made."""

from __future__ import annotations

from django.urls import reverse

from pilotage.documents.models import Publication


def address_of(publication: Publication) -> str:
    """Where an issued publication is read."""
    code = publication.phase.code
    if publication.kind == "newsletter":
        return reverse("publications:newsletter", args=[code, publication.number])
    return reverse("publications:document", args=[code, publication.address])


def desk_of(publication: Publication) -> str:
    """Where it is made."""
    return reverse("publications:overview", args=[publication.phase.code, publication.address])
