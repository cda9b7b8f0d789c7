"""Log what auditors read, and forget it after a year."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.audits.models import Audit, AuditReading
from kommissorium.core.unwritable import unwritable

KEPT = timedelta(days=365)
SAME = timedelta(minutes=5)  # what the same person reads again within it is one reading
logger = logging.getLogger("kommissorium.audits")


def log_reading(audit: Audit, person: Person, what: AuditReading.What) -> None:
    """Note what an auditor read, by role or by the audit; of others nothing is kept.

    Where nothing can be written, the log of the server says it.
    """
    if person.pk != audit.auditor_id and not person.is_auditor:
        return
    now = timezone.now()
    rows = AuditReading.objects.filter(audit=audit, person=person, what=what)
    if rows.filter(at__gt=now - SAME, at__lte=now).exists():
        return
    try:
        with transaction.atomic():
            AuditReading.objects.create(audit=audit, person=person, what=what, at=now)
    except (OSError, DatabaseError) as error:
        if unwritable(error) is None:
            raise
        logger.warning("reading of audit %s by %s not kept", audit.pk, person.pseudonym)


@transaction.atomic
def forget_readings() -> None:
    """Forget what was read more than a year ago: a log with names does not stay."""
    AuditReading.objects.filter(at__lt=timezone.now() - KEPT).delete()
