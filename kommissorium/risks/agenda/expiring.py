"""Acceptances of risks that run out come back to the committee by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.core.ui.localised import day, kroner
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.registers.agenda import AgendaContext, Tables
from kommissorium.registers.returning import Returning, ReturningItem
from kommissorium.risks.agenda.committee_risks import committee_risks
from kommissorium.risks.models import Acceptance, AcceptedRisk

SOON: Final = timedelta(days=60)


class ExpiringAcceptances(Returning):
    """The acceptances that run out within 60 days of the meeting, or have."""

    kind = "risks.expiring"

    def is_due(self, context: AgendaContext) -> bool:
        return running_out(context).exists()

    def item(self) -> ReturningItem:
        return ReturningItem(
            title=_("Risk acceptances that expire"),
            recommendation=_(
                "It is recommended that the committee decides for each of them whether the risk "
                "is accepted anew, is treated, or is no longer accepted."
            ),
            link=f"{reverse('acceptances')}?show=expiring",
        )

    def facts(self, keys: Iterable[str], context: AgendaContext) -> Mapping[str, Tables]:
        rows = running_out(context).select_related("acceptance__accepted_by", "scenario")
        titles: dict[Acceptance, list[str]] = {}
        for row in rows.order_by("acceptance__expires_on", "pk"):
            titles.setdefault(row.acceptance, []).append(row.scenario.title)
        table = _table(titles, context)
        return dict.fromkeys(keys, (table,))


def running_out(context: AgendaContext) -> QuerySet[AcceptedRisk]:
    """Return the accepted risks whose acceptance has run out, or does so within 60 days of the
    meeting, and that are still there and not accepted for longer. Only the committee's own."""
    last = timezone.localdate(context.meeting.starts_at) + SOON
    given = Acceptance.objects.standing().filter(expires_on__lte=last).order_by()
    longer = AcceptedRisk.objects.filter(
        lineage=OuterRef("lineage"),
        acceptance__in=Acceptance.objects.standing().order_by(),
        acceptance__expires_on__gt=OuterRef("acceptance__expires_on"),
    )
    own = committee_risks(context).filter(lineage=OuterRef("lineage"))
    return AcceptedRisk.objects.filter(
        Exists(own), ~Exists(longer.order_by()), acceptance__in=given
    )


def _table(titles: Mapping[Acceptance, list[str]], context: AgendaContext) -> FactTable:
    today = context.today
    rows = tuple(
        FactRow(
            key=f"risks.acceptance:{one.pk}",
            cells=(
                "; ".join(titles[one]),
                one.loss_in_words,
                one.accepted_by.name if one.accepted_by else str(one.get_capacity_display()),
                day(one.expires_on),
                _("Expired") if one.expires_on < today else _("Expires soon"),
            ),
            link=one.get_absolute_url(),
            urgent=one.expires_on < today,
        )
        for one in titles
    )
    in_force = sum(one.amount for one in titles if one.is_in_force_on(today))
    lead = _("Of these %(money)s is in force on %(day)s.")
    lead %= {"money": kroner(in_force), "day": day(today)}
    columns = (_("Risks"), _("Possible loss"), _("Accepted by"), _("Holds until"), _("State"))
    heading = _("Acceptances that expire")
    return FactTable("risk_expiring", heading, lead if rows else "", columns, rows)
