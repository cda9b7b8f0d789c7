"""The rules of what runs where, and on which day, name things that exist."""

from __future__ import annotations

from datetime import date

from kommissorium.config.tests import one_room
from kommissorium.config.tests.databases import ABOUT_ROWS, ALL_ROOMS, REGISTERS, ROOT
from kommissorium.config.tests.given_day import AWKWARD, OF_ANY_DAY
from kommissorium.config.tests.sharing import OF_THE_TOWN, SHARING
from kommissorium.config.tests.visiting import rows
from kommissorium.registers.installed import registers


def test_what_both_run_is_there():
    assert [name for name in ALL_ROOMS if not (ROOT / name).is_dir()] == []
    assert [one for one in ABOUT_ROWS if not (ROOT / f"{REGISTERS}test_{one}.py").exists()] == []


def test_the_rooms_of_an_argument_are_recognised(monkeypatch):
    register = next(one for one in registers() if one.code == "objectives")
    assert one_room.named("objectives.late") == one_room.named(register) == {"objectives"}
    assert next(one_room.named(row) for row in rows() if row.url_name == "tasks") == {"tasks"}
    assert one_room.named("approved") == set()
    monkeypatch.setattr(one_room, "ROOM", "tasks")
    one_room.rooms_above.cache_clear()
    one_room.imports_it.cache_clear()
    assert {"tasks", "registers", "secretariat"} <= one_room.rooms_above()
    assert "accounts" not in one_room.rooms_above()


def test_what_shares_a_process_is_there():
    assert [name for name in (*SHARING, OF_THE_TOWN) if not (ROOT / name).exists()] == []


def test_what_is_of_any_day_is_there_and_awkward_days_are_days():
    paths = [path.as_posix() for path in ROOT.glob("kommissorium/**/tests/**/*.py")]
    assert [part for part in OF_ANY_DAY if not any(part in path for path in paths)] == []
    assert all(date.fromisoformat(day) for day in AWKWARD)
