"""Figures of awareness: counted for objectives, and told in the quarterly status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kommissorium.awareness.half_figures import span_figures
from kommissorium.awareness.kind import KIND
from kommissorium.awareness.models import Audience, AwarenessActivity, GroupFigures, Sort
from kommissorium.awareness.models.activities import published
from kommissorium.core.ui.localised import day
from kommissorium.measures.activities import KnownActivity
from kommissorium.measures.days import year_before
from kommissorium.registers.activity_told import ActivityStatus, KnownQuarter
from kommissorium.registers.numbers import Indicator, percentage
from kommissorium.registers.status import StatusFigure

# Of courses and simulations of twelve months: what is counted of each, and of which sort.
KEPT = {Sort.COURSE: ("people", "done"), Sort.PHISHING: ("people", "clicked", "reported")}
INDICATORS: Mapping[str, Indicator] = {
    "completed": percentage(
        _("Completed their course within a year"),
        "done",
        "course_people",
        _("Of those whom the courses of the last twelve months were for: how many completed them."),
    ),
    "clicked": percentage(
        _("Clicked in a simulation"),
        "clicked",
        "phishing_people",
        _("Of those who got a simulated mail in the last twelve months: how many clicked in it."),
    ),
    "reported": percentage(
        _("Reported a simulation"),
        "reported",
        "phishing_people",
        _("Of those who got a simulated mail in the last twelve months: how many reported it."),
    ),
}


def count_awareness(day: date) -> dict[str, int]:
    """Count the people reached by courses and simulations."""
    held = AwarenessActivity.objects.approved().filter(held_on__range=(year_before(day), day))
    found: dict[int, list[GroupFigures]] = {}
    rows = GroupFigures.objects.filter(activity__in=held).select_related("activity").order_by("pk")
    for one in rows:
        found.setdefault(one.activity_id, []).append(one)
    numbers = {_name(sort, name): 0 for sort, names in KEPT.items() for name in names}
    for figures in found.values():
        sort, total = Sort(figures[0].activity.sort), published(figures).total
        for name in KEPT.get(sort, ()) if total else ():
            numbers[_name(sort, name)] += total[name] if total else 0
    return numbers


def _name(sort: Sort, name: str) -> str:
    return f"{sort}_people" if name == "people" else name


class AwarenessStatus(ActivityStatus):
    """Activities held, and how much of it worked."""

    held_in_words = (
        _("Nothing was held in the quarter."),
        ngettext_lazy(
            "One campaign, course or simulation was held in the quarter.",
            "%(number)s campaigns, courses and simulations were held in the quarter.",
            "value",
        ),
    )
    columns = (_("What was held"), _("Kind"), _("For whom"), _("Held on"))

    def figures(self, now: KnownQuarter, then: KnownQuarter, link: str) -> Iterable[StatusFigure]:
        return span_figures(now.held, then.held, link)

    def row(self, one: KnownActivity) -> tuple[str, ...]:
        facts = one.facts
        sort, whom = str(Sort(facts["sort"]).label), str(Audience(facts["audience"]).label)
        return facts["title"], sort, whom, day(one.held_on)


STATUS = AwarenessStatus(KIND)
