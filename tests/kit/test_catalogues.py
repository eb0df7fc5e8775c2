"""Compiled wording: a number and the word that it counts stay on one line."""

from babel.messages.catalog import Catalog

from pilotage.kit.catalogues import keep_numbers_with_words


def test_a_number_keeps_the_word_that_it_counts() -> None:
    catalogue = Catalog(locale="ru")
    counted = catalogue.add(("%(many)s field", "%(many)s fields"), ("%(many)s поле", "%(many)s поля", "%(many)s полей"))
    plain = catalogue.add("After %(days)d days %(person)s writes", "Через %(days)d дней %(person)s пишет")
    keep_numbers_with_words(catalogue)
    assert counted.string == ("%(many)s\u00a0поле", "%(many)s\u00a0поля", "%(many)s\u00a0полей")
    assert plain.string == "Через %(days)d\u00a0дней %(person)s пишет"
