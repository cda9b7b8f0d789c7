"""Rows for the lists of this room: as many as one asks for, which differ in everything."""

from __future__ import annotations

from kommissorium.assets.models import Area
from kommissorium.assets.tests.figure_cases import own, put
from kommissorium.conftest import Cast
from kommissorium.risks.models import Group, Treatment
from kommissorium.risks.models.scales import RiskLevel
from kommissorium.risks.tests.picture_cases import accept, assess, level, risk


def make_rows(cast: Cast, numbers: range) -> None:
    """Write an assessment of each number with a risk; the system owner answers for all."""
    if not RiskLevel.objects.exists():
        level(cast, 2)
    owners = [cast.chair, cast.member, None, cast.system_owner]
    for number in numbers:
        area = Area.objects.get_or_create(name=f"Område {number % 3}")[0] if number % 4 else None
        system = put(f"System {number}", area=area)
        own(system, cast, "system_owner")
        about = assess(cast, f"Vurdering <{number:03}>", since=number, assets=[system])
        one = risk(
            about,
            (1 + number % 4, 1 + number // 4 % 4) if number % 5 else None,
            (1, 1 + number % 4) if number % 3 else None,
            title=f"Ærø <{number:03}>",
            group=Group.values[number % 8],
            owner=owners[number % 4],
            measures="Nødstrøm " * 30,
            treatment=Treatment.values[number % 5],
            treatment_note=f"Note {number}",
        )
        if number % 5 and number % 2:
            accept(cast, one)
