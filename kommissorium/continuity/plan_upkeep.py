"""What happens to approved plans: activated, reviewed, and holders of old copies told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.continuity.kind import KIND, hours, targets
from kommissorium.continuity.lines import rows_of
from kommissorium.continuity.models import ContinuityPlan, ContinuityTest, PaperCopy, Service
from kommissorium.core.evidence.models import reference
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.core.ui.localised import day, moment
from kommissorium.measures.codes import Measure
from kommissorium.registers.menu import Part
from kommissorium.registers.offered import Happening
from kommissorium.yearwheel.actions import GivenEvidence, RegisterDuty, keep_due, register_done
from kommissorium.yearwheel.models import Evidence, Occurrence


def activations_of(happening: Happening, person: Person) -> Iterator[Part]:
    """Yield the activations that something caused, for its page, and the way to add one."""
    rows = KIND.visible_to(person).filter(origin=happening.key).order_by("planned_for", "pk")
    found = list(rows)
    may_add = happening.is_activated and Service.can_be_kept_by(person)
    if found or happening.is_activated:
        new = reverse("continuity_activation_new", args=[happening.code, happening.own])
        yield Part("continuity/activations.html", {"rows": found, "new": new if may_add else ""})


def suggested(happening: Happening, person: Person) -> ContinuityTest:
    """Return an activation as it probably went, to be corrected; unsaved.

    It says nothing of what happened but the times: its readers may not read about that.
    """
    services = Service.objects.in_use().filter(systems__in=happening.assets)
    service = services.order_by("title", "pk").first()
    times = {"began": moment(happening.began), "found": moment(happening.found_at)}
    return ContinuityTest(
        title=_("Activation: %(service)s") % {"service": service} if service else _("Activation"),
        service=service,
        scenario=_("It began %(began)s, and was discovered %(found)s.") % times,
        planned_for=timezone.localdate(happening.began),
        responsible=service.responsible if service else person,
        **_of_service(service),
    )


def _of_service(service: Service | None) -> dict[str, Any]:
    """Return the participants and the goals, from the service."""
    within, _lost = targets(service)
    wanted = _("It runs again within %(hours)s.") % {"hours": hours(within)} if within else ""
    called = ", ".join(row[0] for row in rows_of(service.calls)) if service else ""
    return {"participants": called, "criterion": wanted}


def keep_review_due(plan: ContinuityPlan, committee: Committee, *, by: Person) -> None:
    """Keep the next review on the wheel; the version in force is the result of the last one."""
    kind, key = reference(plan)
    url, row = plan.get_absolute_url(), Evidence.Kind.ROW
    shown = GivenEvidence(row, label=str(plan), url=url, object_kind=kind, object_id=key)
    register_done(_source(plan), by=by, result=Occurrence.Result.DONE, evidence=[shown])
    _keep_due(plan, committee, plan.review_by, plan.service.responsible, by)


def drop_review(plan: ContinuityPlan, *, by: Person) -> None:
    """Remove the review of a service that has left the register."""
    if plan.committee is not None:
        _keep_due(plan, plan.committee, None, None, by)


def _source(plan: ContinuityPlan) -> str:
    return f"continuity.service:{plan.service_id}"


def _keep_due(
    plan: ContinuityPlan, committee: Committee, due: date | None, who: Person | None, by: Person
) -> None:
    """Keep it due; the wheel's calendars reach people who may not read what the service is."""
    keep_due(
        RegisterDuty(
            key="continuity_review",
            title=_("Review the plans of services"),
            method=_(
                "Go through names, numbers, systems and steps with those who are to use them."
            ),
            success=_("The plans in force can be followed today, and were decided on."),
            evidence_wanted=_("The version that was decided on."),
            measure=Measure.CONTINUITY_PLANS,
            requirements=("ISO 27002 5.29", "ISO 27002 5.30", "NIS 2 § 6 nr. 3"),
        ),
        committee,
        source=_source(plan),
        link=plan.service.get_absolute_url(),
        due=due,
        occasion=_("service no. %(number)d") % {"number": plan.service_id},
        delegate=who,
        by=by,
    )


def tell_holders(plan: ContinuityPlan) -> None:
    """Queue a mail to holders of a copy that this version replaces, or of all plans."""
    ours = Q(service=plan.service_id) | Q(service=None)
    for one in PaperCopy.objects.kept().filter(ours, holder__is_active=True):
        if not one.holder.email:
            continue
        with translation.override(one.holder.language):
            text = _(
                "%(title)s is approved. Your printed copy is out of date. Print the plans again, and "
                "destroy the old copy."
            )
            letter = Letter(
                _("A printed copy of yours is out of date"),
                Link(_("Print the plans again"), reverse("continuity_copies")),
                one.holder.name,
                lines=[text % {"title": plan}],
                facts=[(_("Printed"), day(one.printed_on)), (_("Place"), one.place)],
            )
        queue_mail(
            to=one.holder.email,
            kind="continuity.copy_outdated",
            key=f"{plan.pk}:{one.pk}",
            letter=letter,
        )
