"""What was acknowledged is on the disk: counted by the syncs before each acknowledgement."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from kommissorium.assets.models import Asset
from kommissorium.config.tests.acknowledging import DONE
from kommissorium.config.tests.web_processes import database_url
from kommissorium.conftest import Cast
from kommissorium.core.tests.deep import rounds

pytestmark = pytest.mark.both("each database syncs in its own way")

WRITES = rounds(10, 300)
ON_SQLITE = connection.vendor == "sqlite"
STRACE = shutil.which("strace")
FULL = 2  # PRAGMA synchronous
DURABLE = {"synchronous_commit", "fsync", "full_page_writes", "wal_sync_method"}


def traced(log: Path) -> subprocess.CompletedProcess[str]:
    """Let a process of its own add assets, its syncs and acknowledgements traced into the log."""
    trace = [str(STRACE), "-f", "-qq", "-e", "trace=fsync,fdatasync,write", "-o", str(log)]
    return subprocess.run(
        [*trace, sys.executable, "-m", "kommissorium.config.tests.acknowledging", str(WRITES)],
        env=os.environ | {"DATABASE_URL": database_url()},
        capture_output=True,
        text=True,
        check=False,
        timeout=60 + WRITES,
    )


@pytest.mark.skipif(not ON_SQLITE, reason="PostgreSQL's server syncs, which is no process of ours")
@pytest.mark.skipif(STRACE is None, reason="no strace on this machine")
def test_each_acknowledged_write_was_synced_before(committing: Cast, tmp_path: Path) -> None:
    log = tmp_path / "trace"
    connection.close()
    done = traced(log)
    if "ptrace" in done.stderr and not done.stdout:
        pytest.skip("this machine lets nobody trace a process")
    assert done.stdout.splitlines() == [f"{DONE} {one}" for one in range(WRITES)], done.stderr
    *acts, _rest = log.read_text("utf-8", "replace").split(f'"{DONE} ')
    assert len(acts) == WRITES
    synced = [act.count("fsync(") + act.count("fdatasync(") for act in acts]
    assert min(synced) >= 1, synced
    assert Asset.objects.count() == WRITES


@pytest.mark.skipif(not ON_SQLITE, reason="asks SQLite")
def test_sqlite_is_told_to_sync_at_every_commit(committing: Cast) -> None:
    with connection.cursor() as cursor:
        told = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("synchronous", "journal_mode")
        ]
    assert told == [FULL, "wal"]


@pytest.mark.skipif(ON_SQLITE, reason="asks PostgreSQL")
def test_the_program_asks_postgresql_for_no_less_than_the_server_gives(committing: Cast) -> None:
    """A server as it is installed syncs at every commit; that of the tests is told not to."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, source, boot_val FROM pg_settings WHERE name = ANY(%s)", [[*DURABLE]]
        )
        found = {name: (source, value) for name, source, value in cursor.fetchall()}
    assert {*found} == DURABLE
    assert {source for source, _value in found.values()} <= {"default", "command line"}
    assert [found[name][1] for name in ("synchronous_commit", "fsync", "full_page_writes")] == [
        "on"
    ] * 3
