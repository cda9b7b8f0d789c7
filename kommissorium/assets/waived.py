"""Waived documents on the agenda: many that no committee has decided on come to the one that answers for R6."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.waivers import note_waivers_decided
from kommissorium.assets.current_counts import asset_counts
from kommissorium.assets.figures import waivers_decided_until
from kommissorium.assets.models import Required
from kommissorium.committees.models import Clause
from kommissorium.core.evidence.models import Event
from kommissorium.measures.codes import APPROVED, Measure
from kommissorium.measures.rules.asset_past import WAIVERS_DECIDED
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.meetings.models import Decision
from kommissorium.registers.agenda import AgendaContext, Returning, ReturningItem, Tables

MOST: Final = 30  # reasons under an item; the page has all


class WaivedDocuments(Returning):
    """The documents that owners are not asked for, as somebody noted and no committee decided."""

    kind = "assets.waived"
    known_as = gettext_lazy("Documents that are waived")

    def is_due(self, context: AgendaContext) -> bool:
        meeting = context.meeting
        asks = Clause.objects.in_force(meeting.committee, context.met)
        is_asked = asks.filter(measure=Measure.OWNER_DOCUMENTATION).exists()
        return is_asked and asset_counts().has_many_undecided

    def item(self) -> ReturningItem:
        return ReturningItem(
            title=_("Documents that owners are not asked for"),
            recommendation=_(
                "It is recommended that the committee approves that the documents shown are waived, "
                "for the reasons shown."
            ),
            link=reverse("waivers"),
        )

    def facts(self, keys: Iterable[str], context: AgendaContext) -> Mapping[str, Tables]:
        undecided = Required.objects.undecided(waivers_decided_until(context.today)).order_by()
        rows = tuple(
            FactRow(
                f"assets.waived:{place}",
                (one["waived_because"], str(one["number"]), one["waived_by__name"] or ""),
                reverse("waivers"),
            )
            for place, one in enumerate(_by_reason(undecided))
        )
        columns = (_("Why"), _("Waived"), _("By"))
        table = FactTable("waived", _("Waived, and not decided on"), "", columns, rows)
        return dict.fromkeys(keys, (table,))

    def decide(self, decision: Decision, *, by: Person) -> None:
        """Note what was approved as it was shown; else it comes to the next agenda again."""
        if decision.outcome == APPROVED:
            note_waivers_decided(decision, by=by)

    def sentence(self, decision: Decision) -> str:
        if decision.outcome != APPROVED or decision.item is None:
            return ""
        told = Event.objects.filter(
            act=WAIVERS_DECIDED, facts__contains=f'"decision":{decision.pk},'
        ).first()
        number = json.loads(told.facts)["waived"] if told else 0
        text = ngettext(
            "%(number)d waived document is decided on.",
            "%(number)d waived documents are decided on.",
            number,
        )
        return text % {"number": number}


WAIVED: Final = WaivedDocuments()


def _by_reason(rows: QuerySet[Required]) -> Iterable[Mapping[str, str]]:
    found = rows.values("waived_because", "waived_by__name").annotate(number=Count("pk"))
    return found.order_by("-number", "waived_because", "waived_by__name")[:MOST]  # type: ignore[return-value]
