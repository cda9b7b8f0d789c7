"""The opponent: every clause counted anew from nothing but an export, without the program's rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from kommissorium.committees.models import Committee
from kommissorium.compliance.fulfilment import fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.config.tests.demonstration import Demonstration
from kommissorium.config.tests.templates import Template, connected_to
from kommissorium.core.evidence.export import write_export
from kommissorium.demo.tests import raw_events
from kommissorium.demo.tests.exported_rows import database_of
from kommissorium.demo.tests.raw_events import ToldRegisters
from kommissorium.demo.tests.raw_reading import Reading
from kommissorium.demo.tests.raw_registers import Registers
from kommissorium.demo.tests.raw_rows import Rows
from kommissorium.demo.tests.test_audit import OF_COMMITTEE, as_said, counted, twenty
from kommissorium.demo.tests.test_auditors_export import auditor, write_for
from kommissorium.measures.findings import Finding

pytestmark = pytest.mark.skipif(
    connection.vendor == "postgresql", reason="an export is counted in SQLite, which everybody has"
)

# What an auditor's export does not hold in rows, cases of incidents (T5), which employees took a
# course (R7) or read the guidelines (R5), is counted from its events.
FROM_EVENTS = {
    "incident_evaluation": raw_events.evaluated,
    "awareness_training": raw_events.training,
}

type Asked = tuple[int, date, date]  # committee, day, and as known when another day had ended
type Said = Mapping[Asked, Mapping[int, Finding]]


@pytest.fixture(scope="module")
def said(havneby: Demonstration) -> Said:
    """What the program says of each clause on the days, by the keys of the clauses."""
    found: dict[Asked, Mapping[int, Finding]] = {}
    with translation.override("en"):
        for committee in Committee.objects.filter(mandates__approved_at__isnull=False).distinct():
            history, rows = history_of(committee), Rows(committee)
            for day in set(twenty(rows).values()):
                for known in {day, rows.today}:
                    answer = fulfilment_on(history, day, known).findings
                    about = (committee.pk, day, known)
                    found[about] = {one.clause.pk: one.finding for one in answer}
    return found


def differences(said: Said, registers: Registers) -> Iterator[str]:
    """Yield a line for each clause that is counted otherwise from the rows here."""
    rows = {one.pk: Rows(one) for one in Committee.objects.filter(pk__in={key[0] for key in said})}
    for (committee, on, known), findings in said.items():
        reading = Reading(rows[committee], on, known)
        clauses = {one.pk: one for one in reading.clauses(on)}
        for key, finding in findings.items():
            count = counted(reading, registers, clauses[key])
            if as_said(finding, count) != count:
                said_so = f"{finding.state} {finding.sentence}"
                yield f"{clauses[key].measure} {on} known {known}: {count}\n  {said_so}"


def recounted(
    export: Path, havneby: Demonstration, said: Said, registers: type[Registers] = Registers
) -> list[str]:
    target = export.with_suffix(".sqlite3")
    target.unlink(missing_ok=True)
    database_of(export, havneby.database, target)
    with connected_to(Template(str(target), str(export.parent))), translation.override("en"):
        return list(differences(said, registers()))


def from_events(monkeypatch: pytest.MonkeyPatch) -> None:
    for measure, count in FROM_EVENTS.items():
        monkeypatch.setitem(OF_COMMITTEE, measure, count)


def test_the_servers_export_alone_gives_every_answer(
    havneby: Demonstration, said: Said, tmp_path: Path
) -> None:
    export = tmp_path / "server.zip"
    with export.open("wb") as file:
        write_export(file)
    assert not (found := recounted(export, havneby, said)), "\n".join(found)


def test_an_auditors_export_gives_every_answer(
    havneby: Demonstration, said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = tmp_path / "auditor.zip"
    write_for(auditor(), export)
    from_events(monkeypatch)
    found = recounted(export, havneby, said, ToldRegisters)
    assert not found, "\n".join(found)
    assert sum(map(len, said.values())) > 1_000
