"""Helpers shared by the pages of this room: who asks, refused forms, the path to a page."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import Asset, reads_whole_register
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.navigation import Crumb, HasPage, path_of
from kommissorium.meetings.models import Decision
from kommissorium.registers.views.row_pages import RowPages
from kommissorium.risks.models import Assessment, Scenario


def risks_home() -> Crumb:
    """Return the step of every path in this room: the risks."""
    return Crumb(_("Risks"), reverse("risks"))


def crumbs(*steps: Crumb | HasPage | str) -> list[Crumb]:
    """Return the path to a page: the risks, then each step, the page itself last."""
    return path_of(risks_home(), *steps)


def reads_rules(person: Person) -> bool:
    """Return whether `person` reads the scales, the threats and the level.

    Owners assess what they own, and need them for it; so do the heads of areas, who accept.
    """
    return reads_whole_register(person) or Asset.objects.visible_to(person).exists()


def assessing_reader_of(request: HttpRequest) -> Person:
    """Return who asks, of those who read the rules of risk work. Raises Http404 for others."""
    person = person_of(request)
    if not reads_rules(person):
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


def assessments_home() -> Crumb:
    return Crumb(_("Risk assessments"), reverse("assessments"))


def _assessments(person: Person) -> QuerySet[Assessment]:
    return Assessment.objects.visible_to(person).select_related(*RELATED)


def _scenarios(person: Person) -> QuerySet[Scenario]:
    related = ("owner", "threat", *(f"assessment__{name}" for name in RELATED))
    return Scenario.objects.visible_to(person).select_related(*related)


ASSESSMENTS = RowPages(assessments_home, _assessments, above=(risks_home,))
SCENARIOS = RowPages(
    assessments_home, _scenarios, above=(risks_home,), steps=lambda one: (one.assessment, one)
)


def draft_for(request: HttpRequest, pk: int) -> Assessment:
    """Return a draft the person may write in.

    Raises Http404, PermissionDenied, and Refused for one that is no draft any more.
    """
    found, person = ASSESSMENTS.get(request, pk), person_of(request)
    _refuse_closed(found, person)
    return found


def drafted_scenario(request: HttpRequest, pk: int) -> Scenario:
    """Return a risk the person may write in. Raises as draft_for."""
    found = SCENARIOS.get(request, pk)
    _refuse_closed(found.assessment, person_of(request))
    return found


def begins_any(person: Person) -> bool:
    """Return whether `person` may begin an assessment of something."""
    if Assessment.can_be_made_by(person):
        return True
    return Asset.objects.in_register().owned_by(person).exists()


def _refuse_closed(assessment: Assessment, person: Person) -> None:
    if not assessment.is_written_by(person):
        raise PermissionDenied
    if assessment.is_approved:
        raise Refused(_("It is approved and does not change. Make a new one from it."))
    if not assessment.is_draft:
        raise Refused(_("It is no longer a draft."))
