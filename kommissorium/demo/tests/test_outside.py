"""The demonstration, answered from outside: every end of a month, as known then and as known today."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from kommissorium.committees.models import Committee
from kommissorium.compliance.export import write_answers
from kommissorium.core.evidence.export import write_export
from kommissorium.measures import said
from kommissorium.measures.__main__ import answers
from kommissorium.measures.export import SHOWN, Export
from kommissorium.measures.voices import Danish

pytestmark = pytest.mark.usefixtures("havneby")
MOST = 37  # ends of months, and today


@pytest.fixture
def export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Export:
    """An export of the demonstration, read in its own voice."""
    target = tmp_path / "evidence.zip"
    with target.open("wb") as file:
        write_export(file, parts=[partial(write_answers, committees=Committee.objects.all())])
    found = Export(zipfile.ZipFile(target))
    monkeypatch.setattr(said, "_speaking", [Danish(found.zone)])
    return found


def test_every_answer_is_the_one_that_was_shown_and_every_fact_is_proved(export: Export) -> None:
    lines = [json.loads(line) for line in export.file.open(SHOWN)]
    asked = {(one["committee"], one["on"], one["known"]) for one in lines}
    assert len({on for _committee, on, _known in asked}) <= MOST
    other, number = [], 0
    for committee, on, known in sorted(asked):
        for one in answers(export, committee, date.fromisoformat(on), date.fromisoformat(known)):
            number += 1
            if one.shown:
                other.append((committee, on, known, one.clause.number, one.shown))
    assert other == [] and number == len(lines)
    proof = export.proof
    assert not proof.unproved
    assert sum(proof.proved.values()) == sum(map(len, export.rows.values()))
