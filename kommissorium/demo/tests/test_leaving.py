"""The demonstration leaves SQLite for PostgreSQL and comes back: every answer is the same."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kommissorium.config.tests import cluster
from kommissorium.config.tests.demonstration import Demonstration
from kommissorium.config.tests.templates import Template, connected_to
from kommissorium.core.evidence.models import Event
from kommissorium.demo.tests.stories import of_fifteen_months
from kommissorium.demo.tests.test_versions_begin import answers


@of_fifteen_months
@pytest.mark.skipif(cluster.programs() is None, reason="needs PostgreSQL's server programs")
def test_every_months_end_is_answered_the_same_after_leaving_and_coming_back(
    havneby: Demonstration, tmp_path: Path
) -> None:
    before, chain = answers(), list(Event.objects.values_list("seq", "hash"))
    shutil.copytree(havneby.data, tmp_path / "left")
    here = replace(havneby, data=tmp_path / "left")
    away = replace(havneby, data=tmp_path / "away", url=cluster.start())
    back = replace(havneby, data=tmp_path / "back")
    for number, (source, target) in enumerate(((here, away), (away, back))):
        target.data.mkdir()
        shutil.copy(here.data / "secret.key", target.data)
        archive = str(tmp_path / f"{number}.zip")
        for said in (
            source.run("export", "--all", "-o", archive),
            target.run("import", "--all", archive),
        ):
            assert said.returncode == 0, said.stdout + said.stderr
            assert "Everything holds." in said.stdout
    with connected_to(Template(back.database, str(back.data / "files"))):
        assert answers() == before
        assert list(Event.objects.values_list("seq", "hash"))[-len(chain) :] == chain
