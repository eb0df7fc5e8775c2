"""Who acts: a signed-in person or the system itself on somebody's order."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Anybody in whose name an operation runs."""

    @property
    def actor_id(self) -> int | None: ...

    @property
    def actor_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class SystemActor:
    """The programme's own machinery: a command, an import from the shell, a deadline that passed."""

    actor_name: str
    actor_id: int | None = None


@dataclass(frozen=True, slots=True)
class Simulation(SystemActor):
    """Invents the history of a fictional programme: the one actor whose operations may carry another recorded date.

    Everything that it writes bears its name in the change log, so that an invented date is never taken for a real one.
    """
