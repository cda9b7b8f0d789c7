"""Publishes the head of the evidence chain once a day: a row, a line in a file and a mail.

Whoever owns the database could compute a whole new chain; a head noted elsewhere shows it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from datetime import date
from io import RawIOBase
from pathlib import Path

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.core.evidence.chain_check import head
from kommissorium.core.evidence.models import Anchor
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link


@transaction.atomic
def anchor_today(
    file: Path, *, mail_to: Iterable[str] = (), on: date | None = None
) -> Anchor | None:
    """Note the head once a day: a row, a line of `file` and mails. None if done or empty."""
    on = on or timezone.localdate()
    seq, value = head()
    if seq == 0 or Anchor.objects.filter(on=on).exists():
        return None
    anchor = Anchor.objects.create(on=on, seq=seq, hash=value)
    _append(file, f"{on.isoformat()} {seq}:{value}\n")
    for address in mail_to:
        _mail(anchor, address)
    return anchor


def _append(file: Path, line: str) -> None:
    """Add a line to the file, or nothing where the disk is full."""
    with file.open("ab", buffering=0) as lines:
        before = lines.tell()
        try:
            _write(lines, line.encode("ascii"))
        except OSError:
            os.truncate(lines.fileno(), before)
            raise


def _write(lines: RawIOBase, data: bytes) -> None:
    if lines.write(data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(lines.fileno())


def _mail(anchor: Anchor, mail_to: str) -> None:
    with translation.override("da"):
        letter = Letter(
            _("Anchor of the evidence, %(day)s") % {"day": anchor.on.isoformat()},
            Link(_("See the evidence"), reverse("evidence")),
            lines=[
                _("Keep this mail. With it one can prove that nothing before today was changed."),
                f"{anchor.seq}:{anchor.hash}",
                _("Check with: kommissorium verify --anchor %(seq)d:%(hash)s")
                % {"seq": anchor.seq, "hash": anchor.hash},
            ],
        )
    queue_mail(to=mail_to, kind="core.anchor", key=anchor.on.isoformat(), letter=letter)
