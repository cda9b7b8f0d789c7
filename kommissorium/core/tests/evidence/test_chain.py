"""The chain holds whatever is recorded, and any change to it shows."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import zipfile
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from kommissorium.conftest import time_is
from kommissorium.core.evidence import daily_anchor, verifier
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.evidence.chain_check import check_database, head
from kommissorium.core.evidence.export import Reader, write_export
from kommissorium.core.evidence.models import Anchor, Event, Record
from kommissorium.core.tests.deep import examples
from kommissorium.core.tests.evidence.test_canonical import FACTS

ACTS = st.sampled_from(["core.tried", "accounts.role_given", "meetings.item_added"])
# PostgreSQL keeps no zero byte in a text; canonical JSON escapes it, so facts may hold it.
STEPS = st.lists(st.tuples(ACTS, FACTS, st.booleans(), st.booleans()), min_size=1, max_size=8)


class AnyHistory(HypothesisTestCase):
    """Hypothesis needs Django's own kind of test case to roll back between its examples."""

    @settings(max_examples=examples(12, 30), deadline=None)
    @given(STEPS)
    def test_any_sequence_of_events_and_records_verifies(self, steps):
        before, _hash = head()
        somebody, subject = get_user_model().objects.order_by("pk")[:2]
        frozen = 0
        for act, facts, by_somebody, is_record in steps:
            by = somebody if by_somebody else None
            if is_record:
                frozen += 1
                freeze("core.try", subject, by=by, content=facts, pdf=b"%PDF-" * frozen)
            else:
                record(act, subject, by=by, facts=facts)
        report = check_database()
        self.assertEqual(report.faults, [])
        self.assertEqual(report.events, before + len(steps))
        self.assertEqual((report.events, report.head), head())
        self.assertEqual(verifier.check_export(exported(), []).faults, [])


def exported() -> BytesIO:
    target = BytesIO()
    write_export(target)
    return target


@pytest.fixture
def export(cast) -> dict[str, bytes]:
    """The files of an export that holds events and two records, one of them with a PDF."""
    freeze("core.try", cast.committee, by=cast.chair, content={"n": 1}, pdf=b"%PDF-1.7 one")
    freeze("core.try", cast.committee, by=None, content={"n": 2})
    with zipfile.ZipFile(exported()) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def faults_of(files: dict[str, bytes], anchors: dict[int, str] | None = None) -> list[str]:
    """Check the export as an outsider would, the reading errors included."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    try:
        return verifier.check_export(target, (anchors or {}).items()).faults
    except verifier.Unreadable as error:
        return [f"unreadable: {error}"]


def lines_of(data: bytes) -> list[dict]:
    return [json.loads(line) for line in data.splitlines()]


def as_lines(rows: list[dict]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def other(value):
    """Return a value of the same type that is not this one."""
    return (
        value + 1 if isinstance(value, int) else (value[:-1] + ("0" if value[-1:] != "0" else "1"))
    )


def test_an_untouched_export_holds(export):
    assert faults_of(export) == []


def test_the_export_carries_a_verifier_that_needs_nothing_else(export, tmp_path):
    (tmp_path / "verify.py").write_bytes(export["verify.py"])
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        for name, data in export.items():
            archive.writestr(name, data)
    seq, value = head()
    isolated = [sys.executable, "-I", "-S", "verify.py", "export.zip"]

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*isolated, *more], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    assert run().returncode == 0
    assert run("--anchor", f"{seq}:{value}").returncode == 0
    wrong = run("--anchor", f"{seq}:{'a' * 64}")
    assert (wrong.returncode, "FAULT" in wrong.stdout) == (1, True)
    (tmp_path / "export.zip").write_bytes(b"no zip")
    assert run().returncode == 2


def test_a_change_of_any_field_of_any_event_is_found(export):
    events = lines_of(export["events.jsonl"])
    for number, event in enumerate(events):
        for name, value in event.items():
            changed = [*events[:number], {**event, name: other(value)}, *events[number + 1 :]]
            files = {**export, "events.jsonl": as_lines(changed)}
            assert faults_of(files), f"{name} of event {number + 1}"


class Hiding(Reader):
    """Somebody who may read everything but one record."""

    def __init__(self, hidden: int) -> None:
        self.hidden = hidden

    def records(self) -> set[int]:
        return set(Record.objects.exclude(pk=self.hidden).values_list("pk", flat=True))


@pytest.fixture
def withheld(cast) -> dict[str, bytes]:
    """The files of an export of which one record's content is withheld, its PDF too."""
    kept = freeze("core.try", cast.committee, by=None, content={"n": 1}, pdf=b"%PDF-1.7 hidden")
    freeze("core.try", cast.committee, by=None, content={"n": 2})
    target = BytesIO()
    write_export(target, Hiding(kept.pk))
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_an_export_with_a_withheld_record_holds_without_its_content(withheld):
    assert faults_of(withheld) == []
    assert not any(b"hidden" in data for data in withheld.values())
    assert sum("withheld" in row for row in lines_of(withheld["records.jsonl"])) == 1


