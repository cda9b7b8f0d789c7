"""The committee of a page, and the rights of the person there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.ui.navigation import Crumb


@dataclass(frozen=True)
class Followed:
    """A committee, and whether the person prepares its meetings and sees closed items."""

    committee: Committee
    person: Person
    may_prepare: bool
    sees_closed: bool


def followed(request: HttpRequest, pk: int) -> Followed:
    """Return the committee; one query. Raises Http404 for one the person does not follow."""
    person = person_of(request)
    rows: Any = Committee.objects.visible_to(person).annotate(
        may_prepare=Exists(Committee.objects.prepared_by(person).filter(pk=OuterRef("pk"))),
        sees_closed=Exists(Committee.objects.seated(person).filter(pk=OuterRef("pk"))),
    )
    found = get_object_or_404(rows, pk=pk)
    return Followed(found, person, found.may_prepare, found.sees_closed)


def crumbs(committee: Committee) -> list[Crumb]:
    """Return the breadcrumbs to the committee."""
    return [
        Crumb(_("Committees and mandates"), reverse("committees")),
        Crumb(committee.name, committee.get_absolute_url()),
    ]
