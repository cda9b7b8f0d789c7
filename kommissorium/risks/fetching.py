"""Helpers shared by the pages of assessments: fetching through the person, and paths."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import Asset, reads_whole_register
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.navigation import Crumb, HasPage
from kommissorium.risks.asking import crumbs as risk_crumbs
from kommissorium.risks.models import Assessment, Scenario

RELATED = ("scale", "area", "assessor", "committee", "decision", "previous__scale")


def reads_risks(person: Person) -> bool:
    """Return whether `person` has anything to do with risks: the pages are there for them."""
    if reads_whole_register(person):
        return True
    own = Q(ownerships__to_date=None, ownerships__isnull=False) | Q(headed_areas__isnull=False)
    involved = own | Q(assessments__isnull=False) | Q(owned_risks__isnull=False)
    found: bool = Person.objects.filter(involved, pk=person.pk).exists()
    return found


def risk_reader_of(request: HttpRequest) -> Person:
    """Return who asks, for pages that exist only for readers of risks. Raises Http404."""
    person = person_of(request)
    if not reads_risks(person):
        raise Http404
    return person


def assessment_for(request: HttpRequest, pk: int) -> Assessment:
    """Return an assessment the person may read. Raises Http404."""
    rows = Assessment.objects.visible_to(person_of(request)).select_related(*RELATED)
    found: Assessment = get_object_or_404(rows, pk=pk)
    return found


def draft_for(request: HttpRequest, pk: int) -> Assessment:
    """Return a draft the person may write in.

    Raises Http404, PermissionDenied, and Refused for one that is no draft any more.
    """
    found, person = assessment_for(request, pk), person_of(request)
    _refuse_closed(found, person)
    return found


def scenario_for(request: HttpRequest, pk: int) -> Scenario:
    """Return a risk the person may read, with its assessment. Raises Http404."""
    rows = Scenario.objects.visible_to(person_of(request))
    related = ("owner", "threat", *(f"assessment__{name}" for name in RELATED))
    found: Scenario = get_object_or_404(rows.select_related(*related), pk=pk)
    return found


def drafted_scenario(request: HttpRequest, pk: int) -> Scenario:
    """Return a risk the person may write in. Raises as draft_for."""
    found = scenario_for(request, pk)
    _refuse_closed(found.assessment, person_of(request))
    return found


def begins_any(person: Person) -> bool:
    """Return whether `person` may begin an assessment of something."""
    if Assessment.can_be_made_by(person):
        return True
    return Asset.objects.in_register().owned_by(person).exists()


def crumbs(*steps: Crumb | HasPage | str) -> list[Crumb]:
    """Return the path to a page: the assessments, then each step, the page itself last."""
    return risk_crumbs(Crumb(_("Risk assessments"), reverse("assessments")), *steps)


def _refuse_closed(assessment: Assessment, person: Person) -> None:
    if not assessment.is_written_by(person):
        raise PermissionDenied
    if assessment.is_approved:
        raise Refused(_("It is approved and does not change. Make a new one from it."))
    if not assessment.is_draft:
        raise Refused(_("It is no longer a draft."))
