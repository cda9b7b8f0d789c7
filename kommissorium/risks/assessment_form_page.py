"""The cards on which an assessment is made: one a risk, all on one page, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.risks.forms.scenarios import ScenarioForm
from kommissorium.risks.models import (
    DIMENSIONS,
    OPTIONAL_DIMENSIONS,
    Acceptance,
    AcceptedRisk,
    Assessment,
    Band,
    Scale,
    Scenario,
    Threat,
)
from kommissorium.risks.scope import AssessmentScope, risk_owners
from kommissorium.risks.step_proposal import StepProposal, proposed_steps

# Whom a risk would hit, and what would be lost, in the words of the page.
WHOM: Final = (
    (_("How bad for the data subject?"), DIMENSIONS[:3]),
    (_("How bad for the organisation?"), DIMENSIONS[3:]),
    (_("How bad for others?"), OPTIONAL_DIMENSIONS),
)
SHORT: Final[Mapping[str, Any]] = {
    **dict.fromkeys((DIMENSIONS[0], DIMENSIONS[3]), _("If others learn of it (confidentiality)")),
    **dict.fromkeys((DIMENSIONS[1], DIMENSIONS[4]), _("If the data are wrong (integrity)")),
    **dict.fromkeys((DIMENSIONS[2], DIMENSIONS[5]), _("If it cannot be reached (availability)")),
    "society": _("For society"),
    "authenticity": _("If it is not certain who wrote it (authenticity)"),
}


class Progress(NamedTuple):
    """Number of risks that are finished: scored, with a treatment and an owner."""

    done: int
    total: int

    @property
    def is_done(self) -> bool:
        return self.total > 0 and self.done == self.total


@dataclass(frozen=True, kw_only=True)
class Line:
    """A risk in the row of cards, folded together: its title and what it comes to.

    `accepted` is the acceptance that holds of it today, if any.
    """

    scenario: Scenario
    scale: Scale
    number: int = 1
    accepted: Acceptance | None = None
    is_open: ClassVar[bool] = False

    @property
    def band(self) -> Band | None:
        return _band(self.scale, self.scenario.rank)

    @property
    def left(self) -> Band | None:
        return _band(self.scale, self.scenario.residual_rank)

    @property
    def is_done(self) -> bool:
        return is_done(self.scenario)


@dataclass(frozen=True, kw_only=True)
class Card(Line):
    """A risk with its form, to be filled in."""

    form: ScenarioForm
    proposal: StepProposal
    is_open: ClassVar[bool] = True

    @property
    def proposed(self) -> list[tuple[Any, str]]:
        """Return what is proposed of how bad it would be: for whom and of what, and the step."""
        names = {step.number: step.name for step in self.scale.consequence_steps}
        return [
            (self.form.fields[name].label, names[step])
            for name, step in self.proposal.steps.items()
        ]

    @property
    def whom(self) -> list[tuple[Any, list[tuple[BoundField, Any]]]]:
        """Return whom it would hit, each with the fields that say how bad, and their short names."""
        found = []
        for title, names in WHOM:
            fields = [(self.form[name], SHORT[name]) for name in names if name in self.form.fields]
            if fields:
                found.append((title, fields))
        return found

    @property
    def likely(self) -> list[tuple[int, str, str, bool]]:
        """Return the steps of likelihood: number, name, what it means, whether it is chosen."""
        chosen = str(self.form["likelihood"].value() or "")
        steps = self.scale.likelihood_steps
        return [(one.number, one.name, one.text, str(one.number) == chosen) for one in steps]


def is_done(scenario: Scenario) -> bool:
    """Return whether a risk can go before the committee."""
    return scenario.rank is not None and bool(scenario.treatment and scenario.owner_id)


def cards_of(assessment: Assessment, wish: str = "") -> list[Line]:
    """Return the risks in order, one of them as a card to fill in, the others folded together.

    Open is the one wished for by its key, else the first that is not finished.
    """
    rows = list(assessment.scenarios.select_related("owner"))
    accepted = accepted_of(row.lineage for row in rows)
    unfinished = next((row.pk for row in rows if not is_done(row)), rows[0].pk if rows else 0)
    opened = int(wish) if wish in {str(row.pk) for row in rows} else unfinished
    lines: list[Line] = []
    for number, row in enumerate(rows, start=1):
        given: dict[str, Any] = {
            "scenario": row,
            "scale": assessment.scale,
            "number": number,
            "accepted": accepted.get(row.lineage),
        }
        if row.pk == opened:
            form = form_of(row, assessment, owners_offered(assessment))
            lines.append(Card(**given, form=form, proposal=proposal_of(row, assessment)))
        else:
            lines.append(Line(**given))
    return lines


def form_of(
    scenario: Scenario,
    assessment: Assessment,
    owners: Sequence[tuple[int, str]],
    data: Any = None,
) -> ScenarioForm:
    """Return the form of a risk; who owns it stays on offer, whatever they are today."""
    offered = list(owners)
    if scenario.owner and scenario.owner.pk not in {key for key, _name in offered}:
        offered.append((scenario.owner.pk, scenario.owner.name))
    return ScenarioForm(
        data,
        scenario=scenario,
        scale=assessment.scale,
        owners=offered,
        with_society=assessment.with_society,
    )


def proposal_by(assessment: Assessment) -> StepProposal:
    """Return how bad a risk of the assessment would be, by what its assets need (one query)."""
    return StepProposal(proposed_steps(assessment.scale.size, list(assessment.assets.all())))


def proposal_of(scenario: Scenario, assessment: Assessment) -> StepProposal:
    """Return what is proposed of a risk of which nobody has said yet how bad it would be."""
    is_said = any(getattr(scenario, name) is not None for name in DIMENSIONS)
    return StepProposal({}) if is_said else proposal_by(assessment)


def owners_offered(assessment: Assessment) -> list[tuple[int, str]]:
    """Return key, name and post of whom the risks may be given to."""
    people = risk_owners(AssessmentScope.of(assessment))
    return [
        (one.pk, f"{one.name}, {one.job_title}" if one.job_title else one.name) for one in people
    ]


def progress_of(scenarios: Iterable[Scenario]) -> Progress:
    rows = list(scenarios)
    return Progress(sum(is_done(row) for row in rows), len(rows))


def accepted_of(lineages: Iterable[UUID]) -> dict[UUID, Acceptance]:
    """Return the acceptance that holds today of each risk that has one (one query)."""
    now = timezone.now()
    holding = Acceptance.objects.in_force_at(now, timezone.localdate(now))
    rows = AcceptedRisk.objects.filter(lineage__in=list(lineages), acceptance__in=holding)
    return {row.lineage: row.acceptance for row in rows.select_related("acceptance")}


def threats_for(subject: AssessmentScope) -> list[Threat]:
    """Return the threats that can hit it, by group: those of any kind, and of its assets' kinds."""
    found = Threat.objects.filter(is_retired=False)
    if subject.is_of_assets:
        fits = Q(kinds="")
        for kind in {asset.kind for asset in subject.assets}:
            fits |= Q(kinds__contains=f",{kind},")
        found = found.filter(fits)
    return list(found)


def _band(scale: Scale, rank: int | None) -> Band | None:
    return None if rank is None else scale.band(rank)
