"""How a mandate stands on a date, clause by clause, and today in a few lines for other pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Clause, Committee
from kommissorium.compliance.actions.freezing import freeze_answer, freeze_pdf, kept_pdf
from kommissorium.compliance.answer import Answer, LaterFact, later_facts
from kommissorium.compliance.documents import EDITIONS, edition
from kommissorium.compliance.evidence_links import EvidenceLinks
from kommissorium.compliance.frozen import Kept, answered
from kommissorium.compliance.fulfilment import (
    MARKS,
    TONES,
    Fulfilment,
    in_words,
    reading_in_words,
)
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.models import FrozenAnswer
from kommissorium.compliance.views.clause_rows import ClausePart, ClauseRow
from kommissorium.compliance.views.committee import Followed, crumbs, followed
from kommissorium.core.charts.fields import Strip
from kommissorium.core.evidence.kept import KeptAnswers
from kommissorium.core.ui.forms import PlainForm
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import download, invalid, page
from kommissorium.measures.days import add_months
from kommissorium.measures.findings import State


class DateForm(PlainForm):
    """A past date. A form without one shows today."""

    on = forms.DateField(label=gettext_lazy("Show how it stood on"), initial=timezone.localdate)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(
                _("The day has not come yet. Choose today or an earlier day.")
            )
        return on

    def day(self) -> date:
        """Return the date asked for; today when it cannot be answered."""
        if self.is_bound and self.is_valid():
            on: date = self.cleaned_data["on"]
            return on
        return timezone.localdate()


SHOWN_FIRST = (State.NOT_FULFILLED, State.DUE_SOON)
PDF = "pdf"  # of the EDITIONS that which is frozen itself
AS_KNOWN_TODAY = "today"  # in an address; without it a past day is answered as known then
ALWAYS = (State.FULFILLED, *SHOWN_FIRST)


@dataclass(frozen=True)
class Tile:
    """The number of clauses in a state, and the address that shows those alone."""

    state: State
    number: int
    address: str
    is_chosen: bool

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def mark(self) -> str:
        return MARKS[self.state]


class Shown(NamedTuple):
    """An answer as pages show it: what was frozen of it, and what was noted of it later."""

    fulfilment: Fulfilment
    kept: Kept | None
    later: Sequence[LaterFact]


_SHOWN: Final = KeptAnswers[tuple[int, date, date], Shown](most=20)


def shown_on(committee: Committee, on: date, known: date) -> Shown:
    """Return the answer on a day as known on another: kept until something is done."""
    return _SHOWN.answer((committee.pk, on, known), lambda: found_on(committee, on, known))


def found_on(committee: Committee, on: date, known: date) -> Shown:
    """Return the answer as it is found now."""
    history = history_of(committee, on)
    return Shown(*answered(history, on, known), later_facts(history, on))


@require_GET
def compliance(request: HttpRequest) -> HttpResponse:
    """Lead to the one committee a person follows, or let them choose among several."""
    found = list(Committee.objects.visible_to(person_of(request)))
    if len(found) == 1:
        return redirect("mandate_compliance", found[0].pk)
    return page(request, "compliance/committees.html", {"committees": found})


@require_GET
def mandate_compliance(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the mandate as a document with a state beside every clause, on any past date."""
    seen = followed(request, pk)
    form = _form(request)
    answer = invalid if form.is_bound and not form.is_valid() else page
    context = _context(seen, form, _known(request, form), request.GET.get("state", ""))
    return answer(request, "compliance/fulfilment.html", context)


