"""Makes the packs and minutes of the fictional rounds one step at a time, the newest first.

A pack holds what was known on the day on which it was made: the records of that moment are rebuilt from the change log,
and the pack is gathered from them. Then it is frozen under that day. Files come last; until then they are made for whoever
asks for one.
"""

from __future__ import annotations

import contextlib
import logging
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from django.db.models import Count
from django.utils import timezone

from pilotage.cli.demo.packs import GATHERED, ISSUED, at_hour, day_of_minutes, day_of_packs, waiting_documents
from pilotage.cli.generate.packs import texts_for
from pilotage.cli.generate.telling import GENERATOR
from pilotage.documents import operations
from pilotage.documents.checks import CheckList, check_publication
from pilotage.documents.editions import Frozen, issue_edition
from pilotage.documents.kinds.registry import kind_of
from pilotage.documents.models import Edition, Issuing, Publication
from pilotage.documents.publishing import ChecksFailed, keep_files
from pilotage.documents.states import PATHS, STEPS, PublicationStep
from pilotage.domain.membership.models import Role, User
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.domain.steering.models import Meeting
from pilotage.kit.changes import operation
from pilotage.kit.past.moment import Moment, looking_at
from pilotage.kit.past.rebuilding import rebuild
from pilotage.kit.texts import Text

SOURCE = "en"
KINDS_OF_MEETINGS = ("national_pack", "regional_pack", "minutes")
REASON: Text = {
    "en": "Known when the pack was made; the records of this programme are invented.",
    "ru": "Было известно при\u00a0подготовке; записи этой программы вымышлены.",
}
logger = logging.getLogger(__name__)


def make_next() -> bool:
    """Makes what comes next: the national packs of a round, one other document, or one file. False: all is made."""
    waiting = list(waiting_documents().select_related("meeting__round", "phase").order_by("pk"))
    if waiting:
        Issuing.objects.filter(publication__in=waiting, open=True).update(heard_at=timezone.now())
        make_documents(_next_of(waiting))
        return True
    edition = _without_files()
    if edition is None:
        return False
    # One at a time: what a person asks for waits no longer than that.
    keep_files(by=GENERATOR, edition=edition, most=1)
    return True


def is_left() -> bool:
    """True while something is to be made."""
    return waiting_documents().exists() or _without_files() is not None


def _next_of(waiting: Sequence[Publication]) -> list[Publication]:
    """Of the newest round the national packs together, then the regional one, then minutes; other meetings at the end."""

    def place(one: Publication) -> tuple[int, int, int]:
        assert one.meeting
        year = one.meeting.round.year if one.meeting.round else 0
        return -year, KINDS_OF_MEETINGS.index(one.kind), -one.pk

    first = min(waiting, key=place)
    if first.kind != "national_pack":
        return [first]
    assert first.meeting
    return [one for one in waiting if one.kind == first.kind and one.meeting.round_id == first.meeting.round_id]  # type: ignore[union-attr]


def _without_files() -> Edition | None:
    """The newest edition of the fictional rounds of which a file is not kept yet."""
    wanted = {kind: len(kind_of(Publication(kind=kind)).kept) for kind in KINDS_OF_MEETINGS}
    editions = (
        Edition.objects.filter(publication__phase__programme__fictional=True, publication__kind__in=wanted)
        .annotate(kept=Count("files"))
        .select_related("publication__phase")
        .defer("content", "figures", "images")
        .order_by("-issued_on", "-pk")
    )
    return next(
        (one for one in editions if one.kept < wanted[one.publication.kind] * len(one.publication.phase.languages)),
        None,
    )


def make_documents(packs: Sequence[Publication]) -> None:
    """Makes documents that were made together. One that cannot be made is noted as such, and left a draft."""
    first = packs[0]
    moment = at_hour(_day_of(first), GATHERED)
    texts = texts_for(
        Publication.objects.filter(phase=first.phase, kind__in=KINDS_OF_MEETINGS, meeting__isnull=False)
        .select_related("meeting__round")
        .order_by("pk")
    )
    for pack in packs:
        _write(pack, texts[pack.pk], moment)
    made: list[tuple[Publication, Frozen, CheckList]] = []
    # Minutes print nothing that could have changed since the meeting.
    with _records_of(moment) if first.kind != "minutes" else contextlib.nullcontext():
        for pack in packs:
            with _noted(pack):
                made.append((pack, *_gathered(pack, moment)))
    for pack, frozen, checks in made:
        with _noted(pack):
            _issue(pack, frozen, checks)


