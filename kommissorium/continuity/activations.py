"""Real activations of plans: those caused by something, and what is known of one beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.continuity.hours import hours
from kommissorium.continuity.kind import KIND, targets
from kommissorium.continuity.lines import rows_of
from kommissorium.continuity.models import ContinuityTest, Service
from kommissorium.core.ui.localised import moment
from kommissorium.registers.happenings import Happening
from kommissorium.registers.parts import Part


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
