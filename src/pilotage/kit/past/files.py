"""The rebuilt files: found, made, thrown away. Each is written under another name and appears whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import time
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from pilotage.kit.models import Change
from pilotage.kit.past.rebuilding import rebuild
from pilotage.kit.past.scope import guards_of, models_of_the_past

FORM = 2
"""Counts changes of how the past is rebuilt: files of another form are not used any more."""
MOST_FILES = 12
MOST_BYTES = 2 * 1024**3
LONGEST_WRITING = 3600
"""Seconds after which an unfinished file is that of a process which was ended."""
UNSETTLED = timedelta(minutes=15)
"""An operation is recorded at its beginning and seen at its end: the log of so short a time ago may still grow."""


def folder() -> Path:
    """Where rebuilt files are kept: beside the database, for the eyes of the server alone."""
    found = Path(settings.DATA) / "past"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def name_for(at: datetime, *, former_texts: bool = False) -> str | None:
    """The name of the file for the instant ``at``; None where nothing was recorded by then.

    It is made of what its content depends on: the last change known then, the last change that made anybody's access
    narrower or took a person's data away, whether free texts are those of then, and the shape of the tables.
    """
    # What has no past of its own (an issue, its texts) changes nothing in these files, whenever it is recorded.
    changes = Change.objects.filter(at__lte=at, record_type__in=types_of_the_past())
    found = changes.order_by("-at", "-id").values_list("id", "operation").first()
    if found is None:
        return None
    # A database restored from a backup counts on from there: the same number then stands for another change.
    known = f"{found[0]}-{found[1].hex[:8]}"
    latest = Change.objects.order_by("-id").values_list("id", flat=True).first()
    unsettled = f"-{latest}" if timezone.now() - at < UNSETTLED else ""
    texts = "-texts" if former_texts else ""
    return f"{known}-{guard(latest or 0, former_texts)}{texts}-{shape()}{unsettled}.sqlite3"


def ready_file(name: str) -> Path | None:
    """The file of that name, marked as used; None where it is not there."""
    found = folder() / name
    try:
        os.utime(found)
    except OSError:
        return None
    return found


def make_file(name: str, at: datetime, *, former_texts: bool = False) -> Path:
    """Rebuilds the instant ``at`` under ``name``, and throws away what is beyond the bounds."""
    place = folder()
    handle, unfinished = tempfile.mkstemp(prefix="rebuilding-", suffix=".part", dir=place)
    os.close(handle)
    try:
        rebuild(Path(unfinished), at, former_texts=former_texts)
        os.replace(unfinished, place / name)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(unfinished)
        raise
    tidy(keep=name)
    return place / name


def tidy(keep: str = "") -> None:
    """Throws away the files that were not used for longest, beyond the bounds, and what ended processes left."""
    kept, size = 0, 0
    found = []
    for path in folder().iterdir():
        with contextlib.suppress(OSError):
            found.append((path.name == keep, path.stat().st_mtime, path.stat().st_size, path))
    for mine, used, length, path in sorted(found, reverse=True, key=lambda one: one[:2]):
        if path.suffix == ".sqlite3":
            kept, size = kept + 1, size + length
            gone = not mine and (kept > MOST_FILES or size > MOST_BYTES)
        else:
            gone = path.suffix in {".part", ".wanted"} and time.time() - used > LONGEST_WRITING
        if gone:
            with contextlib.suppress(OSError):
                path.unlink()


@cache
def shape() -> str:
    """Stands for the tables that are made, and for how they are."""
    parts = [
        f"{model._meta.label} {field.attname} {type(field).__name__} {field.null}"
        for model in models_of_the_past()
        for field in model._meta.concrete_fields
    ]
    return hashlib.sha256(f"{FORM} {parts}".encode()).hexdigest()[:10]


# The guard: which rebuilt files are too old to be shown


def guard(latest: int, former_texts: bool = False) -> int:
    """The number of the last change that makes rebuilt files stale, among those up to ``latest``.

    Such are: a change of confidentiality or of what points at a person, a deletion of what had either, whatever is
    recorded for a time before what was recorded already, and, where texts are those of now, a change of one. How far the
    log has been read for them is kept in a small file, so that only what is new is read.
    """
    path = folder() / "guard.json"
    nothing: dict[str, Any] = {"seen": 0, "operation": "", "stale": 0, "texts": 0, "at": ""}
    seen = dict(nothing)
    with contextlib.suppress(OSError, ValueError):
        seen |= json.loads(path.read_text())
    if seen["seen"] and _operation_of(seen["seen"]) != seen["operation"]:
        seen = nothing  # another database stands in this folder now
    if seen["seen"] == latest:
        return int(seen["stale"] if former_texts else max(seen["stale"], seen["texts"]))
    new = Change.objects.filter(id__gt=seen["seen"], id__lte=latest)
    stale = new.filter(_stale(True)).order_by("-id").values_list("id", flat=True).first()
    texts = new.filter(_stale(False)).order_by("-id").values_list("id", flat=True).first()
    if seen["at"]:
        earlier = datetime.fromisoformat(seen["at"]) - UNSETTLED
        late = new.filter(at__lt=earlier, record_type__in=types_of_the_past())
        backdated = late.order_by("-id").values_list("id", flat=True).first()
        stale = max(stale or 0, backdated or 0)
    last = Change.objects.filter(id__lte=latest).order_by("-at").values_list("at", flat=True).first()
    told = {
        "seen": latest,
        "operation": _operation_of(latest),
        "stale": stale or seen["stale"],
        "texts": texts or seen["texts"],
        "at": last.isoformat() if last else "",
    }
    handle, unfinished = tempfile.mkstemp(prefix="guard-", suffix=".part", dir=folder())
    with os.fdopen(handle, "w") as file:
        json.dump(told, file)
    os.replace(unfinished, path)
    return int(told["stale"] if former_texts else max(told["stale"], told["texts"]))


@cache
def types_of_the_past() -> tuple[str, ...]:
    """How the log names the records that are rebuilt, under their earlier names too."""
    return tuple(name for model in models_of_the_past() for name in (model._meta.label_lower, *model.formerly))


def _operation_of(number: int) -> str:
    found = Change.objects.filter(id=number).values_list("operation", flat=True).first()
    return found.hex if found else ""


@cache
def _stale(former_texts: bool) -> Q:
    stale = Q(pk__in=())
    for model in models_of_the_past():
        guards = guards_of(model, former_texts)
        if guards:
            changed = Q(action=Change.Action.DELETED)
            if guards.fields:
                changed |= Q(action=Change.Action.CHANGED, after__has_any_keys=guards.fields)
            stale |= Q(record_type=model._meta.label_lower) & changed
    return ~Q(action=Change.Action.ADDED) & stale
