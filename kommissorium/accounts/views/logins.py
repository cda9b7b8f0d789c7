"""Invite a person, who chooses a password; close and reopen a login, remove a lost second step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.actions import (
    accept_invitation,
    close_login,
    invite,
    reopen_login,
    reset_second_step,
    show_invitation,
)
from kommissorium.accounts.forms import NewPasswordForm
from kommissorium.accounts.links import invited, was_shown
from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import other_way_refused, person_of, step_up
from kommissorium.accounts.views.common import path_to, visible_person
from kommissorium.core.mail.set_up import mail_is_set_up
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import PlainForm, add_refusal
from kommissorium.core.ui.responses import invalid, page


@require_POST
def person_invitation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the person a mail with a link to choose a password."""
    _kept(request, pk)
    return _invite(request, pk)


@step_up
def _invite(request: HttpRequest, pk: int) -> HttpResponse:
    person = _kept(request, pk)
    try:
        invite(person, by=person_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _on_its_way() % {"email": person.email})
    return redirect("person", pk)


def _on_its_way() -> str:
    if mail_is_set_up():
        return _("The invitation goes to %(email)s within a minute.")
    return _("%(email)s is invited. The mail waits until mail is set up.")


@require_POST
def person_invitation_link(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the link of an invitation once, to be handed over by whoever invites."""
    _kept(request, pk)
    return _show_link(request, pk)


@step_up
def _show_link(request: HttpRequest, pk: int) -> HttpResponse:
    person = _kept(request, pk)
    try:
        link = show_invitation(person, by=person_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("person", pk)
    crumbs = path_to(request, person, _("The link of the invitation"))
    context = {"shown": person, "link": link, "breadcrumbs": crumbs}
    return page(request, "accounts/invitation_link.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_closure(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Close the login after one question."""
    _kept(request, pk)
    return _close(request, pk)


@step_up
def _close(request: HttpRequest, pk: int) -> HttpResponse:
    person = _kept(request, pk)
    names = {"name": person.name}
    context = {
        "title": _("Close the login"),
        "text": _(
            "%(name)s is signed out at once and cannot sign in again. Roles, seats and history "
            "stay as they are. You can reopen the login."
        )
        % names,
        "submit_label": _("Close the login"),
        "danger": True,
    }
    done = _("The login of %(name)s is closed.") % names
    return _confirmed(request, person, close_login, context, done)


@require_http_methods(["GET", "HEAD", "POST"])
def person_reopening(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Reopen the login after one question."""
    _kept(request, pk)
    return _reopen(request, pk)


@step_up
def _reopen(request: HttpRequest, pk: int) -> HttpResponse:
    person = _kept(request, pk)
    names = {"name": person.name}
    context = {
        "title": _("Reopen the login"),
        "text": _(
            "%(name)s can sign in again with the old password; anybody who has none must "
            "be invited. Old sessions, links and calendar addresses stay closed."
        )
        % names,
        "submit_label": _("Reopen the login"),
    }
    done = _("%(name)s can sign in again.") % names
    return _confirmed(request, person, reopen_login, context, done)


@require_http_methods(["GET", "HEAD", "POST"])
def person_second_step_reset(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Remove a lost second step. 404 to those who may not, before anything is asked."""
    _resettable(request, pk)
    return _reset(request, pk)


@step_up
def _reset(request: HttpRequest, pk: int) -> HttpResponse:
    person = _resettable(request, pk)
    names = {"name": person.name}
    context = {
        "title": _("Remove the second step"),
        "text": _(
            "Do this only when you are sure who asks: call %(name)s or meet in person. "
            "Authenticator app, passkeys and recovery codes are removed. %(name)s gets a mail "
            "and adds a new second step at the next sign-in."
        )
        % names,
        "submit_label": _("Remove the second step"),
        "sends_mail": True,
        "danger": True,
    }
    done = _("The second step of %(name)s was removed.") % names
    return _confirmed(request, person, reset_second_step, context, done)


class ConfirmForm(PlainForm):
    """Nothing to fill in: carries the reason when the act is refused."""


def _confirmed(
    request: HttpRequest,
    person: Person,
    act: Callable[..., None],
    context: Mapping[str, object],
    done: str,
) -> HttpResponse:
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    back = reverse("person", args=[person.pk])
    if form.is_valid():
        try:
            act(person, by=person_of(request))
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, done)
            return redirect(back)
    crumbs = path_to(request, person, str(context["title"]))
    context = {**context, "form": form, "cancel_url": back, "breadcrumbs": crumbs}
    return (invalid if form.is_bound else page)(request, "ui/confirm.html", context)


def _kept(request: HttpRequest, pk: int) -> Person:
    person = visible_person(request, pk)
    if not person.sign_in_can_be_kept_by(person_of(request)):
        raise Http404
    return person


def _resettable(request: HttpRequest, pk: int) -> Person:
    person = visible_person(request, pk)
    if not person.second_step_can_be_reset_by(person_of(request)):
        raise Http404
    return person


# Stands in the address in place of the key, so that it never reaches a log or a next page.
CHOOSE = "choose"
SESSION_KEY = "invitation_key"


@sensitive_post_parameters("password", "repeated")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Take the key out of the address, then ask for the password."""
    if token != CHOOSE:
        return _take_key(request, uid, token)
    key = request.session.get(SESSION_KEY, "")
    person = invited(uid, key)
    if person is None:
        return _too_late(request)
    if person.signs_in_there_alone:
        messages.info(request, other_way_refused())
        return redirect("account_login")
    form = NewPasswordForm(request.POST or None, person=person)
    context = {"form": form, "invited": person}
    if not form.is_valid():
        return (invalid if form.is_bound else page)(request, "accounts/invitation.html", context)
    by_mail = not was_shown(person, key)
    accept_invitation(person, password=form.cleaned_data["password"], by_mail=by_mail)
    del request.session[SESSION_KEY]
    # Who has just chosen a password need not type it again to add a second step.
    record_authentication(request, person, method="password", reauthenticated=True)
    signed_in: HttpResponse = perform_login(request, Login(user=person))
    return signed_in


def _take_key(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    person = invited(uid, token)
    if person is None:
        return _too_late(request)
    if request.user.is_authenticated:
        logout(request)
    request.session[SESSION_KEY] = token
    return redirect("invitation", uid, CHOOSE)


def _too_late(request: HttpRequest) -> HttpResponse:
    return page(request, "accounts/invitation_gone.html", status=HTTPStatus.GONE)
