"""The clearance of a publication, and who may make each step (domain handbook, section 5)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.documents.models import Publication
from pilotage.documents.models import PublicationState as State
from pilotage.domain.membership.models import Role


@dataclass(frozen=True, slots=True)
class PublicationStep:
    """One allowed move of a publication."""

    name: str
    label: Promise
    from_states: frozenset[State]
    to_state: State
    roles: frozenset[Role]
    needs_reason: bool = False


STEPS = (
    PublicationStep(
        "check_figures", _("figures checked"), frozenset({State.DRAFT}), State.FIGURES_CHECKED, frozenset({Role.ME})
    ),
    PublicationStep(
        "clear_pm", _("clear"), frozenset({State.DRAFT, State.FIGURES_CHECKED}), State.CLEARED_PM, frozenset({Role.PM})
    ),
    PublicationStep(
        "clear_eud",
        _("clear for the Delegation"),
        frozenset({State.CLEARED_PM}),
        State.CLEARED_EUD,
        frozenset({Role.EUD}),
    ),
    PublicationStep(
        "return",
        _("return to the editors"),
        frozenset({State.FIGURES_CHECKED, State.CLEARED_PM, State.CLEARED_EUD}),
        State.DRAFT,
        frozenset({Role.ME, Role.PM, Role.EUD}),
        needs_reason=True,
    ),
    PublicationStep(
        "withdraw",
        _("withdraw"),
        frozenset({State.PUBLISHED, State.CORRECTED}),
        State.WITHDRAWN,
        frozenset({Role.PM}),
        needs_reason=True,
    ),
)
"""Issuing (cleared by the Delegation → published) and correcting (published → corrected) freeze an edition and are
operations of their own."""

STEP_BY_NAME = {step.name: step for step in STEPS}
_WHOLE = (State.DRAFT, State.FIGURES_CHECKED, State.CLEARED_PM, State.CLEARED_EUD, State.PUBLISHED)
_PACK = (State.DRAFT, State.FIGURES_CHECKED, State.CLEARED_PM, State.PUBLISHED)
_CLEARED_ELSEWHERE = (State.DRAFT, State.CLEARED_PM, State.PUBLISHED)
PATHS: dict[str, tuple[State, ...]] = {
    "newsletter": _WHOLE,
    "national_pack": _PACK,
    "regional_pack": _PACK,
    "minutes": _CLEARED_ELSEWHERE,
    "work_plan": _CLEARED_ELSEWHERE,
}
"""The way of a publication of each kind. What is public needs the Delegation's clearance; packs go to members, of whom
the Delegation is one; minutes and plans are agreed by the steering body, the clearance is for their form."""


def steps_from(publication: Publication) -> list[PublicationStep]:
    """The clearance steps that a publication can take from its state, whoever may take them."""
    path = PATHS[publication.kind]
    state = State(publication.state)
    after = path[path.index(state) + 1] if state in path[:-1] else None
    return [
        step
        for step in STEPS
        if state in step.from_states and (step.to_state in (after, State.WITHDRAWN) or step.needs_reason)
    ]


def ready_to_issue(publication: Publication) -> bool:
    """True where the last clearance of its way is given."""
    return bool(publication.state == PATHS[publication.kind][-2])


MAY_ISSUE = frozenset({Role.PM, Role.CO})
"""Who may issue what the Delegation has cleared."""
