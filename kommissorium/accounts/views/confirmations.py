"""Confirm who somebody is, whom another has added or invited lately; ask others to do so."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.actions import ask_for_confirmation, confirm_person
from kommissorium.accounts.models import Person, can_be_confirmed_by
from kommissorium.accounts.models.second_person import leads_something, makings
from kommissorium.accounts.signed_in import person_of, step_up
from kommissorium.accounts.views.common import keeper, path_to, visible_person
from kommissorium.accounts.waiting import makings_in_words
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import confirm_page


@require_http_methods(["GET", "HEAD", "POST"])
def person_confirmation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Confirm who somebody is. 404 to those whose word does not count."""
    by, person = person_of(request), get_object_or_404(Person, pk=pk)
    if not leads_something(by):
        raise Http404
    if not makings([person.pk]):  # the mail led here, and somebody was faster
        messages.info(request, _("Nothing waits for that. It was confirmed, or the time is over."))
        return redirect("overview")
    if not can_be_confirmed_by(person, by):
        raise Http404
    return _confirm(request, person)


@step_up
def _confirm(request: HttpRequest, person: Person) -> HttpResponse:
    by, names = person_of(request), {"name": person.name, "email": person.email or _("none")}
    sees = Person.objects.visible_to(by).filter(pk=person.pk).exists()
    back = reverse("person", args=[person.pk]) if sees else reverse("overview")
    return confirm_page(
        request,
        lambda: confirm_person(person, by=by),
        done=_("It is noted that you know who %(name)s is.") % names,
        after=lambda _done: back,
        danger=False,
        title=_("Confirm who %(name)s is") % names,
        lines=makings_in_words(person),
        text=_(
            "Confirm it only when you know %(name)s, or have met or called the person: a real person "
            "who alone reads the mailbox. E-mail: %(email)s."
        )
        % names,
        submit_label=_("I confirm who this is"),
        cancel_url=back,
        breadcrumbs=path_to(request, person, _("Confirm")) if sees else [],
    )


@require_POST
def person_confirmation_asked(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask those who may to confirm who somebody is."""
    by, person = keeper(request), visible_person(request, pk)
    try:
        ask_for_confirmation(person, by=by)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("Those who can confirm who %(name)s is get a mail.") % {"name": person.name}
        )
    return redirect("person", pk)
