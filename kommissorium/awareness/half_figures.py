"""Figures of a half-year or another span: activities held, people reached, and the change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.awareness.kind import KIND, PLAN
from kommissorium.awareness.models import Sort
from kommissorium.measures.activities import KnownActivity
from kommissorium.measures.periods import Half
from kommissorium.measures.shares import share
from kommissorium.registers.activity_events import activities_known
from kommissorium.registers.status import StatusFigure, Wanted


def held_in(half: Half) -> list[KnownActivity]:
    """Return the activities held in a half-year by what is known today (one query)."""
    found = activities_known(PLAN.kind, KIND.slug, half.last, timezone.localdate())
    return [one for one in found if one.held_on and half.holds(one.held_on)]


def span_figures(
    held: Iterable[KnownActivity], before: Iterable[KnownActivity], link: str = ""
) -> list[StatusFigure]:
    """Return the figures of a span's activities against those of the span before."""
    now, then = sums(held), sums(before)
    return [
        StatusFigure(
            code,
            label,
            _of(now, code),
            _of(then, code),
            link,
            wanted,
            "%" if code in SHARES else "",
            sums=code not in SHARES,
        )
        for code, label, wanted in _labels()
    ]


# A share is one number of another, in whole per cent.
SHARES = {
    "completed": ("done", "enrolled"),
    "clicked": ("clicked", "sent"),
    "gave_data": ("gave_data", "sent"),
    "reported": ("reported", "sent"),
}


def _labels() -> Sequence[tuple[str, str, Wanted]]:
    return (
        ("campaign", _("Campaigns held"), ""),
        ("course", _("Courses held"), ""),
        ("phishing", _("Phishing simulations held"), ""),
        ("completed", _("Completed their course"), "more"),
        ("clicked", _("Clicked in a simulation"), "less"),
        ("gave_data", _("Gave data in a simulation"), "less"),
        ("reported", _("Reported a simulation"), "more"),
    )


def sums(held: Iterable[KnownActivity]) -> Counter[str]:
    """Return the number of each sort held, and of the people they reached together.

    Those whose figures tell of few persons are left out of the sums of people.
    """
    found: Counter[str] = Counter()
    for one in held:
        sort, numbers = one.facts["sort"], one.numbers
        found[sort] += 1
        people = numbers.get("people", 0)
        if sort == Sort.COURSE:
            found["enrolled"] += people
            found["done"] += numbers.get("done", 0)
        elif sort == Sort.PHISHING:
            found["sent"] += people
            for name in ("clicked", "gave_data", "reported"):
                found[f"{name}"] += numbers.get(name, 0)
    return found


def _of(found: Counter[str], code: str) -> int | None:
    if code not in SHARES:
        return found[code]
    part, whole = SHARES[code]
    return share(found[part], found[whole]) if found[whole] else None
