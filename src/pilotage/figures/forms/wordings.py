"""The few words that forms add of their own, in English and Russian."""

from pilotage.kit.texts import Text

NOT_STATED: Text = {"en": "not stated", "ru": "не указано"}
NO_DATA: Text = {"en": "n/a", "ru": "н/д"}
SUPPRESSED: Text = {"en": "withheld", "ru": "скрыто"}
"""Not "<5": what is withheld beside a small number, so that nobody can subtract, may be large."""
TOTAL: Text = {"en": "Total", "ru": "Всего"}
OF: Text = {"en": "of", "ru": "из"}
AS_OF: Text = {"en": "As of", "ru": "По состоянию на"}
KNOWN_ON: Text = {"en": "As known on", "ru": "Как было известно на"}
FICTIONAL: Text = {"en": "Fictional data.", "ru": "Вымышленные данные."}
TIME_ELAPSED: Text = {"en": "Time elapsed", "ru": "Прошло времени"}
MONTH: Text = {"en": "month", "ru": "месяц"}
DATE_UNKNOWN: Text = {"en": "date not known", "ru": "дата неизвестна"}
WOMEN: Text = {"en": "{share} women", "ru": "женщин {share}"}
WOMEN_OF_STATED: Text = {"en": "* Of those whose sex is stated.", "ru": "* Среди тех, чей пол указан."}
SEX_MOSTLY_UNKNOWN: Text = {
    "en": "Where the sex of most is not stated, no share is given.",
    "ru": "Где пол большинства не указан, доля не приводится.",
}
SEX_WITHHELD: Text = {
    "en": "Grey bars: their numbers by sex are too small to be given.",
    "ru": "Серые полосы: числа по полу слишком малы и не приводятся.",
}
OUTSIDE_MAP: Text = {"en": "Outside the map", "ru": "Вне карты"}
SHARE_OF_WOMEN: Text = {"en": "share of women {share}", "ru": "доля женщин – {share}"}
SHARE_WHERE_STATED: Text = {
    "en": "{share} women where the sex is stated",
    "ru": "доля женщин среди указавших пол – {share}",
}
BEHIND_PLAN: Text = {"en": "{number} behind plan", "ru": "отставание: {number}"}
AHEAD_OF_PLAN: Text = {"en": "{number} ahead of plan", "ru": "опережение: {number}"}
ON_PLAN: Text = {"en": "on plan", "ru": "по плану"}
CROSSING_POINTS: Text = {"en": "border crossing points", "ru": "пункты пропуска"}
BORDERS: Text = {
    "en": "Outlines and names on this map imply no opinion on the legal status of any territory or border.",
    "ru": "Очертания и названия на карте не выражают какого-либо мнения о правовом статусе территорий или границ.",
}
MONTHS_SHORT: dict[str, tuple[str, ...]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "ru": ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
}
QUARTERS_SHORT: dict[str, tuple[str, ...]] = {
    "en": ("Q1", "Q2", "Q3", "Q4"),
    "ru": ("I кв.", "II кв.", "III кв.", "IV кв."),
}
