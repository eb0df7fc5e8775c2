"""Finding records by what people call them: codes, names in either language, short and earlier names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import pycountry
from babel import Locale

from pilotage.domain.activities.models import Series
from pilotage.domain.parties.models import Country, Institution, Place
from pilotage.domain.programme.models import Output, Phase
from pilotage.exchange.workbooks.headers import plain
from pilotage.kit.texts import Text

_RUSSIAN_COUNTRIES = {
    "kyrgyzskaya respublika": "KG", "kirgiziya": "KG", "kyrgyzstan": "KG", "respublika kazakhstan": "KZ",
    "respublika tadzhikistan": "TJ", "respublika uzbekistan": "UZ", "turkmeniya": "TM",
}  # fmt: skip


@dataclass
class Index:
    """Records of one kind by their names. A name that two records share finds neither."""

    found: dict[str, set[object]] = field(default_factory=dict)
    shown: dict[object, str] = field(default_factory=dict)

    def add(self, key: object, shown: str, names: Iterable[str]) -> None:
        """Makes ``key`` known under ``names``."""
        self.shown[key] = shown
        for name in names:
            if name and (folded := plain(name)):
                self.found.setdefault(folded, set()).add(key)

    def matches(self, text: str) -> set[object]:
        """The keys known under ``text``."""
        return self.found.get(plain(text), set())

    def closest(self, text: str) -> str:
        """The name of the record that is most like ``text``; empty where none is near."""
        near = difflib.get_close_matches(plain(text), list(self.found), n=1, cutoff=0.75)
        return self.shown[next(iter(self.found[near[0]]))] if near else ""


class Names:
    """What a workbook of one phase may name. Read once, then no query."""

    def __init__(self, phase: Phase) -> None:
        self.phase = phase

    @cached_property
    def countries(self) -> Index:
        """Countries of the register, by code, name and official name."""
        index = Index()
        for country in Country.objects.all():
            index.add(
                country.code, _shown(country.name), [country.code, *country.name.values(), *_official(country.code)]
            )
        for name, code in _RUSSIAN_COUNTRIES.items():
            if code in index.shown:
                index.found.setdefault(name, set()).add(code)
        return index

    @cached_property
    def country_headings(self) -> dict[str, str]:
        """Plain names and codes of countries, for headings that name one."""
        return {name: str(next(iter(keys))) for name, keys in self.countries.found.items() if len(keys) == 1}

    @cached_property
    def institutions(self) -> Index:
        """Institutions by key, under their code, names, short names and earlier names."""
        index = Index()
        for institution in Institution.objects.prefetch_related("earlier_names"):
            earlier = [name for former in institution.earlier_names.all() for name in former.name.values()]
            index.add(
                institution.pk,
                _shown(institution.name),
                [institution.code, *institution.name.values(), *institution.short_name.values(), *earlier],
            )
            self.institution_codes[institution.pk] = institution.code
        return index

    @cached_property
    def institution_codes(self) -> dict[int, str]:
        """Code of each institution by its key, filled as the institutions are read."""
        return {}

    @cached_property
    def places(self) -> Index:
        """Places by key, under their code and present and earlier names."""
        index = Index()
        for place in Place.objects.prefetch_related("earlier_names"):
            earlier = [name for former in place.earlier_names.all() for name in former.name.values()]
            index.add(place.pk, _shown(place.name), [place.code, *place.name.values(), *earlier])
            self.place_countries[place.pk] = place.country_id
        return index

    @cached_property
    def place_countries(self) -> dict[int, str]:
        """Country of each place by its key, filled as the places are read."""
        return {}

    @cached_property
    def components(self) -> Index:
        """Components of the phase by key, under number and titles."""
        index = Index()
        for component in self.phase.components.all():
            titles = [*component.title.values(), *component.short_title.values()]
            names = [component.number, *titles]
            for word in ("component", "компонент", "c", "к"):
                names.append(f"{word} {component.number}")
            names += [f"{component.number} {title}" for title in titles]
            index.add(component.pk, f"{component.number}. {_shown(component.title)}", names)
        return index

    @cached_property
    def outputs(self) -> Index:
        """Outputs of the phase by key, under code and title."""
        index = Index()
        for output in Output.objects.filter(component__phase=self.phase):
            titles = output.title.values()
            names = [output.code, *titles, *(f"{output.code} {title}" for title in titles)]
            index.add(output.pk, f"{output.code} {_shown(output.title)}", names)
        return index

    @cached_property
    def series(self) -> Index:
        """Series of the phase by key, under code and title."""
        index = Index()
        for series in Series.objects.filter(phase=self.phase):
            index.add(series.pk, series.code, [series.code, *series.title.values()])
        return index


def parts(text: str) -> list[str]:
    """A cell split at semicolons and line ends."""
    return [part.strip() for part in re.split(r"[;\n\r]+", text) if part.strip()]


def pieces(text: str, index: Index) -> list[str]:
    """The entries of a list cell: split at semicolons and line ends, at commas only where the whole is not a name."""
    split: list[str] = []
    for part in parts(text):
        split += [part] if index.matches(part) else [piece.strip() for piece in part.split(",") if piece.strip()]
    return split


@lru_cache(maxsize=512)
def _official(code: str) -> tuple[str, ...]:
    known = pycountry.countries.get(alpha_2=code)
    if known is None:
        return ()
    names = (known.name, getattr(known, "official_name", ""), getattr(known, "common_name", ""), known.alpha_3)
    said = (Locale(language).territories.get(code, "") for language in ("en", "ru"))
    return tuple(name for name in (*names, *said) if name)


def _shown(text: Text) -> str:
    return text.get("en") or text.get("ru") or ""
