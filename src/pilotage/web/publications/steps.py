"""What the viewer may do with a publication now."""

from __future__ import annotations

from typing import Any

from pilotage.documents.access import OUT, may_step
from pilotage.documents.models import Publication, PublicationState
from pilotage.documents.states import MAY_ISSUE, PATHS, ready_to_issue, steps_from
from pilotage.domain.membership.viewers import Viewer


def steps_for(viewer: Viewer, publication: Publication) -> dict[str, Any]:
    """The steps open to the viewer, whether they may issue or correct, and the way that lies behind and ahead."""
    path = PATHS[publication.kind]
    steps = [step for step in steps_from(publication) if may_step(viewer, publication, step.roles)]
    may_issue = may_step(viewer, publication, MAY_ISSUE)
    state = PublicationState(publication.state)
    reached = path.index(state) if state in path else len(path) - 1
    return {
        "steps": steps,
        "may_issue": may_issue and ready_to_issue(publication),
        "may_correct": may_issue and state in OUT,
        "path": [
            {"label": one.label, "done": place <= reached, "here": place == reached} for place, one in enumerate(path)
        ],
        "is_out": state in OUT,
    }
