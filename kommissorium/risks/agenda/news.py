"""News of the risks for an agenda: their standing, and changes since the committee last met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, When
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.assets.agenda import keeps_registers
from kommissorium.core.ui.localised import day, kroner
from kommissorium.measures.rules.risk_past import RiskCounts
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.registers.agenda import AgendaContext
from kommissorium.risks.agenda.returning import (
    belongs,
    committee_risks,
    levels,
    running_out,
    slipping,
)
from kommissorium.risks.current_counts import risk_counts
from kommissorium.risks.levels import above_level
from kommissorium.risks.models import (
    Acceptance,
    AcceptedRisk,
    Assessment,
    Capacity,
    PlanAction,
    Scenario,
)

MOST_ACCEPTED: Final = 10


@dataclass(frozen=True, slots=True)
class RiskNews:
    """Standing of the risks, and numbers of changes to the committee's own since it last met.

    `finished` lie above the level though all that was planned is done; `expiring` and `slipped`
    come back to the committee by themselves.
    """

    now: RiskCounts
    approved: int
    new: int
    greater: int
    void: int
    finished: int
    expiring: int
    slipped: int


def risk_news(context: AgendaContext) -> RiskNews | None:
    """Return the news of the risks.

    None where there are no risks, or none of the committee's and the registers are kept for
    another.
    """
    now, slipped = risk_counts(), slipping(context, PlanAction.objects.slipped).count()
    own = Assessment.objects.in_force().filter(belongs(context, "committee"))
    if not now.risks and not slipped:
        return None
    if not context.once(keeps_registers) and not own.exists():
        return None
    approved = own.filter(context.since("decision__written_at")).order_by()
    risks = Scenario.objects.in_force().filter(assessment__in=approved.values("pk"))
    former = Scenario.objects.filter(
        lineage=OuterRef("lineage"), assessment__in_force_from__isnull=False, is_in_force=False
    ).order_by()
    lower = former.filter(rank__lt=OuterRef("rank"), assessment=OuterRef("assessment__previous"))
    grown = risks.annotate(is_old=Exists(former), is_greater=Exists(lower)).aggregate(
        new=Count("pk", filter=Q(is_old=False)), greater=Count("pk", filter=Q(is_greater=True))
    )
    return RiskNews(
        now=now,
        approved=approved.count(),
        new=grown["new"],
        greater=grown["greater"],
        void=_void(context),
        finished=_finished(context),
        expiring=running_out(context).order_by().values("acceptance").distinct().count(),
        slipped=slipped,
    )


def news_table(context: AgendaContext) -> FactTable | None:
    """Return how the risks stand and what is new since the last meeting; None for nothing."""
    found = context.once(risk_news)
    if found is None:
        return None
    rows = [
        _row("all", _("Risks"), found.now.risks, reverse("risk_list")),
        *_since_last_meeting(found),
        *_above_the_level(found.now),
        _row(
            *("finished", _("Above the level though what was planned is finished")),
            *(found.finished, f"{reverse('plan')}?show=done"),
            eye=found.finished,
        ),
        _row(
            *("expiring", _("Acceptances that have run out or do so within 60 days")),
            *(found.expiring, f"{reverse('acceptances')}?show=expiring"),
            eye=found.expiring,
        ),
        _row(
            *("slipped", _("Actions that are late, put off or cannot be done"), found.slipped),
            *(f"{reverse('plan')}?show=slipped",),
            eye=found.slipped,
        ),
    ]
    shown = [row for row in rows if row.cells[1] != "0"]
    if found.now.kroner:
        what = _("Accepted in all, in force on %(day)s") % {"day": day(context.today)}
        cells, url = (what, kroner(found.now.kroner)), reverse("acceptances")
        shown.append(FactRow("risks.standing:kroner", cells, url))
    shown += _accepted_since(context)
    return FactTable("risks", _("Risks"), "", (_("What"), _("How it stands")), tuple(shown))


def _since_last_meeting(found: RiskNews) -> list[FactRow]:
    return [
        _row("approved", _("Assessments approved since the last meeting"), found.approved),
        _row("new", _("New risks since the last meeting"), found.new),
        _row("greater", _("Risks that have become greater"), found.greater, eye=found.greater),
        _row(
            *("void", _("Acceptances that are void since a risk changed"), found.void),
            *(f"{reverse('acceptances')}?show=over",),
            eye=found.void,
        ),
    ]


def _above_the_level(now: RiskCounts) -> list[FactRow]:
    risks, left = reverse("risk_list"), _("Of these neither planned nor accepted")
    link, slipped = f"{risks}?above=1", f"{reverse('plan')}?show=slipped"
    return [
        _row("above", _("Lie above the risk level"), now.above, link, eye=now.open),
        _row("open", left, now.open, f"{link}&accepted=no", eye=now.open),
        _row(
            "slipped_plans",
            _("Of those with a plan that is late, put off or cannot be done"),
            now.slipped,
            slipped,
            eye=now.slipped,
        ),
    ]


def _finished(context: AgendaContext) -> int:
    """Return how many of the committee's risks lie above the level though all planned is done."""
    done = PlanAction.objects.finished().values("scenario__lineage")
    found = committee_risks(context).filter(above_level(context.once(levels)), lineage__in=done)
    return found.count()


