"""Rows for the list of this room: as many as one asks for, which differ in everything."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.assets.actions.areas import add_area
from kommissorium.conftest import Cast
from kommissorium.policies.models import (
    Body,
    Dispensation,
    Document,
    Interpretation,
    Level,
    Version,
)
from kommissorium.policies.tests.cases import document, today

LEVELS, BODIES = Level.values[1:], Body.values


def make_rows(cast: Cast, numbers: range) -> None:
    """Add documents, questions and dispensations of these numbers."""
    make_documents(cast, numbers)
    make_rulings(cast, numbers)


def make_documents(cast: Cast, numbers: range) -> None:
    """Add documents of these numbers; two of three have a version in force."""
    for number in numbers:
        found = document(
            cast,
            title=f"Ærø <{number:03}>",
            level=LEVELS[number % 3],
            owner=cast.system_owner if number % 10 else cast.member,
            audience=f"Afdeling {number % 7}",
            approval=BODIES[number % 5],
            review_months=1 + number % 36,
            is_measure=bool(number % 2),
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


def make_rulings(cast: Cast, numbers: range) -> None:
    """Add a question and a dispensation of each number; every third is decided on."""
    area = add_area(by=cast.coordinator, name=f"Område {numbers[0]}")
    for number in numbers:
        shared = {
            "document": Document.objects.get(title=f"Ærø <{number:03}>"),
            "heading": f"afsnit-{number}",
            "heading_title": f"{number % 7} Afsnit",
            "made_by": cast.employee if number % 4 else cast.member,
            "made_at": timezone.now() - timedelta(days=number, minutes=number),
            "state": "draft" if number % 3 else "approved",
            "in_force_from": None if number % 3 else today() - timedelta(days=number),
        }
        Interpretation.objects.create(
            **shared, question=f"Spørgsmål {number} " * 20, ruling=f"Svar {number}"
        )
        Dispensation.objects.create(
            **shared,
            place=f"Øst {number:03}",
            area=area if number % 2 else None,
            reason=f"Grund {number} " * 20,
            measure=f"Tiltag {number}",
            last_day=today() + timedelta(days=3 * number - 60),
        )
