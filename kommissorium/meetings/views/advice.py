"""Advisers write their advice, before and at the meeting."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Conflict
from kommissorium.core.ui.form_pages import attempt
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import conflict, invalid, page
from kommissorium.meetings.actions.advice import change_advice, give_advice, withdraw_advice
from kommissorium.meetings.forms.conduct import AdviceForm
from kommissorium.meetings.models import Advice, AgendaItem
from kommissorium.meetings.views.conduct import crumbs


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Give advice on an item; whoever has given some already is sent to it."""
    person = person_of(request)
    rows = AgendaItem.objects.visible_to(person).select_related("meeting__committee", "proceedings")
    item = get_object_or_404(rows, pk=pk)
    if not item.can_be_advised_on_by(person):
        raise PermissionDenied
    mine = item.advice.filter(person=person).first()
    if mine is not None:
        return redirect("advice_edit", mine.pk)
    form = AdviceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and attempt(
        form, lambda: give_advice(item, by=person, text=form.cleaned_data["text"])
    ):
        messages.success(request, _("Your advice stands beside the item."))
        return redirect(item)
    return _page(request, form, item, _("Give advice"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one's advice otherwise."""
    advice = _mine(request, pk)
    initial = {"text": advice.text, "edit_version": advice.edit_version}
    form = AdviceForm(request.POST if request.method == "POST" else None, initial=initial)
    try:
        if form.is_bound and attempt(form, lambda: _change(advice, form, request)):
            messages.success(request, _("Your advice is saved."))
            return redirect(advice.item)
    except Conflict as theirs:
        return conflict(
            request,
            form,
            theirs,
            cancel_url=advice.item.get_absolute_url(),
            breadcrumbs=_crumbs(advice.item, _("Change your advice")),
        )
    return _page(request, form, advice.item, _("Change your advice"))


@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's advice back."""
    advice = _mine(request, pk)
    item = advice.item
    if request.method == "POST":
        withdraw_advice(advice, by=person_of(request))
        messages.success(request, _("Your advice is withdrawn."))
        return redirect(item)
    context = {
        "title": _("Withdraw your advice"),
        "text": _("The advice is taken off the item. That it was given stays in the history."),
        "submit_label": _("Withdraw the advice"),
        "cancel_url": item.get_absolute_url(),
        "danger": True,
        "breadcrumbs": _crumbs(item, _("Withdraw your advice")),
    }
    return page(request, "ui/confirm.html", context)


def _change(advice: Advice, form: AdviceForm, request: HttpRequest) -> None:
    version = form.cleaned_data["edit_version"] or 0
    text = form.cleaned_data["text"]
    change_advice(advice, by=person_of(request), text=text, edit_version=version)


def _mine(request: HttpRequest, pk: int) -> Advice:
    """Return the advice: 404 for whoever may not read its item, 403 for whoever did not give it."""
    person = person_of(request)
    rows = Advice.objects.filter(item__in=AgendaItem.objects.visible_to(person))
    joined = rows.select_related("item__meeting__committee", "item__proceedings", "person")
    advice = get_object_or_404(joined, pk=pk)
    if not advice.can_be_changed_by(person):
        raise PermissionDenied
    return advice


def _page(request: HttpRequest, form: AdviceForm, item: AgendaItem, title: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "lead": item.title,
        "submit_label": _("Save the advice"),
        "cancel_url": item.get_absolute_url(),
        "breadcrumbs": _crumbs(item, title),
    }
    return (invalid if form.is_bound else page)(request, "ui/form_page.html", context)


def _crumbs(item: AgendaItem, title: str) -> list[Crumb]:
    return [*crumbs(item.meeting), Crumb(item.title, item.get_absolute_url()), Crumb(title)]
