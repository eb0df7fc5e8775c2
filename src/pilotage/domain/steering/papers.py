"""Papers of a meeting: files or links to documents, each with the day on which it was sent."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from pilotage.domain.activities.files import clean_content, tidy_name
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.steering.access import require_meeting_edit
from pilotage.domain.steering.models import Meeting, Paper
from pilotage.domain.steering.texts import require_printable_texts
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation


def add_paper(
    *,
    by: Actor,
    meeting: Meeting,
    values: Mapping[str, Any],
    file: BinaryIO | None = None,
    name: str = "",
    viewer: Viewer | None = None,
) -> Paper:
    """Adds a paper: a file (known by its content) or a link. Raises NotAllowed, ValidationError by field."""
    require_meeting_edit(viewer, meeting)
    paper = Paper(meeting=meeting, **values)
    stored = ""
    try:
        with operation("add paper", by=by):
            if file is not None:
                content, suffix = clean_content(file)
                paper.digest = hashlib.sha256(content).hexdigest()
                if Paper.objects.filter(meeting=meeting, digest=paper.digest).exists():
                    raise ValidationError({"file": _("This file is there already.")})
                paper.name = tidy_name(name, suffix)
                paper.file.save(f"{uuid.uuid4().hex}.{suffix}", ContentFile(content), save=False)
                stored = paper.file.name or ""
            _check(paper)
            paper.save()
    except BaseException:
        if stored:
            paper.file.storage.delete(stored)
        raise
    return paper


def edit_paper(*, by: Actor, paper: Paper, values: Mapping[str, Any], viewer: Viewer | None = None) -> Paper:
    """Changes title, link or sending date; the file stays as it is."""
    require_meeting_edit(viewer, paper.meeting)
    with operation("edit paper", by=by):
        for field, value in values.items():
            setattr(paper, field, value)
        _check(paper)
        paper.save()
        return paper


def remove_paper(*, by: Actor, paper: Paper, viewer: Viewer | None = None) -> None:
    """Takes away a paper that was not sent yet; one that was sent stays, as members have it."""
    require_meeting_edit(viewer, paper.meeting)
    if paper.sent_on is not None:
        raise ValidationError(_("The paper was sent: it stays. Add the corrected one beside it."))
    storage, stored = paper.file.storage, paper.file.name
    with operation("remove paper", by=by):
        paper.delete()
        if stored:
            transaction.on_commit(lambda: storage.delete(stored))


def _check(paper: Paper) -> None:
    if not paper.title:
        raise ValidationError({"title": _("Write the title in at least one language.")})
    if not paper.file and not paper.link:
        raise ValidationError({"file": _("Attach a file, or give the link to a document.")})
    parts = urlsplit(paper.link)
    if paper.link and not (parts.scheme in {"http", "https"} and parts.netloc) and not _is_own(paper.link):
        raise ValidationError({"link": _("A link begins with https:// or, within this site, with /.")})
    paper.full_clean(exclude=["file"])
    require_printable_texts(paper, "title")


def _is_own(link: str) -> bool:
    """An address of this site; "//other.example" would lead away."""
    return link.startswith("/") and not link.startswith(("//", "/\\"))