def _day_of(pack: Publication) -> date:
    assert pack.meeting
    day = day_of_minutes(pack.meeting) if pack.kind == "minutes" else day_of_packs(pack.meeting)
    assert day
    return day


def _write(pack: Publication, texts: Mapping[str, Text], moment: datetime) -> None:
    """The texts of the editors, approved; those that are there already stay."""
    there = set(pack.texts.values_list("slot", "language"))
    with operation("generate programme", by=GENERATOR, recorded_at=moment):
        for slot, text in texts.items():
            for language in (SOURCE, *(one for one in pack.phase.languages if one != SOURCE)):
                if (slot, language) not in there:
                    in_line_with = "" if language == SOURCE else text[SOURCE]
                    operations.write_text(
                        by=GENERATOR, viewer=None, publication=pack, slot=slot, language=language,
                        markdown=text[language], version=None, in_line_with=in_line_with, approve=True,
                    )  # fmt: skip


@contextlib.contextmanager
def _records_of(moment: datetime) -> Iterator[None]:
    """Inside, records are those of the moment; from a file of our own, so that those which people look at stay."""
    with tempfile.TemporaryDirectory(prefix="packs-") as folder:
        file = Path(folder) / "records.sqlite3"
        rebuild(file, moment, former_texts=True)
        with looking_at(Moment(moment, file, moment.isoformat())):
            yield


def _gathered(pack: Publication, moment: datetime) -> tuple[Frozen, CheckList]:
    """The document as it would have been frozen then; meeting and phase are read anew, as they were."""
    assert pack.meeting
    then = Publication.objects.get(pk=pack.pk)
    then.phase = phases_with_everything().get(pk=pack.phase_id)
    meetings = Meeting.objects.select_related("phase__programme", "body__country", "country", "round", "place")
    then.meeting = meetings.get(pk=pack.meeting.pk)
    frozen = kind_of(then).gather(then, cut_off=moment)
    return frozen, check_publication(then, frozen)


def _issue(pack: Publication, frozen: Frozen, checks: CheckList) -> None:
    """Clears and freezes it in one transaction, as of the day on which it was issued."""
    if any(finding.problem.blocks for finding in checks.findings):
        raise ChecksFailed(checks)
    with operation("generate programme", by=GENERATOR, recorded_at=at_hour(_day_of(pack), ISSUED)):
        for finding in checks.blocking:
            operations.explain_check(
                by=GENERATOR, viewer=None, publication=pack, code=finding.problem.code, reason=REASON
            )
        for step in steps_of(pack):
            person = _person(pack, step.roles)
            operations.move_publication(by=person, viewer=None, publication=pack, step=step.name)
        manager = _person(pack, frozenset({Role.PM}))
        issue_edition(by=manager, viewer=None, publication=pack, frozen=frozen, renderings={})
        _note(pack, Issuing.Stage.DONE)


def steps_of(pack: Publication) -> list[PublicationStep]:
    """The clearances of a document's way, in their order."""
    way = PATHS[pack.kind][1:-1]
    return sorted((step for step in STEPS if step.to_state in way), key=lambda step: way.index(step.to_state))


def _person(pack: Publication, roles: frozenset[Role]) -> User:
    found = User.objects.filter(assignments__phase=pack.phase, assignments__role__in=roles).order_by("pk").first()
    assert found
    return found


@contextlib.contextmanager
def _noted(pack: Publication) -> Iterator[None]:
    """What goes wrong with one document is noted, and the others are made."""
    try:
        yield
    except Exception as problem:
        logger.exception("%s could not be made", pack)
        _note(pack, Issuing.Stage.FAILED, str(problem))


def _note(pack: Publication, stage: Issuing.Stage, message: str = "") -> None:
    waiting = Issuing.objects.filter(publication=pack, open=True)
    waiting.update(stage=stage, open=None, heard_at=timezone.now(), message=message)
