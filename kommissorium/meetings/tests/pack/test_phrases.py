from __future__ import annotations

from datetime import datetime

import pytest
from django.utils.translation import override

from kommissorium.meetings.pack.model import PackItem
from kommissorium.meetings.pack.phrases import item_title, kind, moment_text, period, size
from kommissorium.meetings.tests.pack.samples import COPENHAGEN, attached

START = datetime(2026, 12, 3, 13, 0, tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "torsdag den 3. december 2026 kl. 13.00–15.30"),
        ("en", "Thursday 3 December 2026, 13:00–15:30"),
    ],
)
def test_a_meeting_is_told_by_day_and_hours(language: str, text: str) -> None:
    with override(language):
        assert period(START, START.replace(hour=15, minute=30)) == text


def test_a_meeting_past_midnight_tells_both_days() -> None:
    with override("da"):
        assert period(START.replace(hour=22), START.replace(day=4, hour=1)) == (
            "torsdag den 3. december 2026 kl. 22.00 – fredag den 4. december 2026 kl. 01.00"
        )


@pytest.mark.parametrize(
    ("language", "text"), [("da", "3. december 2026 kl. 13.00"), ("en", "3 December 2026, 13:00")]
)
def test_a_moment_is_told_in_the_language_of_the_pack(language: str, text: str) -> None:
    with override(language):
        assert moment_text(START) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (34_400, "34 kB"),
        (999_999, "1,0 MB"),
        (1_250_000, "1,2 MB"),
        (25_000_000, "25,0 MB"),
    ],
)
def test_a_size_is_told_as_people_say_it(count: int, text: str) -> None:
    with override("da"):
        assert size(count) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.pdf", "PDF"), ("b.tar.gz", "GZ"), ("c", "File"), ("d.vedlagt fil", "File")],
)
def test_a_file_is_of_the_kind_its_name_says(name: str, text: str) -> None:
    with override("en"):
        assert kind(attached(name, b"")) == text


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (PackItem(1, " Et\npunkt "), "Et punkt"),
        (PackItem(1, "\u200d"), "–"),
        (PackItem(1, "", is_closed=True), "Closed item"),
    ],
)
def test_an_item_always_has_a_title(item: PackItem, text: str) -> None:
    with override("en"):
        assert item_title(item) == text
