"""A problem found in somebody's data: what is wrong, where, and how grave."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Problem:
    """``level`` is E (blocks) or W (needs a written reason), as in the domain handbook, section 9."""

    code: str
    level: str
    field: str
    message: str | Promise
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The message in the reader's language, with its values."""
        return str(self.message) % self.params if self.params else str(self.message)

    @property
    def blocks(self) -> bool:
        """True for an error."""
        return self.level == "E"