def _void(context: AgendaContext) -> int:
    """Return how many acceptances of the committee's risks are void since the meeting before."""
    own = AcceptedRisk.objects.filter(belongs(context, "scenario__assessment__committee"))
    ended = Q(state=Acceptance.State.ACCEPTED, ending=Acceptance.Ending.VOID)
    since = context.since("ended_at")
    return Acceptance.objects.filter(ended & since, pk__in=own.values("acceptance")).count()


def _accepted_since(context: AgendaContext) -> Iterator[FactRow]:
    """Yield what was accepted of the committee's risks since the meeting before: who, for how
    much and until when. The chair's first, the greatest of the others after them."""
    own = AcceptedRisk.objects.filter(belongs(context, "scenario__assessment__committee"))
    given = Acceptance.objects.filter(
        context.since("accepted_at"),
        state=Acceptance.State.ACCEPTED,
        pk__in=own.values("acceptance"),
    )
    chairs_first = Case(When(capacity=Capacity.CHAIR, then=0), default=1)
    told = given.select_related("accepted_by", "decision").prefetch_related(
        Prefetch("risks", AcceptedRisk.objects.select_related("scenario"))
    )
    rows = list(told.order_by(chairs_first, "-amount", "pk"))
    for one in rows[:MOST_ACCEPTED]:
        titles = "; ".join(risk.scenario.title for risk in one.risks.all())
        what = _("Accepted since the last meeting: %(risks)s") % {"risks": titles}
        yield FactRow(f"risks.accepted_since:{one.pk}", (what, _given(one)), one.get_absolute_url())
    if (more := len(rows) - MOST_ACCEPTED) > 0:
        yield _row(
            "accepted_more",
            _("Others accepted since the last meeting"),
            more,
            reverse("acceptances"),
        )


def _given(one: Acceptance) -> str:
    """Return who accepted it, for how much and until when."""
    person = one.accepted_by.name if one.accepted_by else ""
    number = _("decision %(number)s") % {"number": one.decision.number} if one.decision else ""
    who = ", ".join(filter(None, [person, str(one.get_capacity_display()), number]))
    text = _("%(money)s until %(day)s. %(who)s")
    said = text % {"money": one.loss_in_words, "day": day(one.expires_on), "who": who}
    return said if one.ended_at is None else f"{said}. {one.get_ending_display()}"


def _row(key: str, what: str, number: int, link: str = "", *, eye: int = 0) -> FactRow:
    link = link or reverse("assessments")
    return FactRow(f"risks.standing:{key}", (what, str(number)), link, urgent=bool(eye))
