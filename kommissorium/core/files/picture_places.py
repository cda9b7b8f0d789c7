"""Removes metadata from a picture (where, when and with what it was taken), and reads its size.

A photo from a phone carries its place (EXIF, XMP). Only what is needed to show the picture stays:
JPEG segments and PNG chunks are copied or left out, whole, and nothing is decoded. How the
camera was held stays, or the picture would lie on its side.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
APP0, APP1, APP2, APP14, APP15, COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
START_OF_SCAN, END = 0xDA, 0xD9
ALONE: Final = {0x01, *range(0xD0, 0xD8)}  # markers without a length
ORIENTATION: Final = 0x0112
PNG_KEPT: Final = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT"),
    *(b"pHYs", b"bKGD"),
}


FRAMES: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # markers that say how large it is
PNG_START: Final = 24  # bytes until its size is told


class DamagedPicture(ValueError):
    """The bytes are no whole picture of their kind."""


def without_place(data: bytes) -> bytes:
    """Return a picture without its metadata; any other file as it is.

    Raises DamagedPicture for a JPEG or PNG that is cut off or makes no sense.
    """
    try:
        if data.startswith(JPEG):
            return _clean_jpeg(data)
        return _clean_png(data) if data.startswith(PNG) else data
    except (struct.error, IndexError) as error:
        raise DamagedPicture from error


def pixels_of(data: bytes) -> int:
    """Return how many pixels a JPEG or PNG says it has; 0 for what does not say it."""
    if data.startswith(PNG) and len(data) >= PNG_START:
        width, height = struct.unpack_from(">II", data, PNG_START - 8)
        return int(width * height)
    at = len(JPEG)
    while data.startswith(JPEG) and at + 9 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004
        marker = data[at + 1]
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return int(width * height)
        alone = marker in ALONE or marker == 0xFF  # noqa: PLR2004 filled up
        length = int.from_bytes(data[at + 2 : at + 4])
        at += (1 if marker == 0xFF else 2) if alone else 2 + max(length, 2)  # noqa: PLR2004
    return 0


def _clean_jpeg(data: bytes) -> bytes:
    parts, at, turned = [JPEG], len(JPEG), 0
    while True:
        if data[at] != 0xFF:  # noqa: PLR2004 every marker begins so
            raise DamagedPicture
        while data[at + 1] == 0xFF:  # noqa: PLR2004 filled up
            at += 1
        marker = data[at + 1]
        if marker == END:
            return b"".join([parts[0], _held(turned), *parts[1:], data[at : at + 2]])
        if marker in ALONE:
            parts.append(data[at : at + 2])
            at += 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        segment = data[at:end]
        if length < 2 or len(segment) != length + 2:  # noqa: PLR2004 it counts itself
            raise DamagedPicture
        if marker == APP1:
            turned = turned or _orientation(segment[4:])
        elif _is_kept(marker, segment):
            parts.append(segment)
        at = end
        if marker == START_OF_SCAN:
            at = _scan_end(data, end)
            parts.append(data[end:at])


def _is_kept(marker: int, segment: bytes) -> bool:
    if marker == APP2:
        return segment[4:].startswith(b"ICC_PROFILE\0")  # not further pictures with their places
    return marker in (APP0, APP14) or not (APP0 <= marker <= APP15 or marker == COMMENT)


def _scan_end(data: bytes, at: int) -> int:
    """Return where the picture's own data end: at the next marker that is none of theirs."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise DamagedPicture
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:  # noqa: PLR2004
            return at
        at += 2


def _orientation(exif: bytes) -> int:
    """Return the camera's orientation, 1 to 8; 0 where nothing sensible says it."""
    if not exif.startswith(b"Exif\0\0"):
        return 0
    body = exif[6:]
    order = {b"II": "<", b"MM": ">"}.get(body[:2])
    if order is None:
        return 0
    try:
        (first,) = struct.unpack_from(f"{order}I", body, 4)
        (number,) = struct.unpack_from(f"{order}H", body, first)
        for entry in range(number):
            tag, _kind, _count, value = struct.unpack_from(
                f"{order}HHIH", body, first + 2 + 12 * entry
            )
            if tag == ORIENTATION:
                return value if 1 <= value <= 8 else 0  # noqa: PLR2004
    except struct.error:
        return 0
    return 0


def _held(turned: int) -> bytes:
    """Return a segment with the camera's orientation and nothing else; b"" for upright."""
    if turned < 2:  # noqa: PLR2004
        return b""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, 3, 1, turned, 0, 0)
    body = b"Exif\0\0" + tiff
    return struct.pack(">BBH", 0xFF, APP1, len(body) + 2) + body


def _clean_png(data: bytes) -> bytes:
    parts, at = [PNG], len(PNG)
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        chunk = data[at:end]
        if len(chunk) != length + 12:
            raise DamagedPicture
        (told,) = struct.unpack(">I", chunk[-4:])
        if zlib.crc32(chunk[4:-4]) != told:
            raise DamagedPicture
        if kind in PNG_KEPT:
            parts.append(chunk)
        if kind == b"IEND":
            return b"".join(parts)
        at = end
