"""Files on disk: kept once, whole, by their hash."""

from __future__ import annotations

import os

import pytest

from kommissorium.core.evidence.canonical import sha256
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused
from kommissorium.core.files.models import FileDamaged, StoredFile

PDF = b"%PDF-1.7 for the tests"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


def test_the_bytes_come_back_as_they_were(db, folder):
    stored = store_file(PDF, "bilag.pdf")
    assert stored.pk == sha256(PDF)
    assert (stored.size, stored.media_type) == (len(PDF), "application/pdf")
    assert StoredFile.objects.get(pk=stored.pk).read() == PDF
    assert stored.path.is_relative_to(folder)


def test_the_same_bytes_are_kept_once(db, folder):
    first = store_file(PDF, "et.pdf")
    second = store_file(PDF, "to.pdf")
    assert first == second
    assert StoredFile.objects.count() == 1
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_bytes_the_disk_lost_or_changed_come_back_when_the_file_is_sent_again(db):
    stored = store_file(PDF, "bilag.pdf")
    for spoil in (stored.path.unlink, lambda: stored.path.write_bytes(PDF[::-1])):
        spoil()
        with pytest.raises(FileDamaged):
            stored.read()
        assert store_file(PDF, "bilag.pdf").read() == PDF


def test_a_refused_file_leaves_nothing(db, folder):
    with pytest.raises(FileRefused):
        store_file(b"MZ", "program.exe")
    assert StoredFile.objects.count() == 0
    assert not folder.exists()


def test_a_full_disk_leaves_neither_row_nor_half_a_file(db, folder, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store_file(PDF, "bilag.pdf")
    assert StoredFile.objects.count() == 0
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_others_on_the_machine_cannot_read_a_file(db):
    assert store_file(PDF, "bilag.pdf").path.stat().st_mode & 0o077 == 0