def test_a_change_of_any_field_of_a_withheld_record_is_found(withheld):
    rows = lines_of(withheld["records.jsonl"])
    number = next(place for place, row in enumerate(rows) if "withheld" in row)
    for name, value in rows[number].items():
        changed = [*rows[:number], {**rows[number], name: other(value)}, *rows[number + 1 :]]
        if name != "id":  # an id is a name in the export alone; no event holds it
            assert faults_of({**withheld, "records.jsonl": as_lines(changed)}), name
    without = [row for row in rows if "withheld" not in row]
    assert faults_of({**withheld, "records.jsonl": as_lines(without)})


def test_content_slipped_in_for_a_withheld_record_is_found(withheld):
    row = next(row for row in lines_of(withheld["records.jsonl"]) if "withheld" in row)
    for ending in ("json", "pdf"):
        name = f"records/{row['id']}.{ending}"
        assert faults_of({**withheld, name: b"{}"}) == [f"{name} is no part of what was frozen"]


def test_a_change_of_any_field_of_any_record_is_found(export):
    records = lines_of(export["records.jsonl"])
    for number, row in enumerate(records):
        for name, value in row.items():
            changed = [*records[:number], {**row, name: other(value)}, *records[number + 1 :]]
            files = {**export, "records.jsonl": as_lines(changed)}
            assert faults_of(files), f"{name} of record {number + 1}"


def test_a_change_of_the_head_is_found(export):
    kept = json.loads(export["head.json"])
    for name in ("seq", "hash"):
        changed = json.dumps({**kept, name: other(kept[name])}).encode()
        assert faults_of({**export, "head.json": changed}), name


def test_a_change_of_the_bytes_of_any_record_is_found(export):
    names = [name for name in export if name.startswith("records/")]
    assert any(name.endswith(".pdf") for name in names)
    for name in names:
        assert faults_of({**export, name: export[name] + b" "}), name
        assert faults_of({key: data for key, data in export.items() if key != name}), name


def test_an_event_removed_swapped_or_repeated_is_found(export):
    events = lines_of(export["events.jsonl"])
    for number in range(len(events) - 1):
        removed = events[:number] + events[number + 1 :]
        swapped = [*events[:number], events[number + 1], events[number], *events[number + 2 :]]
        repeated = [*events[:number], events[number], *events[number:]]
        for changed in (removed, swapped, repeated):
            assert faults_of({**export, "events.jsonl": as_lines(changed)}), number


def test_a_record_taken_out_is_found(export):
    records = lines_of(export["records.jsonl"])
    for number in range(len(records)):
        left = records[:number] + records[number + 1 :]
        assert faults_of({**export, "records.jsonl": as_lines(left)})


def head_of(export: Mapping[str, bytes], seq: int, value: str) -> bytes:
    """Return the export's head.json with another head."""
    return json.dumps({**json.loads(export["head.json"]), "seq": seq, "hash": value}).encode()