@require_GET
def compliance_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give the answer with all references to its evidence, as PDF or for a spreadsheet."""
    seen = followed(request, pk)
    if form not in EDITIONS:
        raise Http404
    asked = _form(request)
    if asked.is_bound and not asked.is_valid():
        return invalid(
            request, "compliance/fulfilment.html", _context(seen, asked, asked.day(), "")
        )
    history = history_of(seen.committee, asked.day())
    fulfilment, kept = answered(history, asked.day(), _known(request, asked))
    why = FrozenAnswer.Why.DOWNLOAD
    row = kept.row if kept else freeze_answer(seen.committee, asked.day(), by=seen.person, why=why)
    site = request.build_absolute_uri("/").rstrip("/")
    later = later_facts(history, fulfilment.on)
    links = None if form == PDF else _links(fulfilment, seen)  # one PDF is kept for all readers
    answer = Answer(seen.committee, fulfilment, later, site, row, links)
    made = kept_pdf(row, fulfilment.known) if form == PDF else None
    data, name, media_type = edition(form, answer, made)
    if form == PDF and made is None:
        freeze_pdf(row, fulfilment.known, data, by=seen.person)
    return download(data, name, media_type)


def _known(request: HttpRequest, form: DateForm) -> date:
    """Return the day up to whose end written facts count: the day asked for, or today."""
    is_now = request.GET.get("reading") == AS_KNOWN_TODAY
    return timezone.localdate() if is_now else form.day()


def _form(request: HttpRequest) -> DateForm:
    return DateForm(request.GET if request.GET.get("on") else None)


def _links(fulfilment: Fulfilment, seen: Followed) -> EvidenceLinks:
    found = [one.finding for one in fulfilment.findings]
    return EvidenceLinks(found, seen.person, fulfilment.on, sees_closed=seen.sees_closed)


def _context(seen: Followed, form: DateForm, known: date, wanted: str) -> dict[str, Any]:
    on = form.day()
    fulfilment, kept, later = shown_on(seen.committee, on, known)
    links = _links(fulfilment, seen)
    state = State(wanted) if wanted in [*State] else None
    then = f"?on={on.isoformat()}"
    now = f"{then}&reading={AS_KNOWN_TODAY}"
    address = then if fulfilment.is_as_known_then else now
    return {
        "committee": seen.committee,
        "may_prepare": seen.may_prepare,
        "form": form,
        "on": on,
        "is_today": on == timezone.localdate(),
        "fulfilment": fulfilment,
        "kept": kept,
        "may_open_records": kept is not None and Person.can_see_evidence(seen.person),
        "reading": reading_in_words(fulfilment),
        "address": address,
        "other_reading": now if fulfilment.is_as_known_then else then,
        "answer": in_words(fulfilment),
        "tiles": _tiles(fulfilment, address, state),
        "state": state,
        "parts": _parts(fulfilment, state, links),
        "differing": [one for one in fulfilment.findings if one.today],
        "later": later,
        "days": _days(on),
        "breadcrumbs": [*crumbs(seen.committee), Crumb(_("Is the mandate fulfilled?"))],
    }


def _tiles(fulfilment: Fulfilment, address: str, chosen: State | None) -> list[Tile]:
    """Return a tile for each state there is; the first three always."""
    return [
        Tile(state, number, f"{address}&state={state.value}", state == chosen)
        for state, number in fulfilment.counts.items()
        if number or state in ALWAYS
    ]


def _parts(fulfilment: Fulfilment, wanted: State | None, links: EvidenceLinks) -> list[ClausePart]:
    """Return the clauses to act on first, then the others by their kind: each once."""
    shown = fulfilment.findings if wanted is None else fulfilment.in_state(wanted)
    first = [] if wanted else fulfilment.in_state(*SHOWN_FIRST)
    parts = (
        [ClausePart(_("Not fulfilled: begin here"), [ClauseRow(one, links) for one in first])]
        if first
        else []
    )
    for kind, heading in HEADINGS.items():
        of_kind = [one for one in shown if one.clause.kind == kind and one not in first]
        rows = [ClauseRow(one, links) for one in of_kind]
        if rows:
            told = "" if wanted else _fulfilled(fulfilment, kind)
            parts.append(ClausePart(str(heading), rows, told))
    return parts


def _fulfilled(fulfilment: Fulfilment, kind: str) -> str:
    of_kind = [one for one in fulfilment.findings if one.clause.kind == kind]
    number = sum(one.state == State.FULFILLED for one in of_kind)
    return _("%(number)s of %(total)s") % {"number": number, "total": len(of_kind)}


HEADINGS = {
    Clause.Kind.MEMBER: gettext_lazy("Members"),
    Clause.Kind.RESPONSIBILITY: gettext_lazy("Responsibilities"),
    Clause.Kind.TASK: gettext_lazy("Tasks of the committee"),
    Clause.Kind.MEETING: gettext_lazy("Meetings"),
    Clause.Kind.AGENDA: gettext_lazy("Agenda"),
    Clause.Kind.OTHER: gettext_lazy("Other"),
}


def _days(on: date) -> list[tuple[str, date]]:
    """Return days that are often asked for: a quarter and a year before, and today."""
    today = timezone.localdate()
    days = [
        (_("Today"), today),
        (_("Three months ago"), add_months(today, -3)),
        (_("A year ago"), add_months(today, -12)),
        (_("Two years ago"), add_months(today, -24)),
    ]
    return [(label, day) for label, day in days if day != on]


MOST = 3  # clauses that are named


@require_GET
def compliance_today(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how many clauses are fulfilled and which are not: the overview loads it separately."""
    committee, today = followed(request, pk).committee, timezone.localdate()
    fulfilment = shown_on(committee, today, today).fulfilment
    unmet = fulfilment.in_state(State.NOT_FULFILLED)
    rows = [ClauseRow(one) for one in fulfilment.findings]
    context = {
        "committee": committee,
        "short": "short" in request.GET,
        "fulfilled": fulfilment.counts[State.FULFILLED],
        "rows": rows,
        "strip": Strip([one.tone for one in rows]),
        "unmet": [ClauseRow(one) for one in unmet[:MOST]],
        "more": max(len(unmet) - MOST, 0),
    }
    return page(request, "compliance/today.html", context)
