"""The plans of a service before a committee, and as the document that is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.many_documents import give_documents, withdraw_documents
from kommissorium.assets.models import Criticality, Relation
from kommissorium.continuity.forms import ContinuityPlanForm
from kommissorium.continuity.kind import KIND, hours
from kommissorium.continuity.lines import rows_of, tidy_steps
from kommissorium.continuity.models import (
    ContinuityPlan,
    ContinuitySettings,
    PaperCopy,
    PlanPart,
    Service,
)
from kommissorium.continuity.plan_upkeep import keep_review_due, tell_holders
from kommissorium.core.refusals import Refused
from kommissorium.meetings.models import Decision
from kommissorium.registers.documents.record import Section, record_pdf
from kommissorium.registers.forms.rows import RowForm
from kommissorium.registers.proposing import AgendaText, Lack, refuse_as_chair
from kommissorium.registers.requirements import Says, Shown
from kommissorium.registers.standard_proposals import StandardProposal
from kommissorium.registers.unfilled import unfilled

MOST_SYSTEMS: Final = 8  # that stand unfolded
DOCUMENT = "contingency"  # the kind of document that the register of assets asks for


class ContinuityPlanProposal(StandardProposal[ContinuityPlan]):
    """Proposal to approve a version of a service's plans, or that it needs none."""

    kind, model, slug = "continuity.continuityplan", ContinuityPlan, "continuity-plans"
    known_as = gettext_lazy("Contingency plan")
    listed = (gettext_lazy("Continuity"), "continuity")
    related = ("committee", "proposed_by", "service__responsible", "service__area", "made_by")
    added = gettext_lazy("The plans are added from the register.")
    record_kind = "continuity.plan"
    description = gettext_lazy("What is done when a service stops")
    form = ContinuityPlanForm
    form_lead = gettext_lazy("Whom one calls and which systems are needed stands with the service.")

    def same_as(self, proposal: ContinuityPlan) -> QuerySet[ContinuityPlan]:
        return ContinuityPlan.objects.filter(service=proposal.service_id)

    def form_of(self, data: Any, proposal: ContinuityPlan, person: Person) -> RowForm:
        """Offer the tests whose lessons it can take up: its own, and those of no service."""
        form = ContinuityPlanForm(data, row=proposal)
        own = Q(service=proposal.service_id) | Q(service=None)
        held = KIND.visible_to(person).filter(own, plan__state="approved", held_on__isnull=False)
        tests: Any = form.fields["improves"]
        tests.queryset = held.order_by("-held_on", "-pk")
        return form

    def cleaned(self, proposal: ContinuityPlan, values: dict[str, Any]) -> Mapping[str, Any]:
        for one in PlanPart.values:
            values[one] = tidy_steps(values[one], one)
            if values[one] and values[f"no_{one}"]:
                sentence = _("Write the steps, or why none are needed: not both.")
                raise Refused(**{f"no_{one}": sentence})
        improves = values["improves"]
        if improves and improves.service_id not in (None, proposal.service_id):
            raise Refused(improves=_("Choose from the list."))
        return values

    def told(self, proposal: ContinuityPlan) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "service": proposal.service_id,
            "title": proposal.service.title,
            "number": proposal.number,
            **{one: proposal.part(one) for one in PlanPart.values},
            "improves": proposal.improves_id or 0,
            "months": proposal.review_months,
        }

    def named(self, facts: Mapping[str, Any]) -> str:
        values = {"service": facts["title"], "number": facts["number"]}
        return _("Plans of %(service)s, version %(number)d") % values

    def lacks(self, proposal: ContinuityPlan) -> list[str]:
        service, missing = proposal.service, []
        if service.is_retired:
            missing.append(_("The service has been taken out of the register."))
        if not service.is_assessed:
            missing.append(_("Say how critical the service is, and how long it can be down."))
        if len(proposal.missing) == len(PlanPart):
            text = _("Write the steps of one of the plans at least, or why none is needed.")
            missing.append(Lack(text, PlanPart.values[0]))
        has_steps = any(proposal.part(one) == "plan" for one in PlanPart.values)
        if has_steps and not service.calls:
            missing.append(_("Write who is called: it stands with the service."))
        missing += unfilled(
            **{one: getattr(proposal, one) for one in ("starts_when", *PlanPart.values)}
        )
        if has_steps and not proposal.starts_when:
            missing.append(Lack(_("Write when the plans are set going."), "starts_when"))
        if proposal.number > 1 and not proposal.change_because:
            text = _("Say what is new, and why; or why nothing is.")
            missing.append(Lack(text, "change_because"))
        return missing

    def text(self, proposal: ContinuityPlan) -> AgendaText:
        values = {"service": proposal.service.title}
        points = []
        if any(proposal.part(one) == "plan" for one in PlanPart.values):
            points.append(_("approves the plans for when “%(service)s” stops") % values)
        for one in PlanPart:
            if proposal.part(one) == "none":
                text = _("decides that “%(service)s” needs no %(plan)s")
                points.append(text % {**values, "plan": small(one.label)})
        reasons = [getattr(proposal, f"no_{one}") for one in PlanPart.values]
        missing = [_("Not written yet: %(plan)s.") % {"plan": one} for one in proposal.missing]
        paragraphs = [proposal.change_because, proposal.service.impact, *reasons, *missing]
        return AgendaText.of(self.title_of(proposal), points, filter(None, paragraphs))

    def body(self, proposal: ContinuityPlan) -> dict[str, Any]:
        service, own = proposal.service, ContinuitySettings.current()
        return {
            "version": proposal.number,
            "classification": own.classification,
            "general_plan": own.general,
            "service": [list(one) for one in facts_of(service)],
            "starts_when": proposal.starts_when,
            "systems": systems_of(service),
            "calls": [list(one) for one in rows_of(service.calls)],
            **{one: [list(row) for row in rows_of(getattr(proposal, one))] for one in PlanPart},
            **{f"no_{one}": getattr(proposal, f"no_{one}") for one in PlanPart},
            "because": proposal.change_because,
            "copies": [one.in_words for one in PaperCopy.objects.kept().filter(service=service)],
        }

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        return list(_sections(content))

    def pdf(self, content: Mapping[str, Any], *, made_at: datetime) -> bytes:
        facts = [
            (_("Version"), str(content["version"])),
            (_("Classification"), content["classification"]),
            (_("General contingency plan"), content["general_plan"]),
            (_("Printed copies"), "; ".join(content["copies"])),
        ]
        sections = self.sections(content)
        return record_pdf(content, str(self.description), sections, made_at=made_at, facts=facts)

    def refuse_alone(self, proposal: ContinuityPlan, decision: Decision) -> None:
        """Also refuse that the plan's writer approves it alone."""
        super().refuse_alone(proposal, decision)
        refuse_as_chair(
            decision, proposal.made_by, _("You wrote it, so somebody else must decide on it.")
        )

    def approve(self, proposal: ContinuityPlan, decision: Decision, *, by: Person) -> None:
        former = list(self.same_as(proposal).in_force_on(timezone.localdate()))  # type: ignore[attr-defined]
        tell_holders(proposal)
        super().approve(proposal, decision, by=by)
        self._be_document_of_systems(proposal, former, by)
        keep_review_due(proposal, decision.committee, by=by)

    def _be_document_of_systems(
        self, proposal: ContinuityPlan, former: Sequence[ContinuityPlan], by: Person
    ) -> None:
        """Make it the contingency plan that the register of assets asks for."""
        if proposal.part(PlanPart.CONTINGENCY) == "plan":
            row = (self.kind, str(proposal.pk), proposal.get_absolute_url())
            systems = proposal.service.systems.order_by("pk")
            on = proposal.in_force_from or timezone.localdate()
            title = self.title_of(proposal)
            give_documents(systems, DOCUMENT, row, label=title, dated_on=on, by=by)
        for one in former:
            withdraw_documents(self.kind, str(one.pk), by=by)


