"""An outsider's answer: computed from an export by the rules alone, the same as the program shows."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation

from kommissorium.committees.models import Committee
from kommissorium.compliance.actions.freezing import freeze_answer
from kommissorium.compliance.answer import Answer
from kommissorium.compliance.documents import answer_json
from kommissorium.compliance.export import PROGRAM, program, write_answers
from kommissorium.compliance.fulfilment import fulfilment_on, month_ends
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.models import FrozenAnswer
from kommissorium.compliance.tests.story import held_meeting, hold, planned_meeting
from kommissorium.config.tests.registers.test_checks import AGO, fill_all
from kommissorium.conftest import Cast, CastAnd, find_cast, time_is
from kommissorium.core.evidence.export import Reader, write_export
from kommissorium.core.evidence.verifier import check_export, opened
from kommissorium.measures.export import FACTS, SHOWN
from kommissorium.secretariat.evidence_access import PersonReader

A_DAY = timedelta(days=1)
type Lines = list[dict[str, Any]]


@dataclass
class Outside:
    """A folder of somebody who has an export and a Python, and nothing of ours."""

    folder: Path
    export: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the export's own rules in a process that finds nothing but the standard library."""
        command = [sys.executable, "-I", "-S", PROGRAM, str(self.export), *arguments]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)

    def answer(self, on: date, known: date) -> list[dict[str, Any]]:
        """Return the clauses of the committee as it answers in Danish."""
        days = ("--on", on.isoformat(), "--known", known.isoformat())
        done = self.run(*days, "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        answers: list[dict[str, Any]] = json.loads(done.stdout)["answers"]
        clauses: list[dict[str, Any]] = answers[0]["clauses"]
        return clauses

    def change(self, name: str, act: Callable[[Lines], object]) -> None:
        """Write the lines of a part of the export anew."""
        with zipfile.ZipFile(self.export) as file:
            parts = {one: file.read(one) for one in file.namelist()}
        lines = [json.loads(line) for line in parts[name].splitlines()]
        act(lines)
        parts[name] = "".join(json.dumps(line) + "\n" for line in lines).encode()
        with zipfile.ZipFile(self.export, "w") as file:
            for one, content in parts.items():
                file.writestr(one, content)


@pytest.fixture(scope="module")
def full(cast_and: CastAnd) -> None:
    """Registers that were filled, and a meeting whose minutes are approved; the same for all."""

    def fill() -> None:
        cast = find_cast()
        fill_all(cast)
        with time_is(timezone.now() - AGO):
            held_meeting(cast, 2)

    cast_and(fill)


@pytest.fixture
def outside(full: None, cast: Cast, tmp_path: Path) -> Callable[[Reader], Outside]:
    def export(reader: Reader) -> Outside:
        made = Outside(tmp_path, tmp_path / "evidence.zip")
        with made.export.open("wb") as file:
            write_export(file, reader, [partial(write_answers, committees=[cast.committee])])
        (tmp_path / PROGRAM).write_bytes(zipfile.ZipFile(made.export).read(PROGRAM))
        return made

    return export


def shown(committee: Committee, on: date, known: date) -> list[dict[str, Any]]:
    """Return the clauses as the program itself answers in Danish."""
    with translation.override("da"):
        found = answer_json(Answer(committee, fulfilment_on(history_of(committee), on, known)))
    clauses: list[dict[str, Any]] = found["clauses"]
    return clauses


def days() -> list[date]:
    """Return today and the last ends of months."""
    return month_ends(timezone.localdate(), 3)


@pytest.mark.parametrize("who", ["server", "auditor"])
def test_it_answers_as_the_program_with_nothing_but_python(cast, outside, who):
    found = outside(Reader() if who == "server" else PersonReader(cast.auditor))
    today = timezone.localdate()
    for on in days():
        for known in {on, today}:
            for ours, theirs in zip(
                shown(cast.committee, on, known), found.answer(on, known), strict=True
            ):
                assert (theirs["number"], theirs["state"], theirs["sentence"]) == (
                    *(ours["number"], ours["state"]),
                    ours["sentence"],
                ), on
                assert theirs["shown"] is None
                own = [(one["event"], one["record"]) for one in ours["evidence"]]
                assert [(one["event"], one["record"]) for one in theirs["evidence"]] == own


def test_the_export_holds_with_its_facts(outside):
    found = outside(Reader())
    report = check_export(str(found.export), [])
    assert report.holds, report.faults
    with opened(str(found.export)) as file:
        assert file.read(PROGRAM) == program(), "the same rules, the same bytes"


def test_a_fact_that_its_row_does_not_say_is_told(outside):
    found = outside(Reader())

    def decided_otherwise(lines: Lines) -> None:
        next(one for one in lines if one["table"] == "meetings_decision")["outcome"] = "rejected"

    found.change(FACTS, decided_otherwise)
    done = found.run()
    assert done.returncode == 1
    assert "meetings_decision" in done.stdout and "rækken siger noget andet" in done.stdout


def test_an_answer_that_was_shown_otherwise_is_told(outside):
    found = outside(Reader())
    found.change(SHOWN, lambda lines: lines[-1].update(sentence="Alt er godt."))
    done = found.run()
    assert done.returncode == 1 and "Programmet viste: " in done.stdout
    assert "Alt er godt." in done.stdout


def test_facts_that_lack_make_nothing_green(cast, outside):
    found = outside(Reader())
    today = timezone.localdate()
    before = {one["number"] for one in found.answer(today, today) if one["state"] == "fulfilled"}
    of_meetings = ("meetings_approval", "meetings_attendance", "meetings_proceedings")
    found.change(
        FACTS,
        lambda lines: lines.__setitem__(
            slice(None), [one for one in lines if one["table"] not in of_meetings]
        ),
    )
    done = found.run("--json")
    after = json.loads(done.stdout)["answers"][0]["clauses"]
    assert {one["number"] for one in after if one["state"] == "fulfilled"} < before
    assert done.returncode == 1, "and it is other than the program showed"
    assert "! 1 fra meetings_approval" in found.run().stdout
    assert any("1 fra meetings_approval mangler: ikke bevist." in one["sentence"] for one in after)


def withhold(lines: Lines, table: str) -> None:
    for one in lines:
        if one["table"] == table:
            one.update(withheld=True, seal="")
            del one["text"], one["salt"]


def test_a_clause_whose_facts_are_withheld_is_not_green_and_says_so(cast, outside):
    found = outside(Reader())
    today = timezone.localdate()
    before = {one["number"]: one for one in found.answer(today, today)}
    found.change("rows.jsonl", lambda lines: withhold(lines, "meetings_approval"))
    after = {one["number"]: one for one in found.answer(today, today)}
    text = "1 fra meetings_approval er holdt tilbage: ikke bevist."
    hit = {number for number, one in after.items() if one["lacks"] == [text]}
    greens = {number for number, one in before.items() if one["state"] == "fulfilled"}
    assert hit & greens and greens - hit, "some rules read minutes, others do not"
    for number, one in after.items():
        if number not in hit:
            assert one == before[number]
            continue
        assert one["sentence"].endswith(text) and one["shown"] is None
        held_against = before[number]["state"] in ("not_fulfilled", "due_soon", "open_row")
        assert one["state"] == (before[number]["state"] if held_against else "unmeasured")


def test_nothing_is_green_where_an_event_of_the_chain_lacks(cast, outside):
    found = outside(Reader())
    found.change("events.jsonl", lambda lines: lines.pop(0))
    clauses = json.loads(found.run("--json").stdout)["answers"][0]["clauses"]
    assert "fulfilled" not in {one["state"] for one in clauses}
    assert all("1 led i kæden mangler: ikke bevist." in one["lacks"] for one in clauses)


def test_a_registers_clause_is_not_green_where_its_figures_lack(cast, outside):
    found = outside(Reader())
    found.change("facts.json", lambda lines: lines[0]["counts"].pop("assets"))
    clauses = json.loads(found.run("--json").stdout)["answers"][0]["clauses"]
    hit = [one for one in clauses if one["lacks"]]
    assert {one["measure"] for one in hit} == {"ownership", "owner_documentation"}
    assert "fulfilled" not in {one["state"] for one in hit}


def test_what_is_withheld_is_counted(cast, outside):
    done = outside(PersonReader(cast.auditor)).run()
    assert done.returncode == 0, done.stdout
    assert "python3 verify.py" in done.stdout


def test_an_auditor_reads_which_clauses_rest_on_a_closed_item(cast, outside):
    with time_is(timezone.now() - 60 * A_DAY):
        meeting = planned_meeting(cast, 20)
        few = meeting.items.filter(clause__measure="agenda_ongoing")
        few.update(is_closed=True, closed_ground="confidential")
        hold(meeting, cast)
    today = timezone.localdate()
    whole = {one["number"]: one for one in outside(Reader()).answer(today, today)}
    told = {one["number"]: one for one in outside(PersonReader(cast.auditor)).answer(today, today)}
    assert not [one for one in whole.values() if one["lacks"]]
    hit = {number for number, one in told.items() if one["lacks"]}
    assert {one["measure"] for one in told.values() if one["lacks"]} >= {"weighed_decisions"}
    assert all("er holdt tilbage: ikke bevist." in told[number]["sentence"] for number in hit)
    assert "fulfilled" not in {told[number]["state"] for number in hit}
    assert {number: told[number] for number in told if number not in hit} == {
        number: whole[number] for number in whole if number not in hit
    }
    assert all(one["shown"] is None for one in told.values()), "the facts say what was shown"


def test_a_day_to_come_and_a_file_that_is_none_are_refused(outside, tmp_path):
    found = outside(Reader())
    late = (timezone.localdate() + A_DAY).isoformat()
    assert found.run("--on", late).returncode == 2
    (tmp_path / "evidence.zip").write_bytes(b"PK")
    done = found.run()
    assert done.returncode == 2 and "kan ikke læses" in done.stderr
    with zipfile.ZipFile(tmp_path / "evidence.zip", "w") as file:
        file.writestr("events.jsonl", "")
    assert found.run().returncode == 2


def freeze_yesterday(cast: Cast) -> FrozenAnswer:
    on = timezone.localdate() - A_DAY
    return freeze_answer(cast.committee, on, by=None, why=FrozenAnswer.Why.MONTH_END)


@pytest.mark.parametrize("who", ["server", "auditor"])
def test_what_was_frozen_is_computed_the_same(cast, outside, who):
    row = freeze_yesterday(cast)
    found = outside(Reader() if who == "server" else PersonReader(cast.auditor))
    done = found.run("--on", row.on.isoformat(), "--lang", "en")
    assert done.returncode == 0, done.stdout
    assert f"as record {row.record_id}" in done.stdout
    assert "1 frozen answer is what the chain sealed." in done.stdout
    assert "by other rules" not in done.stdout, "the same sources have the same hash"
    assert "Frozen was" not in done.stdout
    told = json.loads(found.run("--on", row.on.isoformat(), "--json").stdout)["answers"][0]
    assert told["frozen"] == {
        "record": row.record_id,
        "on": row.frozen_on.isoformat(),
        "has_these_rules": True,
    }
    assert all(one["frozen"] is None for one in told["clauses"])


def test_a_frozen_answer_that_was_changed_is_told(cast, outside):
    row = freeze_yesterday(cast)
    found = outside(Reader())
    name = f"records/{row.record_id}.json"
    found.change(name, lambda lines: lines[0]["clauses"][0]["then"].update(state="fulfilled"))
    done = found.run()
    assert done.returncode == 1
    assert f"Låst dokument {row.record_id}" in done.stdout


def test_a_fact_that_was_changed_is_told_by_what_was_frozen(cast, outside):
    row = freeze_yesterday(cast)
    found = outside(Reader())
    of_meetings = ("meetings_approval", "meetings_attendance", "meetings_proceedings")
    found.change(
        FACTS,
        lambda lines: lines.__setitem__(
            slice(None), [one for one in lines if one["table"] not in of_meetings]
        ),
    )
    done = found.run("--on", row.on.isoformat())
    assert done.returncode == 1 and "Låst var: " in done.stdout
