"""Log what auditors read, and erase the log after a year."""

from __future__ import annotations

from functools import partial

from kommissorium.accounts.models import Person
from kommissorium.audits.models import Audit, AuditReading
from kommissorium.registers.actions import readings

forget_readings = partial(readings.forget_readings, AuditReading)


def log_reading(audit: Audit, person: Person, what: AuditReading.What) -> None:
    """Log what an auditor read, by role or by the audit; nothing is kept about others."""
    if person.pk == audit.auditor_id or person.is_auditor:
        readings.keep_reading(AuditReading, audit, person, what)
