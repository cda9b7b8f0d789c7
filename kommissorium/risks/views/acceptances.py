"""The acceptances of risks, and one of them."""

from __future__ import annotations

import json
from typing import Final

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from kommissorium.accounts.history import history_of
from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import reads_whole_register
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.navigation import Crumb, paged
from kommissorium.core.ui.responses import download, page
from kommissorium.registers.lists.columns import column
from kommissorium.registers.lists.workbook import sheet_of, workbook_of
from kommissorium.registers.views.row_pages import RowPages
from kommissorium.risks.acceptance_risks import matrix_then, risks_then, rows_of
from kommissorium.risks.accepted import accounts_of, listed, narrowed, standing_on, state_of
from kommissorium.risks.asking import crumbs, decision_for, risk_reader_of, risks_home
from kommissorium.risks.authority import (
    chairs_committee,
    is_for_committee,
    may_answer,
    may_withdraw,
    risks_of,
)
from kommissorium.risks.forms.acceptances import AcceptanceFilter
from kommissorium.risks.levels import levels_on
from kommissorium.risks.models import Acceptance, Capacity, Scenario
from kommissorium.risks.models.acceptances import AcceptanceQuerySet
from kommissorium.risks.models.plans import plan_can_be_kept_by, whose_plan_is_kept_by

PDF = "application/pdf"
SHOWN_EVENTS = 50


COLUMNS: Final = (
    column("pk", gettext_lazy("Number"), kind="number"),
    column(
        "risks",
        gettext_lazy("Risks"),
        value=lambda one, _page: "; ".join(row.scenario.title for row in one.risks.all()),
    ),
    column(
        "state",
        gettext_lazy("State"),
        value=lambda one, _page: state_of(one, timezone.localdate())[0],
    ),
    column("amount", gettext_lazy("Possible loss"), kind="kroner"),
    column("loss", gettext_lazy("Lost"), choices=Acceptance.Loss.choices),
    column("measure_cost", gettext_lazy("Cost of the measure not taken"), kind="kroner"),
    column("budget_year", gettext_lazy("Budget year"), kind="number"),
    column("expires_on", gettext_lazy("Holds until"), kind="date"),
    column("capacity", gettext_lazy("Accepted as"), choices=Capacity.choices),
    column("accepted_by.name", gettext_lazy("Accepted by")),
    column("accepted_at", pgettext_lazy("risk", "Accepted"), kind="moment"),
    column("decision.number", gettext_lazy("Decision")),
    column("proposed_by.name", gettext_lazy("Proposed by")),
    column("reason", gettext_lazy("Reason")),
    column("conditions", gettext_lazy("Conditions")),
    column(
        "ended",
        gettext_lazy("How it ended"),
        value=lambda one, _page: one.ended_because or one.refused_because,
    ),
)
ACCOUNT_COLUMNS: Final = (
    column("capacity.label", gettext_lazy("Accepted as")),
    column("in_force", gettext_lazy("In force today"), kind="kroner"),
    column("used", gettext_lazy("Used of the year’s limit"), kind="kroner"),
    column("per_year", gettext_lazy("Limit for the year"), kind="kroner"),
    column("left", gettext_lazy("Left of the limit"), kind="kroner"),
    column("per_risk", gettext_lazy("Limit at a time"), kind="kroner"),
)


def _title(found: Acceptance) -> str:
    return _("Risk acceptance %(number)s") % {"number": found.pk}


def _acceptances(person: Person) -> QuerySet[Acceptance]:
    along = ("proposed_by", "accepted_by", "ended_by", "decision", "record", "replaces")
    return Acceptance.objects.visible_to(person).select_related(*along)


ACCEPTANCES = RowPages(
    lambda: Crumb(_("Accepted risks"), reverse("acceptances")),
    _acceptances,
    above=(risks_home,),
    steps=lambda one: (Crumb(_title(one), one.get_absolute_url()),),
)


