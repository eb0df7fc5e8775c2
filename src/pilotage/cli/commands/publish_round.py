"""``publish packs`` and ``publish minutes``: the documents of a round of meetings, into files and as editions."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pilotage.cli.main import CommandError

if TYPE_CHECKING:
    from pilotage.documents.models import Publication
    from pilotage.domain.membership.models import User
    from pilotage.domain.membership.viewers import Viewer
    from pilotage.domain.programme.models import Phase
    from pilotage.domain.steering.models import MeetingRound

FORMS = ("pdf", "docx", "html")
MOST_WORKERS = 4


def publish_round(options: argparse.Namespace, phase: Phase) -> int:
    """Builds the packs or the minutes of the year's round.

    What is issued is written as it was issued, byte for byte; what is not is made as a draft, or with --issue issued,
    in the name of the person, where it has all its clearances.
    """
    from pilotage.documents.rounds import round_of

    if options.year is None:
        raise CommandError(f"say which round with --year; there are: {_years(phase)}")
    planned = round_of(phase, options.year)
    if planned is None:
        raise CommandError(f"there is no round {options.year}; there are: {_years(phase)}")
    who = _person(options) if options.issue else None
    return _packs(options, planned, who) if options.kind == "packs" else _minutes(options, planned, who)


def _years(phase: Phase) -> str:
    return ", ".join(str(one.year) for one in phase.rounds.order_by("year")) or "none yet"


def _person(options: argparse.Namespace) -> tuple[User, Viewer]:
    from pilotage.domain.membership.models import User
    from pilotage.domain.membership.viewers import Viewer

    person = User.objects.filter(email__iexact=options.email or "", is_active=True).first()
    if person is None:
        raise CommandError(f"nobody signs in as “{options.email or ''}”: say in whose name with --as EMAIL")
    return person, Viewer.of(person)


def _packs(options: argparse.Namespace, planned: MeetingRound, who: tuple[User, Viewer] | None) -> int:
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from pilotage.documents.prose import ProseRefused
    from pilotage.documents.publishing import ChecksFailed
    from pilotage.documents.rendering.typst import RenderingFailed
    from pilotage.documents.rounds import issue_round, make_round, packs_of_round
    from pilotage.documents.states import ready_to_issue
    from pilotage.domain.membership.viewers import NotAllowed
    from pilotage.kit.actors import SystemActor

    try:
        if who:
            packs = packs_of_round(by=who[0], viewer=who[1], planned=planned)
            cleared = [pack for pack in packs if not pack.editions.exists() and ready_to_issue(pack)]
            if cleared:
                issue_round(by=who[0], viewer=who[1], packs=cleared, workers=_workers())
                print(f"Issued: {', '.join(pack.address for pack in cleared)}")
        else:
            with transaction.atomic():
                packs = packs_of_round(by=SystemActor("pilotage publish"), viewer=None, planned=planned)
                # A pack that was not begun is looked at, not begun.
                transaction.set_rollback(True)
        issued = [pack for pack in packs if _write_issued(options, pack)]
        open_ones = [pack for pack in packs if pack not in issued]
        if who and open_ones:
            for pack in open_ones:
                print(f"  {pack.address}: {pack.get_state_display()}, not cleared yet", file=sys.stderr)
            return 1
        if not open_ones:
            return 0
        # The regional pack proves its sums by what the issued national ones froze, and by those that are made with it.
        made = make_round(
            open_ones, forms=_forms(options), languages=_languages(options, planned.phase), workers=_workers()
        )
    except ChecksFailed as failed:
        for finding in failed.checks.blocking:
            print(f"  {finding.problem.level} {finding.problem.text}", file=sys.stderr)
        raise CommandError("the check list is open; nothing was issued") from None
    except NotAllowed as refused:
        raise CommandError(refused.reason) from None
    except ValidationError as refused:
        raise CommandError(" ".join(refused.messages)) from None
    except (RenderingFailed, ProseRefused) as failed:
        raise CommandError(str(failed)) from None
    for one in made:
        _write_draft(options, one.publication, one.renderings)
    return 0


def _minutes(options: argparse.Namespace, planned: MeetingRound, who: tuple[User, Viewer] | None) -> int:
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from pilotage.documents.operations import open_publication
    from pilotage.documents.prose import ProseRefused
    from pilotage.documents.publishing import ChecksFailed, draft_of, issue, render_draft
    from pilotage.documents.states import ready_to_issue
    from pilotage.domain.membership.viewers import NotAllowed
    from pilotage.domain.steering.models import Meeting
    from pilotage.domain.steering.words import HELD
    from pilotage.kit.actors import Actor, SystemActor

    by: Actor = who[0] if who else SystemActor("pilotage publish")
    meetings = Meeting.objects.filter(round=planned, state__in=HELD).select_related("phase__programme", "body", "place")
    left = 0
    for meeting in meetings.order_by("begins_on", "code"):
        try:
            with transaction.atomic():
                minutes = open_publication(
                    by=by, viewer=who[1] if who else None, phase=planned.phase, kind="minutes", meeting=meeting
                )
                frozen = None if minutes.editions.exists() else draft_of(minutes)
                if not who:
                    transaction.set_rollback(True)
            if who and frozen and ready_to_issue(minutes):
                issue(by=who[0], viewer=who[1], publication=minutes)
                print(f"Issued: {minutes.address}")
            if _write_issued(options, minutes):
                continue
            if who:
                print(f"  {minutes.address}: {minutes.get_state_display()}, not cleared yet", file=sys.stderr)
                left += 1
                continue
            renderings = {
                (language, form): render_draft(minutes, language, form, frozen)
                for language in _languages(options, planned.phase)
                for form in _forms(options)
            }
        except ChecksFailed as failed:
            raise CommandError("; ".join(one.problem.text for one in failed.checks.blocking)) from None
        except NotAllowed as refused:
            raise CommandError(refused.reason) from None
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        except ProseRefused as refused:
            raise CommandError(f"{meeting.code}: {refused}") from None
        _write_draft(options, minutes, renderings)
    return 1 if left else 0


def _workers() -> int:
    return max(1, min(MOST_WORKERS, os.cpu_count() or 1))


def _forms(options: argparse.Namespace) -> list[str]:
    return ["pdf", "docx"] if options.format == "all" else [options.format]


def _languages(options: argparse.Namespace, phase: Phase) -> list[str]:
    return list(phase.languages) if options.language == "all" else [options.language]


def _name(publication: Publication) -> str:
    """How the files are called: by year and country, which a person looks for."""
    meeting = publication.meeting
    assert meeting
    year = meeting.round.year if meeting.round else (meeting.begins_on.year if meeting.begins_on else "")
    where = meeting.country_id or "region"
    return f"{publication.phase.code}-{year}-{publication.kind.replace('_', '-')}-{where}".lower()


def _write_issued(options: argparse.Namespace, publication: Publication) -> bool:
    """Writes the files of the latest edition as they were issued; False where there is none."""
    from pilotage.documents.publishing import render

    edition = publication.editions.order_by("-number").first()
    if edition is None:
        return False
    edition.publication = publication
    for language in _languages(options, publication.phase):
        for form in _forms(options):
            name = f"{_name(publication)}-{edition.number}-{language}.{form}"
            _write(options.output / name, render(edition, language, form))
    return True


def _write_draft(
    options: argparse.Namespace, publication: Publication, renderings: Mapping[tuple[str, str], bytes]
) -> None:
    for (language, form), data in renderings.items():
        _write(options.output / f"{_name(publication)}-draft-{language}.{form}", data)


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    print(f"{path} ({len(data) / 1000:,.0f} kB)", flush=True)
