"""The meaning of a sheet's cells, headings and names; nothing is written."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from kommissorium.assets.importing.cells import BUSINESS, read_cell
from kommissorium.assets.importing.kitos import usages
from kommissorium.assets.importing.sheet import AssetSheet
from kommissorium.assets.importing.targets import targets_of
from kommissorium.assets.models import Kind
from kommissorium.core.documents.sheets import CellRefused
from kommissorium.core.refusals import Refused
from kommissorium.registers.importing.cells import Cell, LeftOut
from kommissorium.registers.importing.people import Named, People
from kommissorium.registers.importing.sources import packed, read_source, refuse_size, unpacked
from kommissorium.registers.importing.targets import guess, guess_key

KITOS_HEADINGS = [
    *("IT System", "IT-System (UUID)", "Lokal System ID", "Ansv. organisationsenhed", "Version"),
    *("Systemets overordnede formål", "IT-System (Beskrivelse)", "Livscyklus", "DataType"),
    *("Forretningskritisk IT-System", "IT systemet driftes", "Systemejer", "Systemejer (2)"),
    *("Arkiveringspligt", "Leverandør", "Rettighedshaver"),
]
USAGE: dict[str, Any] = {
    "uuid": "11111111-2222-4333-8444-555555555555",
    "systemContext": {"uuid": "0d9b8a3e-6f0e-4d1e-9c39-1b1f1f4f8f10", "name": "Sagsbehandling"},
    "organizationContext": {"name": "Tryllerup Kommune"},
    "general": {
        "localSystemId": "T-7",
        "validity": {"lifeCycleStatus": "Operational"},
        "containsAITechnology": "Undecided",
    },
    "gdpr": {
        "purpose": "Sager om borgere",
        "businessCritical": "Yes",
        "hostedAt": "External",
        "dataSensitivityLevels": ["PersonData", "SensitiveData"],
        "specificPersonalData": ["CprNumber"],
        "directoryDocumentation": {"name": "Fortegnelse", "url": "https://art30.example/7"},
    },
    "archiving": {"archiveDuty": "B"},
    "organizationUsage": {"responsibleOrganizationUnit": {"name": "Borgerservice"}},
    "roles": [
        {"user": {"name": "Anne Tvedegaard"}, "role": {"name": "Systemejer"}},
        {"user": {"name": "Emma Skovlyst"}, "role": {"name": "Superbruger"}},
    ],
}


def test_the_headings_of_kitos_are_recognised_and_the_surest_is_taken() -> None:
    mapping = guess(targets_of(Kind.SYSTEM), KITOS_HEADINGS)
    taken = {KITOS_HEADINGS[int(column)]: target for column, target in mapping.items()}
    assert taken == {
        "IT System": "name",
        "IT-System (UUID)": "uuid",
        "Lokal System ID": "local_id",
        "Ansv. organisationsenhed": "area",
        "Systemets overordnede formål": "purpose",
        "Livscyklus": "lifecycle",
        "DataType": "personal_data",
        "Forretningskritisk IT-System": BUSINESS,
        "IT systemet driftes": "hosting",
        "Systemejer": "role:system_owner",
        "Systemejer (2)": "role:system_owner",
        "Arkiveringspligt": "preservation",
        "Leverandør": "supplier",
    }


def test_the_columns_of_emails_beside_the_roles_are_owners_too() -> None:
    headings = ["Systemejer", "Systemejer (email)", "Dataejer e-mail", "Kritikalitet"]
    assert guess(targets_of(Kind.SYSTEM), headings) == {
        "0": "role:system_owner",
        "1": "role:system_owner",
        "2": "role:data_owner",
        "3": "criticality",
    }


def test_kitos_says_general_things_of_a_system_in_one_place_now() -> None:
    general = {
        **USAGE["general"],
        "purpose": "Nyt formål",
        "isBusinessCritical": "No",
        "isSociallyCritical": "Yes",
        "systemUsageCriticalityLevel": {"uuid": "x", "name": "Klasse A"},
        "hostedAt": "OnPremise",
        "validity": {"lifeCycleStatus": "Pilot"},
    }
    headings, [row] = usages(json.dumps([{**USAGE, "general": general}]).encode())
    told = dict(zip(headings, row, strict=True))
    assert told["Systemets overordnede formål"] == "Nyt formål"
    assert told["Forretningskritisk IT-System"] == "No"
    assert told["Samfundskritisk IT-system"] == "Yes"
    assert told["Kritikalitet"] == "Klasse A"
    assert read_cell("hosting", told["IT systemet driftes"]) == "own"
    assert read_cell("lifecycle", told["Livscyklus"]) == "phasing_in"
    assert read_cell("lifecycle", "Under afprøvning") == "phasing_in"


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", ["da", "en"])
def test_our_own_headings_are_recognised_in_whatever_language_the_reader_has(
    kind: Kind, language: str
) -> None:
    with override(language):
        targets = targets_of(kind)
        labels = [str(target.label) for target in targets]
    with override("da" if language == "en" else "en"):
        found = guess(targets_of(kind), labels)
    assert found == {str(number): target.code for number, target in enumerate(targets)}


def test_the_key_is_the_surest_one_that_every_row_has() -> None:
    mapping = {"0": "name", "1": "local_id", "2": "uuid"}
    assert guess_key(AssetSheet.keys, mapping, {"0": 1, "1": 1, "2": 0.5}) == "local_id"
    assert guess_key(AssetSheet.keys, mapping, {"0": 0.9, "1": 0.5, "2": 0.5}) == "name"
    assert guess_key(AssetSheet.keys, {"0": "purpose"}, {"0": 1}) == ""


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("criticality", "Samfundskritisk", "society"),
        ("criticality", "Critical to business", "business"),
        ("lifecycle", "I drift", "in_use"),
        ("lifecycle", "PhasingOut", "phasing_out"),
        ("lifecycle", "Undecided", None),
        ("hosting", "On-premise", "own"),
        ("preservation", "B", "keep"),
        ("personal_data", "Følsomme personoplysninger, CPR-numre", ["cpr", "sensitive"]),
        ("personal_data", "PersonData;LegalData", ["criminal", "ordinary"]),
        ("confidentiality", "meget høj", 4),
        ("integrity", 2.0, 2),
        ("rto", "2 døgn", 48),
        ("rto", 4.0, 4),
        ("rto", "1.000", 1000),
        ("kle", "27.18.00, 27.00.00", "27.18.00"),
        ("contract_ends", "25. november 2026", date(2026, 11, 25)),
        ("uses_ai", "Ja", "yes"),
        ("uses_ai", "Ved ikke", None),
        (BUSINESS, "Nej", False),
        ("local_id", 12.0, "12"),
        ("purpose", "   ", None),
    ],
)
def test_a_cell_is_read_as_its_field_means_it(name: str, cell: Cell, value: object) -> None:
    assert read_cell(name, cell) == value


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("criticality", "Måske"),
        ("rto", "snart"),
        ("rto", "1,5 t"),
        ("integrity", "5"),
        ("contract_ends", "31-02-2026"),
        ("uses_ai", "lidt"),
        ("personal_data", "Almindelige personoplysninger, hemmelige"),
    ],
)
def test_a_cell_that_cannot_be_its_field_says_why(name: str, cell: Cell) -> None:
    with pytest.raises(CellRefused) as caught:
        read_cell(name, cell)
    assert str(caught.value).endswith(".")


def test_what_others_can_say_and_we_cannot_is_left_out_and_said() -> None:
    with pytest.raises(LeftOut, match="Hybrid"):
        read_cell("hosting", "Hybrid")


def test_people_are_found_by_name_by_e_mail_and_turned_about() -> None:
    people = People.of(
        [
            Named(1, "Anne Tvedegaard", "anne@x.example", "Leder"),
            Named(2, "Søren Ødum", "soren@x.example", "Chef"),
            Named(3, "Søren Ødum", "", "Vikar"),
            Named(4, "Anne Ødum", "", ""),
        ]
    )
    assert people.found("anne  tvedegaard") == [1]
    assert people.found("Tvedegaard, Anne") == [1]
    assert people.found("ANNE@x.example") == [1]
    assert people.found("Hvem som helst <soren@x.example>") == [2]
    assert people.found("Søren Ødum") == [2, 3]
    assert people.found("A. Tvedegaard") == []
    assert people.found("anne@y.example") == []
    assert [one.pk for one in people.near("Anne Tvedegård")] == [1, 4]


def test_the_list_of_the_api_gets_the_headings_of_the_sheet() -> None:
    headings, rows = usages(json.dumps([USAGE]).encode())
    row = dict(zip(headings, rows[0], strict=True))
    assert row["IT System"] == "Sagsbehandling"
    assert row["IT-System (UUID)"] == USAGE["systemContext"]["uuid"]
    assert row["DataType"] == "PersonData, SensitiveData, CprNumber"
    assert row["Fortegnelse"] == "https://art30.example/7"
    assert row["Systemejer"] == "Anne Tvedegaard"
    assert (
        guess(targets_of(Kind.SYSTEM), headings)[str(headings.index("Systemejer"))]
        == "role:system_owner"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[",
        b"[]",
        b"null",
        b"[1, 2]",
        b'{"value": []}',
        b'[{"name": "no system"}]',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"[" + b"[]," * 500_000 + b"[]]",
        b"\xff\xfe\x00",
        b"[" + b"9" * 10_000 + b"]",
    ],
)
def test_what_is_no_list_of_systems_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Refused) as caught:
        usages(data)
    assert str(caught.value).endswith(".")


def test_odd_values_in_the_list_are_empty_cells() -> None:
    odd = {
        "SystemContext": {"NAME": "Sært", "uuid": ["x"]},
        "general": 7,
        "gdpr": {"dataSensitivityLevels": "alt", "hostedAt": {}},
        "roles": [None, {"user": None, "role": {"name": "Systemejer"}}, "x"],
    }
    headings, rows = usages(json.dumps([odd, None, 3]).encode())
    assert [dict(zip(headings, row, strict=True))["IT System"] for row in rows] == ["Sært", "", ""]
    assert set(rows[0]) == {"Sært", ""}


def test_rows_are_kept_beside_the_file_as_they_were_read() -> None:
    text = "Navn;Kontrakt udløber;MTD\nÆblegård;25-11-2026;4\n;;\nØst;;"
    source = read_source(text.encode("cp1252"), "liste.csv")
    again = unpacked(packed(source))
    assert again.headings == ["Navn", "Kontrakt udløber", "MTD"]
    assert [row.number for row in again.rows] == [2, 4]
    assert list(again.rows) == list(source.rows)
    assert again.column(0) == ["Æblegård", "Øst"]


def test_more_rows_than_can_be_taken_in_at_once_are_refused() -> None:
    text = "Navn;ID\n" + "".join(f"System {n};{n}\n" for n in range(10_001))
    with pytest.raises(Refused) as caught:
        refuse_size(read_source(text.encode(), "liste.csv"), AssetSheet.most_rows)
    assert list(caught.value.errors) == ["file"]
