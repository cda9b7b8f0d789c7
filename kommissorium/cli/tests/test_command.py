"""The operator's commands and their output."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

from kommissorium.cli.tests.conftest import Installation
from kommissorium.committees.reader import builtin
from kommissorium.core.evidence import verifier
from kommissorium.core.tests.free_port import free_port

pytestmark = pytest.mark.both("the command on the database it is given")

COMMANDS = [
    [],
    ["demo"],
    ["serve"],
    ["init"],
    ["invite"],
    ["mandate"],
    ["mandate", "read"],
    ["pack"],
    ["verify"],
    ["upgrade"],
    ["accept-key"],
    ["backup"],
    ["restore"],
    ["rotate-key"],
    ["reset-second-step"],
    ["export"],
    ["check"],
    ["index"],
]


def one_line(result: subprocess.CompletedProcess[str]) -> str:
    """Return the one line of a refusal; nothing else may have been said."""
    assert result.returncode == 2, result.stderr
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.mark.once
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command) or "itself")
def test_every_command_tells_what_it_does(installation: Installation, command: list[str]) -> None:
    result = installation.run(*command, "--help")
    assert result.returncode == 0
    assert "usage: kommissorium" in result.stdout
    if command and command != ["mandate"]:
        assert "--data DIR" in result.stdout


def test_init_makes_a_database_that_verifies_and_only_once(installation: Installation) -> None:
    made = installation.init(from_nothing=True)
    assert made.returncode == 0, made.stderr
    assert re.search(r"http://127\.0\.0\.1:8000/invitation/\S+", made.stdout)
    assert (installation.data / "secret.key").stat().st_mode & 0o077 == 0
    assert "already" in one_line(installation.init())
    verified = installation.here("verify")
    assert verified.returncode == 0
    assert re.search(
        r"[1-9]\d* events, 0 records, [1-9]\d* rows, [1-9]\d* earlier versions of rows checked",
        verified.stdout,
    )


def test_what_search_looks_in_is_written_anew(installation: Installation) -> None:
    assert "Traceback" not in installation.here("index").stderr
    installation.init()
    assert re.search(r"^[1-9]\d* things can be found", installation.here("index").stdout)
    assert installation.here("verify").returncode == 0


@pytest.mark.once
def test_who_runs_the_server_lets_a_locked_out_administrator_in_again(
    installation: Installation,
) -> None:
    installation.init()
    assert "Nobody has" in one_line(installation.here("invite", "nobody@tryllerup.example"))
    invited = installation.here("invite", "Karen@Tryllerup.example")
    assert re.search(r"/invitation/\S+", invited.stdout), invited.stderr
    assert installation.here("verify").returncode == 0


def test_init_without_a_terminal_asks_for_its_options(installation: Installation) -> None:
    assert "--municipality" in one_line(installation.here("init"))
    named = installation.here(
        "init", "--municipality", "X", "--name", "Y", "--email", "not an address"
    )
    assert "no e-mail" in one_line(named)


@pytest.mark.once
def test_a_folder_that_cannot_be_used_is_told_in_one_line(
    installation: Installation, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    below = str(tmp_path / "file" / "data")
    for command in (["demo", "--no-serve"], ["init"]):
        assert "cannot be written" in one_line(installation.run(*command, "--data", below))
    for command in (["serve"], ["verify"], ["pack", "-o", "x.pdf"]):
        assert "kommissorium init" in one_line(installation.here(*command))


@pytest.mark.once
def test_a_busy_port_is_told_in_one_line(installation: Installation) -> None:
    installation.init()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert port in one_line(installation.here("serve", "--port", port))
        assert port in one_line(installation.here("demo", "--port", port))


def test_a_database_of_a_newer_version_is_left_alone(installation: Installation) -> None:
    installation.init()
    installation.execute(
        "INSERT INTO django_migrations (app, name, applied) "
        "VALUES ('meetings', '0999_from_the_future', '2030-01-01 00:00:00')"
    )
    for command in (["serve", "--port", str(free_port())], ["verify"], ["pack", "-o", "x.pdf"]):
        assert "a newer version" in one_line(installation.here(*command)), command


def test_a_database_of_before_the_first_release_is_left_alone(installation: Installation) -> None:
    installation.init()
    installation.execute(
        "UPDATE django_migrations SET name = '0001_initial' "
        "WHERE app = 'core' AND name = '0001_tables'"
    )
    for command in (
        ["init"],
        ["demo", "--no-serve"],
        ["serve", "--port", str(free_port())],
        ["verify"],
        ["pack", "-o", "x.pdf"],
    ):
        assert "before 0.1.0" in one_line(installation.here(*command)), command


def test_an_older_database_is_copied_before_an_upgrade_that_fails(
    installation: Installation,
) -> None:
    installation.init()
    # It says that it lacks a step, and has the table that the step makes.
    installation.execute("DELETE FROM django_migrations WHERE app = 'audits' AND name > '0005'")
    assert "Run 'kommissorium upgrade'" in one_line(installation.here("verify"))
    told = installation.here("upgrade", "--check")
    assert (told.returncode, told.stderr) == (0, "")
    assert "One step is to be taken:\n  audits.0005_auditor_changes\n" in told.stdout
    assert not list(installation.data.glob("*-before-*"))
    failed = installation.here("upgrade")
    assert failed.returncode == 2
    [copy] = installation.data.glob("*-before-*")
    assert "cannot be brought up to date" in failed.stderr
    assert f"As it was before the upgrade it lies in {copy}" in failed.stderr


def test_a_database_that_is_none_is_told_in_one_line(installation: Installation) -> None:
    if "DATABASE_URL" in installation.environment:
        installation.environment["DATABASE_URL"] += "&connect_timeout=2&port=1"
    installation.data.mkdir()
    (installation.data / "secret.key").write_text("x" * 50)
    (installation.data / "kommissorium.sqlite3").write_bytes(b"no database at all" * 100)
    assert "does not answer" in one_line(installation.here("verify"))


def test_a_replaced_key_is_told_until_it_is_accepted(installation: Installation) -> None:
    installation.init()
    (installation.data / "secret.key").write_text("y" * 50)
    told = installation.here("verify")
    assert (told.returncode, "signing key (secret.key)" in told.stdout) == (1, True)
    assert installation.here("accept-key").returncode == 0
    assert installation.here("verify").returncode == 0


@pytest.mark.once
def test_a_database_that_was_half_copied_back_is_told_in_one_line(
    installation: Installation,
) -> None:
    installation.init()
    file = installation.data / "kommissorium.sqlite3"
    whole = file.read_bytes()
    for part in (2, 3):
        file.write_bytes(whole[: len(whole) // part])
        told = one_line(installation.here("serve", "--port", str(free_port())))
        assert "The database is damaged" in told or "does not answer" in told
    file.write_bytes(whole)
    assert installation.here("verify").returncode == 0


def test_a_changed_event_is_found_by_database_and_export(
    installation: Installation, tmp_path: Path
) -> None:
    installation.init()
    export = tmp_path / "evidence.zip"
    assert installation.here("export", "-o", str(export), "--files").returncode == 0
    checked = installation.run("verify", str(export))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    head = re.search(r"(\d+) events.*Head: (\w{64})", checked.stdout)
    assert head
    anchor = f"{head[1]}:{head[2]}"
    assert installation.run("verify", str(export), "--anchor", anchor).returncode == 0
    wrong = f"{head[1]}:{'0' * 64}"
    assert installation.run("verify", str(export), "--anchor", wrong).returncode == 1
    assert installation.here("verify", "--anchor", wrong).returncode == 1
    assert "SEQ:HASH" in one_line(installation.here("verify", "--anchor", "4"))
    alone = subprocess.run(
        [sys.executable, "-I", "-S", verifier.__file__, str(export)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert alone.returncode == 0, alone.stderr
    rewritten = tmp_path / "rewritten.zip"
    with zipfile.ZipFile(export) as old, zipfile.ZipFile(rewritten, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Tryllerup", b"Trolderup"))
    result = installation.run("verify", str(rewritten))
    assert result.returncode == 1
    assert "FAULT" in result.stdout


@pytest.mark.once
def test_what_is_no_export_is_told_in_one_line(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "no.zip"
    file.write_text("no zip")
    for path in (str(file), str(tmp_path / "missing.zip")):
        assert "not an export" in one_line(installation.run("verify", path))


@pytest.mark.once
def test_a_mandate_is_read_without_any_installation(
    installation: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "kommissorium.txt"
    file.write_text(builtin("da"), encoding="utf-8")
    result = installation.run("mandate", "read", str(file), "--json")
    assert result.returncode == 0, result.stderr
    read = json.loads(result.stdout)
    assert set(read) == {"schema", "members", "clauses"}
    kinds = [clause["kind"] for clause in read["clauses"]]
    counted = {kind: kinds.count(kind) for kind in ("responsibility", "task", "meeting", "agenda")}
    assert counted == {"responsibility": 11, "task": 9, "meeting": 2, "agenda": 8}
    plain = installation.run("mandate", "read", str(file))
    assert plain.returncode == 0
    assert "R11" in plain.stdout


@pytest.mark.once
def test_a_file_that_is_no_mandate_is_told_in_one_line(
    installation: Installation, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    assert "empty" in one_line(installation.run("mandate", "read", str(empty)))
    assert "opened" in one_line(installation.run("mandate", "read", str(tmp_path / "missing.txt")))


@pytest.mark.once
def test_a_pack_of_nothing_is_told_in_one_line(installation: Installation, tmp_path: Path) -> None:
    installation.init()
    target = str(tmp_path / "pack.pdf")
    assert "No meeting" in one_line(installation.here("pack", "-o", target))
    assert "no meeting 7" in one_line(installation.here("pack", "--meeting", "7", "-o", target))
    assert "number" in one_line(installation.here("pack", "--meeting", "x", "-o", target))


def test_the_program_serves_and_stops_when_told(installation: Installation) -> None:
    installation.init()
    port = free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "kommissorium.cli", "serve"),
            *("--data", str(installation.data), "--port", str(port)),
        ],
        env=installation.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        assert "Mail is not set up" in process.stdout.readline()
        assert f"http://127.0.0.1:{port}/" in process.stdout.readline()
        assert wait_for(f"http://127.0.0.1:{port}/health/") == 200
        assert wait_for(f"http://127.0.0.1:{port}/account/login/") == 200
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
    assert not children_of(process.pid)


def wait_for(url: str, seconds: float = 30) -> int:
    """Return the status of the page once the server answers at all."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def children_of(parent: int) -> list[str]:
    """Return the processes still running below a process that has ended."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and int(status.parent.name) != os.getpid():
            found.append(status.parent.name)
    return found
