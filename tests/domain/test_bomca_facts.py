"""The demo's facts, read as files: complete, consistent, and silent where the sources are silent."""

import csv
import re
import tomllib
from calendar import monthrange
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

FACTS = Path(__file__).resolve().parents[2] / "demo" / "bomca"
NEWSLETTER = FACTS / "newsletter-2023-Q2"

ACTIVITY_TYPES = {
    "workshop",
    "seminar",
    "training",
    "training_of_trainers",
    "study_visit",
    "expert_mission",
    "on_the_job_training",
    "conference",
    "coordination",
    "hand_over_ceremony",
}
INSTITUTION_TYPES = {
    "border",
    "customs",
    "migration",
    "veterinary",
    "phytosanitary",
    "police",
    "prosecution",
    "training",
    "ngo",
    "international",
    "eu_body",
    "other",
}
FIVE = {"KZ", "KG", "TJ", "TM", "UZ"}
CYRILLIC = re.compile(r"[А-Яа-яЁё]")
LATIN = re.compile(r"[A-Za-z]")
# The few Latin marks that Russian texts keep: a class of respirator and two names without a Russian abbreviation.
LATIN_ALLOWED = {"KN95", "GIZ", "LEICA"}


def rows(name: str) -> list[dict[str, str]]:
    with open(FACTS / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


ACTIVITIES = rows("activities.csv")
MORE = rows("activities_more.csv")
MAPPING = tomllib.loads((FACTS / "mapping.toml").read_text(encoding="utf-8"))
DATE_TEXTS = {entry["text"]: (entry["start"], entry["end"]) for entry in MAPPING["date_text"]}
ORGANISATIONS = {row["name"] for row in rows("organisations.csv")}
PAIRS = list(zip(ACTIVITIES, MORE, strict=True))


def point(text: str) -> tuple[date, date]:
    year, _, rest = text.partition("-")
    first, last = (1, 12) if not rest else (3 * int(rest[1]) - 2, 3 * int(rest[1])) if rest[0] == "Q" else (0, 0)
    if first:
        return date(int(year), first, 1), date(int(year), last, monthrange(int(year), last)[1])
    if len(text) == 10:
        day = date.fromisoformat(text)
        return day, day
    month = int(rest)
    return date(int(year), month, 1), date(int(year), month, monthrange(int(year), month)[1])


def bounds(text: str) -> tuple[date, date]:
    """First and last day that a partial date can be; fails where it is not one."""
    left, slash, right = text.partition("/")
    if not slash:
        return point(left)
    first = date.min if left == ".." else point(left)[0]
    last = date.max if right == ".." else point(right)[1]
    assert first <= last
    return first, last


def russian_cells() -> list[tuple[str, str]]:
    cells = [
        (f"{path.name}:{number}:{column}", value)
        for path in sorted(FACTS.glob("*.csv"))
        for number, row in enumerate(rows(path.name), 1)
        for column, value in row.items()
        if column.endswith("_ru")
    ]
    return cells + [(path.name, path.read_text(encoding="utf-8")) for path in sorted(NEWSLETTER.glob("*.ru.md"))]


def test_every_activity_has_its_second_row() -> None:
    assert len(MORE) == 270
    assert [row["code"] for row in MORE] == [row["code"] for row in ACTIVITIES]


@pytest.mark.parametrize(
    ("source", "ours"),
    [
        ("organisations.csv", "organisations_more.csv"),
        ("places.csv", "places_ru.csv"),
        ("components.csv", "components_ru.csv"),
        ("phases.csv", "phases_ru.csv"),
        ("meetings.csv", "meetings_ru.csv"),
        ("recommendations.csv", "recommendations_ru.csv"),
        ("procurement.csv", "procurement_ru.csv"),
        ("grants.csv", "grants_ru.csv"),
        ("claims.csv", "claims_ru.csv"),
    ],
)
def test_each_file_is_translated_row_by_row(source: str, ours: str) -> None:
    theirs, added = rows(source), rows(ours)
    assert len(theirs) == len(added)
    for number, (fact, row) in enumerate(zip(theirs, added, strict=True), 1):
        if "row" in row:
            assert row["row"] == str(number)
        for column in set(fact) & set(row):
            assert fact[column] == row[column]


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("activities_more.csv", ["title_ru"]),
        ("organisations_more.csv", ["name_ru", "institution_type"]),
        ("organisation_names.csv", ["earlier_name_en", "earlier_name_ru"]),
        ("places_ru.csv", ["name_ru"]),
        ("components_ru.csv", ["name_ru"]),
        ("phases_ru.csv", ["title_en", "title_ru", "objective_ru"]),
        ("meetings_ru.csv", ["reviewed_or_decided_ru"]),
        ("recommendations_ru.csv", ["subject_ru", "addressee_ru"]),
        ("procurement_ru.csv", ["item_ru"]),
        ("grants_ru.csv", ["topic_ru"]),
        ("claims_ru.csv", ["name_ru"]),
    ],
)
def test_no_russian_wording_is_missing(file: str, columns: list[str]) -> None:
    blank = [row for row in rows(file) for column in columns if not row[column].strip()]
    assert blank == []


