"""Helpers of this room's pages: fetch through the person, save, and name the person."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import Asset, reads_whole_register
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.navigation import Crumb
from kommissorium.registers.views.row_pages import RowPages


def home() -> Crumb:
    """Return the step of every path in this room: the registers."""
    return Crumb(_("Registers"), reverse("assets"))


def _assets(person: Person) -> QuerySet[Asset]:
    found = Asset.objects.visible_to(person).asked_for_by(person)
    return found.select_related("area__head", "supplier")


ASSETS = RowPages(home, _assets)
crumbs = ASSETS.path


def changed_asset(request: HttpRequest, pk: int) -> Asset:
    """Return an asset the person may change.

    Raises Http404, PermissionDenied, and Refused for one that has left the register.
    """
    asset = ASSETS.get(request, pk)
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
