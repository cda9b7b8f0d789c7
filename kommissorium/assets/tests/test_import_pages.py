"""The pages of an import of assets, where they differ from those of other imports."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Kind
from kommissorium.assets.tests.import_cases import handed_in, taken_in
from kommissorium.conftest import Cast
from kommissorium.core.documents import subprocess_runner
from kommissorium.core.tests.documents.workbooks import parts
from kommissorium.registers.models import ImportRun

type ClientOf = Callable[[str | Person], Client]


@pytest.fixture
def karen(client_of: ClientOf) -> Client:
    return client_of("coordinator")


def at(name: str, run: ImportRun) -> str:
    return run.address(name)


def upload(client: Client, data: bytes, name: str, kind: str = Kind.SYSTEM) -> object:
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("import_new", args=["assets"]), {"kind": kind, "file": file})


def test_a_preview_shows_what_changes_and_why_rows_are_wrong(karen: Client, cast: Cast) -> None:
    taken_in(cast.coordinator)
    run = handed_in(
        cast.coordinator, "Æblesystem;A-1;;;;Under udfasning;;", "Ny;A-9;;;Niels Ukendt;;;"
    )
    told = karen.get(run.get_absolute_url()).content.decode()
    assert "Niels Ukendt" in told
    assert at("import_names", run) in told
    wrong = karen.get(f"{run.get_absolute_url()}?state=wrong").context["rows"]
    assert [row.name for row in wrong] == ["Ny"]
    assert len(karen.get(f"{run.get_absolute_url()}?state=nonsense").context["rows"]) == 2


def test_somebody_else_is_found_by_e_mail_or_refused(karen: Client, cast: Cast) -> None:
    run = handed_in(cast.coordinator, "Æble;A-1;;;Niels Ukendt;;;")
    url = at("import_names", run)
    form = karen.get(url).context["form"]
    (kind,) = form.kinds
    ((bound, other),) = kind.waiting
    given = {"edit_version": run.edit_version}
    wrong = karen.post(url, {**given, other.html_name: "ukendt@tryllerup.example"})
    assert wrong.status_code == 400
    assert wrong.context["form"].errors[other.html_name]
    karen.post(url, {**given, bound.html_name: "empty", other.html_name: cast.member.email})
    run.refresh_from_db()
    assert run.choices["person"] == {"niels ukendt": str(cast.member.pk)}


def workbook_with(part: str, text: bytes) -> bytes:
    """Return a workbook with one part that was made to do harm."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, given in {**parts(""), part: text}.items():
            file.writestr(name, given)
    return target.getvalue()


SHEET, MANY = "xl/worksheets/sheet1.xml", 250_000_000
CELL = b"<worksheet><sheetData><row><c t='inlineStr'><is><t>"
ENTITY = b"<!DOCTYPE a [<!ENTITY b 'xxxxxxxxxx'>]><worksheet>&b;</worksheet>"
# Made by the test that asks: a bomb takes seconds to fill.
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "broken JSON": (lambda: b'[{"systemContext": {', "kitos.json"),
    "another list": (lambda: b'[{"a": 1}]', "kitos.json"),
    "JSON that is deep": (lambda: b"[" * 300_000, "kitos.json"),
    "a bomb of one cell": (lambda: workbook_with(SHEET, CELL + b"a" * MANY), "systemer.xlsx"),
    "a bomb of entities": (lambda: workbook_with(SHEET, ENTITY), "systemer.xlsx"),
    "a bomb of media": (lambda: workbook_with("xl/media/a.bin", bytes(2 * MANY)), "systemer.xlsx"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_read_is_refused_in_words(karen: Client, case: str) -> None:
    made, name = BAD[case]
    answer = upload(karen, made(), name)
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert answer.context["form"].errors["file"]  # type: ignore[attr-defined]
    assert not ImportRun.objects.exists()


def test_while_other_files_are_read_a_sheet_is_refused_in_words(
    karen: Client, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(subprocess_runner, "PATIENCE_SECONDS", 0.1)
    with ExitStack() as others:
        for number in range(subprocess_runner.PLACES):
            others.enter_context(subprocess_runner.locked(tmp_path / "slots" / str(number)))
        for data, name in [(b"[]", "kitos.json"), (b"Navn;Nummer\nA;1\n", "systemer.csv")]:
            answer: Any = upload(karen, data, name)
            assert answer.status_code == 400
            assert "Prøv igen om et øjeblik" in answer.context["form"].errors["file"][0]
    free: Any = upload(karen, b"Navn;Nummer\nA;1\n", "systemer.csv")
    assert free.status_code == 302


def test_an_empty_register_leads_to_its_import(karen: Client) -> None:
    assert f'href="{reverse("imports", args=["assets"])}"' in karen.get(reverse("assets")).text
