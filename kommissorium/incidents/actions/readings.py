"""Log who read a case, and erase the log after a year."""

from __future__ import annotations

from functools import partial

from kommissorium.accounts.models import Person
from kommissorium.incidents.models import Incident, Reading
from kommissorium.registers.actions import readings

forget_readings = partial(readings.forget_readings, Reading)


def log_reading(incident: Incident, person: Person, what: Reading.What) -> None:
    """Note that the person read it."""
    readings.keep_reading(Reading, incident, person, what)
