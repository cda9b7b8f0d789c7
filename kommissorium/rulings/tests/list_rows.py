"""Rows for the lists of this room: as many as one asks for, which differ in everything."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.assets.actions.areas import add_area
from kommissorium.conftest import Cast
from kommissorium.policies.models import Document
from kommissorium.policies.tests.cases import today
from kommissorium.policies.tests.list_rows import make_rows as make_documents
from kommissorium.rulings.models import Dispensation, Interpretation


def make_rows(cast: Cast, numbers: range) -> None:
    """Add a question and a dispensation of each number; every third is decided on."""
    make_documents(cast, numbers)
    area = add_area(by=cast.coordinator, name=f"Område {numbers[0]}")
    for number in numbers:
        shared = {
            "document": Document.objects.get(title=f"Ærø <{number:03}>"),
            "heading": f"afsnit-{number}",
            "heading_title": f"{number % 7} Afsnit",
            "made_by": cast.employee if number % 4 else cast.member,
            "made_at": timezone.localtime() - timedelta(days=number, minutes=number),
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
