"""Answer sheets: workbooks, Word forms and paper given out to an agency, with signed row keys.

A sheet remembers what stood on it. Each of its rows has a key that only this server could have made, from the sheet's
own secret, so that what comes back is known row by row, whatever was done to the file on its way.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.contacts import require_write_to
from pilotage.domain.recommendations.models import AnswerSheet
from pilotage.domain.recommendations.words import Channel
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty-two characters that are not mistaken for one another: no I, L, O, U."""
CODE_LENGTH = 5
KEY_LENGTH = 16


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One item as it stood on a sheet when it was given out."""

    kind: str
    """``recommendation`` or ``action_point``."""
    pk: int
    version: int
    state: str
    said: str
    """Digest of the wording in both languages: what comes back must speak of the same."""
    key: str = ""

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> GivenRow:
        """The row as the sheet keeps it."""
        return cls(**{name: row[name] for name in ("kind", "pk", "version", "state", "said", "key")})


def give_out_sheet(
    *,
    by: Actor,
    phase: Phase,
    institution: Institution,
    channel: Channel,
    rows: Sequence[GivenRow],
    viewer: Viewer | None = None,
) -> AnswerSheet:
    """Keeps what is given out to an agency and signs its rows, in printed order. Raises NotAllowed."""
    require_write_to(viewer, phase, institution)
    with operation("give out answer sheet", by=by):
        sheet = AnswerSheet(
            phase=phase,
            institution=institution,
            channel=channel,
            code=_free_code(),
            secret=secrets.token_hex(32),
            given_out_on=timezone.localdate(),
        )
        sheet.rows = [{**asdict(row), "key": row_key(sheet, row)} for row in rows]
        sheet.full_clean()
        sheet.save()
        return sheet


def note_return(*, by: Actor, sheet: AnswerSheet) -> AnswerSheet:
    """Keeps the day on which a sheet first came back."""
    with operation("note return of answer sheet", by=by):
        if sheet.returned_on is None:
            sheet.returned_on = timezone.localdate()
            sheet.save()
        return sheet


def row_key(sheet: AnswerSheet, row: GivenRow) -> str:
    """``7K2QM.0f3a…``: the sheet's code, and a seal over what the row is and in which version it was given out."""
    sealed = f"{sheet.code}:{row.kind}:{row.pk}:{row.version}:{row.said}".encode()
    return f"{sheet.code}.{hmac.new(sheet.secret.encode(), sealed, hashlib.sha256).hexdigest()[:KEY_LENGTH]}"


def given_rows(sheet: AnswerSheet) -> list[GivenRow]:
    """The rows of a sheet in printed order; one whose seal no longer fits is left out."""
    rows = [GivenRow.from_json(row) for row in sheet.rows]
    return [row for row in rows if hmac.compare_digest(row.key, row_key(sheet, row))]


def digest_of_wording(*texts: str) -> str:
    """What is compared of a wording: letters and digits, not how they were set."""
    return hashlib.sha256("".join("".join(texts).split()).encode()).hexdigest()[:16]


def _free_code() -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))
        if not AnswerSheet.objects.filter(code=code).exists():
            return code
