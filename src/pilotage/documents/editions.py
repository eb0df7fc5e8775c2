"""Editions: freezing what was gathered, issuing it with its renderings, keeping further ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from pilotage import __version__
from pilotage.documents.access import require_step
from pilotage.documents.models import (
    Edition,
    EditionFile,
    Publication,
    PublicationState,
)
from pilotage.documents.operations import day_of_operation, record_move
from pilotage.documents.states import MAY_ISSUE, PATHS, ready_to_issue
from pilotage.domain.membership.viewers import Viewer
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.texts import Text


@dataclass(frozen=True)
class Frozen:
    """What gathering made: all that an edition's renderings will ever read, as primitives."""

    content: dict[str, Any]
    figures: dict[str, Any]
    images: dict[str, dict[str, str]]
    cut_off: datetime

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of content, figures and images."""
        parts = {"content": self.content, "figures": self.figures, "images": self.images}
        written = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()


def issue_edition(
    *,
    by: Actor,
    viewer: Viewer | None,
    publication: Publication,
    frozen: Frozen,
    renderings: Mapping[tuple[str, str], bytes],
    correction: Text | None = None,
    issued_on: date | None = None,
) -> Edition:
    """Freezes an edition with its renderings, by (language, format), made beforehand outside any transaction.

    The first edition needs the clearances of its kind (``states.PATHS``); a further one is a correction and lists what
    changed. Raises NotAllowed or ValidationError; nothing is kept then.
    """
    if viewer is not None:
        require_step(viewer, publication, MAY_ISSUE)
    with operation("issue edition", by=by):
        locked = Publication.objects.select_for_update().get(pk=publication.pk)
        number = locked.editions.count() + 1
        _require_issuable(locked, number, correction)
        edition = Edition(
            publication=locked,
            number=number,
            content=frozen.content,
            figures=frozen.figures,
            images=frozen.images,
            as_of=locked.as_of,
            cut_off=frozen.cut_off,
            code_version=__version__,
            digest=frozen.digest,
            correction=correction or {},
            issued_on=issued_on or day_of_operation(),
        )
        edition.full_clean()
        edition.save()
        for (language, form), data in renderings.items():
            _keep_rendering(edition, language, form, data)
        state = PublicationState.PUBLISHED if number == 1 else PublicationState.CORRECTED
        record_move(by, locked, "issue" if number == 1 else "correct", state)
        return edition


def _require_issuable(publication: Publication, number: int, correction: Text | None) -> None:
    if number == 1 and not ready_to_issue(publication):
        if PublicationState.CLEARED_EUD in PATHS[publication.kind]:
            raise ValidationError(_("The issue is not cleared by the Delegation yet."))
        raise ValidationError(_("The document is not cleared by the programme manager yet."))
    if number > 1:
        if publication.state not in {PublicationState.PUBLISHED, PublicationState.CORRECTED}:
            raise ValidationError(_("Only a published issue can be corrected."))
        if not all((correction or {}).get(language) for language in publication.phase.languages):
            raise ValidationError({"correction": _("Say in every language what is corrected.")})


def file_name(publication: Publication) -> str:
    """How files of a publication are called, without edition, language and ending."""
    return f"{publication.phase.code}-{publication.kind.replace('_', '-')}-{publication.number}"


def keep_rendering(*, by: Actor, edition: Edition, language: str, form: str, data: bytes) -> EditionFile:
    """Keeps a rendering of an edition that was frozen without it; one that is kept already stays as it is."""
    with operation("keep rendering", by=by):
        kept: EditionFile | None = edition.files.filter(language=language, format=form).first()
        return kept or _keep_rendering(edition, language, form, data)


def _keep_rendering(edition: Edition, language: str, form: str, data: bytes) -> EditionFile:
    digest = hashlib.sha256(data).hexdigest()
    publication = edition.publication
    name = f"{file_name(publication)}-{edition.number}-{language}.{form}"
    kept = EditionFile(edition=edition, language=language, format=form, digest=digest)
    _clear_leftover(kept, name)
    kept.file.save(name, ContentFile(data), save=False)
    kept.save()
    return kept


def _clear_leftover(kept: EditionFile, name: str) -> None:
    """Removes the file of an issue that was stopped before its edition was kept."""
    field = EditionFile._meta.get_field("file")
    path = field.generate_filename(kept, name)
    if field.storage.exists(path) and not EditionFile.objects.filter(file=path).exists():
        field.storage.delete(path)


def require_viewer_may_issue(viewer: Viewer, publication: Publication) -> None:
    """Raises NotAllowed where the viewer may not issue; asked before the slow work of gathering and rendering."""
    require_step(viewer, publication, MAY_ISSUE)
