"""From records to publications: preview, rendering, issue.

Gathering and rendering come first, outside any transaction; freezing is one transaction at the end. Stopped anywhere
before, nothing of the issue is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.documents.access import require_step
from pilotage.documents.checks import CheckList, check_publication
from pilotage.documents.editions import Frozen, issue_edition, keep_rendering
from pilotage.documents.kinds.registry import KINDS, kind_of
from pilotage.documents.models import Edition, Issuing, Publication
from pilotage.documents.pictures import picture_bytes
from pilotage.documents.rendering.html import mail_html, standalone_html
from pilotage.documents.rendering.typst import render_pdf
from pilotage.documents.states import MAY_ISSUE
from pilotage.domain.membership.models import User
from pilotage.domain.membership.viewers import Viewer
from pilotage.kit.actors import Actor
from pilotage.kit.texts import Text

SILENT_AFTER = timedelta(minutes=3)
"""An issue that gave no sign of life for so long was stopped: another may begin."""
Stage = Issuing.Stage
Progress = Callable[[str], None]


class ChecksFailed(Exception):
    """The check list holds what must be mended or explained first."""

    def __init__(self, checks: CheckList) -> None:
        super().__init__("; ".join(finding.problem.text for finding in checks.blocking))
        self.checks = checks


class AlreadyUnderWay(Exception):
    """Somebody else is issuing the same publication just now."""

    def __init__(self, issuing: Issuing) -> None:
        super().__init__(str(issuing.asked_by))
        self.issuing = issuing


def draft_of(publication: Publication, correction: Text | None = None) -> Frozen:
    """The publication as it would be frozen now. Raises ProseRefused."""
    return kind_of(publication).gather(publication, correction=correction)


def checks_of(publication: Publication) -> CheckList:
    """The check list of the publication as it stands now."""
    return check_publication(publication, draft_of(publication))


def render_draft(publication: Publication, language: str, form: str, frozen: Frozen | None = None) -> bytes:
    """A rendering of a publication that is not issued, marked as a draft. Raises RenderingFailed, ProseRefused."""
    frozen = frozen or draft_of(publication)
    content = kind_of(publication).mark_draft(frozen.content[language], language)
    return _render(publication.kind, content, frozen.images[language], language, form)


def render(edition: Edition, language: str, form: str) -> bytes:
    """A rendering of an edition from what it froze; a kept file is given out as it was, byte for byte.

    Raises KeyError for a language that the edition does not have, RenderingFailed.
    """
    kept = edition.files.filter(language=language, format=form).first()
    if kept is not None:
        with kept.file.open("rb") as file:
            data: bytes = file.read()
        return data
    return render_again(edition, language, form)


def render_again(edition: Edition, language: str, form: str) -> bytes:
    """A rendering made anew from the frozen content: the same as the kept one while the template is the same."""
    return _render(edition.publication.kind, edition.content[language], edition.images[language], language, form)


def keep_files(*, by: Actor, edition: Edition, most: int | None = None) -> int:
    """Renders and keeps the files of an edition that was frozen without them, at most ``most``; returns how many.

    Each is kept as soon as it is made: stopped in between, the next call goes on from there. Raises RenderingFailed.
    """
    kept = set(edition.files.values_list("language", "format"))
    missing = [
        (language, form)
        for language in edition.content
        for form in kind_of(edition.publication).kept
        if (language, form) not in kept
    ][:most]
    for language, form in missing:
        data = render_again(edition, language, form)
        keep_rendering(by=by, edition=edition, language=language, form=form, data=data)
    return len(missing)


def rendered(kind: str, frozen: Frozen, language: str, form: str, *, draft: bool) -> bytes:
    """A rendering of frozen content that no edition holds yet. Raises KeyError, RenderingFailed."""
    content = frozen.content[language]
    if draft:
        content = KINDS[kind].mark_draft(content, language)
    return _render(kind, content, frozen.images[language], language, form)


def _render(kind: str, content: Mapping[str, Any], images: Mapping[str, str], language: str, form: str) -> bytes:
    if kind not in KINDS or form not in KINDS[kind].formats:
        raise KeyError(form)
    if form == "mail":
        return mail_html(kind, content, images, language).encode()
    if form == "html":
        return standalone_html(kind, content, images, language).encode()
    printed = {name: picture_bytes(data) for name, data in images.items() if not name.endswith("-screen.svg")}
    word = KINDS[kind].word
    if form == "docx" and word is not None:
        return word(content, language=language, images=printed)
    return render_pdf(kind, content, language=language, images=printed)


def issue(
    *,
    by: Actor,
    viewer: Viewer | None,
    publication: Publication,
    correction: Text | None = None,
    progress: Progress | None = None,
) -> Edition:
    """Gathers, checks, renders and freezes an edition; a further one is a correction.

    Raises NotAllowed, ChecksFailed, RenderingFailed, ProseRefused, ValidationError; nothing is kept then.
    """
    tell = progress or (lambda stage: None)
    if viewer is not None:
        require_step(viewer, publication, MAY_ISSUE)
    tell(Stage.GATHERING)
    frozen = draft_of(publication, correction)
    checks = check_publication(publication, frozen)
    if checks.blocking:
        raise ChecksFailed(checks)
    tell(Stage.RENDERING)
    renderings: dict[tuple[str, str], bytes] = {}
    for language in publication.phase.languages:
        for form in kind_of(publication).kept:
            renderings[language, form] = _render(
                publication.kind, frozen.content[language], frozen.images[language], language, form
            )
            tell(Stage.RENDERING)
    tell(Stage.FREEZING)
    return issue_edition(
        by=by, viewer=viewer, publication=publication, frozen=frozen, renderings=renderings, correction=correction
    )


# Issues under way


def begin_issuing(*, by: User, viewer: Viewer, publication: Publication, correction: Text | None = None) -> Issuing:
    """Notes that an issue begins; the caller puts it into the background.

    Raises NotAllowed, AlreadyUnderWay, and ValidationError where the publication cannot be issued from its state.
    """
    require_step(viewer, publication, MAY_ISSUE)
    now = timezone.now()
    under_way = under_way_of(publication)
    if under_way is not None:
        raise AlreadyUnderWay(under_way)
    Issuing.objects.filter(publication=publication, open=True).update(
        open=None, stage=Stage.FAILED, message=_("The work was stopped before it was done. Nothing of it was kept.")
    )
    try:
        with transaction.atomic():
            return Issuing.objects.create(
                publication=publication, asked_by=by, correction=correction or {}, begun_at=now, heard_at=now
            )
    except IntegrityError:
        raise AlreadyUnderWay(Issuing.objects.filter(publication=publication, open=True).get()) from None


def under_way_of(publication: Publication) -> Issuing | None:
    """The issue that is being made; None where there is none, or where it fell silent."""
    return (
        Issuing.objects.filter(publication=publication, open=True, heard_at__gt=timezone.now() - SILENT_AFTER)
        .select_related("asked_by")
        .first()
    )


def carry_out(issuing: Issuing) -> Edition | None:
    """Makes the issue that was begun; what goes wrong is said in the note for the person who asked."""

    def tell(stage: str) -> None:
        _note(issuing, stage=stage)

    try:
        edition = issue(
            by=issuing.asked_by,
            viewer=Viewer.of(issuing.asked_by),
            publication=issuing.publication,
            correction=issuing.correction or None,
            progress=tell,
        )
    except ChecksFailed as failed:
        _note(
            issuing, stage=Stage.FAILED, open=None, message=_sentences(f.problem.text for f in failed.checks.blocking)
        )
    except ValidationError as refused:
        _note(issuing, stage=Stage.FAILED, open=None, message=_sentences(refused.messages))
    except Exception as error:
        _note(issuing, stage=Stage.FAILED, open=None, message=getattr(error, "reason", "") or str(error))
        raise
    else:
        _note(issuing, stage=Stage.DONE, open=None)
        return edition
    return None


def _sentences(messages: Any) -> str:
    return "\n".join(messages)


def _note(issuing: Issuing, **values: Any) -> None:
    Issuing.objects.filter(pk=issuing.pk).update(heard_at=timezone.now(), **values)


def languages_of(publication: Publication) -> Sequence[str]:
    """The languages of a publication's phase."""
    languages: list[str] = publication.phase.languages
    return languages