def test_an_end_cut_off_shows_against_the_head_and_against_an_anchor(export):
    events = lines_of(export["events.jsonl"])
    *records, dropped = lines_of(export["records.jsonl"])
    cut = {**export, "events.jsonl": as_lines(events[:-1]), "records.jsonl": as_lines(records)}
    del cut[f"records/{dropped['id']}.json"]
    assert faults_of(cut)
    last = events[-2]
    cut["head.json"] = head_of(export, last["seq"], last["hash"])
    assert faults_of(cut) == []  # by itself a shorter chain is a whole chain
    assert faults_of(cut, {events[-1]["seq"]: events[-1]["hash"]})


def test_a_chain_computed_anew_shows_against_an_anchor(export):
    events = lines_of(export["events.jsonl"])
    anchors = {events[-1]["seq"]: events[-1]["hash"]}
    events[2]["actor"] = "system" if events[2]["actor"] != "system" else "somebody"
    previous = verifier.GENESIS
    for event in events:
        event["previous_hash"] = previous
        previous = event["hash"] = verifier.event_hash(event)
    forged = {**export, "events.jsonl": as_lines(events)}
    forged["head.json"] = head_of(export, len(events), previous)
    assert faults_of(forged) == []
    assert faults_of(forged, anchors)


def unreadable(files: dict[str, bytes]) -> str:
    """Return why the export cannot be read."""
    [why] = faults_of(files)
    assert why.startswith("unreadable: ")
    return why


def test_an_export_that_lacks_a_part_or_ends_too_early_cannot_be_read(export):
    for name in ("events.jsonl", "records.jsonl", "rows.jsonl", "head.json"):
        assert name in unreadable({key: data for key, data in export.items() if key != name})
        assert unreadable({**export, name: export[name][:-2]})
        assert unreadable({**export, name: b"[1]\n"})
    assert unreadable({**export, "events.jsonl": b"\xff\xfe\n"})


