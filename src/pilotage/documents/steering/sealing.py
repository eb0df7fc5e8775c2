"""The seal: a document bears the SHA-256 of its own frozen content, so that anybody can prove what was on the table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeVar, cast

Sealable = TypeVar("Sealable", bound=Mapping[str, Any])


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content as canonical JSON, its own hash left out."""
    bare = {**content, "seal": {**content["seal"], "hash": ""}}
    return hashlib.sha256(json.dumps(bare, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def sealed(content: Sealable) -> Sealable:
    """The content with its hash in it."""
    return cast(Sealable, {**content, "seal": {**content["seal"], "hash": content_hash(content)}})


def seal_holds(content: Mapping[str, Any]) -> bool:
    """Whether the content is what it was when it was sealed."""
    return bool(content["seal"]["hash"] == content_hash(content))
