"""T7: the committee approves each quarter how projects and each of the seven technical areas stand.

What counts is approved with the state of all seven, each shown by something of the quarter or
later (WorkStatusProposal.told); a status is not put forward while a project is silent. Each area
shows what it is about in standards, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy

from kommissorium.projects.models import MeasureState, WorkStatus
from kommissorium.projects.models.measures import Light
from kommissorium.registers.requirements import Says, Shown

# By area, what it is about: ISO 27002, and NIS 2-loven § 6 on encryption.
REQUIREMENTS: Final = {
    "antivirus": ("ISO 27002 8.7",),
    "firewall": ("ISO 27002 8.20", "ISO 27002 8.22"),
    "antispam": ("ISO 27002 8.7",),
    "antiphishing": ("ISO 27002 8.7", "ISO 27002 8.23"),
    "encryption": ("ISO 27002 8.24", "NIS 2 § 6 nr. 8"),
    "network": ("ISO 27002 8.20", "ISO 27002 8.21"),
    "physical": ("ISO 27002 7.1", "ISO 27002 7.2"),
}


_MEASURES: Final = gettext_lazy("%(n)d technical measures, the oldest of %(day)s")


def shown_by_measures(day: date) -> Iterator[Shown]:
    """Yield each area as the newest status in force told of it, whole (two queries).

    One that is not good enough speaks against; one without evidence of its quarter shows nothing.
    """
    newest = WorkStatus.objects.in_force_on(day).order_by("-year", "-number").first()
    if newest is None:
        return
    states = MeasureState.objects.filter(status=newest).exclude(measure__area="")
    for state in states.select_related("measure").order_by("measure_id"):
        state.status = newest
        if state.is_whole:
            yield Shown(
                f"projects.technicalmeasure:{state.measure_id}",
                state.measure.title,
                state.measure.get_absolute_url(),
                Says.AGAINST if state.light == Light.RED else Says.CARRIED_OUT,
                state.evidence_on,
                None,
                REQUIREMENTS[state.measure.area],
                state.light_label,
                several=_MEASURES,
            )
