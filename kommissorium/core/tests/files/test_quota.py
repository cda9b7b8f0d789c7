"""The space for files: never more is kept than allowed, however many send at once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from kommissorium.core.files import quota
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused
from kommissorium.core.files.models import StoredFile
from kommissorium.core.files.quota import Space, space


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    settings.STORAGE_QUOTA = 1000
    return settings.FILES_DIR


def pdf(number: int, size: int = 100) -> bytes:
    return b"%PDF-1.7 " + str(number).encode().rjust(size - 9)


def test_what_is_more_than_the_space_is_refused_in_words_and_leaves_nothing(db, folder):
    store_file(pdf(1, 900), "et.pdf")
    with pytest.raises(FileRefused, match=r"plads til filer er brugt \(0 af 0 GB\)"):
        store_file(pdf(2, 101), "to.pdf")
    assert StoredFile.objects.count() == 1
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1
    store_file(pdf(3, 100), "tre.pdf")
    assert space().percent == 100


def test_the_same_bytes_take_no_space_again(db):
    store_file(pdf(1, 900), "et.pdf")
    assert store_file(pdf(1, 900), "igen.pdf").size == 900


def test_many_at_once_never_take_more_than_there_is(committing):
    start, taken, refused = threading.Barrier(20), [], []

    def send(number: int) -> None:
        try:
            start.wait(20)
            taken.append(store_file(pdf(number), "bilag.pdf"))
        except FileRefused:
            refused.append(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[number]) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (len(taken), len(refused)) == (10, 10)
    assert space() == Space(1000, 1000)
    assert StoredFile.objects.count() == 10


def test_what_a_killed_process_left_half_is_swept(db, folder):
    kept = store_file(pdf(1), "et.pdf")
    half = kept.path.parent / f"{quota.BEING_WRITTEN}abc"
    half.write_bytes(b"x" * 500)
    store_file(pdf(2), "to.pdf")
    assert not half.exists()
    assert space().used == 200


def test_a_file_that_gets_its_name_while_others_are_counted_stops_nobody(db, folder, monkeypatch):
    store_file(b"%PDF-1.7 her", "her.pdf")
    half = folder / "ab" / f"{quota.BEING_WRITTEN}x"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"halv")
    entries = list(quota._entries())
    half.unlink()
    monkeypatch.setattr(quota, "_entries", lambda: entries)
    assert space().used == len(b"%PDF-1.7 her")


@pytest.mark.parametrize(
    ("used", "percent", "scarce"),
    [(0, 0, False), (799, 79, False), (800, 80, True), (2000, 100, True)],
)
def test_from_four_fifths_on_it_is_scarce(used, percent, scarce):
    assert (Space(used, 1000).percent, Space(used, 1000).is_scarce) == (percent, scarce)


def test_it_is_said_in_gigabytes():
    assert str(Space(8_310_000_000, 10_000_000_000)) == "8,31 af 10 GB"
