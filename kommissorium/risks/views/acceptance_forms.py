"""Propose acceptances, answer them, withdraw and replace them."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.localised import kroner
from kommissorium.registers.forms.rows import BecauseForm
from kommissorium.risks.acceptance_risks import (
    Offer,
    beside,
    in_place_of,
    matrix_then,
    most_pressing,
    risks_then,
    rows_of,
)
from kommissorium.risks.actions.acceptance_rules import MOST_YEARS, refuse_answered
from kommissorium.risks.actions.acceptances import (
    accept,
    propose_acceptance,
    refuse,
    withdraw_acceptance,
)
from kommissorium.risks.asking import SCENARIOS, risk_reader_of
from kommissorium.risks.authority import (
    heads_of,
    limits_by_capacity,
    may_answer,
    may_withdraw,
    risks_of,
)
from kommissorium.risks.forms.acceptances import AcceptanceForm, AnswerForm
from kommissorium.risks.levels import levels_on, term_end
from kommissorium.risks.models import Acceptance, Capacity, Scenario
from kommissorium.risks.models.plans import plan_can_be_kept_by
from kommissorium.risks.views.acceptances import ACCEPTANCES, proposes_any


@require_http_methods(["GET", "POST"])
def acceptance_new(request: HttpRequest) -> HttpResponse:
    """Propose to accept risks: ?risk= and the others of its assessment, or those above the level."""
    person = risk_reader_of(request)
    key = request.GET.get("risk", "")
    first = SCENARIOS.get(request, int(key)) if key.isascii() and key.isdecimal() else None
    if first is not None and not plan_can_be_kept_by(first, person):
        raise PermissionDenied
    if not proposes_any(person):
        raise PermissionDenied
    offer = beside(person, first) if first else most_pressing(person)
    if not offer.all and not offer.sentence:
        raise Refused(_("There is no risk that you can propose to accept."))
    cancel = first.get_absolute_url() if first else reverse("acceptances")
    return _proposing(request, offer, cancel)


@require_http_methods(["GET", "POST"])
def acceptance_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose an acceptance that takes the place of one when it is accepted."""
    replaced, person = ACCEPTANCES.get(request, pk), person_of(request)
    if not replaced.is_standing:
        raise Refused(_("Only an acceptance that was given and has not been ended is replaced."))
    offer = in_place_of(replaced)
    if not all(plan_can_be_kept_by(one, person) for one in offer.all or risks_of(replaced)):
        raise PermissionDenied
    if not offer.all:
        raise Refused(_("The risks are not there any more. Withdraw the acceptance."))
    return _proposing(request, offer, replaced.get_absolute_url(), replaced)


@require_http_methods(["GET", "POST"])
def acceptance_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes or no to what was proposed."""
    found, person = ACCEPTANCES.get(request, pk), person_of(request)
    refuse_answered(found)
    if not may_answer(found, person):
        raise PermissionDenied
    form = AnswerForm(typed(request), capacity=found.capacity)
    rows, levels = rows_of(found), levels_on(timezone.localdate())
    return edit_page(
        request,
        form,
        lambda: _answer(found, form, person),
        done=lambda _none: (
            _("The risk is accepted.") if form.accepts else _("The risk is not accepted.")
        ),
        after=found,
        template="risks/acceptance_answer.html",
        acceptance=found,
        risks=risks_then(rows, person, levels),
        matrix=matrix_then(found, rows, levels),
        cancel_url=found.get_absolute_url(),
        breadcrumbs=ACCEPTANCES.path(*ACCEPTANCES.steps(found), _("Answer")),
    )


@require_http_methods(["GET", "POST"])
def acceptance_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End an acceptance, or take back what is proposed."""
    found, person = ACCEPTANCES.get(request, pk), person_of(request)
    if found.ended_at is not None or found.state == Acceptance.State.REFUSED:
        raise Refused(_("It has been done already."))
    if not may_withdraw(found, person):
        raise PermissionDenied
    form = BecauseForm(typed(request))
    title = _("Withdraw the proposal") if found.is_unanswered else _("Withdraw the acceptance")
    return edit_page(
        request,
        form,
        lambda: withdraw_acceptance(found, by=person, **form.cleaned_data),
        done=_("It is withdrawn. The risk counts as not accepted."),
        lead=_lead_of_withdrawing(found),
        submit_label=_("Take it back"),
        **ACCEPTANCES.frame(found, title),
    )


def _proposing(
    request: HttpRequest,
    offer: Offer,
    cancel_url: str,
    replaces: Acceptance | None = None,
) -> HttpResponse:
    person, this_year = person_of(request), timezone.localdate().year
    form = AcceptanceForm(
        typed(request),
        offer=offer,
        years=range(this_year, this_year + MOST_YEARS + 1),
        capacities=_capacities(offer.front or offer.rest),
        until=term_end(offer.front or offer.rest),
        replaces=replaces,
    )
    title = _("Propose to accept risks")
    return edit_page(
        request,
        form,
        lambda: propose_acceptance(
            form.cleaned_data["risks"], by=person, replaces=replaces, **form.terms()
        ),
        done=_("It is proposed. It counts when it has been accepted."),
        template="risks/acceptance_form.html",
        title=title,
        lead=_("Somebody else must accept it. Until then the risk counts as not accepted."),
        submit_label=_("Propose it"),
        cancel_url=cancel_url,
        breadcrumbs=ACCEPTANCES.path(*(ACCEPTANCES.steps(replaces) if replaces else ()), title),
    )


def _capacities(risks: Sequence[Scenario]) -> list[tuple[str, str]]:
    """Return who can be asked: the capacity, who has it where that is one person, and its limit."""
    limits = limits_by_capacity()
    heads, owners = heads_of(risks), {one.owner for one in risks}
    people = {one.pk: one for one in Person.objects.filter(pk__in=heads - {None})}
    named: dict[str, Person | None] = {
        Capacity.OWNER: next(iter(owners)) if len(owners) == 1 else None,
        Capacity.HEAD: people.get(next(iter(heads)) or 0) if len(heads) == 1 else None,
    }
    labels = []
    for one in Capacity:
        who, limit = named.get(one), limits.get(one)
        parts = [f"{one.label} ({who.name})" if who else str(one.label)]
        most = _("%(most)s at most") % {"most": kroner(limit.per_risk)} if limit else ""
        parts.append(most or _("may accept nothing: no limit has been laid down"))
        if one == Capacity.COMMITTEE:
            parts.append(_("at its next meeting"))
        if one == Capacity.CHAIR:
            parts.append(_("by a decision between meetings"))
        labels.append((one.value, ", ".join(parts)))
    return labels


def _answer(found: Acceptance, form: AnswerForm, by: Person) -> None:
    word = form.cleaned_data["word"]
    try:
        if form.accepts:
            accept(found, by=by, word=word)
        else:
            refuse(found, by=by, because=word)
    except Refused as refused:
        if "because" in refused.errors:
            raise Refused(word=refused.errors["because"]) from None
        raise


def _lead_of_withdrawing(found: Acceptance) -> str:
    if found.is_unanswered:
        return _("Nobody is asked to accept it any more. What was proposed can still be read.")
    return _("The risk counts as not accepted from now on. What was accepted can still be read.")
