"""Rows for the list of this room: as many as one asks for, which differ in everything."""

from __future__ import annotations

from datetime import timedelta

from kommissorium.conftest import Cast
from kommissorium.policies.models import Body, Level, Version
from kommissorium.policies.tests.cases import document, today

LEVELS, BODIES = Level.values[1:], Body.values[2:]  # owners approve some of the procedures


def make_rows(cast: Cast, numbers: range) -> None:
    """Add documents of these numbers; two of three have a version in force."""
    for number in numbers:
        level, is_measure = LEVELS[number % 3], bool(number % 2)
        by_owner = level == Level.PROCEDURE and not is_measure
        found = document(
            cast,
            title=f"Ærø <{number:03}>",
            level=level,
            owner=cast.system_owner if number % 10 else cast.member,
            audience=f"Afdeling {number % 7}",
            approval=Body.OWNER if by_owner else BODIES[number % 4],
            review_months=1 + number % 36,
            is_measure=is_measure,
            tags=f"ISO 27002 5.{number}",
        )
        if number % 3:
            Version.objects.create(
                document=found,
                number=1 + number % 4,
                title=found.title,
                text=f"<p>{number}</p>",
                state="approved",
                review_months=found.review_months,
                in_force_from=today() - timedelta(days=30 * (number % 20)),
                made_by=cast.coordinator,
                made_at=cast.coordinator.created_at,
            )
