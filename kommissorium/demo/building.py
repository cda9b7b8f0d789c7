"""Build the demonstration: a fictional municipality with three years behind it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone, translation

from kommissorium.core.evidence.models import Event
from kommissorium.demo.actions import let_mails_be_sent
from kommissorium.demo.agendas import tell_agendas
from kommissorium.demo.almanac import Almanac
from kommissorium.demo.attestations import tell_attestations
from kommissorium.demo.between import tell_between
from kommissorium.demo.cycle import tell_cycles
from kommissorium.demo.dossiers import tell_dossiers
from kommissorium.demo.duties import tell_duties
from kommissorium.demo.errands import tell_errands
from kommissorium.demo.figure_days import tell_figures
from kommissorium.demo.group import tell_group
from kommissorium.demo.guidelines import tell_guidelines
from kommissorium.demo.mandates import tell_mandates
from kommissorium.demo.meetings import tell_meetings
from kommissorium.demo.ownership import tell_owners
from kommissorium.demo.people import MUNICIPALITY, quick_passwords, tell_people
from kommissorium.demo.registers import tell_registers
from kommissorium.demo.risk_days import tell_risk_days
from kommissorium.demo.risk_treatment import tell_treatment
from kommissorium.demo.risk_work import tell_risk_work
from kommissorium.demo.risks import tell_risks
from kommissorium.demo.rounds import tell_rounds
from kommissorium.demo.seats import tell_seats
from kommissorium.demo.story import Town
from kommissorium.demo.suppliers import tell_suppliers
from kommissorium.demo.upcoming import tell_upcoming

CHAPTERS = (
    tell_people,
    tell_seats,
    tell_mandates,
    tell_duties,
    tell_meetings,
    tell_rounds,
    tell_agendas,
    tell_group,
    tell_cycles,
    tell_between,
    tell_errands,
    tell_upcoming,
    tell_registers,
    tell_owners,
    tell_suppliers,
    tell_guidelines,
    tell_dossiers,
    tell_attestations,
    tell_figures,
    tell_risks,
    tell_treatment,
    tell_risk_work,
    tell_risk_days,
)


@transaction.atomic
def build(say: Callable[[str], None]) -> None:
    """Make the municipality in an empty, migrated database: all of it or nothing.

    It goes through the same actions as people do. `say` is told in short lines how it goes.
    """
    town = Town(Almanac(timezone.localdate()))
    for tell in CHAPTERS:
        tell(town)
    busy = len({moment.date() for moment, _deed in town.deeds})
    say(f"{MUNICIPALITY}, opdigtet: tre år bag sig, {busy} dage med noget at lave")
    with translation.override("da"), quick_passwords(), _seldom_tidied():
        town.live()
        let_mails_be_sent()
    say(f"{len(town.people)} mennesker, {Event.objects.count()} hændelser i kæden")


@contextmanager
def _seldom_tidied() -> Iterator[None]:
    """Look for unreachable cycles seldom: the process has one task, and ends with it."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
