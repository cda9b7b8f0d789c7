"""Another signing key and lost second steps, and what is left when the command is killed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from kommissorium.accounts.second_step_secrets import SecondStepAdapter
from kommissorium.cli import keys
from kommissorium.cli.errors import Trouble
from kommissorium.cli.serving import serving
from kommissorium.config.tests.faults import killed_at, killed_in
from kommissorium.conftest import Cast
from kommissorium.core import signing_key
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Event
from kommissorium.core.evidence.sealing import seal_database

pytestmark = pytest.mark.both("its transaction is on the database it is given")

FORMER = "the key of the day it was founded, long enough"


@pytest.fixture
def folder(
    committing: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Path:
    """A data folder with its key, which the chain knows, and a member with a second step."""
    monkeypatch.delenv(signing_key.VARIABLE)
    monkeypatch.setenv("KOMMISSORIUM_DATA", str(tmp_path))
    (tmp_path / "secret.key").write_text(FORMER)
    settings.DATA_DIR, settings.SECRET_KEY, settings.SECRET_KEY_BEFORE = tmp_path, FORMER, ""
    with transaction.atomic():
        seal_database(new_key=True)
        TOTP.activate(committing.member, "ABC")
    return tmp_path


def as_started(folder: Path, settings: Any) -> None:
    """Read the keys from the folder, as a process does that starts."""
    settings.SECRET_KEY = signing_key.read_key(folder)
    settings.SECRET_KEY_BEFORE = signing_key.read_key_before(folder)


def secret() -> str:
    return SecondStepAdapter().decrypt(Authenticator.objects.get(type="totp").data["secret"])


def rotate() -> None:
    assert keys.rotate_key(dry_run=False) == 0


def test_another_key_takes_its_place_and_all_that_was_encrypted(
    folder: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    keys.rotate_key(dry_run=True)
    assert "1 second steps" in capsys.readouterr().out
    assert (folder / "secret.key").read_text() == FORMER
    rotate()
    assert "Everything holds." in capsys.readouterr().out
    assert not (folder / "secret.key.before").exists()
    assert (folder / "secret.key").stat().st_mode & 0o077 == 0
    as_started(folder, settings)
    assert settings.SECRET_KEY != FORMER
    assert secret() == "ABC"
    assert Event.objects.latest("seq").act == "accounts.key_replaced"


STEPS: dict[str, Callable[[Callable[[], None]], bool]] = {
    "before the former is kept": lambda act: killed_in(signing_key, "write_key", act),
    "before the new one is there": lambda act: killed_in(signing_key, "write_key", act, call=2),
    "before anything is encrypted": lambda act: killed_in(keys, "take_over_key", act),
    "while it is": lambda act: killed_at(9, act),
    "before the former is gone": lambda act: killed_in(keys, "sync_folder", act),
    "before it is checked": lambda act: killed_in(keys, "verified", act),
}


@pytest.mark.parametrize("step", STEPS)
def test_killed_anywhere_second_steps_are_read_and_again_it_ends(
    folder: Path, settings: Any, step: str
) -> None:
    assert STEPS[step](rotate)
    as_started(folder, settings)
    assert secret() == "ABC"
    rotate()
    as_started(folder, settings)
    assert settings.SECRET_KEY_BEFORE == ""
    assert secret() == "ABC"
    assert check_database().holds


def test_it_is_refused_while_the_program_runs_and_where_the_key_is_a_variable(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(), serving(), pytest.raises(Trouble, match="serves"):
        rotate()
    monkeypatch.setenv(signing_key.VARIABLE, "x" * 50)
    with pytest.raises(Trouble, match="accept-key"):
        rotate()
    assert (folder / "secret.key").read_text() == FORMER


def test_a_lost_second_step_is_removed(
    folder: Path, committing: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    email = str(committing.member.email).upper()
    keys.reset_second_step(email, dry_run=True)
    assert Authenticator.objects.count() == 1
    assert keys.reset_second_step(email, dry_run=False) == 0
    assert Authenticator.objects.count() == 0
    assert "Everything holds." in capsys.readouterr().out
    with pytest.raises(Trouble, match="no second step"):
        keys.reset_second_step(email, dry_run=False)
    with pytest.raises(Trouble, match="Nobody has"):
        keys.reset_second_step("nobody@tryllerup.example", dry_run=False)


@pytest.mark.parametrize("statement", [3, 7])
def test_killed_in_its_middle_the_second_step_is_there(
    folder: Path, committing: Cast, statement: int
) -> None:
    email, before = str(committing.member.email), Event.objects.count()
    assert killed_at(statement, lambda: keys.reset_second_step(email, dry_run=False))
    assert (Authenticator.objects.count(), Event.objects.count()) == (1, before)
