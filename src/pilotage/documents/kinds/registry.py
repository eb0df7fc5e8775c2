"""The kinds of documents that can be made, by name: each is a folder beside this file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.documents.editions import Frozen
from pilotage.documents.kinds.minutes import gather as minutes_gather
from pilotage.documents.kinds.national_pack import gather as national_gather
from pilotage.documents.kinds.newsletter import checks as newsletter_checks
from pilotage.documents.kinds.newsletter import gather as newsletter_gather
from pilotage.documents.kinds.newsletter import slots as newsletter_slots
from pilotage.documents.kinds.regional_pack import gather as regional_gather
from pilotage.documents.kinds.work_plan import checks as plan_checks
from pilotage.documents.kinds.work_plan import gather as plan_gather
from pilotage.documents.kinds.work_plan import slots as plan_slots
from pilotage.documents.models import Publication
from pilotage.documents.slots import Slot
from pilotage.documents.steering import checks as steering_checks
from pilotage.documents.steering import head as steering_head
from pilotage.documents.steering import slots as steering_slots
from pilotage.domain.programme.models import Phase
from pilotage.kit.problems import Problem
from pilotage.kit.texts import Text


class Gather(Protocol):
    """Makes the frozen content of a publication from the records."""

    def __call__(
        self, publication: Publication, *, cut_off: datetime | None = None, correction: Text | None = None
    ) -> Frozen: ...


class RenderWord(Protocol):
    """Writes the Word file of a content."""

    def __call__(self, content: Any, *, language: str, images: Mapping[str, bytes]) -> bytes: ...


def _word_of(kind: str) -> RenderWord:
    """The kind's writer of Word files, read when the first is written: python-docx takes 17 MB of each server process."""

    def render(content: Any, *, language: str, images: Mapping[str, bytes]) -> bytes:
        module = import_module(f"pilotage.documents.kinds.{kind}.word")
        written: bytes = module.render_docx(content, language=language, images=images)
        return written

    return render


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document."""

    name: str
    label: Promise
    slots: Callable[[Phase], list[Slot]]
    gather: Gather
    checks: Callable[[Publication, Frozen], list[Problem]]
    """The kind's own checks, beside those of every publication."""
    mark_draft: Callable[[Mapping[str, Any], str], dict[str, Any]]
    """The content of one language, marked as a draft."""
    formats: tuple[str, ...] = ("pdf", "html", "docx")
    """What it can be rendered as: PDF for print and archive, one self-contained web page, Word, mail."""
    kept: tuple[str, ...] = ("pdf", "docx")
    """Formats of which the bytes are kept at issue."""
    word: RenderWord | None = None
    """Writes the Word file of one language."""
    texts_required: bool = False
    """Nothing is issued before an editor has written something."""


NEWSLETTER = Kind(
    name="newsletter",
    label=_("newsletter"),
    slots=newsletter_slots.slots,
    gather=newsletter_gather.gather,
    checks=newsletter_checks.problems,
    mark_draft=newsletter_gather.mark_draft,
    formats=("pdf", "html", "mail"),
    kept=("pdf",),
    texts_required=True,
)
NATIONAL_PACK = Kind(
    name="national_pack",
    label=_("national steering pack"),
    slots=steering_slots.national_slots,
    gather=national_gather.gather,
    checks=steering_checks.pack_problems,
    mark_draft=steering_head.mark_draft,
    word=_word_of("national_pack"),
)
REGIONAL_PACK = Kind(
    name="regional_pack",
    label=_("regional steering pack"),
    slots=steering_slots.regional_slots,
    gather=regional_gather.gather,
    checks=steering_checks.pack_problems,
    mark_draft=steering_head.mark_draft,
    word=_word_of("regional_pack"),
)
MINUTES = Kind(
    name="minutes",
    label=_("minutes"),
    slots=steering_slots.minutes_slots,
    gather=minutes_gather.gather,
    checks=steering_checks.minutes_problems,
    mark_draft=steering_head.mark_draft,
    word=_word_of("minutes"),
)
WORK_PLAN = Kind(
    name="work_plan",
    label=_("annual work plan"),
    slots=plan_slots.slots,
    gather=plan_gather.gather,
    checks=plan_checks.problems,
    mark_draft=steering_head.mark_draft,
    word=_word_of("work_plan"),
)
KINDS = {kind.name: kind for kind in (NEWSLETTER, NATIONAL_PACK, REGIONAL_PACK, MINUTES, WORK_PLAN)}


def kind_of(publication: Publication) -> Kind:
    """The kind of a publication."""
    return KINDS[publication.kind]
