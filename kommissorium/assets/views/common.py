"""Helpers of this room's pages: fetch through the person, save, and name the person."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import Asset, reads_whole_register
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.navigation import Crumb, HasPage, path_of


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


def reader_of_all(request: HttpRequest) -> Person:
    """Return the person, if they read the whole register. Raises Http404 for others."""
    person = person_of(request)
    if not reads_whole_register(person):
        raise Http404
    return person


def coordinator_of(request: HttpRequest) -> Person:
    """Return the person, for pages that only coordinators may see. Raises Http404."""
    person = person_of(request)
    if not person.is_coordinator:
        raise Http404
    return person


def crumbs(*steps: Crumb | HasPage | str) -> list[Crumb]:
    """Return the path to a page: the registers, then each step, the page itself last."""
    return path_of(Crumb(_("Registers"), reverse("assets")), *steps)
