"""Makes publications from the records (newsletter, the packs or minutes of a round): drafts, or editions.

Without --issue nothing is kept: PDFs, web pages and mails are written to files, marked as drafts. With --issue the
issue is checked, frozen and published, in the name of a person whose role allows it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pilotage.cli.folder import make_ready, start_django
from pilotage.cli.main import CommandError

if TYPE_CHECKING:
    from pilotage.documents.models import Publication
    from pilotage.domain.membership.models import User
    from pilotage.domain.membership.viewers import Viewer
    from pilotage.domain.programme.models import Phase

EXAMPLES = """
examples:
  pilotage publish newsletter --phase bomca-10 --period 2023-Q2
  pilotage publish newsletter --phase bomca-10 --period 2023-Q2 --language ru --format pdf --output /tmp/look
  pilotage publish newsletter --phase bomca-10 --period 2023-Q2 --issue --as manager@programme.example
  pilotage publish packs --programme silk-bridge-1 --year 2024 --output /tmp/round
  pilotage publish packs --programme silk-bridge-1 --year 2024 --issue --as manager@programme.example
  pilotage publish minutes --programme silk-bridge-1 --year 2024
"""
ENDINGS = {"pdf": "pdf", "html": "html", "mail": "mail.html"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("kind", choices=["newsletter", "packs", "minutes"], help="what to make")
    parser.add_argument("--phase", "--programme", dest="phase", required=True, metavar="CODE", help="code of the phase")
    parser.add_argument("--period", metavar="QUARTER", help="of a newsletter, for example 2023-Q2")
    parser.add_argument("--year", type=int, metavar="YEAR", help="of the round of meetings, for packs and minutes")
    parser.add_argument("--number", type=int, metavar="N", help="number of a new issue (default: the next one)")
    parser.add_argument("--language", default="all", metavar="CODE", help="en, ru or all (default: %(default)s)")
    parser.add_argument(
        "--format",
        choices=[*ENDINGS, "docx", "all"],
        default="all",
        help="default: %(default)s; docx: packs and minutes",
    )
    parser.add_argument(
        "--output", "--to", type=Path, default=Path(), metavar="FOLDER", help="where files go (default: here)"
    )
    parser.add_argument("--issue", action="store_true", help="issue it: for good, and public")
    parser.add_argument("--as", dest="email", metavar="EMAIL", help="the person in whose name it is issued")


def run(options: argparse.Namespace) -> int:
    """Does it."""
    make_ready()
    start_django()
    from pilotage.domain.programme.queries import phases_with_everything

    phase = phases_with_everything().filter(code=options.phase).first()
    if phase is None:
        codes = ", ".join(sorted(one.code for one in phases_with_everything()))
        raise CommandError(f"there is no phase “{options.phase}”; there are: {codes or 'none yet'}")
    if options.language != "all" and options.language not in phase.languages:
        raise CommandError(f"the phase has no language “{options.language}”; it has: {', '.join(phase.languages)}")
    try:
        options.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"{options.output} is no folder that can be written to: {error.strerror}") from None
    if options.kind != "newsletter":
        if options.format == "mail":
            raise CommandError("packs and minutes have no mail version; choose pdf, docx or html")
        from pilotage.cli.commands.publish_round import publish_round

        return publish_round(options, phase)
    if options.format == "docx":
        raise CommandError("a newsletter has no Word version; choose pdf, html or mail")
    if not options.period:
        raise CommandError("say which quarter with --period, for example 2023-Q2")
    return issue(options, phase) if options.issue else draft(options, phase)


def draft(options: argparse.Namespace, phase: Phase) -> int:
    """Writes the drafts, and says what the check list says."""
    from django.db import transaction

    from pilotage.documents.checks import check_publication
    from pilotage.documents.prose import ProseRefused
    from pilotage.documents.publishing import draft_of, render_draft
    from pilotage.documents.rendering.typst import RenderingFailed

    with transaction.atomic():
        publication = opened(options, phase, None)
        try:
            frozen = draft_of(publication)
            checks = check_publication(publication, frozen)
        except ProseRefused as refused:
            raise CommandError(str(refused)) from None
        # An issue that was not open is looked at, not opened.
        transaction.set_rollback(True)
    for language in languages(options, publication.phase):
        for form in forms(options):
            try:
                data = render_draft(publication, language, form, frozen)
            except RenderingFailed as failed:
                raise CommandError(str(failed)) from None
            write(options.output / f"{name_of(publication)}-draft-{language}.{ENDINGS[form]}", data)
    if checks.blocking:
        print(f"Before it can be issued, {len(checks.blocking)} points of the check list are open:")
        for finding in checks.blocking:
            place = f" [{finding.problem.field}]" if finding.problem.field else ""
            print(f"  {finding.problem.level}{place} {finding.problem.text}")
    return 0


def issue(options: argparse.Namespace, phase: Phase) -> int:
    """Issues it and writes what was issued."""
    from django.core.exceptions import ValidationError

    from pilotage.documents.prose import ProseRefused
    from pilotage.documents.publishing import ChecksFailed, render
    from pilotage.documents.publishing import issue as issue_now
    from pilotage.documents.rendering.typst import RenderingFailed
    from pilotage.domain.membership.models import User
    from pilotage.domain.membership.viewers import NotAllowed, Viewer

    if not options.email:
        raise CommandError("say in whose name with --as EMAIL")
    person = User.objects.filter(email__iexact=options.email, is_active=True).first()
    if person is None:
        raise CommandError(f"nobody signs in as “{options.email}”")
    viewer = Viewer.of(person)
    try:
        publication = opened(options, phase, (person, viewer))
        edition = issue_now(
            by=person, viewer=viewer, publication=publication, progress=lambda stage: print(f"  {stage} …", flush=True)
        )
    except NotAllowed as refused:
        raise CommandError(f"{person.name}: {refused.reason}") from None
    except ChecksFailed as failed:
        for finding in failed.checks.blocking:
            print(f"  {finding.problem.level} {finding.problem.text}", file=sys.stderr)
        raise CommandError("the check list is open; nothing was issued") from None
    except ValidationError as refused:
        raise CommandError(" ".join(refused.messages)) from None
    except (RenderingFailed, ProseRefused) as failed:
        raise CommandError(str(failed)) from None
    for language in languages(options, publication.phase):
        for form in forms(options):
            name = f"{name_of(publication)}-{edition.number}-{language}.{ENDINGS[form]}"
            write(options.output / name, render(edition, language, form))
    print(f"Issued: edition {edition.number}, content digest {edition.digest}")
    return 0


def opened(options: argparse.Namespace, phase: Phase, who: tuple[User, Viewer] | None) -> Publication:
    """The issue of the period, opened where it was not."""
    from django.core.exceptions import ValidationError

    from pilotage.documents.operations import open_publication
    from pilotage.kit.actors import Actor, SystemActor

    by: Actor = who[0] if who else SystemActor("pilotage publish")
    viewer = who[1] if who else None
    try:
        return open_publication(
            by=by, viewer=viewer, phase=phase, kind=options.kind, period=options.period, number=options.number
        )
    except ValidationError as refused:
        raise CommandError(" ".join(refused.messages)) from None


def languages(options: argparse.Namespace, phase: Phase) -> list[str]:
    """The languages asked for."""
    return list(phase.languages) if options.language == "all" else [options.language]


def forms(options: argparse.Namespace) -> list[str]:
    """The formats asked for."""
    return list(ENDINGS) if options.format == "all" else [options.format]


def name_of(publication: Publication) -> str:
    """How the files of an issue are called."""
    return f"{publication.phase.code}-{publication.kind}-{publication.number}"


def write(path: Path, data: bytes) -> None:
    """Writes one file and says so."""
    path.write_bytes(data)
    print(f"{path} ({len(data) / 1000:,.0f} kB)", flush=True)
