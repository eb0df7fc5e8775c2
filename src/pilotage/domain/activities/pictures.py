"""Photos are made anew from their pixels: metadata, hidden parts and tricks of the file stay behind."""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 24_000_000, "WEBP": 24_000_000}
"""A JPEG is read reduced, so that it may be larger; the others unfold whole in memory."""
LONGEST_SIDE = 2400
"""Pixels of the longer side that are kept: 20 cm in print at 300 dpi."""
LEAST_SIDE = 32


def clean_picture(file: BinaryIO) -> bytes:
    """A fresh JPEG of the picture in ``file``: turned upright, at most 2400 pixels, nothing but pixels.

    Raises ValidationError where it is no picture, too large, moving, or broken.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=FORMATS)
        return _fresh(picture)
    except ValidationError:
        raise
    except UnidentifiedImageError:
        raise ValidationError(_("This is no JPEG, PNG or WebP picture."), code="no_picture") from None
    except Image.DecompressionBombError:
        raise _too_large() from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError):
        raise ValidationError(_("The picture is broken or cut off."), code="broken_picture") from None


def _fresh(picture: Image.Image) -> bytes:
    width, height = picture.size
    if width * height > MOST_PIXELS[picture.format or "PNG"]:
        raise _too_large()
    if min(width, height) < LEAST_SIDE:
        raise ValidationError(_("The picture is too small to be shown."), code="small_picture")
    if getattr(picture, "n_frames", 1) > 1:
        raise ValidationError(_("The picture moves. Choose one that stands still."), code="moving_picture")
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright.convert("RGBA"))
    plain = Image.new("RGB", upright.size)
    plain.paste(upright.convert("RGB"))
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=85, optimize=True, progressive=True)
    return written.getvalue()


def _too_large() -> ValidationError:
    return ValidationError(_("The picture has too many pixels. Make it smaller first."), code="large_picture")
