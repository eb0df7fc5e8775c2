"""The check list before an issue (domain handbook, 9: Publication). E blocks; W needs a written reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.documents.editions import Frozen
from pilotage.documents.kinds.registry import kind_of
from pilotage.documents.models import Publication, SlotText, TextState
from pilotage.documents.slots import Slot, take_apart
from pilotage.domain.activities.models import Activity, ActivityFile, Person
from pilotage.domain.activities.words import Confidentiality
from pilotage.kit.printable import missing_characters
from pilotage.kit.problems import Problem
from pilotage.kit.texts import Text

SHORTEST_TELLING_TITLE = 25
"""A title of a closed activity that is shorter than this is too common a phrase to look for in texts."""
SHORTEST_NAME = 8


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with the reason that was written for it."""

    problem: Problem
    reason: Text

    @property
    def settled(self) -> bool:
        """True where it stands in the way of nothing."""
        return not self.problem.blocks and bool(self.reason)


@dataclass(frozen=True, slots=True)
class CheckList:
    """Everything that was looked at, and what was found."""

    findings: tuple[Finding, ...]
    passed: tuple[Promise | str, ...]
    """What was checked without a finding, in words."""

    @property
    def blocking(self) -> list[Finding]:
        """What must be mended or explained before the issue."""
        return [finding for finding in self.findings if not finding.settled]


CHECKED: dict[str, Promise] = {
    "language_missing": _("Every text is there in every language."),
    "text_stale": _("No translation is older than what it translates."),
    "text_unapproved": _("Every text is approved."),
    "nothing_written": _("Something is written."),
    "signature_missing": _("Signed texts bear name and office."),
    "statement_missing": _("The statement of funding is there, unaltered."),
    "emblem_missing": _("The emblem is there with its alternative text."),
    "disclaimer_missing": _("The disclaimer is there."),
    "alternative_missing": _("Every photo has alternative texts."),
    "consent_missing": _("The consent of everybody in the photos is recorded."),
    "photo_restricted": _("No photo is restricted."),
    "character_missing": _("The fonts have every character."),
    "figure_fell": _("No figure to date fell since the last issue."),
    "restricted": _("No restricted activity and no name of a participant is in the texts."),
    "number_differs": _("Every printed number is the frozen figure."),
    "number_in_text": _("Numbers of activities in the texts agree with the figures."),
}
"""What each code stands for when it was not found; the part of a code before the dot."""


def check_publication(publication: Publication, frozen: Frozen) -> CheckList:
    """Checks an issue as it would be frozen now."""
    kind = kind_of(publication)
    slots = {slot.name: slot for slot in kind.slots(publication.phase)}
    texts = [text for text in publication.texts.all() if text.markdown.strip()]
    found = [
        *(
            []
            if texts or not kind.texts_required
            else [Problem("nothing_written", "E", "", _("No text is written yet."))]
        ),
        *_texts(publication, slots, texts),
        *_photos(publication),
        *_restricted(publication, texts),
        *kind.checks(publication, frozen),
    ]
    reasons = {explained.code: explained.reason for explained in publication.explanations.all()}
    seen = {problem.code.split(".")[0] for problem in found}
    return CheckList(
        findings=tuple(Finding(problem, reasons.get(problem.code, {})) for problem in found),
        passed=tuple(words for code, words in CHECKED.items() if code not in seen),
    )


def is_stale(text: SlotText, others: list[SlotText]) -> bool:
    """True where ``text`` follows a wording of another language that has changed since."""
    return bool(text.source_digest) and text.source_digest not in {
        other.digest for other in others if other.slot == text.slot and other.language != text.language
    }


def _texts(publication: Publication, slots: dict[str, Slot], texts: list[SlotText]) -> Iterator[Problem]:
    languages = publication.phase.languages
    by_slot: dict[str, dict[str, SlotText]] = {}
    for text in texts:
        by_slot.setdefault(text.slot, {})[text.language] = text
    for name, written in by_slot.items():
        slot = slots.get(name)
        for language in languages:
            if language not in written:
                yield Problem(
                    f"language_missing.{name}.{language}",
                    "E",
                    name,
                    _("The text is missing in the language “%(language)s”."),
                    {"language": language},
                )
        for language, text in written.items():
            said = {"language": language}
            if is_stale(text, list(written.values())):
                yield Problem(
                    f"text_stale.{name}.{language}",
                    "E",
                    name,
                    _("The text it translates was changed since: bring it in line (%(language)s)."),
                    said,
                )
            if text.state != TextState.APPROVED:
                yield Problem(
                    f"text_unapproved.{name}.{language}", "E", name, _("The text is not approved (%(language)s)."), said
                )
            parts = take_apart(text.markdown)
            if slot and slot.signed and not (parts.name and parts.role):
                yield Problem(
                    f"signature_missing.{name}.{language}",
                    "E",
                    name,
                    _("The text speaks for a person: end it with “— Name” and the office below (%(language)s)."),
                    said,
                )
            missing = missing_characters(text.markdown)
            if missing:
                yield Problem(
                    f"character_missing.{name}.{language}",
                    "E",
                    name,
                    _("Characters that cannot be printed (%(language)s): %(characters)s"),
                    {"language": language, "characters": " ".join(missing[:8])},
                )


def _photos(publication: Publication) -> Iterator[Problem]:
    for chosen in publication.photos.select_related("photo__activity"):
        photo: ActivityFile = chosen.photo
        if photo.consent_on is None:
            yield Problem("consent_missing", "E", chosen.slot, _("The consent of the persons shown is not recorded."))
        if not all(photo.alternative_text.get(language) for language in publication.phase.languages):
            yield Problem(
                "alternative_missing", "E", chosen.slot, _("The photo needs an alternative text in every language.")
            )
        if Confidentiality.RESTRICTED in (photo.confidentiality, photo.activity.confidentiality):
            yield Problem("photo_restricted", "E", chosen.slot, _("The photo, or its activity, is restricted."))


def _restricted(publication: Publication, texts: list[SlotText]) -> Iterator[Problem]:
    """Titles and codes of activities that are not public, and names from the register of persons."""
    closed = Activity.objects.filter(phase=publication.phase).exclude(confidentiality=Confidentiality.PUBLIC)
    phrases: list[tuple[str, str]] = []
    for code, title in closed.values_list("code", "title"):
        phrases += [(phrase, "activity") for phrase in (code, *title.values()) if len(phrase) >= SHORTEST_TELLING_TITLE]
    codes = {code for code, _title in closed.values_list("code", "title")}
    names = {
        name
        for pair in Person.objects.filter(phase=publication.phase).values_list("name_signed", "name_latin")
        for name in pair
        if len(name) >= SHORTEST_NAME and " " in name
    }
    for text in texts:
        words = set(re.findall(r"[\w-]+", text.markdown))
        said = {"language": text.language}
        if codes & words or any(phrase in text.markdown for phrase, _what in phrases):
            yield Problem(
                f"restricted.{text.slot}.{text.language}",
                "E",
                text.slot,
                _("The text names an activity that is not public (%(language)s)."),
                said,
            )
        for name in sorted(name for name in names if name in text.markdown)[:3]:
            yield Problem(
                f"restricted.{text.slot}.{text.language}.person",
                "W",
                text.slot,
                _("The text names a participant, %(name)s: only with their agreement (%(language)s)."),
                {**said, "name": name},
            )
