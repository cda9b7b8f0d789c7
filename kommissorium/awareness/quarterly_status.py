"""Figures of awareness for the quarterly status: activities held, and people reached."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kommissorium.awareness.half_figures import span_figures
from kommissorium.awareness.kind import KIND
from kommissorium.awareness.models import Audience, Sort
from kommissorium.core.ui.localised import day
from kommissorium.registers.activity_status import ActivityStatus, KnownQuarter
from kommissorium.registers.models.activities import ActivityState
from kommissorium.registers.past_activities import KnownActivity
from kommissorium.registers.status import StatusFigure


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
        late_before = len(then.late) if then.activities else None
        label = str(ActivityState.LATE.label)
        return [
            *span_figures(now.held, then.held, link),
            StatusFigure("late", label, len(now.late), late_before, link, "less"),
        ]

    def row(self, one: KnownActivity) -> tuple[str, ...]:
        facts = one.facts
        sort, whom = str(Sort(facts["sort"]).label), str(Audience(facts["audience"]).label)
        return facts["title"], sort, whom, day(one.held_on)


STATUS = AwarenessStatus(KIND)
