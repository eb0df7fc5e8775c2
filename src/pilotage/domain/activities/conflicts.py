"""What somebody else did to an activity while it was open in a form."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pilotage.domain.activities.entries import link_models
from pilotage.domain.activities.models import Activity, Tally
from pilotage.kit.models import Change


@dataclass
class Meanwhile:
    """The changes since a version: by field what it was when read; for lists, what was added and taken away."""

    by: list[str] = field(default_factory=list)
    at: datetime | None = None
    before: dict[str, Any] = field(default_factory=dict)
    """Field of the activity → its value at the version that was read."""
    added: dict[str, set[Any]] = field(default_factory=dict)
    """List of an entry (``countries`` …) → keys that were added since."""
    removed: dict[str, set[Any]] = field(default_factory=dict)
    tally: bool = False
    """True where the tally was written since."""

    def list_before(self, name: str, present: set[Any]) -> set[Any]:
        """The keys that the list ``name`` had at the version that was read."""
        return (present - self.added.get(name, set())) | self.removed.get(name, set())


def changed_since(activity: Activity, version: int) -> Meanwhile:
    """What was done to ``activity`` and its parts after ``version``, by whom and when last."""
    root = Change.objects.filter(root_type=Activity._meta.label_lower, root_id=str(activity.pk))
    own = root.filter(record_type=Activity._meta.label_lower, record_id=str(activity.pk))
    later = {
        operation for operation, after in own.values_list("operation", "after") if after.get("version", 0) > version
    }
    lists = {model._meta.label_lower: (name, attribute) for name, (model, attribute) in link_models().items()}
    found = Meanwhile()
    for change in root.filter(operation__in=later).order_by("id"):
        found.at = change.at
        if change.actor_name not in found.by:
            found.by.append(change.actor_name)
        if change.record_type == Activity._meta.label_lower:
            for name, value in change.before.items():
                found.before.setdefault(name, value)
        elif change.record_type == Tally._meta.label_lower:
            found.tally = True
        elif change.record_type in lists:
            name, attribute = lists[change.record_type]
            _note(found, name, change, attribute)
    return found


def _note(found: Meanwhile, name: str, change: Change, attribute: str) -> None:
    added, removed = found.added.setdefault(name, set()), found.removed.setdefault(name, set())
    if change.action == Change.Action.ADDED:
        key = change.after[attribute]
        (removed.discard if key in removed else added.add)(key)
    elif change.action == Change.Action.DELETED:
        key = change.before[attribute]
        (added.discard if key in added else removed.add)(key)
