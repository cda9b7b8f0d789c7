"""How the risks stand, and what has happened to them since a committee met: for its agenda."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.assets.agenda import keeps_registers
from kommissorium.core.ui.localised import kroner
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.registers.agenda import AgendaContext
from kommissorium.risks.agenda.committee_risks import belongs
from kommissorium.risks.agenda.expiring import running_out
from kommissorium.risks.agenda.slipped import slipping
from kommissorium.risks.current_counts import RiskCounts, risk_counts
from kommissorium.risks.models import Acceptance, AcceptedRisk, Assessment, Scenario


def news_table(context: AgendaContext) -> FactTable | None:
    """Return how the risks stand and what is new since the last meeting.

    None where there are no risks, or none of the committee's and the registers are kept for
    another.
    """
    now, slipped = risk_counts(), slipping(context).count()
    approved = Assessment.objects.in_force().filter(belongs(context, "committee"))
    if not now.risks and not slipped:
        return None
    if not context.once(keeps_registers) and not approved.exists():
        return None
    running = running_out(context).order_by().values("acceptance").distinct().count()
    rows = [
        _row("all", _("Risks"), now.risks, reverse("risk_list")),
        *_since_last_meeting(context),
        *_above_the_level(now),
        _row(
            *("expiring", _("Acceptances that have run out or do so within 60 days"), running),
            *(f"{reverse('acceptances')}?show=expiring",),
            eye=running,
        ),
        _row(
            *("slipped", _("Actions that are late, put off or cannot be done"), slipped),
            *(f"{reverse('plan')}?show=slipped",),
            eye=slipped,
        ),
    ]
    shown = [row for row in rows if row.cells[1] != "0"]
    if now.kroner:
        cells, url = (_("Accepted in all"), kroner(now.kroner)), reverse("acceptances")
        shown.append(FactRow("risks.standing:kroner", cells, url))
    return FactTable("risks", _("Risks"), "", (_("What"), _("How it stands")), tuple(shown))


def _since_last_meeting(context: AgendaContext) -> list[FactRow]:
    own = Assessment.objects.in_force().filter(belongs(context, "committee"))
    approved = own.filter(context.since("decision__written_at")).order_by()
    risks = Scenario.objects.in_force().filter(assessment__in=approved.values("pk"))
    former = Scenario.objects.filter(
        lineage=OuterRef("lineage"), assessment__in_force_from__isnull=False, is_in_force=False
    ).order_by()
    lower = former.filter(rank__lt=OuterRef("rank"), assessment=OuterRef("assessment__previous"))
    greater = risks.filter(Exists(lower)).count()
    void = _void(context)
    return [
        _row("approved", _("Assessments approved since the last meeting"), approved.count()),
        _row("new", _("New risks since the last meeting"), risks.filter(~Exists(former)).count()),
        _row("greater", _("Risks that have become greater"), greater, eye=greater),
        _row(
            *("void", _("Acceptances that are void since a risk changed"), void),
            *(f"{reverse('acceptances')}?show=over",),
            eye=void,
        ),
    ]


def _above_the_level(now: RiskCounts) -> list[FactRow]:
    risks, left = reverse("risk_list"), _("Of these neither planned nor accepted")
    link = f"{risks}?above=1"
    return [
        _row("above", _("Lie above the risk level"), now.above, link, eye=now.open),
        _row("open", left, now.open, f"{link}&accepted=no", eye=now.open),
    ]


def _void(context: AgendaContext) -> int:
    """Return how many acceptances of the committee's risks are void since the meeting before."""
    own = AcceptedRisk.objects.filter(belongs(context, "scenario__assessment__committee"))
    ended = Q(state=Acceptance.State.ACCEPTED, ending=Acceptance.Ending.VOID)
    since = context.since("ended_at")
    return Acceptance.objects.filter(ended & since, pk__in=own.values("acceptance")).count()


def _row(key: str, what: str, number: int, link: str = "", *, eye: int = 0) -> FactRow:
    link = link or reverse("assessments")
    return FactRow(f"risks.standing:{key}", (what, str(number)), link, urgent=bool(eye))
