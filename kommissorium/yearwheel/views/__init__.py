"""Pages of the year wheel, and helpers that several of them need."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.ui.navigation import Crumb
from kommissorium.yearwheel.models import Duty, Occurrence


def wheel_committee(request: HttpRequest, pk: int) -> Any:
    """Return a committee whose wheel concerns the person, with `follows`. Raises Http404."""
    return get_object_or_404(wheels_of(person_of(request)), pk=pk)


def wheels_of(person: Person) -> QuerySet[Committee]:
    """Return the committees `person` follows, with `follows`, and those they do something for."""
    followed = Committee.objects.visible_to(person)
    answered = Duty.objects.visible_to(person).values("committee")
    handed = Occurrence.objects.filter(delegate=person).values("duty__committee")
    return Committee.objects.annotate(follows=Exists(followed.filter(pk=OuterRef("pk")))).filter(
        Q(follows=True) | Q(pk__in=answered) | Q(pk__in=handed)
    )


def kept_committee(request: HttpRequest, pk: int) -> Committee:
    """Return a committee whose duties the person keeps. Raises Http404 or PermissionDenied."""
    person = person_of(request)
    committee: Committee = get_object_or_404(Committee.objects.visible_to(person), pk=pk)
    if not Duty.can_be_added_by(person, committee):
        raise PermissionDenied
    return committee


def duty_for(request: HttpRequest, pk: int) -> Duty:
    """Return a duty the person may read. Raises Http404."""
    visible = Duty.objects.visible_to(person_of(request))
    rows = visible.select_related("committee", "responsible_person", "responsible_seat")
    return get_object_or_404(rows.prefetch_related("cadences", "tags"), pk=pk)


def kept_duty(request: HttpRequest, pk: int) -> Duty:
    """Return a duty the person may change. Raises Http404 or PermissionDenied."""
    duty = duty_for(request, pk)
    if not duty.can_be_kept_by(person_of(request)):
        raise PermissionDenied
    return duty


def occurrence_for(request: HttpRequest, pk: int) -> Occurrence:
    """Return an occurrence the person may read. Raises Http404."""
    rows = Occurrence.objects.visible_to(person_of(request)).select_related(
        "duty__committee",
        "duty__responsible_person",
        "duty__responsible_seat",
        "meeting__committee",
        "ended_by",
        "responsible_then",
        "delegate",
    )
    return get_object_or_404(rows, pk=pk)


def year_url(committee: Committee, day: date | None = None) -> str:
    """Return where the wheel of the year of the day is."""
    year = (day or timezone.localdate()).year
    return reverse("wheel_year", args=[committee.pk, year])


def crumbs(*steps: Committee | Duty | Occurrence | str) -> list[Crumb]:
    """Return the path to a page: the year wheel, then each step, the page itself last."""
    path = [Crumb(_("Year wheel"), reverse("yearwheel"))]
    for step in steps:
        match step:
            case Committee():
                path.append(Crumb(step.name, year_url(step)))
            case Duty() | Occurrence():
                path.append(Crumb(step.title, step.get_absolute_url()))
            case _:
                path.append(Crumb(step))
    return path
