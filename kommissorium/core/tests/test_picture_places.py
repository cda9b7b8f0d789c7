"""A picture's location is removed, and it is still the same picture."""

from __future__ import annotations

import struct
import zlib

import pytest

from kommissorium.core.files.picture_places import DamagedPicture, without_place

PLACE = b"GPSLatitude 55.6761"


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def exif(orientation: int = 6, order: str = ">") -> bytes:
    mark = b"MM" if order == ">" else b"II"
    value = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = struct.pack(f"{order}2sHIH", mark, 42, 8, 1) + value + struct.pack(f"{order}I", 0)
    return segment(0xE1, b"Exif\0\0" + tiff + PLACE)


def jpeg(*segments: bytes, scan: bytes = b"\x12\xff\x00\x34\xff\xd0\x56") -> bytes:
    head = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    tables = segment(0xDB, b"\0" * 65)
    start = segment(0xDA, b"\1\1\0\0\x3f\0")
    return b"".join([b"\xff\xd8", head, *segments, tables, start, scan, b"\xff\xd9"])


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"".join([b"\x89PNG\r\n\x1a\n", head, *chunks, data, chunk(b"IEND", b"")])


@pytest.mark.parametrize("order", [">", "<"])
def test_the_place_is_gone_and_the_turn_stays(order: str) -> None:
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PLACE)
    cleaned = without_place(jpeg(exif(6, order), xmp, segment(0xFE, PLACE)))
    assert PLACE not in cleaned
    upright = without_place(jpeg())
    assert upright == jpeg()
    assert cleaned.replace(without_place(jpeg(exif(6)))[2:38], b"", 1) == upright
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in cleaned


def test_what_follows_the_picture_and_further_pictures_in_it_are_left_out() -> None:
    others = segment(0xE2, b"MPF\0" + PLACE)
    assert without_place(jpeg(others) + jpeg(exif())) == jpeg()
    colours = segment(0xE2, b"ICC_PROFILE\0\1\1colours")
    assert colours in without_place(jpeg(colours))


def test_a_png_keeps_what_shows_it_alone() -> None:
    told = (chunk(b"eXIf", PLACE), chunk(b"tEXt", PLACE), chunk(b"iTXt", PLACE))
    assert without_place(png(*told) + PLACE) == png()
    colours = chunk(b"gAMA", b"\0\0\xb1\x8f")
    assert without_place(png(colours)) == png(colours)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8",
        b"\xff\xd8\xff",
        jpeg()[:-2],
        jpeg(exif())[:40],
        b"\xff\xd8\xff\xe1\x00\x00",
        b"\x89PNG\r\n\x1a\n",
        png()[:-3],
        png().replace(b"IHDR", b"IHDX"),
    ],
)
def test_a_damaged_picture_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedPicture):
        without_place(data)


def test_nonsense_in_the_place_of_exif_is_left_out() -> None:
    for body in (b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0XX", b""):
        assert without_place(jpeg(segment(0xE1, body))) == jpeg()


def test_other_files_stay_as_they_are() -> None:
    assert without_place(b"%PDF-1.7") == b"%PDF-1.7"
