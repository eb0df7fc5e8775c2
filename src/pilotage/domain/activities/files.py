"""Files of an activity: photos, signed lists, reports. Known by their content, stored under names of ours."""

from __future__ import annotations

import hashlib
import io
import re
import uuid
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import SEES_INTERNAL, SEES_RESTRICTED, is_partner, require_edit, scope_reaches
from pilotage.domain.activities.models import Activity, ActivityFile, ActivityMove
from pilotage.domain.activities.pictures import clean_picture
from pilotage.domain.activities.words import Confidentiality
from pilotage.domain.membership.models import STAFF, Role
from pilotage.domain.membership.permissions import PERMISSIONS, Level
from pilotage.domain.membership.viewers import Viewer
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.printable import missing_characters
from pilotage.kit.texts import Text

Kind = ActivityFile.FileKind
CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
}


def add_file(
    *,
    by: Actor,
    activity: Activity,
    kind: str,
    file: BinaryIO,
    name: str,
    viewer: Viewer | None = None,
    received_on: date | None = None,
    values: Mapping[str, Any] | None = None,
) -> ActivityFile:
    """Keeps a file of an activity; a picture is made anew, its metadata gone.

    ``values`` are alternative text, credit, consent and confidentiality. A signed list or a report also marks the
    activity as having it, on ``received_on`` (today for None). Raises NotAllowed, ValidationError by field.
    """
    if viewer is not None:
        require_edit(viewer, activity)
    content, suffix = clean_content(file, kind)
    record = ActivityFile(activity=activity, kind=kind, name=tidy_name(name, suffix), **(values or {}))
    record.digest = hashlib.sha256(content).hexdigest()
    _check(record)
    stored = ""
    try:
        with operation("add file", by=by):
            if ActivityFile.objects.filter(activity=activity, digest=record.digest, kind=kind).exists():
                raise ValidationError({"file": _("This file is there already.")})
            record.file.save(f"{uuid.uuid4().hex}.{suffix}", ContentFile(content), save=False)
            stored = record.file.name or ""
            record.full_clean()
            record.save()
            _mark_received(activity, kind, received_on or timezone.localdate())
    except BaseException:
        if stored:
            record.file.storage.delete(stored)
        raise
    return record


def edit_file(
    *, by: Actor, record: ActivityFile, values: Mapping[str, Any], viewer: Viewer | None = None
) -> ActivityFile:
    """Changes what is said of a file: alternative text, credit, consent, who may see it. Raises as ``add_file``."""
    if viewer is not None:
        require_edit(viewer, record.activity)
    with operation("edit file", by=by):
        for name, value in values.items():
            setattr(record, name, value)
        _check(record)
        record.full_clean()
        record.save()
        return record


def remove_file(*, by: Actor, record: ActivityFile, viewer: Viewer | None = None, why: str = "") -> None:
    """Takes a file away. Raises ValidationError where it is the evidence of a move, or no reason is given."""
    if viewer is not None:
        require_edit(viewer, record.activity)
    if not why.strip():
        raise ValidationError({"why": _("Write the reason.")})
    if ActivityMove.objects.filter(evidence=record).exists():
        raise ValidationError(_("The file is the evidence of a move and stays."))
    storage, stored = record.file.storage, record.file.name
    with operation("remove file", by=by, why=why):
        record.delete()
        if stored:
            transaction.on_commit(lambda: storage.delete(stored))


def visible_files(viewer: Viewer, activity: Activity, files: Iterable[ActivityFile]) -> list[ActivityFile]:
    """Those of ``files`` of ``activity`` (which the viewer sees) that they may open."""
    return [file for file in files if sees_file(viewer, activity, file)]


def sees_file(viewer: Viewer, activity: Activity, file: ActivityFile) -> bool:
    """True where the viewer, who sees the activity, may open the file too. A signed list holds names."""
    roles = viewer.roles_in(activity.phase)
    if file.kind == Kind.SIGNED_LIST and not _sees_names(viewer, activity):
        return False
    match file.confidentiality:
        case Confidentiality.PUBLIC:
            return True
        case Confidentiality.PARTNERS:
            return is_partner(viewer, activity)
        case Confidentiality.INTERNAL:
            return bool(roles & SEES_INTERNAL)
        case _:
            editors = viewer.held_with("activity", activity.phase, {Level.EDIT})
            return bool(roles & SEES_RESTRICTED) or any(scope_reaches(held, activity) for held in editors)


