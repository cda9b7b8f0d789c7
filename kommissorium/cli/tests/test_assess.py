"""`kommissorium assess`, run as an operator runs it."""

from __future__ import annotations

import json
import os
from datetime import timedelta

import pytest
from django.utils import timezone

from kommissorium.cli.tests.conftest import Installation
from kommissorium.config.tests.demonstration import built


def refused(result) -> str:
    """Return the one line that gives the reason; the command has stopped with 2."""
    assert result.returncode == 2, result.stdout + result.stderr
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("kommissorium: ")
    return lines[0]


def test_without_a_database_it_says_so_in_one_line(installation: Installation) -> None:
    assert refused(installation.here("assess"))


def test_a_bad_date_and_a_committee_that_is_not_there_are_told_in_one_line(
    installation: Installation,
) -> None:
    installation.init()
    assert "no committee yet" in refused(installation.here("assess"))
    assert "no committee X" in refused(installation.here("assess", "--committee", "X"))
    assert "2026-11-25" in refused(installation.here("assess", "--on", "31.02.2026"))
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "to come" in refused(installation.here("assess", "--on", tomorrow))


def test_the_demonstration_is_assessed_in_words_and_as_data(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    demonstration = built(tmp_path_factory, os.environ.get("DATABASE_URL"))
    plain = demonstration.run("assess", "--committee", "informationssikkerhedsudvalget")
    assert plain.returncode == 0, plain.stderr
    assert "Beredskabsgruppen" not in plain.stdout
    assert "K2" in plain.stdout
    day = (timezone.localdate() - timedelta(days=400)).isoformat()
    result = demonstration.run("assess", "--json", "--on", day)
    assert result.returncode == 0, result.stderr
    answers = {one["committee"]: one for one in json.loads(result.stdout)["answers"]}
    assert set(answers) == {"Beredskabsgruppen", "Informationssikkerhedsudvalget"}
    for answer in answers.values():
        assert answer["on"] == day
        assert len(answer["head"]["hash"]) == 64
        assert sum(answer["counts"].values()) == len(answer["clauses"])
