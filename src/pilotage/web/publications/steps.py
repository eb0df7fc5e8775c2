"""What the viewer may do with a publication now."""

from __future__ import annotations

from typing import Any

from pilotage.documents.access import OUT, may_step
from pilotage.documents.models import Publication, PublicationState
from pilotage.documents.states import MAY_ISSUE, STEPS
from pilotage.domain.membership.viewers import Viewer

PATH = (
    PublicationState.DRAFT,
    PublicationState.FIGURES_CHECKED,
    PublicationState.CLEARED_PM,
    PublicationState.CLEARED_EUD,
    PublicationState.PUBLISHED,
)
"""The way of an issue, as the desk shows it."""


def steps_for(viewer: Viewer, publication: Publication) -> dict[str, Any]:
    """The steps open to the viewer, whether they may issue or correct, and the way that lies behind and ahead."""
    steps = [
        step for step in STEPS if publication.state in step.from_states and may_step(viewer, publication, step.roles)
    ]
    may_issue = may_step(viewer, publication, MAY_ISSUE)
    state = PublicationState(publication.state)
    reached = PATH.index(state) if state in PATH else len(PATH) - 1
    return {
        "steps": steps,
        "may_issue": may_issue and state == PublicationState.CLEARED_EUD,
        "may_correct": may_issue and state in OUT,
        "path": [
            {"label": one.label, "done": place <= reached, "here": place == reached} for place, one in enumerate(PATH)
        ],
        "is_out": state in OUT,
    }