def test_russian_stands_exactly_where_english_does() -> None:
    for fact, more in PAIRS:
        assert bool(fact["outputs"]) == bool(more["outputs_ru"]), fact["code"]
    for source, ours, columns in [
        ("meetings.csv", "meetings_ru.csv", ["stated_figures", "chair"]),
        ("recommendations.csv", "recommendations_ru.csv", ["status"]),
        ("procurement.csv", "procurement_ru.csv", ["quantity"]),
        ("components.csv", "components_ru.csv", ["specific_objective"]),
    ]:
        for fact, row in zip(rows(source), rows(ours), strict=True):
            for column in columns:
                assert bool(fact[column]) == bool(row[f"{column}_ru"]), (ours, row)


def test_equal_english_titles_have_equal_russian_titles() -> None:
    russian: dict[str, str] = {}
    for fact, more in PAIRS:
        assert russian.setdefault(fact["title"], more["title_ru"]) == more["title_ru"]


def test_no_latin_letter_hides_in_a_cyrillic_word() -> None:
    for where, text in russian_cells():
        for word in re.findall(r"\w+", text):
            assert not (CYRILLIC.search(word) and LATIN.search(word)), (where, word)
            assert not LATIN.search(word) or word in LATIN_ALLOWED, (where, word)


def test_russian_numbers_and_dates_do_not_break_across_lines() -> None:
    months = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    breakable = re.compile(rf"\d (?:{months}|евро|г\.|\d{{3}}\b)|(?:{months}) \d{{4}}|\d{{4}} г\.")
    for where, text in russian_cells():
        assert not breakable.search(text), where


def test_every_wording_of_a_date_is_mapped_and_no_other() -> None:
    used = {
        row[column]
        for name, column in [
            ("activities.csv", "date_text"),
            ("meetings.csv", "date_text"),
            ("procurement.csv", "date_text"),
            ("claims.csv", "as_of_text"),
        ]
        for row in rows(name)
        if row[column]
    }
    assert used == set(DATE_TEXTS)
    assert len(MAPPING["date_text"]) == len(DATE_TEXTS)


def test_every_partial_date_can_be_read() -> None:
    for start, end in DATE_TEXTS.values():
        for text in filter(None, (start, end)):
            bounds(text)
    for row in MORE + rows("meetings_ru.csv"):
        if row["partial_start"] and row["partial_end"]:
            assert bounds(row["partial_start"])[0] <= bounds(row["partial_end"])[1], row


def test_a_wording_without_a_year_gives_no_date() -> None:
    for text, dates in DATE_TEXTS.items():
        if "year not stated" in text:
            assert dates == ("", "")
        else:
            years = set(re.findall(r"\d{4}", text))
            assert set(re.findall(r"\d{4}", " ".join(dates))) <= years, text


def test_no_activity_has_a_date_that_its_source_does_not_give() -> None:
    for fact, more in PAIRS:
        ours = (more["partial_start"], more["partial_end"])
        if more["date_source_url"]:
            assert more["date_source_url"].startswith("https://")
            assert not fact["start_date"], fact["code"]
            assert ours != DATE_TEXTS.get(fact["date_text"])
        elif fact["start_date"]:
            assert ours == (fact["start_date"], fact["end_date"]), fact["code"]
        else:
            assert ours == DATE_TEXTS.get(fact["date_text"], ("", "")), fact["code"]


def test_hand_overs_meetings_and_claims_keep_their_dates() -> None:
    for fact, row in zip(rows("procurement.csv"), rows("procurement_ru.csv"), strict=True):
        assert row["partial_date"] == fact["hand_over_date"] or (
            not fact["hand_over_date"] and row["partial_date"] == DATE_TEXTS[fact["date_text"]][0]
        )
    for fact, row in zip(rows("meetings.csv"), rows("meetings_ru.csv"), strict=True):
        stated = (fact["start_date"], fact["end_date"])
        assert (row["partial_start"], row["partial_end"]) == (
            stated if fact["start_date"] else DATE_TEXTS[fact["date_text"]]
        )
    for fact, row in zip(rows("claims.csv"), rows("claims_ru.csv"), strict=True):
        stated_on = fact["as_of"] or (DATE_TEXTS[fact["as_of_text"]][1] if fact["as_of_text"] else "")
        assert row["partial_as_of"] == stated_on


def test_types_are_mapped_and_follow_the_mapping() -> None:
    by_printed = {entry["printed"]: entry for entry in MAPPING["activity_type"]}
    exceptions = {entry["code"]: entry for entry in MAPPING["activity_exception"]}
    assert {row["type"] for row in ACTIVITIES} == set(by_printed)
    assert {entry["type"] for entry in by_printed.values()} <= ACTIVITY_TYPES
    for fact, more in PAIRS:
        exception = exceptions.get(fact["code"], {})
        mapped = by_printed[fact["type"]]
        assert more["type_as_printed"] == fact["type"]
        assert more["type"] == exception.get("type", mapped["type"]), fact["code"]
        if not fact["component"]:
            assert more["thematic"] == ""
        else:
            thematic = fact["component"] != "general" and exception.get("thematic", mapped["thematic"])
            assert more["thematic"] == ("yes" if thematic else "no"), fact["code"]


