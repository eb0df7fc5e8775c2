"""The demo's newsletters: issue 6 of the real programme, and one of the fictional programme in which nothing is empty."""

from __future__ import annotations

from pathlib import Path

from pilotage.cli.folder import demo_source
from pilotage.documents import operations
from pilotage.documents.models import Edition, Publication
from pilotage.documents.publishing import checks_of, issue
from pilotage.domain.programme.models import Phase
from pilotage.kit.actors import Actor
from pilotage.kit.texts import Text

REAL_PHASE, REAL_PERIOD, REAL_ISSUE = "bomca-10", "2023-Q2", 6
SOURCE_LANGUAGE = "en"
QUOTED: Text = {
    "en": "The number is quoted from the programme's own newsletter; the records are a sample.",
    "ru": "Число приведено по собственному бюллетеню программы; записи представляют собой выборку.",
}
CLEARANCES = ("check_figures", "clear_pm", "clear_eud")


def load_newsletters(by: Actor) -> int:
    """Issues the demo's newsletters that are not issued yet; returns how many."""
    issued = 0
    bomca = demo_source("bomca")
    real = Phase.objects.filter(code=REAL_PHASE).first()
    if bomca and real:
        issued += load_newsletter(by, real, REAL_PERIOD, bomca / "newsletter-2023-Q2", REAL_ISSUE, QUOTED) is not None
    return issued


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
    for finding in checks_of(publication).blocking:
        if not finding.problem.blocks:
            operations.explain_check(
                by=by, viewer=None, publication=publication, code=finding.problem.code, reason=explanation
            )
    for step in CLEARANCES:
        operations.move_publication(by=by, viewer=None, publication=publication, step=step)
    return issue(by=by, viewer=None, publication=publication)


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
