"""Log who read a case, and forget it after a year."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.core.unwritable import unwritable
from kommissorium.incidents.models import Incident, Reading

KEPT = timedelta(days=365)
SAME = timedelta(minutes=5)  # what the same person reads again within it is one reading
logger = logging.getLogger("kommissorium.incidents")


def log_reading(incident: Incident, person: Person, what: Reading.What) -> None:
    """Note that the person read it. Where nothing can be written, the log of the server says it."""
    now = timezone.now()
    same = Reading.objects.filter(
        incident=incident, person=person, what=what, at__gt=now - SAME, at__lte=now
    )
    if same.exists():
        return
    try:
        with transaction.atomic():
            Reading.objects.create(incident=incident, person=person, what=what, at=now)
    except (OSError, DatabaseError) as error:
        if unwritable(error) is None:
            raise
        logger.warning("reading of incident %s by %s not kept", incident.pk, person.pseudonym)


@transaction.atomic
def forget_readings() -> None:
    """Forget what was read more than a year ago: a log with names does not stay."""
    Reading.objects.filter(at__lt=timezone.now() - KEPT).delete()
