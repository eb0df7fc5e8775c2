"""Photos are made anew, other files are known by their content, and only who may opens them."""

import io
import struct
import zipfile
import zlib
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pilotage.domain.activities.files import add_file, edit_file, tidy_name
from pilotage.domain.activities.models import Activity, ActivityFile
from tests.browse import signed_in, words_of
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


@pytest.fixture
def activity(programme: SmallProgramme) -> Activity:
    return programme.activity("KG", state="implemented", actual_end="2023-06", confidentiality="public")


def photo(form: str = "JPEG", size: tuple[int, int] = (120, 80), **options: object) -> bytes:
    file = io.BytesIO()
    picture = Image.new("RGB", size, "seagreen")
    if form == "JPEG":
        exif = Image.Exif()
        exif[0x010F] = "Camera of the officer"
        exif.get_ifd(0x8825)[2] = (42.0, 52.0, 0.0)
        options = {"exif": exif, "comment": b"a secret note", **options}
    picture.save(file, form, **options)
    return file.getvalue()


def add(
    activity: Activity, content: bytes, name: str = "photo.jpg", kind: str = "photo", **values: object
) -> ActivityFile:
    return add_file(by=TESTER, activity=activity, kind=kind, file=io.BytesIO(content), name=name, values=values)


def test_place_camera_and_notes_are_gone(activity: Activity) -> None:
    record = add(activity, photo())
    with record.file.open() as file:
        stored = file.read()
    assert b"Camera" not in stored
    assert b"secret" not in stored
    with Image.open(io.BytesIO(stored)) as picture:
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def test_a_picture_is_turned_upright(activity: Activity) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    record = add(activity, photo(exif=exif))
    with record.file.open() as file, Image.open(file) as picture:
        assert picture.size == (80, 120)


def test_a_large_one_is_made_smaller(activity: Activity) -> None:
    record = add(activity, photo(size=(4000, 3000)))
    with record.file.open() as file, Image.open(file) as picture:
        assert picture.size == (2400, 1800)


