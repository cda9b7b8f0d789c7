"""Scope of an assessment, who answers for it, and labels of its fields and states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person, danish_order, held_on
from kommissorium.assets.models import ROLES, WANTED_ROLES, Area, Asset, Ownership
from kommissorium.risks.levels import LABELS
from kommissorium.risks.models import Assessment

Scope = Assessment.Scope


@dataclass(frozen=True)
class AssessmentScope:
    """Scope of an assessment; fields that do not apply to it are empty."""

    scope: str
    assets: Sequence[Asset] = ()
    area: Area | None = None
    process: str = ""

    @property
    def is_of_assets(self) -> bool:
        return self.scope in {Scope.ASSET, Scope.ASSETS}

    @property
    def keys(self) -> set[int]:
        return {asset.pk for asset in self.assets}

    @classmethod
    def of(cls, assessment: Assessment) -> AssessmentScope:
        """Return what an assessment is about (one query)."""
        assets = list(assessment.assets.order_by("name", "pk"))
        return cls(assessment.scope, assets, assessment.area, assessment.process)


def assessments_of(subject: AssessmentScope) -> list[Assessment]:
    """Return all assessments of the same thing, the newest first."""
    found = Assessment.objects.filter(scope=subject.scope)
    if subject.scope == Scope.AREA:
        found = found.filter(area=subject.area)
    elif subject.scope == Scope.PROCESS:
        wish = subject.process.casefold()
        return [one for one in found if one.process.casefold() == wish]
    elif subject.is_of_assets:
        first = min(subject.keys, default=0)
        near = found.filter(assets=first).prefetch_related("assets")
        return [one for one in near if {asset.pk for asset in one.assets.all()} == subject.keys]
    return list(found)


def last_in_force(subject: AssessmentScope) -> Assessment | None:
    """Return the assessment whose picture of the thing holds today."""
    holding = (one for one in assessments_of(subject) if one.is_approved and not one.in_force_to)
    return next(holding, None)


def risk_owners(subject: AssessmentScope) -> list[Person]:
    """Return who has the mandate to own a risk of it: those with a role in the assets, heads of
    the areas, and the executive board. By name."""
    held = Ownership.objects.current().filter(asset__in=subject.keys)
    areas = {asset.area_id for asset in subject.assets if asset.area_id}
    if subject.area:
        areas.add(subject.area.pk)
    board = Person.objects.with_role("executive", timezone.localdate())
    wanted = (
        Q(pk__in=held.values("person"))
        | Q(pk__in=Area.objects.filter(pk__in=areas, head__isnull=False).values("head"))
        | Q(pk__in=board.values("pk"))
    )
    return list(Person.objects.active().filter(wanted).order_by(danish_order("name"), "pk"))


def usual_owner(subject: AssessmentScope) -> Person | None:
    """Return who owns a risk of it when nobody else is chosen: the owner of the system, of the
    data set or the archive; the head of the area; None for anything else."""
    if subject.scope == Scope.AREA:
        return subject.area.head if subject.area else None
    for asset in subject.assets:
        wanted = (*WANTED_ROLES[asset.kind], *ROLES[asset.kind])
        rows = Ownership.objects.current().filter(asset=asset, person__is_active=True)
        held = {row.role: row.person for row in rows.select_related("person")}
        if found := next((held[role] for role in wanted if role in held), None):
            return found
    return None


def likely_participants(subject: AssessmentScope, also: Iterable[Person] = ()) -> list[Person]:
    """Return whom one would ask to take part: who answers for it, and who sits in a committee.

    `also` are people who stay, whatever they are today. By name.
    """
    seated = Person.objects.active().filter(held_on(timezone.localdate(), "holdings__"))
    keys = {person.pk for person in (*risk_owners(subject), *also)}
    wanted = Q(pk__in=seated.values("pk")) | Q(pk__in=keys)
    return list(Person.objects.filter(wanted).order_by(danish_order("name"), "pk"))


FIELD_LABELS: Final[Mapping[str, Any]] = {
    # Of an assessment
    "assessed_on": _("Assessed on"),
    "assessor": _("Assessed by"),
    "participants": _("Took part"),
    "others": _("Others who took part"),
    "summary": _("Summary"),
    "with_society": _("Society and authenticity are weighed too"),
    # Of a risk
    "title": _("Title"),
    "description": _("How, and what it would mean"),
    "measures": _("Measures today"),
    "group": _("Category"),
    "likelihood": _("Likelihood"),
    "treatment": _("Treatment"),
    "treatment_note": _("What is to be done"),
    "residual_likelihood": _("Likelihood after the treatment"),
    "residual_consequence": _("Consequence after the treatment"),
    "owner": _("Risk owner"),
    **LABELS,
}


def label_of(name: str) -> str:
    """Return what people call a field; the name itself for one nobody named."""
    return str(FIELD_LABELS.get(name, name))


def state_of(assessment: Assessment) -> tuple[str, str]:
    """Return the state of an assessment in words, and its tone."""
    if assessment.is_approved:
        replaced = assessment.in_force_to is not None
        return (str(_("Replaced")), "neutral") if replaced else (str(_("Holds today")), "success")
    tones = {Assessment.State.PROPOSED: "info", Assessment.State.DRAFT: "warning"}
    return assessment.get_state_display(), tones.get(Assessment.State(assessment.state), "neutral")
