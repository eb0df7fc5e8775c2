"""What countries are called, in the words of the region."""

from babel import Locale

from pilotage.kit.texts import Text

IN_THE_REGION = {"KG": "Кыргызстан", "TM": "Туркменистан", "MD": "Молдова", "BY": "Беларусь"}
"""Russian names as the countries themselves write them, where the common repository of locales has others."""


def country_name(code: str) -> Text:
    """The name of the country with an ISO 3166-1 alpha-2 code. Raises KeyError for a code that does not exist."""
    english, russian = Locale("en").territories, Locale("ru").territories
    return {"en": english[code], "ru": IN_THE_REGION.get(code, russian[code])}
