"""The export of the auditor: how much of it is shown, what is not, and the answers reckoned from it."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.utils import translation

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Committee
from kommissorium.compliance.export import write_answers
from kommissorium.compliance.fulfilment import fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.config.tests.demonstration import Demonstration
from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.chain_check import head
from kommissorium.core.evidence.export import write_export
from kommissorium.core.evidence.models import RowVersion
from kommissorium.core.evidence.sealed_tables import sealed_tables
from kommissorium.core.files.models import StoredFile
from kommissorium.measures.__main__ import answers
from kommissorium.measures.export import Export
from kommissorium.secretariat.evidence_access import PersonReader
from kommissorium.secretariat.evidence_versions import former_of

MOST_WITHHELD = 0.05  # of the rows
MOST_FORMER = 0.15  # of what rows held before: drafts of minutes, cases, figures of few
CASES = "incidents_"
CLOSED_TO_AUDITORS = {
    *("accounts_invitation", "accounts_emailchange", "meetings_calendarfeed"),
    *("awareness_completion", "readings_reading", "registers_savedlist"),
}
# Of cases auditors read what a committee evaluated, and the lists of steps that come along.
LAID_BEFORE = {"incidents_evaluation", "incidents_lesson", "incidents_checklist"}
UNDER_PLANS = {"audits_audit", "awareness_awarenessactivity", "continuity_continuitytest"}
LATER = {"objectives_objective", "policies_document"}  # of a draft; shown to its writers alone


def auditor() -> Person:
    return Person.objects.filter(roles__kind=OrganisationRole.Kind.AUDITOR).earliest("pk")


@pytest.fixture(scope="module")
def file(havneby: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export that the auditor's button hands out."""
    target = tmp_path_factory.mktemp("export") / "auditor.zip"
    write_for(auditor(), target)
    return target


def write_for(person: Person, target: Path) -> None:
    own = partial(write_answers, committees=Committee.objects.visible_to(person))
    with target.open("wb") as export:
        write_export(export, PersonReader(person), [own])


def lines_of(file: Path, name: str) -> Iterator[dict[str, str]]:
    with zipfile.ZipFile(file) as export, export.open(name) as lines:
        yield from map(json.loads, lines)


def shares(lines: Iterable[dict[str, str]]) -> tuple[Counter[str], Counter[str]]:
    """Return by table how many there are, and how many are withheld."""
    every: Counter[str] = Counter()
    withheld: Counter[str] = Counter()
    for line in lines:
        every[line["table"]] += 1
        withheld[line["table"]] += "withheld" in line
    return every, withheld


def test_nearly_all_of_it_is_shown(file: Path) -> None:
    rows, no_rows = shares(lines_of(file, "rows.jsonl"))
    assert no_rows.total() <= MOST_WITHHELD * rows.total()
    versions, no_versions = shares(lines_of(file, "versions.jsonl"))
    assert no_versions.total() <= MOST_FORMER * versions.total()


def test_a_former_value_is_withheld_for_a_draft_or_a_case_alone(file: Path) -> None:
    withheld = {
        (line["table"], line["key"], int(line["event"]))
        for line in lines_of(file, "versions.jsonl")
        if "withheld" in line and line["table"] not in UNDER_PLANS | LATER
    }
    there = {(line["table"], line["key"]) for line in lines_of(file, "rows.jsonl")}
    shown = {table.name for table in sealed_tables().values() if former_of(table.model)}
    for one in RowVersion.objects.filter(table__in=shown).exclude(table__startswith=CASES):
        is_there = one.text and (one.table, one.key) in there
        if is_there and (one.table, one.key, one.event_id) in withheld:
            text = json.loads(one.text)
            assert text.get("state") in ("draft", "dropped") or text.get("is_closed"), one


def test_it_holds_and_what_it_withholds_is_told(file: Path) -> None:
    report = verifier.check_export(str(file), [head()])
    assert report.faults == []
    with zipfile.ZipFile(file) as export:
        told = json.loads(export.read("withheld.json"))
    assert sum(line["withheld"] for line in told["rows"].values()) == report.rows_withheld
    assert told["records"]["withheld"] == report.withheld
    _rows, withheld = shares(lines_of(file, "versions.jsonl"))
    assert {name: line["withheld"] for name, line in told["versions"].items()} == {
        name: number for name, number in withheld.items() if number
    }
    assert all(set(line["ground"]) == {"da", "en"} for line in told["rows"].values())


def test_nothing_of_cases_of_sign_in_and_of_employees_is_in_it(file: Path) -> None:
    shown = {
        line["table"]
        for name in ("rows.jsonl", "versions.jsonl")
        for line in lines_of(file, name)
        if "text" in line
    }
    assert not shown & CLOSED_TO_AUDITORS
    assert {table for table in shown if table.startswith(CASES)} <= LAID_BEFORE


def test_the_files_in_it_are_those_of_rows_it_shows(file: Path) -> None:
    with zipfile.ZipFile(file) as export:
        files = {name[6:] for name in export.namelist() if name.startswith("files/")}
    rows = [line for line in lines_of(file, "rows.jsonl") if line["table"] == "core_storedfile"]
    assert files <= {line["key"] for line in rows if "text" in line}
    assert files
    assert len(files) <= StoredFile.objects.count()


def test_the_answers_reckoned_from_it_are_those_of_the_program(file: Path) -> None:
    with zipfile.ZipFile(file) as opened, translation.override("da"):
        export = Export(opened)
        assert export.proof.otherwise == []
        days = sorted({date.fromisoformat(line["on"]) for line in lines_of(file, "shown.jsonl")})
        for committee in Committee.objects.visible_to(auditor()):
            history = history_of(committee)
            for on in days[-6:]:
                reckoned = answers(export, committee.pk, on, export.today)
                shown = fulfilment_on(history, on, export.today).findings
                assert [one.shown for one in reckoned] == [None] * len(reckoned)
                assert not [one.lacks for one in reckoned if one.lacks], "all it rests on is shown"
                assert [one.finding.state for one in reckoned] == [
                    one.finding.state for one in shown
                ]
