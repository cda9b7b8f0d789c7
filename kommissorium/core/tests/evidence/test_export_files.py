"""An export carries the bytes of files, and its texts say what lies in it and what does not."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO

import pytest
from django.db import transaction

from kommissorium.conftest import Cast
from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.export import write_export
from kommissorium.core.evidence.export_readme import FILES
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.models import StoredFile

OTHER = "0" * 64


@pytest.fixture
def stored(cast: Cast) -> StoredFile:
    with transaction.atomic():
        file = store_file(b"Et bilag", "bilag.txt")
        record("core.tried", cast.committee, by=None)
    return file


def exported(*, with_files: bool = True) -> dict[str, bytes]:
    target = BytesIO()
    write_export(target, with_files=with_files)
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def report_of(files: dict[str, bytes]) -> verifier.Report:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return verifier.check_export(target, [])


def test_a_file_lies_under_its_hash_and_is_checked(stored: StoredFile) -> None:
    files = exported()
    assert files[f"files/{stored.pk}"] == b"Et bilag"
    report = report_of(files)
    assert (report.faults, report.files) == ([], StoredFile.objects.count())
    assert "1 files checked" in verifier.in_words(report)[-1]


def test_a_file_that_was_changed_or_added_is_found(stored: StoredFile) -> None:
    files = exported()
    [fault] = report_of(files | {f"files/{stored.pk}": b"Et andet"}).faults
    assert "holds other bytes than were stored" in fault
    faults = report_of(files | {f"files/{verifier.sha256('mere')}": b"mere"}).faults
    assert ["no file that a row knows" in fault for fault in faults] == [True]
    assert report_of(files | {"files/bilag.txt": b"Et bilag"}).faults


def test_files_can_be_left_out_and_are_told_as_withheld(stored: StoredFile) -> None:
    files = exported(with_files=False)
    assert not any(name.startswith("files/") for name in files)
    told = json.loads(files["withheld.json"])
    assert (told["files"]["withheld"], told["files"]["of"]) == (1, 1)
    assert set(told["files"]["ground"]) == {"da", "en"}
    assert (told["rows"], told["versions"], told["records"]["withheld"]) == ({}, {}, 0)
    assert report_of(files).faults == []


def test_a_wrong_number_of_what_is_withheld_is_found(stored: StoredFile) -> None:
    files = exported()
    told = json.loads(files["withheld.json"])
    told["rows"]["core_storedfile"] = {"withheld": 1, "of": 1}
    [fault] = report_of(files | {"withheld.json": json.dumps(told).encode()}).faults
    assert "other numbers" in fault


def test_a_file_that_the_disk_has_lost_stops_nobody(stored: StoredFile) -> None:
    stored.path.unlink()
    files = exported()
    assert f"files/{stored.pk}" not in files
    assert json.loads(files["withheld.json"])["files"]["withheld"] == 1


def test_both_texts_name_everything_that_lies_in_an_export(stored: StoredFile) -> None:
    folders = {"records/", "files/", "stamps/"}
    assert set(FILES) == verifier.EXPECTED | folders
    files = exported()
    names = {re.sub(r"/.*", "/", name) for name in files}
    for name in ("LÆSMIG.txt", "README.txt"):
        text = files[name].decode()
        assert all(f"\n{one}" in text for one in names)
    assert files["LÆSMIG.txt"].decode().startswith("Beviskæden")
