"""What is checked before a work plan is issued, beside the checks of every publication (domain handbook, 9)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from pilotage.documents.editions import Frozen
from pilotage.documents.kinds.newsletter.checks import visibility
from pilotage.documents.models import Publication
from pilotage.documents.steering.sealing import seal_holds
from pilotage.domain.workplans.queries import OUT
from pilotage.kit.problems import Problem


def problems(publication: Publication, frozen: Frozen) -> list[Problem]:
    """Every problem of a frozen plan."""
    return [*visibility(publication, frozen), *_sealed(frozen), *_plan(publication)]


def _sealed(frozen: Frozen) -> Iterator[Problem]:
    for language, content in frozen.content.items():
        if not seal_holds(content):
            yield Problem(
                "seal", "E", "", _("The hash is not that of the content (%(language)s)."), {"language": language}
            )


def _plan(publication: Publication) -> Iterator[Problem]:
    plan = publication.work_plan
    if plan is None:
        return
    if plan.state not in OUT:
        yield Problem("plan_not_in_force", "E", "", _("This version of the work plan is not in force yet."))
    if not plan.lines.exists():
        yield Problem("plan_empty", "E", "", _("The plan has no lines yet."))
    undated = plan.lines.filter(due_last=None).count()
    if undated:
        said = _("Lines without a date: %(count)s. Delivery cannot be measured against them.")
        yield Problem("plan_undated", "W", "", said, {"count": str(undated)})
    for language in publication.phase.languages:
        missing = sum(not line.title.get(language) for line in plan.lines.only("title"))
        if missing:
            said = _("Lines without a title in the language “%(language)s”: %(count)s.")
            given = {"language": language, "count": str(missing)}
            yield Problem(f"plan_untranslated.{language}", "W", "", said, given)
