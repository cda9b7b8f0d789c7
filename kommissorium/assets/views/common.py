"""What the pages of this room share: fetch through the person, save, say who asks."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.requests import person_of
from kommissorium.assets.models import Asset
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page


def asset_for(request: HttpRequest, pk: int) -> Asset:
    """Return an asset the person may read, with area and supplier. Raises Http404."""
    person = person_of(request)
    rows = Asset.objects.visible_to(person).asked_for_by(person)
    found: Asset = get_object_or_404(rows.select_related("area__head", "supplier"), pk=pk)
    return found


def changed_asset(request: HttpRequest, pk: int) -> Asset:
    """Return an asset the person may change.

    Raises Http404, PermissionDenied, and Refused for one that has left the register.
    """
    asset = asset_for(request, pk)
    if asset.is_over:
        raise Refused(_("It has been taken out of the register and cannot be changed."))
    if not asset.can_be_changed_by(person_of(request)):
        raise PermissionDenied
    return asset


def coordinator_of(request: HttpRequest) -> Person:
    """Return who asks, for pages that only coordinators know of. Raises Http404."""
    person = person_of(request)
    if not person.is_coordinator:
        raise Http404
    return person


def attempt[T](form: forms.Form, save: Callable[[], T]) -> T | None:
    """Return what a valid form saved; None when it is not valid or the action refused.

    The refusal stands beside its field then.
    """
    if not form.is_valid():
        return None
    try:
        return save()
    except Refused as refused:
        add_refusal(form, refused)
        return None


def typed(request: HttpRequest) -> QueryDict | None:
    """Return what was posted; None where the form is only asked for."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest, form: forms.Form, template: str = "ui/form_page.html", **context: object
) -> HttpResponse:
    """Return the page of one form: as asked for, or (400) with what must be put right."""
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return page(request, template, {"form": form, **context}, status=status)


def crumbs(*steps: Asset | Crumb | str) -> list[Crumb]:
    """Return the path to a page: the registers, then each step, the page itself last."""
    path = [Crumb(_("Registers"), reverse("assets"))]
    for step in steps:
        match step:
            case Asset():
                path.append(Crumb(step.name, step.get_absolute_url()))
            case Crumb():
                path.append(step)
            case _:
                path.append(Crumb(step))
    return path