def test_the_scope_counts_beneficiary_countries() -> None:
    assert {entry["printed"] for entry in MAPPING["scope_printed"]} == {row["scope"] for row in ACTIVITIES}
    for fact, more in PAIRS:
        countries = set(names(fact["countries"]))
        scope = (
            ""
            if not countries
            else "national"
            if len(countries) == 1
            else "regional"
            if countries >= FIVE
            else "multi_country"
        )
        assert (more["scope"], more["scope_as_printed"]) == (scope, fact["scope"]), fact["code"]


def test_the_mode_is_stated_or_unknown() -> None:
    places = {row["name"] for row in rows("places.csv")}
    for fact, more in PAIRS:
        assert more["mode"] in {"online", "onsite", ""}
        says_online = re.search(r"^online\b|\(online\)|webinar", fact["title"].lower()) or fact["type"] == "webinar"
        assert (more["mode"] == "online") == bool(says_online), fact["code"]
        assert more["venue_place"] == ("" if more["mode"] == "online" else fact["place"])
        assert not more["venue_place"] or more["venue_place"] in places
        if more["mode"] == "onsite":
            assert fact["place"] or fact["scope"] == "eu_visit" or fact["type"] == "study_visit"


def test_every_organisation_that_is_used_exists() -> None:
    for more in MORE:
        for column in ("institutions", "experts_organisations", "co_organisers", "possible_co_organisers"):
            listed = names(more[column])
            assert set(listed) <= ORGANISATIONS, more["code"]
            assert len(listed) == len(set(listed)), more["code"]
    for file in ("recommendations_ru.csv", "procurement_ru.csv"):
        for row in rows(file):
            assert set(names(row["institutions"])) <= ORGANISATIONS, row
    for row in rows("organisation_names.csv"):
        assert {row["name"], row["earlier_name"]} <= ORGANISATIONS


def test_institutions_come_from_the_agency_cell_and_the_country() -> None:
    country = {row["name"]: row["country"] for row in rows("organisations.csv")}
    for fact, more in PAIRS:
        assert names(more["agencies_as_printed"]) == names(fact["agencies"])
        assert names(more["experts_as_printed"]) == names(fact["experts_from"])
        assert len(names(more["institutions"])) <= len(names(fact["agencies"]))
        for institution in names(more["institutions"]):
            assert country[institution] in names(fact["countries"]), (fact["code"], institution)


def test_what_the_source_does_not_say_is_unknown_and_never_no() -> None:
    assert {more["by_national_trainers"] for more in MORE} == {"yes", ""}
    for fact, more in PAIRS:
        if more["by_national_trainers"]:
            assert "trainer" in fact["title"] + fact["experts_from"], fact["code"]
        assert bool(more["co_organisers"]) == bool(more["co_organisers_basis"])
        assert more["co_organisers_basis"] in {"title", "page", ""}
        assert not set(names(more["co_organisers"])) & set(names(more["possible_co_organisers"]))


def test_a_series_has_several_legs_of_one_phase() -> None:
    legs = Counter(more["series_code"] for more in MORE if more["series_code"])
    assert min(legs.values()) >= 2
    for fact, more in PAIRS:
        if more["series_code"]:
            assert more["series_code"].startswith(f"S{fact['phase']}-")


def test_institution_types_are_known_and_fit_their_kind() -> None:
    allowed = {entry["kind"]: set(entry["types"]) for entry in MAPPING["institution_kind"]}
    for fact, more in zip(rows("organisations.csv"), rows("organisations_more.csv"), strict=True):
        assert more["institution_type"] in INSTITUTION_TYPES
        assert more["institution_type"] in allowed[fact["kind"]], fact["name"]


def test_the_capital_of_kazakhstan_has_one_name_on_each_day() -> None:
    validity = rows("place_names.csv")
    for earlier, later in zip(validity, validity[1:], strict=False):
        assert date.fromisoformat(later["valid_from"]).toordinal() - 1 == (
            date.fromisoformat(earlier["valid_to"]).toordinal()
        )


def test_every_newsletter_text_is_in_both_languages_with_a_title() -> None:
    english = {path.name.removesuffix(".en.md") for path in NEWSLETTER.glob("*.en.md")}
    russian = {path.name.removesuffix(".ru.md") for path in NEWSLETTER.glob("*.ru.md")}
    assert english == russian
    assert english == {
        "foreword",
        "about",
        "component-1",
        "component-2",
        "component-3",
        "component-4",
        "procurement",
        "grants",
        "upcoming",
        "featured-story",
        "partners",
    }
    for path in NEWSLETTER.glob("*.??.md"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# "), path.name
        assert text.count("\n# ") == 0, path.name


def test_no_words_are_put_into_the_mouth_of_an_office_holder() -> None:
    assert (NEWSLETTER / "forewords-signed.note.md").is_file()
    for slot in ("foreword-delegation", "foreword-manager"):
        assert list(NEWSLETTER.glob(f"{slot}.*")) == []
