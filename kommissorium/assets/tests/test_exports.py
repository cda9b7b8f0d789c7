"""Exports of the registers: the list as a workbook, all of it as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.actions.owners import appoint, release
from kommissorium.assets.asset_list import AssetList
from kommissorium.assets.models import Agreement, Asset, Oversight, Relation, Supplier
from kommissorium.assets.models.assets import Asset as Model
from kommissorium.assets.views.json_export import registers_json
from kommissorium.conftest import Cast

type ClientOf = Callable[[Any], Client]
EVERYTHING = [one.code for one in AssetList.columns if one.in_full]


@pytest.fixture(autouse=True)
def english(cast: Cast) -> None:
    """Make everybody read English, so that words can be looked for."""
    Person.objects.update(language="en")


@pytest.fixture
def few(cast: Cast) -> dict[str, Asset]:
    """A system with everything, an archive with nothing, and a data set stored in the system."""
    area = add_area(by=cast.coordinator, name="Børn og unge")
    supplier = Supplier.objects.create(name="Øresky", cvr="12345678")
    agreement = Agreement.objects.create(supplier=supplier, title="Databehandleraftale")
    Oversight.objects.create(
        agreement=agreement,
        model="written",
        done_on=timezone.localdate(),
        result="no_fault",
        conclusion="I orden",
        by=cast.coordinator,
        at=timezone.now(),
    )

    def put(kind: str, **values: Any) -> Asset:
        return add_asset(by=cast.coordinator, kind=kind, values=values)

    system = put(
        "system",
        name="=Skolesystemet",
        area=area,
        used_by=[area],
        supplier=supplier,
        agreements=[agreement],
        mtd=48,
        criticality="business",
        personal_data=["cpr"],
        contract_ends=timezone.localdate(),
    )
    earlier = appoint(system, "system_owner", cast.member, by=cast.coordinator)
    assert earlier is not None
    release(earlier, by=cast.coordinator)
    held = appoint(system, "data_owner", cast.system_owner, by=cast.coordinator)
    assert held is not None
    data = put("data_set", name="Elevdata")
    archive = put("archive", name="Fjernarkiv")
    Relation.objects.create(from_asset=data, kind="stored_in", to_asset=system)
    return {"system": system, "data": data, "archive": archive}


def sheet(client_of: ClientOf, question: str = "", who: Any = "coordinator") -> list[list[Any]]:
    """Return the rows of the workbook, the headings first."""
    answer = client_of(who).get(f"/assets/file/?{question}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.getvalue()))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def test_the_workbook_holds_the_list_as_narrowed_with_the_columns_shown(
    few: dict[str, Asset], client_of: ClientOf
) -> None:
    rows = sheet(client_of, "kind=system&columns=area,mtd,contract_ends")
    assert rows[0] == ["Name", "Area", "Longest tolerable downtime", "Contract expires", "Link"]
    assert len(rows) == 2
    name, area, mtd, ends, link = rows[1]
    assert (name, area, mtd) == ("=Skolesystemet", "Børn og unge", 48)
    assert ends.date() == timezone.localdate()
    assert link.endswith(few["system"].get_absolute_url())


def test_the_workbook_follows_the_order_of_the_list(
    few: dict[str, Asset], client_of: ClientOf
) -> None:
    names = [row[0] for row in sheet(client_of, "sort=-name")[1:]]
    assert names == ["Fjernarkiv", "Elevdata", "=Skolesystemet"]


def test_a_workbook_with_everything_holds_every_field_and_every_role(
    few: dict[str, Asset], client_of: ClientOf
) -> None:
    rows = sheet(client_of, "all=1&columns=area&kind=system")
    row = dict(zip(rows[0], rows[1], strict=True))
    assert len(rows[0]) == len(set(rows[0])) == len(EVERYTHING) + 1
    assert row["Data owner"] == "Anne Tvedegaard"
    assert row["System owner"] is None
    assert row["Used by"] == "Børn og unge"
    assert row["Data processing agreements"] == "Databehandleraftale"
    assert row["Documents missing"] == row["Documents demanded"] > 0
    assert row["Supplier"] == "Øresky"


def test_everything_that_is_written_of_an_asset_is_in_the_workbook() -> None:
    fields = {one.name for one in (*Model._meta.concrete_fields, *Model._meta.many_to_many)}
    own = {"id", "search", "name_order", "created_at", "edit_version"}
    assert fields - own <= set(EVERYTHING)


def test_owners_take_away_their_own_and_employees_nothing(
    cast: Cast, few: dict[str, Asset], client_of: ClientOf
) -> None:
    assert [row[0] for row in sheet(client_of, who=cast.system_owner)[1:]] == ["=Skolesystemet"]
    assert len(sheet(client_of, who="employee")) == 1


def whole(client_of: ClientOf, who: Any = "auditor") -> dict[str, Any]:
    answer = client_of(who).get("/assets/json/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    found: dict[str, Any] = json.loads(answer.getvalue())
    return found


def test_the_json_holds_all_of_the_registers(
    cast: Cast, few: dict[str, Asset], client_of: ClientOf
) -> None:
    found = whole(client_of)
    assert found["schema"] == "kommissorium-registers-1"
    system = next(one for one in found["assets"] if one["name"] == "=Skolesystemet")
    assert system["area"] == "Børn og unge"
    assert system["used_by"] == ["Børn og unge"]
    assert system["personal_data"] == ["cpr"]
    assert system["mtd"] == 48
    owners = {one["role"]: one for one in system["owners"]}
    assert owners["data_owner"]["person__name"] == "Anne Tvedegaard"
    assert owners["data_owner"]["to_date"] is None
    assert owners["system_owner"]["to_date"] == str(timezone.localdate())
    assert all(one["document"] is None for one in system["required"])
    assert [one["name"] for one in found["suppliers"]] == ["Øresky"]
    assert found["agreements"][0]["oversight"][0]["conclusion"] == "I orden"
    assert system["agreements"] == [found["agreements"][0]["id"]]
    relation = {"from_asset": few["data"].pk, "kind": "stored_in", "to_asset": few["system"].pk}
    assert found["relations"] == [relation]


def test_the_same_registers_give_the_same_json(cast: Cast, few: dict[str, Asset]) -> None:
    assert list(registers_json(cast.auditor)) == list(registers_json(cast.coordinator))


def test_an_owner_takes_away_what_is_theirs_alone(
    cast: Cast, few: dict[str, Asset], client_of: ClientOf
) -> None:
    Supplier.objects.create(name="En anden")
    found = whole(client_of, cast.system_owner)
    assert [one["name"] for one in found["assets"]] == ["=Skolesystemet"]
    assert found["relations"] == []
    assert [one["name"] for one in found["suppliers"]] == ["Øresky"]
    nothing = whole(client_of, "employee")
    assert nothing["assets"] == nothing["suppliers"] == nothing["agreements"] == []


def test_the_json_asks_as_often_for_many_as_for_few(cast: Cast, few: dict[str, Asset]) -> None:
    list(registers_json(cast.auditor))  # who the auditor is is asked once
    with CaptureQueriesContext(connection) as before:
        list(registers_json(cast.auditor))
    now = timezone.now()
    Asset.objects.bulk_create(
        Asset(
            kind="archive",
            name=f"Arkiv {number}",
            registered_on=timezone.localdate() - timedelta(days=1),
            created_at=now,
            changed_at=now,
        )
        for number in range(30)
    )
    with CaptureQueriesContext(connection) as after:
        list(registers_json(cast.auditor))
    assert len(after) == len(before)


def test_files_are_sent_piece_by_piece_and_get_no_powers(
    few: dict[str, Asset], client_of: ClientOf
) -> None:
    for path in ("/assets/file/?all=1", reverse("assets_json")):
        answer = client_of("coordinator").get(path)
        assert answer.streaming
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert int(answer.headers["Content-Length"]) == len(answer.getvalue())


def test_the_json_is_the_same_however_many_assets_are_fetched_at_once(
    cast: Cast, few: dict[str, Asset], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_at_once = b"".join(registers_json(cast.auditor))
    monkeypatch.setattr("kommissorium.assets.views.json_export.AT_ONCE", 2)
    assert b"".join(registers_json(cast.auditor)) == whole_at_once