PLAN = ContinuityPlanProposal()


_PLANS: Final = gettext_lazy("plans for %(n)d services, the oldest of %(day)s")


def shown_by_plans(day: date) -> Iterator[Shown]:
    """Yield the plans in force as evidence for the standards, each until its review (one query)."""
    rows = ContinuityPlan.objects.in_force_on(day).filter(service__is_retired=False)
    for one in rows.select_related(*PLAN.related).order_by("service__title", "pk"):
        key, title, link = f"{PLAN.kind}:{one.pk}", PLAN.title_of(one), one.get_absolute_url()
        since, until = one.in_force_from, one.review_by
        told = (key, title, link, Says.LAID_DOWN, since, until, KIND.requirements)
        yield Shown(*told, several=_PLANS)


def facts_of(service: Service) -> Iterator[tuple[str, str]]:
    """Yield the facts about a service for plan and page."""
    label = str(Criticality(service.criticality).label)
    yield _("Criticality"), label
    yield _("Longest tolerable downtime"), hours(service.mtd)
    yield _("Responsible"), service.responsible.name
    if service.area:
        yield _("Area"), service.area.name
    if service.impact:
        yield _("What happens when it stops"), service.impact


def systems_of(service: Service) -> list[list[str]]:
    """Return the systems it needs, each with its times, its dependencies and its operator."""
    found = []
    rows = service.systems.order_by("name", "pk").select_related("supplier")
    for one in rows.prefetch_related("relations_out__to_asset"):
        needs = [f"{_words(rel)} {rel.to_asset.name}" for rel in one.relations_out.all()]
        runs = one.operator or (one.supplier.name if one.supplier else "")
        found.append([one.name, hours(one.rto), hours(one.rpo), ", ".join(needs), runs])
    return found


def _words(relation: Relation) -> str:
    return str(relation.get_kind_display())


def small(label: object) -> str:
    """Return a label as it is written inside a sentence."""
    text = str(label)
    return text[:1].lower() + text[1:]


def _sections(content: Mapping[str, Any]) -> Iterator[Section]:
    what = (_("What"), _("How it is"))
    yield Section(_("The service"), "", what, content["service"], (3, 7))
    if content["starts_when"]:
        yield Section(_("When the plans are set going"), content["starts_when"])
    if content["calls"]:
        called = (_("No."), _("Who is phoned"), _("Phone"), _("When"))
        rows = _numbered(content["calls"])
        yield Section(_("Who is phoned, in this order"), "", called, rows, (1, 4, 3, 3))
    for one in PlanPart:
        if content[one]:
            steps = (_("No."), _("Who"), _("What"), _("Where"))
            yield Section(str(one.label), "", steps, _numbered(content[one]), (1, 3, 6, 3))
            continue
        why = content[f"no_{one}"]
        text = _("None is needed: %(why)s") % {"why": why} if why else _("Nothing is written yet.")
        yield Section(str(one.label), text)
    if content["systems"]:
        needed = (
            *(_("System"), _("To run again within"), _("Data that may be lost")),
            *(_("Depends on"), _("Run by")),
        )
        used = content["systems"]
        is_long = len(used) > MOST_SYSTEMS
        yield Section(_("What it needs"), "", needed, used, (3, 2, 2, 4, 3), is_folded=is_long)
    if content["because"]:
        yield Section(_("What is new, and why"), content["because"])


def _numbered(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[str(place), *row] for place, row in enumerate(rows, 1)]
