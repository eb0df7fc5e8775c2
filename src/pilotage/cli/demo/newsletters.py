"""The demo's newsletters: issue 6 of the real programme, and one of the fictional programme in which nothing is empty."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from pilotage.cli.folder import demo_source
from pilotage.documents import operations
from pilotage.documents.models import Edition, Publication
from pilotage.documents.publishing import checks_of, issue
from pilotage.domain.activities.models import Activity, ActivityFile
from pilotage.domain.activities.words import Confidentiality
from pilotage.domain.programme.models import Phase
from pilotage.kit.actors import Actor
from pilotage.kit.periods import Period
from pilotage.kit.texts import Text

REAL_PHASE, REAL_PERIOD, REAL_ISSUE = "bomca-10", "2023-Q2", 6
SOURCE_LANGUAGE = "en"
QUOTED: Text = {
    "en": "The number is quoted from the programme's own newsletter; the records are a sample.",
    "ru": "Число приведено по собственному бюллетеню программы; записи представляют собой выборку.",
}
INVENTED: Text = {
    "en": "The text is invented and speaks of no figure of the quarter.",
    "ru": "Текст вымышлен и не относится к показателям квартала.",
}
QUARTERS_TRIED = 4
CLEARANCES = ("check_figures", "clear_pm", "clear_eud")


def load_newsletters(by: Actor) -> int:
    """Issues the demo's newsletters that are not issued yet; returns how many."""
    issued = 0
    bomca = demo_source("bomca")
    real = Phase.objects.filter(code=REAL_PHASE).first()
    if bomca and real:
        issued += load_newsletter(by, real, REAL_PERIOD, bomca / "newsletter-2023-Q2", REAL_ISSUE, QUOTED) is not None
    invented = demo_source("fictional")
    for phase in Phase.objects.filter(programme__fictional=True).select_related("programme"):
        quarter = fullest_quarter(phase, timezone.localdate())
        if invented and quarter:
            number = quarters_since(phase.start, quarter)
            issued += load_newsletter(by, phase, quarter.code, invented / "newsletter", number, INVENTED) is not None
    return issued


def fullest_quarter(phase: Phase, today: date) -> Period | None:
    """Of the last closed quarters of the phase, the one with the most activities."""
    day, found = today, []
    for _number in range(QUARTERS_TRIED):
        end = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1) - timedelta(days=1)
        quarter = Period.quarter(end.year, (end.month - 1) // 3 + 1)
        if phase.start and quarter.start and quarter.start >= phase.start:
            held = Activity.objects.filter(phase=phase, thematic=True).held()
            found.append((held.ended_within(quarter.start, quarter.end).count(), quarter.code, quarter))
        day = end
    return max(found)[2] if found else None


def quarters_since(start: date | None, quarter: Period) -> int:
    """The number of the issue, where there was one each quarter from the start of the phase."""
    if start is None or quarter.start is None:
        return 1
    begun = (quarter.start.year - start.year) * 4 + (quarter.start.month - 1) // 3 - (start.month - 1) // 3
    return max(1, begun + 1)


def load_newsletter(
    by: Actor, phase: Phase, period: str, folder: Path, number: int, explanation: Text
) -> Edition | None:
    """One issue from a folder of texts, ``<slot>.<language>.md``; None where it is issued already."""
    publication = operations.open_publication(
        by=by, viewer=None, phase=phase, kind="newsletter", period=period, number=number
    )
    if publication.editions.exists():
        return None
    write_texts(by, publication, folder)
    choose_photos(by, publication)
    for finding in checks_of(publication).blocking:
        if not finding.problem.blocks:
            operations.explain_check(
                by=by, viewer=None, publication=publication, code=finding.problem.code, reason=explanation
            )
    for step in CLEARANCES:
        operations.move_publication(by=by, viewer=None, publication=publication, step=step)
    return issue(by=by, viewer=None, publication=publication)


def choose_photos(by: Actor, publication: Publication) -> None:
    """A photo of the quarter for the featured story, where one may be published."""
    covers = publication.covers
    photos = ActivityFile.objects.filter(
        activity__phase=publication.phase,
        activity__confidentiality=Confidentiality.PUBLIC,
        kind=ActivityFile.FileKind.PHOTO,
        consent_on__isnull=False,
    ).exclude(confidentiality=Confidentiality.RESTRICTED)
    photo = photos.filter(activity__ended_last__range=(covers.start, covers.end)).order_by("pk").first()
    photo = photo or photos.filter(activity__ended_last__lte=covers.end).order_by("-activity__ended_last", "pk").first()
    photo = photo or (photos.order_by("pk").first() if publication.phase.programme.fictional else None)
    if photo:
        operations.choose_photo(
            by=by, viewer=None, publication=publication, slot="featured-story", photo=photo, caption={}
        )


def write_texts(by: Actor, publication: Publication, folder: Path) -> None:
    """Every text of the folder, approved; translations in line with what they translate."""
    for source in sorted(folder.glob(f"*.{SOURCE_LANGUAGE}.md")):
        slot = source.name.split(".")[0]
        original = source.read_text(encoding="utf-8")
        for language in (SOURCE_LANGUAGE, *(one for one in publication.phase.languages if one != SOURCE_LANGUAGE)):
            file = folder / f"{slot}.{language}.md"
            if file.exists():
                operations.write_text(
                    by=by,
                    viewer=None,
                    publication=publication,
                    slot=slot,
                    language=language,
                    markdown=file.read_text(encoding="utf-8"),
                    version=None,
                    in_line_with="" if language == SOURCE_LANGUAGE else original,
                    approve=True,
                )