@require_GET
def acceptances(request: HttpRequest) -> HttpResponse:
    """Show the acceptances the person may read, and what has been accepted in a budget year."""
    person, today = risk_reader_of(request), timezone.localdate()
    seen = Acceptance.objects.visible_to(person)
    wishes = _filter(request, seen)
    shown = paged(listed(_listed(request, seen, wishes)), request)
    year = int(wishes.value("year") or today.year)
    context = {
        "person": person,
        "narrowed": wishes,
        "page": shown,
        "rows": [(one, state_of(one, today)) for one in shown],
        "standing": standing_on(seen, today),
        "reads_whole_register": reads_whole_register(person),
        "year": year,
        "accounts": accounts_of(year) if reads_whole_register(person) else [],
        "has_any": bool(shown) or seen.exists(),
        "may_propose": proposes_any(person),
        "query": request.GET.urlencode(),
        "breadcrumbs": crumbs(_("Accepted risks")),
    }
    return page(request, "risks/acceptances.html", context)


@require_GET
def acceptances_file(request: HttpRequest) -> FileResponse:
    """Hand out the acceptances as they are narrowed, and the accounts of the budget year."""
    person, today = risk_reader_of(request), timezone.localdate()
    seen = Acceptance.objects.visible_to(person)
    wishes = _filter(request, seen)
    rows = listed(_listed(request, seen, wishes))
    found = rows.iterator(chunk_size=1000)
    sheets = [sheet_of(_("Accepted risks"), COLUMNS, found, Acceptance.get_absolute_url)]
    if reads_whole_register(person):
        year = int(wishes.value("year") or today.year)
        title = _("Budget year %(year)s") % {"year": year}
        sheets.append(sheet_of(title, ACCOUNT_COLUMNS, accounts_of(year)))
    return workbook_of(sheets, title=_("Accepted risks"), name=_("accepted-risks"))


@require_GET
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an acceptance: its terms, its risks as they were, who gave it and how it ended."""
    found, person, today = ACCEPTANCES.get(request, pk), person_of(request), timezone.localdate()
    rows, levels = rows_of(found), levels_on(today)
    risks = risks_of(found)
    keeps = all(plan_can_be_kept_by(one, person) for one in risks)
    waiting = Acceptance.objects.waiting_on(today).filter(replaces=found)
    context = {
        "person": person,
        "acceptance": found,
        "state": state_of(found, today),
        "risks": risks_then(rows, person, levels),
        "matrix": matrix_then(found, rows, levels),
        "decision": decision_for(person, found.decision_id),
        "kept": json.loads(found.record.content) if found.record else {},
        "successor": found.replaced_by.exclude(state=Acceptance.State.REFUSED).first(),
        "may_answer": may_answer(found, person, risks),
        "chairs": chairs_committee(found, person, risks),
        "may_put_before": person.is_coordinator and is_for_committee(found),
        "may_withdraw": may_withdraw(found, person),
        "may_replace": keeps and found.is_standing and not waiting.exists(),
        "entries": history_of(found, list(Event.objects.about(found)[:SHOWN_EVENTS]), person),
        "breadcrumbs": ACCEPTANCES.path(_title(found)),
    }
    return page(request, "risks/acceptance.html", context)


@require_GET
def acceptance_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the document that was frozen when it was accepted."""
    found = ACCEPTANCES.get(request, pk)
    if found.record is None or not found.record.pdf or not found.accepted_at:
        raise Http404
    day = timezone.localtime(found.accepted_at).date().isoformat()
    return download(bytes(found.record.pdf), f"{day}-{_('risk acceptance')}-{found.pk}.pdf", PDF)


def proposes_any(person: Person) -> bool:
    """Return whether `person` may propose to accept some risk."""
    return person.is_coordinator or Scenario.objects.filter(whose_plan_is_kept_by(person)).exists()


def _filter(request: HttpRequest, seen: AcceptanceQuerySet) -> AcceptanceFilter:
    years = set(seen.order_by().values_list("budget_year", flat=True).distinct())
    return AcceptanceFilter(
        request.GET, years=sorted({*years, timezone.localdate().year}, reverse=True)
    )


def _listed(
    request: HttpRequest, seen: AcceptanceQuerySet, wishes: AcceptanceFilter
) -> AcceptanceQuerySet:
    found = narrowed(seen, wishes.value("show"), person_of(request), timezone.localdate())
    if year := wishes.value("year"):
        found = found.filter(budget_year=int(year))
    if capacity := wishes.value("capacity"):
        found = found.filter(capacity=capacity)
    return found.order_by("expires_on", "pk")
