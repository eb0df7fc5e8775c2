"""A problem found in somebody's data: what is wrong, where, and how grave."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Problem:
    """``level`` is E (blocks) or W (needs a written reason), as in the domain handbook, section 9."""

    code: str
    level: str
    field: str
    message: str | Promise  # a lazy translation is worded when it is read
    params: dict[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def text(self) -> str:
        """The message in the reader's language, with its values."""
        worded = f"{self.message}"
        return worded % self.params if self.params else worded

    @property
    def blocks(self) -> bool:
        """True for an error."""
        return self.level == "E"
