"""Form fields for what the field's records hold: texts in two languages, partial dates, institutions by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pilotage.domain.programme.models import Component, Output
from pilotage.kit.partial_dates import normalise_partial_date
from pilotage.kit.printable import missing_characters
from pilotage.kit.search import fold
from pilotage.kit.texts import wording

LANGUAGES = (("en", _("in English")), ("ru", _("in Russian")))


class PartWidget(forms.Widget):
    """A widget whose look is one of our own templates."""

    template_name = part = ""
    template_name = ""
    """Django puts it into every widget's context; ``part`` is what is drawn."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The widget as HTML."""
        return mark_safe(render_to_string(self.part, self.get_context(name, value, attrs)))


class BothLanguages(PartWidget):
    """One text in English and Russian, side by side where there is room."""

    part = "parts/fields/both_languages.html"
    use_fieldset = True

    def __init__(self, long: bool = False, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.long = long

    def id_for_label(self, id_: str) -> str:
        """The first of the two fields."""
        return f"{id_}_en"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str] | None:
        """The text by language; None where neither was sent."""
        sent = {code: data.get(f"{name}_{code}") for code, _label in LANGUAGES}
        return (
            {code: text for code, text in sent.items() if text} if any(v is not None for v in sent.values()) else None
        )

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """True where neither language was sent."""
        return not any(f"{name}_{code}" in data for code, _label in LANGUAGES)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name, label and text for each language."""
        context = super().get_context(name, value, attrs)
        texts = value if isinstance(value, Mapping) else {}
        base = (attrs or {}).get("id", f"id_{name}")
        parts = [
            {
                "name": f"{name}_{code}",
                "id": f"{base}_{code}",
                "language": code,
                "label": label,
                "text": texts.get(code, ""),
            }
            for code, label in LANGUAGES
        ]
        return {**context, "parts": parts, "long": self.long, "attrs": attrs or {}}


class TranslatedFormField(forms.Field):
    """A text by language. ``required`` means that one language at least is there."""

    widget = BothLanguages

    def __init__(self, *, longest: int = 300, long: bool = False, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(widget=BothLanguages(long=long), **kwargs)

    def clean(self, value: Any) -> dict[str, str]:
        """The texts without spaces around them; too long ones and unprintable characters are named."""
        texts = {code: _tidy(text) for code, text in (value or {}).items()}
        texts = {code: text for code, text in texts.items() if text}
        if self.required and not texts:
            raise ValidationError(self.error_messages["required"], code="required")
        for text in texts.values():
            if len(text) > self.longest:
                raise ValidationError(
                    _("The text has %(length)d characters; at most %(longest)d are kept."),
                    code="too_long", params={"length": len(text), "longest": self.longest},
                )  # fmt: skip
            require_printable(text)
        return texts

    def has_changed(self, initial: Any, data: Any) -> bool:
        """True where any language differs."""
        return {k: v for k, v in (initial or {}).items() if v} != {k: v for k, v in (data or {}).items() if v}


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def require_printable(text: str) -> None:
    """Raises ValidationError where ``text`` holds what no publication could print."""
    missing = missing_characters(text)
    if missing:
        shown = " ".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in missing[:5])
        raise ValidationError(
            _("The text holds characters that cannot be printed: %(characters)s"),
            code="not_printable", params={"characters": shown},
        )  # fmt: skip


class PlainTextField(forms.CharField):
    """One line in one language, printable."""

    def clean(self, value: Any) -> str:
        """The text; unprintable characters are named."""
        text: str = super().clean(value)
        require_printable(text)
        return text


class PartialDateFormField(forms.CharField):
    """A date as well as it is known: 2023-06-20, 2023-06, 2023-Q2 or 2023."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 21)
        attrs = {"class": "short", "autocomplete": "off", "placeholder": "2023-06-20", "spellcheck": "false"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        """The written form; anything else is answered with what to write."""
        return normalise_partial_date(super().clean(value))


class RecordField(forms.ModelChoiceField):
    """A record of a short list, called by its title or name in the reader's language."""

    def __init__(self, model: type[models.Model], **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "—")
        super().__init__(queryset=model._default_manager.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Number or code where there is one, and the title or name."""
        language = (get_language() or "en").split("-")[0]
        words = wording(getattr(obj, "title", None) or getattr(obj, "name", None) or {}, language)
        if isinstance(obj, Output):
            return f"{obj.code} {words}"
        return f"{obj.number}. {words}" if isinstance(obj, Component) else words or str(obj)


class Named:
    """Records that are chosen by typing their name: key, name as shown, and other names that are understood."""

    def __init__(self, rows: Iterable[tuple[int, str, Sequence[str]]]) -> None:
        self.labels: dict[int, str] = {}
        self.known: dict[str, int | None] = {}
        for key, label, others in rows:
            self.labels[key] = label
            for name in {fold(label), *(fold(other) for other in others if other)}:
                # A name of two records says neither: the shown one, with the country, has to be chosen.
                self.known[name] = None if name in self.known and self.known[name] != key else key
        for key, label in self.labels.items():
            self.known[fold(label)] = key

    def find(self, typed: str) -> int | None:
        """The record that is called so, None where none or more than one is."""
        return self.known.get(fold(typed))


class NamedWidget(PartWidget):
    """A line to type a name in, with the known names offered; or several such lines."""

    part = "parts/fields/named.html"

    def __init__(self, listed: str, several: bool = False, spare: int = 2) -> None:
        super().__init__()
        self.listed, self.several, self.spare = listed, several, spare
        self.use_fieldset = several
        self.named = Named(())

    def id_for_label(self, id_: str) -> str:
        """The first line."""
        return f"{id_}_0" if self.several and id_ else id_

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was typed: one text, or a list of them."""
        if not self.several:
            return data.get(name)
        return data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The lines with what stands in them, and spare ones."""
        values = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
        texts = [self.named.labels.get(one, "") if isinstance(one, int) else (one or "") for one in values]
        texts = sorted(text for text in texts if text) + [""] * self.spare if self.several else texts[:1]
        return {
            **super().get_context(name, value, attrs),
            "lines": texts, "listed": self.listed, "several": self.several, "name": name,
            "attrs": self.build_attrs(self.attrs, attrs),
        }  # fmt: skip


class NamedField(forms.Field):
    """The key of a record chosen by name; ``bind`` gives it the names. ``several`` gives a frozenset of keys."""

    def __init__(self, *, listed: str, several: bool = False, unknown: Promise | str, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        self.unknown: Any = unknown
        super().__init__(widget=NamedWidget(listed, several), **kwargs)

    def bind(self, named: Named) -> None:
        """Gives the names to choose from."""
        self.widget.named = self.named = named  # type: ignore[attr-defined]

    def clean(self, value: Any) -> Any:
        """The key, or the keys; a name that is not known is said."""
        several = self.widget.several  # type: ignore[attr-defined]
        typed = [text for text in (value or [] if several else [value]) if text and text.strip()]
        keys = []
        for text in typed:
            key = self.named.find(text)
            if key is None:
                raise ValidationError(self.unknown, code="unknown", params={"value": text[:80]})
            keys.append(key)
        if self.required and not keys:
            raise ValidationError(self.error_messages["required"], code="required")
        return frozenset(keys) if several else (keys[0] if keys else None)
