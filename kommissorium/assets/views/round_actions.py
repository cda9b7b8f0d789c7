"""The coordinator's acts in a round: ask again, act on answers, change it and close it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.actions.attestation.round import (
    ask_newcomers,
    change_round,
    close_round,
    remind,
    settle,
    why_not,
)
from kommissorium.assets.attestation.rounds import owners_in, wishes_of
from kommissorium.assets.forms.owners import CloseForm, RoundChangeForm, SettleForm
from kommissorium.assets.models import Asked, Role, Round, Statement
from kommissorium.assets.views.common import reader_of_all
from kommissorium.assets.views.rounds import path_to, round_for
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import edit_page, typed

MOST_DIGITS = 18


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an open round another title or day."""
    found, person = _run(request, pk), person_of(request)
    start = {"title": found.title, "due": found.due, "edit_version": found.edit_version}
    form, title = RoundChangeForm(typed(request), initial=start), _("Title and day")
    return edit_page(
        request,
        form,
        lambda: change_round(found, by=person, **form.cleaned_data),
        done=_("It is changed."),
        after=found,
        title=title,
        cancel_url=found.get_absolute_url(),
        breadcrumbs=path_to(found, title),
    )


@require_POST
def newcomers(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask about the roles that were given since the round was opened."""
    found = _run(request, pk)
    number = ask_newcomers(found, by=person_of(request))
    text = ngettext("%(number)d person is asked.", "%(number)d people are asked.", number)
    messages.success(request, text % {"number": number})
    return redirect(found)


@require_POST
def reminder(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one more mail to those who have not answered, or to the person named."""
    found = _run(request, pk)
    named = request.POST.get("asked", "")
    only = None
    if named:
        if not named.isdecimal() or len(named) > MOST_DIGITS:
            raise Http404
        only = get_object_or_404(Asked, pk=int(named), round=found)
    number = remind(found, by=person_of(request), only=only)
    text = ngettext("%(number)d mail is on its way.", "%(number)d mails are on their way.", number)
    messages.success(request, text % {"number": number})
    return redirect(found)


@require_http_methods(["GET", "POST"])
def settling(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an answer that asks for something, and keep what was done about it."""
    person = reader_of_all(request)
    rows = Statement.objects.select_related("asked__round", "asked__person", "asset")
    statement = get_object_or_404(rows, pk=pk)
    if not Round.can_be_run_by(person):
        raise PermissionDenied
    found = statement.asked.round
    if request.method == "GET" and not (statement.wants_action and found.is_open):
        raise Refused(_("Nothing is to be done about this answer."))
    form = SettleForm(typed(request))
    same = Statement.objects.filter(asked=statement.asked, asset=statement.asset)
    wish = wishes_of(same.wanting().select_related("asset", "asked__person"))
    return edit_page(
        request,
        form,
        lambda: settle(statement, by=person, **form.cleaned_data),
        done=_("The answer is acted on."),
        after=found,
        template="assets/attestation/settle.html",
        statement=statement,
        wish=wish[0] if wish else None,
        roles=[(row.role, Role(row.role).label) for row in same.order_by("pk")],
        title=_("Act on an answer"),
        cancel_url=found.get_absolute_url(),
        breadcrumbs=path_to(found, _("Act on an answer")),
    )


@require_http_methods(["GET", "POST"])
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a round, or list what is to be done first."""
    found = _run(request, pk)
    form = CloseForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: close_round(found, by=person_of(request), **form.cleaned_data),
        done=_("The round is closed, and what it came to is frozen."),
        after=found,
        template="assets/attestation/close.html",
        round=found,
        reason=why_not(found),
        silent=[one for one in owners_in(found) if one.left],
        cancel_url=found.get_absolute_url(),
        breadcrumbs=path_to(found, _("Close the round")),
    )


def _run(request: HttpRequest, pk: int) -> Round:
    """Return an open round the person runs. Raises Http404, PermissionDenied or Refused."""
    found = round_for(request, pk)
    if not Round.can_be_run_by(person_of(request)):
        raise PermissionDenied
    if not found.is_open:
        raise Refused(_("It is closed, and its answers cannot be changed."))
    return found
