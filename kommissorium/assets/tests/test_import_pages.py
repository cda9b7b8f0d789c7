"""The pages of an import, from the file to undoing it, as the people see them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset, Kind
from kommissorium.assets.tests.import_cases import hand_in, handed_in, sheet, taken_in
from kommissorium.conftest import Cast
from kommissorium.registers.importing.kinds import plan_of
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


def test_without_imports_the_page_says_how_to_begin(karen: Client, client_of: ClientOf) -> None:
    assert b"/imports/assets/new/" in karen.get(reverse("imports", args=["assets"])).content
    assert (
        b"/imports/assets/new/"
        not in client_of("auditor").get(reverse("imports", args=["assets"])).content
    )
    assert client_of("chair").get(reverse("imports", args=["assets"])).status_code == 404


def test_the_way_from_the_file_to_undoing_it(karen: Client, cast: Cast) -> None:
    answer = upload(karen, sheet(), "systemer.csv")
    run = ImportRun.objects.get()
    assert answer.url == at("import_columns", run)  # type: ignore[attr-defined]
    columns = karen.get(at("import_columns", run)).context["form"]
    values = {f"column_{number}": run.mapping[str(number)] for number in range(8)}
    assert [field.value() for _heading, field, _samples in columns.columns] == [*values.values()]
    answer = karen.post(
        at("import_columns", run),
        {**values, "key": "local_id", "edit_version": run.edit_version},
    )
    assert answer.url == at("import_names", run)
    form = karen.get(answer.url).context["form"]
    chosen = {bound.html_name: bound.value() for _h, rows in form.groups for bound, _other in rows}
    run.refresh_from_db()
    answer = karen.post(answer.url, {**chosen, "edit_version": run.edit_version})
    assert answer.url == run.get_absolute_url()
    preview = karen.get(answer.url)
    assert [row.state for row in preview.context["rows"]] == ["new"] * 3
    answer = karen.post(at("import_take_in", run), {"mark": preview.context["plan"].mark})
    assert answer.url == run.get_absolute_url()
    assert Asset.objects.count() == 3
    result = karen.get(answer.url)
    assert "Æblesystem" in result.content.decode()
    assert karen.post(at("import_undo", run)).url == run.get_absolute_url()
    assert not Asset.objects.exists()
    assert karen.get(run.get_absolute_url()).status_code == 200


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


def test_taking_in_with_wrong_rows_needs_the_tick(karen: Client, cast: Cast) -> None:
    run = handed_in(cast.coordinator, "Æble;A-1;;;;;;", "Pære;A-2;;;;;snart;")
    mark = plan_of(run).mark
    answer = karen.post(at("import_take_in", run), {"mark": mark})
    assert answer.status_code == 400
    assert answer.context["refused"]
    assert not Asset.objects.exists()
    karen.post(at("import_take_in", run), {"mark": mark, "without_wrong": "1"})
    assert [asset.name for asset in Asset.objects.all()] == ["Æble"]


def test_somebody_else_is_found_by_e_mail_or_refused(karen: Client, cast: Cast) -> None:
    run = handed_in(cast.coordinator, "Æble;A-1;;;Niels Ukendt;;;")
    url = at("import_names", run)
    form = karen.get(url).context["form"]
    ((_heading, ((bound, other),)),) = [one for one in form.groups if one[1][0][1].label]
    given = {"edit_version": run.edit_version}
    wrong = karen.post(url, {**given, other.html_name: "ukendt@tryllerup.example"})
    assert wrong.status_code == 400
    assert wrong.context["form"].errors[other.html_name]
    karen.post(url, {**given, bound.html_name: "empty", other.html_name: cast.member.email})
    run.refresh_from_db()
    assert run.choices["person"] == {"niels ukendt": str(cast.member.pk)}


def test_an_auditor_reads_and_does_nothing(client_of: ClientOf, cast: Cast) -> None:
    palle = client_of("auditor")
    run = handed_in(cast.coordinator)
    page = palle.get(run.get_absolute_url())
    assert page.status_code == 200
    assert at("import_take_in", run).encode() not in page.content
    for name in ("import_columns", "import_names"):
        assert palle.get(at(name, run)).status_code == 403
    mark = plan_of(run).mark
    assert palle.post(at("import_take_in", run), {"mark": mark}).status_code == 403
    assert palle.get(reverse("import_new", args=["assets"])).status_code == 403
    assert palle.get(at("import_file", run)).content == sheet()


def test_a_page_asks_at_most_twelve_queries(karen: Client, cast: Cast) -> None:
    taken_in(cast.coordinator)
    rows = [f"System {n};B-{n};Teknik;Nordlys Data A/S;Søren Ødum;I drift;;" for n in range(300)]
    run = handed_in(cast.coordinator, *rows)
    done = taken_in(cast.coordinator, *rows[:200])
    for url in (
        reverse("imports", args=["assets"]),
        run.get_absolute_url(),
        at("import_columns", run),
        at("import_names", run),
        done.get_absolute_url(),
        at("import_progress", run),
    ):
        karen.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert karen.get(url).status_code == 200
        assert len(asked) <= 12, (url, [one["sql"][:90] for one in asked])


@pytest.mark.parametrize("kind", list(Kind))
def test_the_template_is_read_by_the_import_itself(karen: Client, cast: Cast, kind: str) -> None:
    data = karen.get(reverse("import_template", args=["assets", kind])).content
    book = load_workbook(io.BytesIO(data))
    headings = [cell.value for cell in book.worksheets[0][1]]
    run = hand_in(kind, data, "skabelon.xlsx", by=cast.coordinator)
    assert len(run.mapping) == len(headings)
    assert karen.get(reverse("import_template", args=["assets", "nonsense"])).status_code == 404
    plan = plan_of(run)
    unknown = {one.text for group in plan.unknown.values() for one in group.values()}
    faults = [fault.sentence for row in plan.rows for fault in row.faults]
    # Only the names in the example are nobody's.
    assert faults
    assert all(any(text in sentence for text in unknown) for sentence in faults)


def excel(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


BAD = {
    "a renamed program": (b"MZ\x90\x00" + b"\x00" * 500, "systemer.xlsx"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "systemer.xls"),
    "an empty file": (b"", "systemer.csv"),
    "headings alone": (b"Navn;ID\n", "systemer.csv"),
    "broken JSON": (b'[{"systemContext": {', "kitos.json"),
    "another list": (b'[{"a": 1}]', "kitos.json"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "systemer.png"),
    "a cut workbook": (excel(["Navn", "ID"], ["A", 1])[:900], "systemer.xlsx"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_read_is_refused_in_words(karen: Client, case: str) -> None:
    answer = upload(karen, *BAD[case])
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert answer.context["form"].errors["file"]  # type: ignore[attr-defined]
    assert not ImportRun.objects.exists()


def test_a_formula_without_a_value_is_a_fault_of_its_row(karen: Client, cast: Cast) -> None:
    data = excel(["Navn", "Lokalt ID", "RTO"], ["Æble", "A-1", "=1+1"], ["Pære", "A-2", 4])
    upload(karen, data, "systemer.xlsx")
    run = ImportRun.objects.get()
    plan = plan_of(run)
    assert [str(row.state) for row in plan.rows] == ["wrong", "new"]
    assert karen.get(run.get_absolute_url()).status_code == 200


def test_a_sheet_without_a_single_known_column_asks_for_them(karen: Client, cast: Cast) -> None:
    upload(karen, b"Foo;Bar\n1;2\n", "fremmed.csv")
    run = ImportRun.objects.get()
    assert run.key == ""
    assert karen.get(run.get_absolute_url()).url == at("import_columns", run)
    assert karen.get(at("import_names", run)).url == at("import_columns", run)
    answer = karen.post(at("import_columns", run), {"edit_version": run.edit_version})
    assert answer.status_code == 400


def test_a_file_that_is_lost_from_the_disk_is_told(karen: Client, cast: Cast) -> None:
    run = handed_in(cast.coordinator, "Tabt;T-1;;;;;;")
    assert run.parsed is not None
    run.parsed.path.unlink()
    assert karen.get(run.get_absolute_url()).status_code == 400
