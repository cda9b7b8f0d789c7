"""Rows for this room's list: as many as asked for, different in every field."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.assets.models import Answer, Area
from kommissorium.conftest import Cast
from kommissorium.incidents.models import Handler, Incident, State, Type
from kommissorium.incidents.tests.cases import reported


def make_rows(cast: Cast, numbers: range) -> None:
    """Report incidents of these numbers, which member and system owner handle."""
    now = timezone.now()
    area, _new = Area.objects.get_or_create(name="Ærø <b>")
    for number in numbers:
        discovered = now - timedelta(hours=number)
        made = reported(cast, what=f"Sag {number} " * 40, discovered_at=discovered)
        Incident.objects.filter(pk=made.pk).update(
            title=f"Ærø <{number:03}>",
            state=State.values[number % 5],
            nature=("", "incident", "outage")[number % 3],
            type=Type.values[number % len(Type.values)],
            severity=1 + number % 4 if number % 3 else None,
            persons=number * 7 if number % 4 else None,
            area=area if number % 2 else None,
            is_breach=Answer.values[number % 3],
            is_significant=Answer.values[(number + 1) % 3],
            is_attack=Answer.values[(number + 2) % 3],
        )
        for person in (cast.member, cast.system_owner):
            made.handlers.create(person=person, role="lead", began_at=now)
    assert Handler.objects.count() >= len(numbers)