def _sees_names(viewer: Viewer, activity: Activity) -> bool:
    for held in viewer.held_in(activity.phase):
        level = PERMISSIONS["person", Role(held.role)]
        if level == Level.VIEW:
            return True
        if level in {Level.EDIT, Level.OWN} and held.role in STAFF and scope_reaches(held, activity):
            return True
    return False


def content_type_of(file: ActivityFile) -> str:
    """The content type by what we stored, not by what the file called itself."""
    suffix = (file.file.name or "").rsplit(".", 1)[-1].lower()
    return CONTENT_TYPES.get(suffix, "application/octet-stream")


def tidy_name(name: str, suffix: str) -> str:
    """The name to show: no path, no control characters, the suffix of what it really is."""
    stem = re.split(r"[/\\]", name)[-1].rsplit(".", 1)[0]
    stem = "".join(letter for letter in stem if letter.isprintable() and letter not in '<>:"|?*').strip(" .")
    stem = "".join(letter for letter in stem if not missing_characters(letter))
    return f"{stem[:150] or 'file'}.{suffix}"


def clean_content(file: BinaryIO, kind: str = "") -> tuple[bytes, str]:
    """What is kept of the file and its suffix, found by looking inside. Raises ValidationError by ``file``.

    Other nouns check what is sent to them in the same way: evidence of a recommendation, a scan of an answer.
    """
    most = settings.MAX_UPLOAD_MB * 1024 * 1024
    content = file.read(most + 1)
    if len(content) > most:
        raise ValidationError({"file": _("The file is larger than %(most)d MB.") % {"most": settings.MAX_UPLOAD_MB}})
    if not content:
        raise ValidationError({"file": _("The file is empty.")})
    suffix = _suffix(content)
    if suffix == "jpg" or kind == Kind.PHOTO:
        try:
            return clean_picture(io.BytesIO(content)), "jpg"
        except ValidationError as problem:
            raise ValidationError({"file": problem.messages}) from None
    if suffix is None:
        raise ValidationError(
            {"file": _("Only pictures (JPEG, PNG, WebP), PDF, Word, Excel and OpenDocument texts are kept.")}
        )
    return content, suffix


def _suffix(content: bytes) -> str | None:
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    ):
        return "jpg"
    if content.startswith(b"%PDF-"):
        return "pdf"
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parcel:
            names = set(parcel.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError({"file": _("The file holds a program (macro). Save it without.")})
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "odt" if {"mimetype", "content.xml"} <= names else None


def _check(record: ActivityFile) -> None:
    found: dict[str, list[str]] = {}
    public = record.confidentiality == Confidentiality.PUBLIC
    if record.kind == Kind.SIGNED_LIST and record.confidentiality in {Confidentiality.PUBLIC, Confidentiality.PARTNERS}:
        found["confidentiality"] = [_("A signed list holds names: it stays internal or restricted.")]
    if record.kind == Kind.PHOTO and public:
        if record.consent_on is None:
            found["consent_on"] = [_("Before a photo is public, the persons shown must have agreed: give the date.")]
        if not _in_both_languages(record.alternative_text):
            found["alternative_text"] = [_("Before a photo is public, say in English and in Russian what it shows.")]
    if record.consent_on and record.consent_on > timezone.localdate():
        found["consent_on"] = [_("The date lies in the future.")]
    missing = missing_characters(" ".join([*record.alternative_text.values(), record.credit]))
    if missing:
        found.setdefault("alternative_text", []).append(
            _("The text holds characters that cannot be printed: %(characters)s")
            % {"characters": " ".join(missing[:5])}
        )
    if found:
        raise ValidationError(found)


def _in_both_languages(text: Text) -> bool:
    return all(text.get(language, "").strip() for language in ("en", "ru"))


def _mark_received(activity: Activity, kind: str, day: date) -> None:
    field = {Kind.SIGNED_LIST.value: "signed_list_on", Kind.REPORT.value: "report_on"}.get(str(kind))
    if field and getattr(activity, field) is None:
        if day > timezone.localdate():
            raise ValidationError({"received_on": _("The date lies in the future.")})
        setattr(activity, field, day)
        activity.save()