def test_an_export_cut_off_anywhere_cannot_be_read(cast):
    whole = exported().getvalue()
    for length in range(0, len(whole), len(whole) // 40):
        with pytest.raises(verifier.Unreadable):
            verifier.check_export(BytesIO(whole[:length]), [])


def test_a_file_with_a_foreign_path_is_told_and_written_nowhere(export, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("../outside.txt", "/etc/passwd", "records/../../x.json", "records/one.json"):
        assert faults_of({**export, name: b"x"}) == [f"{name} is no part of an export"]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_stands_twice_is_told(export):
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        for name, data in [*export.items(), ("head.json", export["head.json"])]:
            archive.writestr(name, data)
    assert verifier.check_export(target, []).faults == ["head.json is in the export more than once"]


def test_a_bomb_is_refused_before_it_is_opened(export):
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("events.jsonl", b"0" * 400_000_000)
    with pytest.raises(verifier.Unreadable, match="unpack"):
        verifier.check_export(target, [])


def test_rows_of_another_database_are_told(export, cast):
    rows = lines_of(export["rows.jsonl"])
    for row in rows:  # the same texts under another salt
        row["salt"] = "00" * 32
    faults = faults_of({**export, "rows.jsonl": as_lines(rows)})
    tables = Counter(row["table"] for row in rows)
    assert len(faults) == sum(min(number, verifier.MOST_NAMED) for number in tables.values())


def test_a_change_of_any_part_of_a_row_is_found(export):
    rows = lines_of(export["rows.jsonl"])
    for name, value in rows[0].items():
        changed = [{**rows[0], name: other(value)}, *rows[1:]]
        assert faults_of({**export, "rows.jsonl": as_lines(changed)}), name
    assert faults_of({**export, "rows.jsonl": as_lines(rows[1:])})
    assert faults_of({**export, "rows.jsonl": as_lines([*rows, rows[0]])})


def test_a_document_is_named_by_its_bytes(export, tmp_path, capsys):
    """A document shown on paper is found in the chain, or reported as not part of it."""
    file = tmp_path / "export.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in export.items():
            archive.writestr(name, data)
    (tmp_path / "shown.pdf").write_bytes(b"%PDF-1.7 one")
    (tmp_path / "forged.pdf").write_bytes(b"%PDF-1.7 two")
    assert verifier.main([str(file), "--pdf", str(tmp_path / "shown.pdf")]) == 0
    assert re.search(r"This is the try: record \d+, frozen on", capsys.readouterr().out)
    assert verifier.main([str(file), "--pdf", str(tmp_path / "forged.pdf")]) == 1
    assert "no document that was frozen" in capsys.readouterr().out
    assert verifier.main([str(file), "--pdf", str(tmp_path / "none.pdf")]) == 2


def test_a_day_is_told_by_its_last_event(export, tmp_path, capsys):
    file = tmp_path / "export.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in export.items():
            archive.writestr(name, data)
    last = lines_of(export["events.jsonl"])[-1]
    assert verifier.main([str(file), "--day", "2099-12-31"]) == 0
    said = capsys.readouterr().out
    assert f"ended with event {last['seq']}:{last['hash']}" in said
    assert f"{len(lines_of(export['rows.jsonl']))} rows sealed" in said
    assert verifier.main([str(file), "--day", "2001-01-01"]) == 0
    assert "had no event" in capsys.readouterr().out


def test_nothing_is_recorded_outside_a_transaction(committing):
    before = Event.objects.count()
    with pytest.raises(RuntimeError):
        record("core.tried", committing.municipality, by=None)
    assert Event.objects.count() == before


def test_an_event_goes_with_the_change_that_failed(committing):
    before = head()
    with pytest.raises(ValueError, match="failed"), transaction.atomic():
        record("core.tried", committing.municipality, by=None)
        raise ValueError("failed")
    assert head() == before


def test_writers_at_the_same_time_make_one_chain(committing):
    before, _hash = head()
    start = threading.Barrier(4)
    errors = []

    def write() -> None:
        try:
            start.wait(10)
            for number in range(5):
                with transaction.atomic():
                    record("core.tried", committing.municipality, by=None, facts={"n": number})
        except Exception as error:  # noqa: BLE001 whatever it is, the test must tell
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    report = check_database()
    assert report.faults == []
    assert report.events == before + 20


def test_a_record_is_sealed_by_an_event_that_carries_its_hashes(cast):
    row = freeze("core.try", cast.committee, by=cast.chair, content={"a": 1}, pdf=b"%PDF-")
    facts = json.loads(row.event.facts)
    assert (facts["content_hash"], facts["pdf_hash"]) == (row.content_hash, row.pdf_hash)
    assert row.content == '{"a":1}'
    assert row.event.actor == str(cast.chair.pseudonym)
    assert Record.objects.get(pk=row.pk).pdf is not None


def test_the_history_of_an_object_holds_its_own_events_newest_first(cast):
    first = record("core.tried", cast.committee, by=None)
    record("core.tried", cast.municipality, by=None)
    second = record("core.tried", cast.committee, by=None)
    assert list(Event.objects.about(cast.committee)[:2]) == [second, first]


def test_no_name_stands_in_the_chain(cast):
    texts = " ".join(Event.objects.values_list("facts", flat=True))
    for person in get_user_model().objects.all():
        assert person.name not in texts


def test_a_clock_set_back_breaks_no_chain(cast):
    with time_is(timezone.localtime() + timedelta(days=400)):
        note_something(cast)
    note_something(cast)
    assert check_database({}).holds


def note_something(cast):
    with transaction.atomic():
        record("core.tried", cast.committee, by=cast.coordinator)


def test_a_full_disk_adds_no_half_line_to_the_anchors(cast, tmp_path, monkeypatch):
    file = tmp_path / "anchors.txt"
    file.write_text("2026-01-01 1:abc\n")

    def full(_handle):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(daily_anchor.os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            daily_anchor.anchor_today(file)
    assert file.read_text() == "2026-01-01 1:abc\n"
    assert not Anchor.objects.exists()
    daily_anchor.anchor_today(file)
    assert len(file.read_text().splitlines()) == 2
