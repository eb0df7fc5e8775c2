"""What was read of a returned sheet, before anybody asks what it means: one line an item, by whatever way it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

FIELDS = (
    "answer", "words", "implementation_due", "evidence", "act_number", "act_date", "act_body", "evidence_url",
)  # fmt: skip
"""What an agency fills in, by the names that stand hidden in workbooks. Older sheets lack some: those stay empty."""


@dataclass(slots=True)
class Line:
    """One row of a workbook, one table of a form, one typed code."""

    place: str
    """Where it stands: ``B12``, ``3``."""
    key: str = ""
    version: str = ""
    said: str = ""
    """Digest of the wording that stands beside the answer; empty where there was none."""
    code: str = ""
    """The item's code as it stands there: for the reader of the preview only."""
    values: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    """Fields that cannot be a value (``formula``, ``error``, ``several``), with what stands there."""

    @property
    def is_blank(self) -> bool:
        """True where nothing was filled in."""
        return not any(self.values.values()) and not self.wrong

    @classmethod
    def from_json(cls, line: Mapping[str, Any]) -> Line:
        """As ``as_json`` wrote it."""
        return cls(**line)

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)
