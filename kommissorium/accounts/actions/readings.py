"""Log what people read of what few may read, and forget it after a year."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final

from django.db import DatabaseError, models, transaction
from django.utils import timezone

from kommissorium.accounts.models import Person, Reading
from kommissorium.accounts.models.readings import KEPT
from kommissorium.core.evidence.models import reference
from kommissorium.core.unwritable import unwritable

SAME: Final = timedelta(minutes=5)  # what a person reads again within it is one reading
logger = logging.getLogger("kommissorium.readings")


def note_reading(thing: models.Model, *, by: Person, what: str) -> None:
    """Note that the person read it, once in five minutes."""
    kind, key = reference(thing)
    by.has_noted_reading = True
    _note(by, {"what": what, "object_kind": kind, "object_id": key})


def note_export(path: str, *, by: Person) -> None:
    """Note that the person took out the file of that path, once in five minutes."""
    _note(by, {"what": Reading.What.EXPORT, "path": path[:300]})


def _note(person: Person, values: dict[str, str]) -> None:
    """Keep a reading. Where nothing can be written, the log of the server says it."""
    now, same = timezone.now(), {"person": person, **values}
    if Reading.objects.filter(**same, at__gt=now - SAME, at__lte=now).exists():
        return
    try:
        with transaction.atomic():
            Reading.objects.create(**same, at=now)
    except (OSError, DatabaseError) as error:
        if unwritable(error) is None:
            raise
        logger.warning("reading by %s not kept: %s", person.pseudonym, values)


@transaction.atomic
def forget_readings() -> None:
    """Forget what was read more than a year ago."""
    Reading.objects.filter(at__lt=timezone.now() - KEPT).delete()
