"""Helpers of this room's pages: the person or 404, and breadcrumbs."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.navigation import Crumb


def keeper(request: HttpRequest) -> Person:
    """Return the person signed in, if they keep people. Raises Http404 for others."""
    person = person_of(request)
    if not Person.can_be_kept_by(person):
        raise Http404
    return person


def visible_person(request: HttpRequest, pk: int) -> Person:
    """Return a person whose card may be opened. Raises Http404 otherwise."""
    person: Person = get_object_or_404(Person.objects.visible_to(person_of(request)), pk=pk)
    return person


def path_to(request: HttpRequest, person: Person | None = None, last: str = "") -> list[Crumb]:
    """Return the way from the list of people to a page about one of them."""
    crumbs = []
    if Person.can_be_listed_by(person_of(request)):
        crumbs.append(Crumb(_("People"), reverse("people")))
    if person:
        crumbs.append(Crumb(person.name, reverse("person", args=[person.pk])))
    return [*crumbs, Crumb(last)] if last else crumbs
