"""What is said beside a figure that its total itself tells: sex not stated, how much the register covers."""

from __future__ import annotations

from pilotage.figures.languages import LANGUAGES, sentence
from pilotage.figures.measures import Measure, OfSex, Parts, ShareOfWomen
from pilotage.figures.table import Gap
from pilotage.kit.numbers import share, written
from pilotage.kit.texts import Text

SEX_NOT_STATED = {
    "en": ("The sex of {n} participant is not stated.", "The sex of {n} participants is not stated."),
    "ru": (
        "Пол {n} участника не указан.",
        "Пол {n} участников не указан.",
        "Пол {n} участников не указан.",
    ),
}
OTHER_SEX = {
    "en": ("{n} participant is neither.", "{n} participants are neither."),
    "ru": ("Ещё {n} участник указал иное.", "Ещё {n} участника указали иное.", "Ещё {n} участников указали иное."),
}
COVERED: Text = {
    "en": "The register covers {registered} of {all} participations ({share}).",
    "ru": "Реестр охватывает {registered} из {all} участий ({share}).",
}
NOT_COVERED: Text = {
    "en": "How much of all participations the register covers is not known.",
    "ru": "Какую часть всех участий охватывает реестр, неизвестно.",
}


def beside(measure: Measure, total: Parts, threshold: int) -> list[Gap]:
    """Participants whom figures of one sex leave out. A small number of "other" is withheld."""
    if not isinstance(measure, OfSex | ShareOfWomen):
        return []
    gaps = []
    if total["unstated"]:
        gaps.append(Gap("sex_not_stated", total["unstated"], sentence(total["unstated"], SEX_NOT_STATED)))
    if total["other"] and total["other"] >= threshold:
        gaps.append(Gap("other_sex", total["other"], sentence(total["other"], OTHER_SEX)))
    return gaps


def coverage(registered: int, participations: int, threshold: int) -> list[Gap]:
    """How much of all participations the register of persons knows; nothing where the number would be too small."""
    if not participations:
        return [Gap("coverage", registered, NOT_COVERED)] if registered >= max(threshold, 1) else []
    if 0 < registered < threshold or 0 < participations < threshold:
        return []
    said = {
        language: COVERED[language].format(
            registered=written(registered, language),
            all=written(participations, language),
            share=share(registered, participations, language),
        )
        for language in LANGUAGES
    }
    return [Gap("coverage", registered, said)]
