"""Write the filled databases of a release: keep_databases.py CHECKOUT [TOWN], where `make setup` was run.

The program of CHECKOUT fills them: a small municipality by its actions, and the demonstration; each on
SQLite and PostgreSQL, whose programs it needs. They go to kommissorium/cli/tests/kept, one archive each
with database, files, key and what `assess` said: `cli/tests/test_kept.py` upgrades them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

KEPT = Path(__file__).resolve().parent.parent / "kommissorium" / "cli" / "tests" / "kept"
TOWNS, ENGINES = ("small", "demonstration"), ("sqlite", "postgresql")
ABSENT = {"packs", "slots"}  # folders of what is made anew
KEY = "of a municipality that does not exist, kept for tests alone"
PAPER = b"%PDF-1.7 of which tests look at no page"
DATABASE = "kommissorium.sqlite3"


def main() -> int:
    """Keep all of them, or be the program that fills one."""
    if sys.argv[1] == "--fill":
        fill(sys.argv[2], Path(os.environ["KOMMISSORIUM_DATA"]))
        return 0
    checkout = Path(sys.argv[1]).resolve()
    for town in sys.argv[2:] or TOWNS:
        for engine in ENGINES:
            with tempfile.TemporaryDirectory() as home, server(engine) as url:
                data = Path(home) / "data"
                data.mkdir()
                (data / "secret.key").write_text(f"{KEY}\n")
                run_of(checkout, data, url, town)
                pack(data, url, town, engine)
    return 0


@contextmanager
def server(engine: str) -> Iterator[str]:
    """Give the URL of an empty database; "" on SQLite."""
    if engine == "sqlite":
        yield ""
        return
    from kommissorium.config.tests import cluster

    yield cluster.start()


def run_of(checkout: Path, data: Path, url: str, town: str) -> None:
    """Run this file by the program of the checkout."""
    others = ("KOMMISSORIUM_", "DJANGO_", "DATABASE_URL")
    kept = {name: text for name, text in os.environ.items() if not name.startswith(others)}
    own = {"KOMMISSORIUM_DATA": str(data), "PYTHONPATH": str(checkout)}
    own |= {"DATABASE_URL": url} if url else {}
    own |= {"KOMMISSORIUM_DEMO": "1"} if town == "demonstration" else {}
    own |= {"DJANGO_SETTINGS_MODULE": "kommissorium.config.settings"}
    command = [str(checkout / ".venv/bin/python"), __file__, "--fill", town]
    subprocess.run(command, env=kept | own, check=True, cwd=checkout)


def fill(town: str, data: Path) -> None:
    """Fill the empty database, and write beside it what `assess` says of it."""
    import django

    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from kommissorium import __version__
    from kommissorium.compliance.fulfilment import month_ends
    from kommissorium.config.database import migrate
    from kommissorium.core.evidence.chain_check import check_database

    draw_nothing()
    if town == "demonstration":
        from kommissorium.cli.build_demo import main as build

        assert build(1, strict=True) == 0
    else:
        from kommissorium.config.tests.conftest import _make_samples
        from kommissorium.conftest import make_cast

        migrate()
        with transaction.atomic():
            make_cast()
            _make_samples()
    report = check_database()
    assert report.holds, report.faults
    asked = answers([str(day) for day in month_ends(timezone.localdate(), 16)])
    said = {"release": __version__, "at": timezone.now().isoformat(), "answers": asked}
    (data / "said.json").write_text(json.dumps(said, ensure_ascii=False, indent=1))


def draw_nothing() -> None:
    """Let documents be a few bytes: drawn they would be nine tenths of each archive."""
    from kommissorium.core.documents import typesetting

    setattr(typesetting, "typeset", lambda *_asked, **_more: typesetting.Typeset(PAPER, {}))  # noqa: B010


def answers(days: list[str]) -> dict[str, str]:
    """Return what `assess` says of each day, as it was known then and as it is known today."""
    import io
    from contextlib import redirect_stdout

    from kommissorium.cli.told import print_answers

    told = {}
    for day in days:
        for known in (False, True):
            with redirect_stdout(io.StringIO()) as said:
                print_answers(day, None, as_json=False, as_known_today=known)
            told[f"{day} {'today' if known else 'then'}"] = said.getvalue()
    return told


def pack(data: Path, url: str, town: str, engine: str) -> None:
    """Write the archive of a filled folder."""
    if url:
        options = ["--no-owner", "--no-privileges", "--dbname", urlsplit(url).path[1:]]
        user = urlsplit(url).username or ""
        host = urlsplit(url).query.removeprefix("host=")
        dump = ["pg_dump", *options, "-U", user, "-h", host, "-f", str(data / "dump.sql")]
        subprocess.run(dump, check=True)
    else:
        import sqlite3

        with sqlite3.connect(data / DATABASE) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.execute("VACUUM")
        database.close()
    release = json.loads((data / "said.json").read_text())["release"]
    target = KEPT / release / f"{town}-{engine}.tar.xz"
    target.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(target, "w:xz", preset=9) as archive:
        for path in sorted(data.iterdir()):
            if path.name not in ABSENT and not path.name.endswith(("-wal", "-shm")):
                archive.add(path, path.name, filter=_of_nobody)
    print(f"{target.relative_to(KEPT)}: {target.stat().st_size:,} bytes", flush=True)


def _of_nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member


if __name__ == "__main__":
    sys.exit(main())
