"""Log what people read of what few may read, and forget it after a year."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from django.db import DatabaseError, models, transaction
from django.db.models import Q
from django.utils import timezone

from kommissorium.accounts.models import Person, Reading
from kommissorium.accounts.models.readings import KEPT
from kommissorium.core.evidence.models import reference
from kommissorium.core.unwritable import unwritable

NAMES: Final = ("object_kind", "object_id", "path")  # of what was read
SAME: Final = timedelta(minutes=5)  # what a person reads again within it is one reading
logger = logging.getLogger("kommissorium.readings")


def note_reading(thing: models.Model, *, by: Person, what: str) -> None:
    """Note that the person read it, once in five minutes."""
    by.has_noted_reading = True
    _note(by, what, [(*reference(thing), "")])


def note_shown(things: Iterable[models.Model], *, by: Person) -> None:
    """Note that a search showed the person words of each, once in five minutes; by two queries."""
    _note(by, Reading.What.SEARCH, [(*reference(one), "") for one in things])


def note_export(path: str, *, by: Person) -> None:
    """Note that the person took out the file of that path, once in five minutes."""
    _note(by, Reading.What.EXPORT, [("", "", path[:300])])


def _note(person: Person, what: str, things: Sequence[tuple[str, str, str]]) -> None:
    """Keep a reading of each. Where nothing can be written, the log of the server says it."""
    if not things:
        return
    now = timezone.now()
    kinds, keys, paths = (set(some) for some in zip(*things, strict=True))
    like = Q(object_kind__in=kinds, object_id__in=keys, path__in=paths)
    just = Reading.objects.filter(like, person=person, what=what, at__gt=now - SAME, at__lte=now)
    noted = set(just.values_list(*NAMES))
    rows = [
        Reading(person=person, at=now, what=what, **dict(zip(NAMES, one, strict=True)))
        for one in dict.fromkeys(things)
        if one not in noted
    ]
    if not rows:
        return
    try:
        with transaction.atomic():
            Reading.objects.bulk_create(rows)
    except (OSError, DatabaseError) as error:
        if unwritable(error) is None:
            raise
        logger.warning("reading by %s not kept: %s %s", person.pseudonym, what, things)


@transaction.atomic
def forget_readings() -> None:
    """Forget what was read more than a year ago."""
    Reading.objects.filter(at__lt=timezone.now() - KEPT).delete()
