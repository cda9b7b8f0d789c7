"""The list of activities of approved plans: a room adds its columns and filters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Final

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import danish_order
from kommissorium.committees.models import Committee
from kommissorium.registers.activities import ActivityKind
from kommissorium.registers.activity_events import activities_known, state_of
from kommissorium.registers.lists.columns import Column, column
from kommissorium.registers.lists.filters import Choice, Filter, Flag, Words, mentions
from kommissorium.registers.lists.list_page import ListPage
from kommissorium.registers.models.activities import (
    TONES,
    Activity,
    ActivityOutcome,
    ActivityState,
    in_state,
)
from kommissorium.registers.standard_proposals import EvaluationProposal

RESPONSIBLE: Final = column(
    "responsible",
    gettext_lazy("Responsible"),
    value="responsible.name",
    order=danish_order("responsible__name"),
)


def named_by(heading: str | Promise) -> Column:
    """Return the column that names an activity, under what the room calls one."""
    return column("title", heading, order=danish_order("title"))


LAST: tuple[Column, ...] = (
    column("state", gettext_lazy("How it stands"), value="status.label", tone="tone"),
    column("planned_for", gettext_lazy("To be held by"), order="planned_for", kind="date"),
    column("held_on", gettext_lazy("Held on"), order="held_on", kind="date"),
    column(
        "outcome",
        gettext_lazy("Held against what was wanted"),
        choices=ActivityOutcome.choices,
    ),
    RESPONSIBLE,
    column("year", gettext_lazy("Year"), value="plan.year", order="plan__year", kind="number"),
    column("criterion", gettext_lazy("What is to come of it")),
    column("conclusion", gettext_lazy("Conclusion")),
)
SHOWN: Final = 6  # evaluations above the list
FILTERS: tuple[Filter, ...] = (
    Words(lambda word: mentions(word, "title", "criterion", "responsible__name")),
    Choice(
        "state",
        gettext_lazy("How it stands"),
        ActivityState.choices,
        lambda state, page: in_state(state, page.today),
        is_folded=False,
    ),
    Flag("mine", gettext_lazy("Mine"), lambda page: Q(responsible=page.person)),
    Flag("former", gettext_lazy("Also those of former plans"), Q(), is_modifier=True),
)


class ActivityList[M: Activity](ListPage[M]):
    """Activities of approved plans; unfiltered, those of plans that nothing has replaced."""

    kind: ClassVar[ActivityKind[Any]]
    # What evaluates them, of which the newest stand above the list.
    evaluation: ClassVar[EvaluationProposal[Any] | None] = None
    template = "registers/activities.html"
    past_template = "registers/activities_past.html"
    default_sort = "-planned_for"
    order = ("-planned_for", "pk")
    usual: ClassVar[tuple[str, ...]] = ("state", "planned_for", "held_on", "outcome", "responsible")
    on_phone = ("state", "planned_for")

    def rows(self) -> QuerySet[M]:
        found = self.kind.visible_to(self.person).filter(plan__state="approved")
        if not Committee.are_followed_by(self.person) and not found.exists():
            raise Http404
        return found

    def narrow(self, rows: QuerySet[M]) -> QuerySet[M]:
        found = super().narrow(rows)
        kept = Q(plan__in_force_to=None) | in_state(ActivityState.LATE, self.today)
        return found if self.value("former") else found.filter(kept)

    def prepare(self, rows: Sequence[M]) -> None:
        """Say of each how it stands, and fetch what its figures are read from."""
        for row in rows:
            row.status = row.state_on(self.today)  # type: ignore[attr-defined]
            row.tone = TONES[row.status]  # type: ignore[attr-defined]
        self.kind.prepare(rows)

    def context(self) -> dict[str, Any]:
        proposal = self.kind.plan
        plans = proposal.visible_to(self.person).exclude(state="dropped")
        return {
            "kind": self.kind,
            "plans": [(one, proposal.title_of(one)) for one in plans.order_by("-year", "-pk")],
            "evaluations": self._evaluations(),
            "may_draft": proposal.model.can_be_drafted_by(self.person),
        }

    def past(self, day: date) -> dict[str, Any]:
        """Return those of the day's year as they stood then by what was known, and what was late."""
        if not Committee.are_followed_by(self.person):
            raise Http404
        known = activities_known(self.kind.plan.kind, self.kind.slug, day, day)
        rows = [(one, state_of(one, day)) for one in known]
        shown = [
            (one, state, TONES[state], reverse("activity", args=[self.kind.slug, one.key]))
            for one, state in sorted(rows, key=lambda row: (row[0].planned_for, row[0].key))
            if one.facts["year"] == day.year or state == ActivityState.LATE
        ]
        return {"rows": shown, "own_only": True}

    def _evaluations(self) -> list[tuple[Any, str]]:
        if self.evaluation is None:
            return []
        found = self.evaluation.visible_to(self.person).exclude(state="dropped")
        return [(one, self.evaluation.title_of(one)) for one in found[:SHOWN]]