def bomb() -> bytes:
    """A PNG of a few kilobytes that claims 30 000 × 30 000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def animated() -> bytes:
    file = io.BytesIO()
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b"<svg onload='alert(1)'/>", "no JPEG, PNG or WebP"),
        (photo()[:200], "broken or cut off"),
        (photo("GIF"), "no JPEG, PNG or WebP"),
        (animated(), "The picture moves"),
        (bomb(), "too many pixels"),
        (photo("PNG", (8, 8)), "too small"),
    ],
)
def test_what_is_no_good_picture_is_refused(activity: Activity, content: bytes, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        add(activity, content)
    assert not ActivityFile.objects.exists()


def test_a_huge_file_is_refused(activity: Activity, settings: object) -> None:
    settings.MAX_UPLOAD_MB = 0  # type: ignore[attr-defined]
    with pytest.raises(ValidationError, match="larger than"):
        add(activity, photo())


def docx(*extra: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parcel:
        for name in ("[Content_Types].xml", "word/document.xml", *extra):
            parcel.writestr(name, "<x/>")
    return file.getvalue()


def test_files_are_known_by_their_content(activity: Activity) -> None:
    assert add(activity, b"%PDF-1.7 ...", "list.exe", kind="report").name == "list.pdf"
    assert add(activity, docx(), "report.docx", kind="report").name == "report.docx"
    with pytest.raises(ValidationError, match="macro"):
        add(activity, docx("word/vbaProject.bin"), "report.docx", kind="report")
    with pytest.raises(ValidationError, match="are kept"):
        add(activity, b"<html><script>alert(1)</script>", "list.pdf", kind="signed_list")


def test_names_lose_paths_and_tricks() -> None:
    assert tidy_name("C:\\Users\\a\\..\\<b>.pdf", "pdf") == "b.pdf"
    assert tidy_name("../../etc/passwd", "pdf") == "passwd.pdf"
    assert tidy_name("\u202efdp.exe", "jpg") == "fdp.jpg"
    assert tidy_name("Список участников.xlsx", "xlsx") == "Список участников.xlsx"


def test_a_report_marks_the_activity_as_having_it(activity: Activity) -> None:
    add(activity, b"%PDF-1.7", "report.pdf", kind="report")
    activity.refresh_from_db()
    assert activity.report_on is not None


def test_public_only_with_consent_and_both_texts(activity: Activity) -> None:
    record = add(activity, photo())
    with pytest.raises(ValidationError) as refused:
        edit_file(by=TESTER, record=record, values={"confidentiality": "public", "alternative_text": {"en": "A desk"}})
    assert set(refused.value.message_dict) == {"consent_on", "alternative_text"}
    record.refresh_from_db()
    values = {"confidentiality": "public", "consent_on": date(2023, 6, 20), "alternative_text": {"en": "A", "ru": "А"}}
    edit_file(by=TESTER, record=record, values=values)


def opened(browser: Client, path: str) -> bool:
    answer = browser.get(path)
    if answer.streaming:
        # Read to the end, so that the file is closed as after a real request and the test's transaction lives on.
        assert b"".join(answer)
    return answer.status_code == 200


def test_who_may_opens_it(programme: SmallProgramme, activity: Activity) -> None:
    texts = {"alternative_text": {"en": "A desk", "ru": "Стол"}, "consent_on": date(2023, 6, 20)}
    public = add(activity, photo(), confidentiality="public", **texts)
    internal = add(activity, photo("PNG", (64, 64)), "inside.png")
    signed = add(activity, b"%PDF-1.7", "list.pdf", kind="signed_list")
    browsers = {
        "public": signed_in(),
        **{role: signed_in(programme.user(role)[0]) for role in ("PM", "ME", "CO", "EUD", "SM")},
    }
    opens = {
        name: [
            opened(browser, f"/trial-1/activities/{activity.code}/files/{record.pk}/open/")
            for record in (public, internal, signed)
        ]
        for name, browser in browsers.items()
    }
    assert opens == {
        "public": [True, False, False],
        "PM": [True, True, True],
        "ME": [True, True, True],
        "CO": [True, True, False],
        "EUD": [True, True, False],
        "SM": [True, False, False],
    }
    page = words_of(signed_in().get(f"/trial-1/activities/{activity.code}/"))
    assert "A desk" in page
    assert "inside" not in page


def test_a_file_is_handed_out_safely(programme: SmallProgramme, activity: Activity) -> None:
    record = add(activity, b"%PDF-1.7", "list.pdf", kind="report")
    manager, _viewer = programme.user("PM")
    answer = signed_in(manager).get(f"/trial-1/activities/{activity.code}/files/{record.pk}/open/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    answer.close()


def test_taken_away_with_a_reason_only(
    programme: SmallProgramme, activity: Activity, django_capture_on_commit_callbacks: Any
) -> None:
    record = add(activity, photo())
    manager, _viewer = programme.user("PM")
    client, page = signed_in(manager), f"/trial-1/activities/{activity.code}/files/{record.pk}/"
    assert client.post(page, {"remove": "1", "why": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page, {"remove": "1", "why": "The wrong event"}).status_code == 302
    assert not ActivityFile.objects.exists()
    assert not record.file.storage.exists(record.file.name)


def test_uploading_in_the_browser(programme: SmallProgramme, activity: Activity) -> None:
    manager, _viewer = programme.user("PM")
    client, page = signed_in(manager), f"/trial-1/activities/{activity.code}/files/"
    sent = {"kind": "photo", "confidentiality": "public", "alternative_text_en": "A desk"}
    refused = client.post(page, {**sent, "file": SimpleUploadedFile("a.jpg", photo(), "image/jpeg")})
    assert refused.status_code == 422
    assert "the persons shown must have agreed" in words_of(refused)
    kept = client.post(page, {**sent, "confidentiality": "internal", "file": SimpleUploadedFile("a.jpg", photo())})
    assert kept.status_code == 302
    assert ActivityFile.objects.get().alternative_text == {"en": "A desk"}
