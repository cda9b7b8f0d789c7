"""Rows for this room's list: as many as asked for, different in every field."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.controls.models import Control


def make_rows(cast: Cast, numbers: range) -> None:
    """Make controls of these numbers; there are more than annex A has."""
    Control.objects.bulk_create(
        Control(
            number=f"{5 + number % 4}.{number + 100}",
            position=number,
            applies=("yes", "no", "")[number % 3],
            because=f"Ærø <{number:03}>" if number % 3 != 2 else "",
            how=f"Sådan {number} " * 10,
            owner=cast.system_owner if number % 10 else cast.member,
            links=[f"policies.document:{number}"] if number % 2 else [],
        )
        for number in numbers
    )
