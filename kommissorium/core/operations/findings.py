"""What the program finds when it looks at itself: parts, schema, worker, mail, backup, disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max, Min
from django.utils import timezone

from kommissorium.core.files.quota import space
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.mail.set_up import mail_is_set_up
from kommissorium.core.operations.parts import missing_parts
from kommissorium.core.schedule.models import Job

LAST_BACKUP = "last_backup"  # in the data folder, written with each backup
SILENT = timedelta(minutes=10)  # the worker looks every ten seconds; a long job takes minutes
OLD_MAIL = timedelta(hours=1)
OLD_BACKUP = timedelta(days=2)
LITTLE = 500_000_000  # bytes free on the disk
MEGABYTE = 1_000_000
BUILD_AGAIN = "Install the package again, or run 'make setup'."


class State(Enum):
    """How it stands with a thing."""

    RIGHT = "right"
    LOOK = "look"  # it works, and somebody should look
    WRONG = "wrong"  # it does not work


@dataclass(frozen=True)
class Finding:
    """A thing that was looked at: how it stands, and what to do where it is not right."""

    name: str
    says: str
    state: State = State.RIGHT
    to_do: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.says}"


def findings() -> list[Finding]:
    """Look at everything that the program can see by itself. Raises where the database is away."""
    now = timezone.now()
    return [*parts(), _schema(), _worker(now), _mail(now), *_backup(now), _files(), _disk()]


def parts() -> Iterator[Finding]:
    """Yield what was found of the parts that are built."""
    for kind, missing in missing_parts().items():
        if missing:
            yield Finding(kind, f"{len(missing)} missing ({missing[0]})", State.WRONG, BUILD_AGAIN)
        else:
            yield Finding(kind, "all there")


def _schema() -> Finding:
    """Compare names alone: whether tables are as they should be is asked at the start."""
    wanted = {
        (app.label, file.stem)
        for app in apps.get_app_configs()
        for file in Path(app.path, "migrations").glob("[0-9]*.py")
    }
    if missing := sorted(wanted - set(MigrationRecorder(connection).applied_migrations())):
        says = f"older than the program ({'.'.join(missing[0])} is missing)"
        return Finding("schema", says, State.WRONG, "Run 'kommissorium upgrade'.")
    return Finding("schema", "of this version")


def _worker(now: datetime) -> Finding:
    beat = last_beat()
    if beat is None:
        return Finding("worker", "has not run yet")
    if now - beat > SILENT:
        says = f"silent for {_ago(now, beat)}"
        return Finding("worker", says, State.WRONG, "Read the log; start the program anew.")
    return Finding("worker", "alive")


def last_beat() -> datetime | None:
    """Return when the worker last began a job; None before its first."""
    found: datetime | None = Job.objects.aggregate(at=Max("started_at"))["at"]
    return found


def _mail(now: datetime) -> Finding:
    oldest = oldest_mail(now)
    if oldest is None or not mail_is_set_up() or now - oldest <= OLD_MAIL:
        return Finding("mail", "none waits for long")
    says = f"the oldest has waited for {_ago(now, oldest)}"
    return Finding("mail", says, State.LOOK, "See the page of the mails (Settings, Mails).")


def oldest_mail(now: datetime) -> datetime | None:
    """Return since when the longest waiting mail could have left; None where none waits."""
    due = OutboxMail.objects.waiting().filter(due__lte=now)
    found: datetime | None = due.aggregate(at=Min("due"))["at"]
    return found


def _backup(now: datetime) -> Iterator[Finding]:
    """Say something only where backups are made by the program: else it cannot know."""
    made = last_backup()
    if made is not None and now - made > OLD_BACKUP:
        says = f"the last is {_ago(now, made)} old"
        yield Finding("backup", says, State.LOOK, "Run 'kommissorium backup' each day.")
    elif made is not None:
        yield Finding("backup", f"made {_ago(now, made)} ago")


def last_backup() -> datetime | None:
    """Return when the last backup was made by the program; None where none was."""
    try:
        at = (settings.DATA_DIR / LAST_BACKUP).stat().st_mtime
    except FileNotFoundError:
        return None
    return datetime.fromtimestamp(at, timezone.get_current_timezone())


def _files() -> Finding:
    used = space()
    says = f"{used.percent} % used"
    if used.is_scarce:
        return Finding("space for files", says, State.LOOK, "Raise KOMMISSORIUM_STORAGE_GB.")
    return Finding("space for files", says)


def _disk() -> Finding:
    free = shutil.disk_usage(settings.DATA_DIR).free
    says = f"{free // MEGABYTE:,} MB free"
    if free < LITTLE:
        return Finding("disk", says, State.LOOK, "Make room where the data folder lies.")
    return Finding("disk", says)


def _ago(now: datetime, then: datetime) -> str:
    minutes = max(0, int((now - then).total_seconds() // 60))
    if minutes < 120:  # noqa: PLR2004 two hours
        return f"{minutes} minutes"
    hours = minutes // 60
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"  # noqa: PLR2004 two days
