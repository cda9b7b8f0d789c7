"""The rules of what runs where, and on which day, name things that exist."""

from __future__ import annotations

from datetime import date

from kommissorium.config.tests.databases import BOTH, ROOT
from kommissorium.config.tests.given_day import AWKWARD, OF_ANY_DAY
from kommissorium.config.tests.sharing import OF_THE_TOWN, SHARING


def test_every_file_that_both_run_is_there():
    assert [name for name in BOTH if not (ROOT / "kommissorium" / name).is_file()] == []


def test_what_shares_a_process_is_there():
    assert [name for name in (*SHARING, OF_THE_TOWN) if not (ROOT / name).exists()] == []


def test_what_is_of_any_day_is_there_and_awkward_days_are_days():
    paths = [path.as_posix() for path in ROOT.glob("kommissorium/**/tests/**/*.py")]
    assert [part for part in OF_ANY_DAY if not any(part in path for path in paths)] == []
    assert all(date.fromisoformat(day) for day in AWKWARD)
