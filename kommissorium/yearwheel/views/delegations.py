"""Ask somebody to do an occurrence, and answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.forms import let_add
from kommissorium.yearwheel.actions import accept_delegation, delegate, hand_back, take_back
from kommissorium.yearwheel.actions.text_checks import ended_already
from kommissorium.yearwheel.forms import BecauseForm, DelegationForm
from kommissorium.yearwheel.models import Delegation, Occurrence
from kommissorium.yearwheel.views import crumbs, occurrence_for


@require_http_methods(["GET", "POST"])
def delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to do it."""
    found, person = occurrence_for(request, pk), person_of(request)
    if not found.can_be_arranged_by(person):
        raise PermissionDenied
    if request.method == "GET" and not found.is_open:
        raise Refused(ended_already(found))
    form = let_add(DelegationForm(typed(request)), person)
    if attempt(form, lambda: delegate(found, by=person, **form.cleaned_data)):
        to = form.cleaned_data["to"]
        messages.success(request, _("%(name)s is asked.") % {"name": to.name})
        if not to.has_login:
            text = _("%(name)s cannot sign in and answer. Tell them yourself.")
            messages.warning(request, text % {"name": to.name})
        return redirect(found)
    return form_page(
        request,
        form,
        title=_("Let somebody else do it"),
        lead=found.title,
        submit_label=_("Ask"),
        sends_mail=True,
        cancel_url=found.get_absolute_url(),
        breadcrumbs=crumbs(found.duty.committee, found, _("Let somebody else do it")),
    )


@require_POST
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes."""
    found = _delegation(request, pk)
    accept_delegation(found, by=person_of(request))
    messages.success(request, _("It is with you now."))
    return redirect(found.occurrence)


@require_http_methods(["GET", "POST"])
def handing_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, or hand back what was accepted, with a reason."""
    found, person = _delegation(request, pk), person_of(request)
    if not found.can_be_answered_by(person):
        raise PermissionDenied
    if request.method == "GET" and found.ended_at:
        raise Refused(_("The request has been answered or taken back meanwhile."))
    form = BecauseForm(typed(request))
    if attempt(form, lambda: hand_back(found, by=person, because=form.cleaned_data["because"])):
        messages.success(request, _("It is handed back."))
        still = Occurrence.objects.visible_to(person).filter(pk=found.occurrence_id).exists()
        return redirect(found.occurrence if still else "yearwheel")
    occurrence = found.occurrence
    return form_page(
        request,
        form,
        title=_("Hand it back"),
        lead=occurrence.title,
        submit_label=_("Hand it back"),
        cancel_url=occurrence.get_absolute_url(),
        breadcrumbs=crumbs(occurrence.duty.committee, occurrence, _("Hand it back")),
    )


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back from whoever was asked."""
    found = _delegation(request, pk)
    take_back(found, by=person_of(request))
    messages.success(request, _("It is withdrawn."))
    return redirect(found.occurrence)


def _delegation(request: HttpRequest, pk: int) -> Delegation:
    visible = Occurrence.objects.visible_to(person_of(request)).values("pk")
    rows = Delegation.objects.filter(occurrence__in=visible)
    return get_object_or_404(
        rows.select_related("occurrence__duty__committee", "to_person", "from_person"), pk=pk
    )
