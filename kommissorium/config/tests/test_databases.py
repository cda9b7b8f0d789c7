"""What PostgreSQL leaves out is chosen by rules that name what is there."""

from __future__ import annotations

from kommissorium.config.tests.databases import BOTH, ROOT


def test_every_file_that_both_run_is_there():
    assert [name for name in BOTH if not (ROOT / "kommissorium" / name).is_file()] == []
