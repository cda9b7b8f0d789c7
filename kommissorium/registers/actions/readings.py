"""Log who read what, and forget it after a year: a log with names does not stay."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final

from django.db import DatabaseError, models, transaction
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.core.unwritable import unwritable
from kommissorium.registers.models.readings import ReadingLog

KEPT: Final = timedelta(days=365)
SAME: Final = timedelta(minutes=5)  # what a person reads again within it is one reading
logger = logging.getLogger("kommissorium.registers")


def keep_reading(log: type[ReadingLog], read: models.Model, person: Person, what: str) -> None:
    """Note that the person read it. Where nothing can be written, the log of the server says it."""
    now, same = timezone.now(), {log.of: read, "person": person, "what": what}
    rows = log._default_manager  # noqa: SLF001 Django's documented model API
    if rows.filter(**same, at__gt=now - SAME, at__lte=now).exists():
        return
    try:
        with transaction.atomic():
            rows.create(**same, at=now)
    except (OSError, DatabaseError) as error:
        if unwritable(error) is None:
            raise
        text = "reading of %s %s by %s not kept"
        logger.warning(text, read._meta.label_lower, read.pk, person.pseudonym)  # noqa: SLF001


@transaction.atomic
def forget_readings(log: type[ReadingLog]) -> None:
    """Forget what was read more than a year ago."""
    log._default_manager.filter(at__lt=timezone.now() - KEPT).delete()  # noqa: SLF001
