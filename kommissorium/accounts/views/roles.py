"""Give and end roles in the whole municipality."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.actions import end_role, give_or_ask
from kommissorium.accounts.forms import RoleEndForm, RoleForm
from kommissorium.accounts.models import OrganisationRole, RoleNomination
from kommissorium.accounts.signed_in import step_up
from kommissorium.accounts.views.common import keeper, path_to, visible_person
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.responses import invalid, page


@require_http_methods(["GET", "HEAD", "POST"])
def person_role_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the person a role. 404 to those who keep no people, before anything is asked."""
    keeper(request)
    visible_person(request, pk)
    return _add(request, pk)


@step_up
def _add(request: HttpRequest, pk: int) -> HttpResponse:
    by, person = keeper(request), visible_person(request, pk)
    form = RoleForm(request.POST or None, by=by)
    if form.is_valid():
        try:
            role = give_or_ask(person, by=by, **form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            names = {"name": person.name, "role": role.get_kind_display()}
            messages.success(request, _given(role) % names)
            return redirect("person", pk)
    context = {
        "form": form,
        "title": _("Give %(name)s a role") % {"name": person.name},
        "lead": _(
            "These roles hold in the whole municipality. Seats are given in the committee. "
            "Each needs a second person's yes. For a role that reads it is a coordinator's, or that "
            "of somebody who chairs a committee; for administrator it is another administrator's."
        ),
        "submit_label": _("Give the role"),
        "cancel_url": reverse("person", args=[pk]),
        "breadcrumbs": path_to(request, person, _("Give a role")),
    }
    return (invalid if form.is_bound else page)(request, "ui/form_page.html", context)


def _given(role: OrganisationRole | RoleNomination) -> str:
    if isinstance(role, RoleNomination):
        return _("The role waits for a second person's yes: %(name)s, %(role)s.")
    return _("%(name)s got the role: %(role)s.")


@require_http_methods(["GET", "HEAD", "POST"])
def person_role_end(request: HttpRequest, pk: int, role: int) -> HttpResponseBase:
    """Let a role of the person end. 404 to those who may not, before anything is asked."""
    _endable(request, pk, role)
    return _end(request, pk, role)


@step_up
def _end(request: HttpRequest, pk: int, role_pk: int) -> HttpResponse:
    role = _endable(request, pk, role_pk)
    names = {"name": role.person.name, "role": role.get_kind_display()}
    form = RoleEndForm(request.POST or None)
    if form.is_valid():
        try:
            end_role(role, by=keeper(request), **form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _ended(form.cleaned_data) % names)
            return redirect("person", pk)
    context = {
        "form": form,
        "title": _("End the role"),
        "text": _("%(name)s: %(role)s. The role stays in the history.") % names,
        "submit_label": _("End the role"),
        "cancel_url": reverse("person", args=[pk]),
        "breadcrumbs": path_to(request, role.person, _("End the role")),
    }
    return (invalid if form.is_bound else page)(request, "ui/confirm.html", context)


def _ended(given: dict[str, Any]) -> str:
    if given["at_once"]:
        return _("%(name)s has the role %(role)s no more.")
    until = _("%(name)s has the role %(role)s until the end of %(day)s.")
    return until.replace("%(day)s", day(given["to_date"]))


def _endable(request: HttpRequest, pk: int, role_pk: int) -> OrganisationRole:
    by, person = keeper(request), visible_person(request, pk)
    roles = OrganisationRole.objects.select_related("person")
    role = get_object_or_404(roles, pk=role_pk, person=person)
    if not OrganisationRole.can_be_given_by(by, role.kind):
        raise Http404
    if role.has_ended_by(timezone.localdate()):
        raise Http404
    return role
