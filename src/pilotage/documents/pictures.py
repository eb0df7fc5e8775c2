"""Photos of editions, kept by what they are: a file named by its SHA-256 never changes and is never written twice."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from pilotage.domain.activities.models import ActivityFile

FOLDER = "editions/pictures"
SCHEME = "sha256:"


class PictureLost(Exception):
    """A picture of an edition is not in the store any more, or is not what it was."""


def keep_photo(photo: ActivityFile) -> str:
    """Keeps a copy of ``photo`` as it is now and returns its reference, ``sha256:….jpg``."""
    with photo.file.open("rb") as file:
        data = file.read()
    ending = "png" if data[:4] == b"\x89PNG" else "jpg"
    name = f"{hashlib.sha256(data).hexdigest()}.{ending}"
    if not default_storage.exists(f"{FOLDER}/{name}"):
        default_storage.save(f"{FOLDER}/{name}", ContentFile(data))
    return f"{SCHEME}{name}"


def picture_bytes(reference: str) -> bytes:
    """The bytes behind an entry of an edition's images: a reference, or the SVG itself. Raises PictureLost."""
    if not reference.startswith(SCHEME):
        return reference.encode()
    name = reference.removeprefix(SCHEME)
    try:
        with default_storage.open(f"{FOLDER}/{name}", "rb") as file:
            data: bytes = file.read()
    except FileNotFoundError:
        raise PictureLost(name) from None
    if hashlib.sha256(data).hexdigest() != name.split(".")[0]:
        raise PictureLost(name)
    return data


def picture_type(reference: str) -> str:
    """The media type of a kept photo."""
    return "image/png" if reference.endswith(".png") else "image/jpeg"
