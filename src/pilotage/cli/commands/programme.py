"""Begins a programme of your own, or a further phase of one: what the settings page needs to go on from.

Components, contract, budget, addenda and numbers of the handbook follow on the settings page; institutions and activities
by workbook or one by one.
"""

import argparse
import getpass
from datetime import date

from pilotage.cli.folder import make_ready, start_django
from pilotage.cli.main import CommandError
from pilotage.kit.texts import Text

EXAMPLES = """
examples:
  pilotage programme borders --title "Safer Borders" --title-ru "Безопасные границы" --phase 1
      --start 2026-01-01 --end 2029-12-31 --countries KZ KG TJ TM UZ
  pilotage programme borders --phase 2 --start 2030-01-01
      a further phase of the same programme, in the countries of the one before

Then give somebody the role of its manager: pilotage user add you@example.org --name "You" --role PM --phase borders-1
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("code", help="short code of the programme; it stands in every address, for example borders")
    parser.add_argument("--title", help="its title in English")
    parser.add_argument("--title-ru", help="its title in Russian")
    parser.add_argument("--short", help="its short title in English (default: the title)")
    parser.add_argument("--short-ru", help="its short title in Russian (default: the title)")
    parser.add_argument("--phase", type=int, default=1, metavar="N", help="number of the phase (default: %(default)s)")
    parser.add_argument("--start", type=_day, metavar="DAY", help="first day by the contract, for example 2026-01-01")
    parser.add_argument("--end", type=_day, metavar="DAY", help="last day by the contract")
    parser.add_argument("--countries", nargs="+", default=[], metavar="CODE", help="partner countries, as printed")


def run(options: argparse.Namespace) -> int:
    """Does it."""
    make_ready()
    start_django()
    from django.core.exceptions import ValidationError

    try:
        code = _begin(options)
    except ValidationError as error:
        raise CommandError("; ".join(_told(error))) from None
    print(f"{code}: begun. Next, its manager:")
    print(f'  pilotage user add you@example.org --name "You" --role PM --phase {code}')
    print(f"who signs in and goes on at /{code}/settings/")
    return 0


def _begin(options: argparse.Namespace) -> str:
    """Adds the phase, and the programme where it is not there, all or nothing; gives the code of the phase."""
    from pilotage.domain.parties.countries import country_name
    from pilotage.domain.parties.operations import add_country
    from pilotage.domain.programme.models import Phase, Programme
    from pilotage.domain.programme.operations import add_phase, add_programme
    from pilotage.kit.actors import SystemActor
    from pilotage.kit.changes import operation

    by = SystemActor(f"{getpass.getuser()} (command line)")
    with operation("add programme", by=by):
        programme = Programme.objects.filter(code=options.code).first()
        if programme is None:
            title = _text(options.title, options.title_ru)
            if not title:
                raise CommandError(f"there is no programme {options.code!r}; to begin it, give --title and --title-ru")
            short = {**title, **_text(options.short, options.short_ru)}
            programme = add_programme(by=by, values={"code": options.code, "title": title, "short_title": short})
        before = Phase.objects.filter(programme=programme).order_by("-number").first()
        codes = [code.upper() for code in options.countries]
        if before and not codes:
            codes = [link.country_id for link in before.partner_countries.order_by("position")]
        try:
            countries = [add_country(by=by, code=code, name=country_name(code)) for code in codes]
        except KeyError as unknown:
            raise CommandError(f"no country has the code {unknown}; use those of ISO 3166-1, for example KG") from None
        phase = add_phase(
            by=by,
            values={
                "programme": programme,
                "code": f"{programme.code}-{options.phase}",
                "number": options.phase,
                "title": _numbered(programme.title, options.phase, {"en": ", Phase ", "ru": ", фаза "}),
                "short_title": _numbered(programme.short_title, options.phase, {"en": " ", "ru": " "}),
                "original_start": options.start,
                "original_end": options.end,
            },
            countries=countries,
        )
        return phase.code


def _numbered(title: Text, number: int, between: Text) -> Text:
    return {language: f"{text}{between[language]}{number}" for language, text in title.items()}


def _text(english: str | None, russian: str | None) -> Text:
    return {language: text.strip() for language, text in (("en", english), ("ru", russian)) if text and text.strip()}


def _told(error) -> list[str]:
    if hasattr(error, "message_dict"):
        return [f"{field}: {' '.join(said)}" for field, said in error.message_dict.items()]
    return list(error.messages)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written!r} is not a day; write 2026-01-31") from None
