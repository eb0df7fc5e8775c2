"""All packs of a round in one go: gathered side by side, the regional one from what the national ones froze."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections
from django.utils import timezone

from pilotage.documents.access import require_step
from pilotage.documents.checks import CheckList, check_publication
from pilotage.documents.editions import Frozen, issue_edition
from pilotage.documents.kinds.national_pack.gather import gather as gather_national
from pilotage.documents.kinds.regional_pack.gather import gather as gather_regional
from pilotage.documents.kinds.registry import kind_of
from pilotage.documents.models import Edition, Publication
from pilotage.documents.operations import open_publication
from pilotage.documents.publishing import ChecksFailed, rendered
from pilotage.documents.states import MAY_ISSUE
from pilotage.documents.steering.reconciliation import NationalFigures
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.models import Meeting, MeetingRound
from pilotage.domain.steering.words import MeetingKind, MeetingState
from pilotage.kit.actors import Actor

KIND_OF = {MeetingKind.NATIONAL_STEERING: "national_pack", MeetingKind.REGIONAL_STEERING: "regional_pack"}
Key = tuple[str, str]
"""Language and format."""
Submit = Callable[..., "Future[Any]"]


@dataclass(frozen=True)
class Made:
    """One pack as it was made: what it freezes, and its renderings."""

    publication: Publication
    frozen: Frozen
    renderings: Mapping[Key, bytes]


def packs_of_round(*, by: Actor, viewer: Viewer | None, planned: MeetingRound) -> list[Publication]:
    """The packs of a round, opened where they were not; the national ones by their day, the regional one last."""
    meetings = list(
        Meeting.objects.filter(round=planned, kind__in=KIND_OF)
        .exclude(state=MeetingState.CANCELLED)
        .select_related("phase__programme", "body__country", "country", "round", "place")
        .order_by("begins_on", "code")
    )
    meetings.sort(key=lambda meeting: meeting.kind == MeetingKind.REGIONAL_STEERING)
    packs = []
    for meeting in meetings:
        kind = KIND_OF[MeetingKind(meeting.kind)]
        pack = open_publication(by=by, viewer=viewer, phase=planned.phase, kind=kind, meeting=meeting)
        # Both as they are already read, so that the gatherers need not read them again.
        pack.meeting, pack.phase = meeting, planned.phase
        packs.append(pack)
    return packs


def make_round(
    packs: Sequence[Publication],
    *,
    forms: Sequence[str] = ("pdf",),
    languages: Sequence[str] | None = None,
    draft: bool = True,
    workers: int = 1,
) -> list[Made]:
    """Gathers and renders ``packs``, as drafts or as they will be issued, in ``workers`` processes of their own.

    All are gathered at one moment. The regional one proves its sums by what the others of the same go froze. Raises
    ProseRefused, RenderingFailed.
    """
    moment = timezone.now()
    with _workers(workers) as submit:
        national = [pack for pack in packs if pack.kind == "national_pack"]
        regional = [pack for pack in packs if pack.kind != "national_pack"]
        # The largest are begun first, so that both workers end at about the same time.
        gathered = {pack.pk: submit(_gather_national, pack, moment) for pack in national}
        jobs: dict[tuple[int, str, str], Future[Any]] = {}

        def render(pack: Publication, frozen: Frozen) -> None:
            for language in languages or list(frozen.content):
                for form in forms:
                    jobs[pack.pk, language, form] = submit(_render, pack.kind, frozen, language, form, draft)

        done: dict[int, Frozen] = {}
        for pack in national:
            done[pack.pk] = gathered[pack.pk].result()
        figures = {
            pack.meeting.country_id or "": NationalFigures(done[pack.pk].figures, pack.as_of, moment)
            for pack in national
            if pack.meeting
        }
        waiting = {pack.pk: submit(_gather_regional, pack, moment, figures) for pack in regional}
        for pack in national:
            render(pack, done[pack.pk])
        for pack in regional:
            done[pack.pk] = waiting[pack.pk].result()
            render(pack, done[pack.pk])
        finished = {key: job.result() for key, job in jobs.items()}
    return [
        Made(
            pack,
            done[pack.pk],
            {(language, form): data for (pk, language, form), data in finished.items() if pk == pack.pk},
        )
        for pack in packs
    ]


@contextmanager
def _workers(number: int) -> Iterator[Submit]:
    """Runs work in ``number`` forked processes, or right here for one."""
    if number <= 1:
        yield _at_once
        return
    # A connection must not be shared with a child.
    connections.close_all()
    with ProcessPoolExecutor(number, mp_context=multiprocessing.get_context("fork")) as pool:
        yield pool.submit


def _at_once(work: Callable[..., Any], *given: Any) -> Future[Any]:
    done: Future[Any] = Future()
    done.set_result(work(*given))
    return done


def _gather_national(pack: Publication, moment: datetime) -> Frozen:
    return gather_national(pack, cut_off=moment)


def _gather_regional(pack: Publication, moment: datetime, figures: Mapping[str, NationalFigures]) -> Frozen:
    return gather_regional(pack, cut_off=moment, nationals=figures)


def _render(kind: str, frozen: Frozen, language: str, form: str, draft: bool) -> bytes:
    return rendered(kind, frozen, language, form, draft=draft)


def issue_round(*, by: Actor, viewer: Viewer | None, packs: Sequence[Publication], workers: int = 1) -> list[Edition]:
    """Issues packs that have all their clearances, each in a transaction of its own, the regional one last.

    Raises NotAllowed, ChecksFailed, RenderingFailed, ProseRefused, ValidationError before anything is kept, where it
    can be known; where one is refused at the end, those before it are issued.
    """
    if viewer is not None:
        for pack in packs:
            require_step(viewer, pack, MAY_ISSUE)
    kept = list(dict.fromkeys(form for pack in packs for form in kind_of(pack).kept))
    made = make_round(packs, forms=kept, draft=False, workers=workers)
    for one in made:
        checks = check_publication(one.publication, one.frozen)
        if checks.blocking:
            raise ChecksFailed(checks)
    return [
        issue_edition(by=by, viewer=viewer, publication=one.publication, frozen=one.frozen, renderings=one.renderings)
        for one in made
    ]


def checks_of_round(made: Sequence[Made]) -> list[tuple[Publication, CheckList]]:
    """The check list of each pack that was made."""
    return [(one.publication, check_publication(one.publication, one.frozen)) for one in made]


def round_of(phase: Phase, year: int) -> MeetingRound | None:
    """The round of a year."""
    found = MeetingRound.objects.filter(phase=phase, year=year).first()
    if found is not None:
        found.phase = phase
    return found
