"""The texts and photos of a publication in one language, ready for a kind's gatherer."""

from __future__ import annotations

from dataclasses import dataclass, field

from pilotage.documents.kinds.newsletter.content import Fallback, Photo, Wording
from pilotage.documents.models import Publication
from pilotage.documents.pictures import keep_photo
from pilotage.documents.prose import Passage, passage
from pilotage.documents.slots import Written, take_apart
from pilotage.kit.texts import FALLBACK, wording, wording_and_language


@dataclass(frozen=True)
class SlotWords:
    """The text of one slot, in the language that it is really in."""

    written: Written
    language: str
    wanted: str
    """The language of the document."""

    def worded(self, text: str) -> Wording:
        """A part of it, marked where it is in another language than the document."""
        if not text or self.language == self.wanted:
            return text
        return Fallback(text=text, language=self.language)

    @property
    def body(self) -> Passage | None:
        """What is left when title, lead, pull quote and signature are taken out; None for nothing."""
        return passage(self.written.body, self.language) if self.written.body.strip() else None


@dataclass(frozen=True)
class Texts:
    """All texts and photos in one language; a text that is missing in it appears in another and says so."""

    language: str
    slots: dict[str, SlotWords]
    photos: dict[str, Photo]
    pictures: dict[str, str] = field(default_factory=dict)
    """References of the photos by the name under which pages ask for them."""

    def get(self, slot: str) -> SlotWords | None:
        """The text of a slot; None where nothing is written."""
        return self.slots.get(slot)


def gathered_texts(publication: Publication, language: str) -> Texts:
    """Reads them."""
    written: dict[str, dict[str, str]] = {}
    for text in publication.texts.all():
        if text.markdown.strip():
            written.setdefault(text.slot, {})[text.language] = text.markdown
    photos: dict[str, Photo] = {}
    pictures: dict[str, str] = {}
    for chosen in publication.photos.select_related("photo").order_by("slot"):
        reference = keep_photo(chosen.photo)
        name = f"photo-{chosen.slot}.{reference.rsplit('.', 1)[1]}"
        pictures[name] = reference
        caption = worded(chosen.caption, language)
        photos[chosen.slot] = {
            "image": name,
            "alt": wording(chosen.photo.alternative_text, language),
            "caption": _credited(caption, chosen.photo.credit, language),
        }
    return Texts(
        language=language,
        slots={slot: _words(texts, language) for slot, texts in sorted(written.items())},
        photos=photos,
        pictures=pictures,
    )


def worded(text: dict[str, str], language: str) -> Wording:
    """A translated text as wording: marked where it is a fallback."""
    found, real = wording_and_language(text, language)
    return found if real == language or not found else Fallback(text=found, language=real)


def _words(texts: dict[str, str], language: str) -> SlotWords:
    real = next(code for code in (language, *FALLBACK, *texts) if code in texts)
    return SlotWords(take_apart(texts[real]), real, language)


def _credited(caption: Wording, credit: str, language: str) -> Wording:
    if not credit or not isinstance(caption, str):
        return caption
    said = f"Фото: {credit}" if language == "ru" else f"Photo: {credit}"
    return f"{caption} {said}".strip()
