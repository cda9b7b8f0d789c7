"""Build the demonstration: a fictional municipality with three years behind it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone, translation

from kommissorium.core.evidence.models import Event
from kommissorium.demo.agendas import tell_agendas
from kommissorium.demo.almanac import Almanac
from kommissorium.demo.group import tell_group
from kommissorium.demo.mandates import tell_mandates
from kommissorium.demo.meetings import tell_meetings
from kommissorium.demo.people import MUNICIPALITY, quick_passwords, tell_people
from kommissorium.demo.seats import tell_seats
from kommissorium.demo.story import Town
from kommissorium.demo.upcoming import tell_upcoming

CHAPTERS = (
    tell_people,
    tell_seats,
    tell_mandates,
    tell_meetings,
    tell_agendas,
    tell_group,
    tell_upcoming,
)


@transaction.atomic
def build(say: Callable[[str], None]) -> None:
    """Make the municipality in an empty, migrated database: all of it or nothing.

    It goes through the same actions as people do. `say` is told in short lines how it goes.
    """
    town = Town(Almanac(timezone.localdate()))
    for tell in CHAPTERS:
        tell(town)
    say(f"{MUNICIPALITY}, opdigtet: tre år bag sig, {len(town.deeds)} dage med noget at lave")
    with translation.override("da"), quick_passwords():
        town.live()
    say(f"{len(town.people)} mennesker, {Event.objects.count()} hændelser i kæden")
