"""The schemas of JSON are published and documented, and files and commands follow theirs.

What pages answer is held to its schema in test_handed_out.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from http import HTTPStatus
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kommissorium.config.tests.schema_check import faults, schema_of
from kommissorium.config.tests.searching import body_of
from kommissorium.config.tests.test_canaries import get
from kommissorium.core.json_schemas import FOLDER

pytestmark = pytest.mark.once  # the same on every database

# The commands lie above this room: they are asked for by name.
print_answers = import_module("kommissorium.cli.told").print_answers
read = import_module("kommissorium.cli.read_mandate").read
NAMES = sorted(file.stem for file in FOLDER.glob("*.json"))
ROOT = Path(__file__).resolve().parents[3]
MANDATES = ROOT / "kommissorium/committees/tests/reader/mandates"


def test_each_schema_says_what_it_is() -> None:
    for name in NAMES:
        schema = schema_of(name)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["$id"] == f"/schemas/{name}.json"
        assert schema["properties"]["schema"] == {"const": name}
        assert re.fullmatch(r"kommissorium-[a-z]+-\d+", name)
        assert schema["title"]
        assert schema["description"]


def test_the_page_about_exports_names_every_schema() -> None:
    told = (ROOT / "docs/exports.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(kommissorium-[a-z]+-\d+)`", told)) == set(NAMES)


@pytest.mark.django_db
def test_the_handover_follows_its_schema(samples, visitors) -> None:
    answer = get(
        visitors["coordinator"],
        reverse("meeting_handover_file", kwargs=samples.arguments("meeting_handover_file")),
    )
    with zipfile.ZipFile(io.BytesIO(body_of(answer))) as archive:
        content = json.loads(archive.read("metadata.json"))
    assert faults(content, "kommissorium-handover-1") == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["auditor", "coordinator"])
def test_the_export_of_the_evidence_follows_its_schema(who, samples, visitors) -> None:
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = visitors[who]
    answer = browser.post(reverse("evidence_export"))
    assert answer.status_code == HTTPStatus.OK
    name = "kommissorium-evidence-1"
    with zipfile.ZipFile(io.BytesIO(body_of(answer))) as archive:
        assert faults(json.loads(archive.read("head.json")), name) == []
        assert faults(json.loads(archive.read("withheld.json")), name, "withheld") == []
        for part in ("event", "record", "row", "version"):
            lines = archive.read(f"{part}s.jsonl").splitlines()
            assert lines
            assert [fault for line in lines for fault in faults(json.loads(line), name, part)] == []


@pytest.mark.django_db
def test_the_answers_of_assess_follow_their_schema(samples, capsys) -> None:
    print_answers(None, None, as_json=True)
    content = json.loads(capsys.readouterr().out)
    assert content["answers"]
    assert faults(content, "kommissorium-assessment-1") == []


def test_what_is_read_of_a_mandate_follows_its_schema(capsys) -> None:
    for file in MANDATES.glob("*.txt"):
        read(file, as_json=True)
        assert faults(json.loads(capsys.readouterr().out), "kommissorium-mandate-1") == []


def test_no_command_writes_json_that_is_not_checked_here() -> None:
    main = (ROOT / "kommissorium/cli/main.py").read_text(encoding="utf-8")
    assert main.count('"--json"') == len((print_answers, read))


def test_a_fault_of_any_kind_is_found() -> None:
    name = "kommissorium-mandate-1"
    good = {"schema": name, "members": [{"role": "chair", "function": None}], "clauses": []}
    assert faults(good, name) == []
    for bad in (
        {key: value for key, value in good.items() if key != "schema"},
        {**good, "schema": "kommissorium-pack-1"},
        {**good, "more": 1},
        {**good, "clauses": {}},
        {**good, "members": [{"role": "king", "function": None}]},
        {**good, "members": [{"role": "chair", "function": True}]},
    ):
        assert len(faults(bad, name)) == 1
