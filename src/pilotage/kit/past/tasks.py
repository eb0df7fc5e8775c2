"""What the background worker does for the past."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from pilotage.kit.past.asking import carry_out


@task()
def rebuild_in_background(name: str, at: str, former_texts: bool = False) -> None:
    """Rebuilds the instant ``at`` into the file ``name``."""
    carry_out(name, datetime.fromisoformat(at), former_texts)
