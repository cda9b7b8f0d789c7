"""Helpers shared by the pages of this room: who asks, refused forms, the path to a page."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import Asset, reads_whole_register
from kommissorium.core.ui.navigation import Crumb, HasPage, path_of
from kommissorium.meetings.models import Decision


def assessing_reader_of(request: HttpRequest) -> Person:
    """Return who asks, of those who read some of the registers. Raises Http404 for others.

    Owners assess what they own, and need the scales, the threats and the level for it; so do
    the heads of areas, who accept.
    """
    person = person_of(request)
    if not reads_whole_register(person) and not Asset.objects.visible_to(person).exists():
        raise Http404
    return person


def keeper_of(request: HttpRequest) -> Person:
    """Return who asks and keeps the scales, threats, levels and limits.

    Raises Http404 for whoever may not even read them, PermissionDenied for other readers.
    """
    person = assessing_reader_of(request)
    if not person.is_coordinator:
        raise PermissionDenied
    return person


def decision_for(person: Person, key: int | None) -> Decision | None:
    """Return the decision of that key, if there is one and `person` may read it."""
    return Decision.objects.visible_to(person).filter(pk=key).first() if key else None


def crumbs(*steps: Crumb | HasPage | str) -> list[Crumb]:
    """Return the path to a page: the risks, then each step, the page itself last."""
    return path_of(Crumb(_("Risks"), reverse("risks")), *steps)
