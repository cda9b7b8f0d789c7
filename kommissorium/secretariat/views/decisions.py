"""One decision: what was decided, how it was weighed and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.history import entries
from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Event, reference
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.meetings.conduct_page import is_asked_to_weigh
from kommissorium.meetings.decision_register import subject_name
from kommissorium.meetings.minutes_builder import weighings_of
from kommissorium.meetings.models import Decision, Dissent
from kommissorium.secretariat.actions.effects import effects_of
from kommissorium.tasks.models import Task

# What happens to a meeting and concerns every decision of it.
LIFE = (
    "meetings.meeting_called",
    "meetings.meeting_held",
    "meetings.minutes_sent_to_review",
    "meetings.minutes_approved",
    "meetings.minutes_confirmed",
    "meetings.earlier_meeting_registered",
)
ALONG = ("committee", "meeting", "item__clause", "by", "later_weighing__by")
MOST_RELATED, MOST_TASKS = 50, 100

ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """Advice, a dissent or a reservation. `followed` is None where nobody has said."""

    kind: str
    pk: int
    name: str
    text: str
    followed: bool | None
    because: str

    @property
    def kind_label(self) -> str:
        return str(Dissent.Kind(self.kind).label)


@require_GET
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a decision with everything that belongs to it."""
    person = person_of(request)
    visible = Decision.objects.visible_to(person)
    own = Committee.objects.prepared_by(person).filter(pk=OuterRef("committee"))
    known = visible.select_related(*ALONG).annotate(is_prepared=Exists(own))
    found = get_object_or_404(known, pk=pk)
    related = visible.related_to(found).order_by("-decided_at", "-pk")[:MOST_RELATED]
    context = {
        "decision": found,
        "weighings": weighings_of(found),
        **_later(found, person, may=getattr(found, "is_prepared", False)),
        "effects": effects_of(found),
        "tasks": list(_tasks(found, person)),
        "related": list(related),
        "subject": subject_name(found.subject_kind) if found.subject_kind else "",
        "entries": entries(list(_events(found))),
        "sees_evidence": Person.can_see_evidence(person),
        "breadcrumbs": [Crumb(_("Decisions"), reverse("decisions")), Crumb(found.number)],
        **_said(found),
    }
    return page(request, "secretariat/decision.html", context)


def _later(found: Decision, person: Person, *, may: bool) -> dict[str, object]:
    """Return what was weighed as it was noted afterwards, or that `person`, who `may`, should."""
    later = getattr(found, "later_weighing", None)
    told = weighings_of(later) if later else ()
    lacks = may and bool(found.unweighed_aspects())
    may_weigh = lacks and is_asked_to_weigh(found.committee, person)
    return {"later": later, "later_weighings": told, "may_weigh": may_weigh}


def _said(found: Decision) -> dict[str, list[AdviceLine]]:
    """Return what the meeting recorded beside the decision; one query for both kinds."""
    if found.item is None:
        return {}
    unknown = Value(None, output_field=BooleanField())
    advice = found.item.advice.order_by().values_list(
        Value(ADVICE), "pk", "person__name", "text", "followed", "because"
    )
    dissents = found.item.dissents.order_by().values_list(
        "kind", "pk", "attendance__person__name", "text", unknown, Value("")
    )
    rows = sorted(
        (AdviceLine(*row) for row in advice.union(dissents, all=True)), key=lambda one: one.pk
    )
    return {
        "advice": [one for one in rows if one.kind == ADVICE],
        "dissents": [one for one in rows if one.kind != ADVICE],
    }


def _tasks(found: Decision, person: Person) -> QuerySet[Task]:
    kind, key = reference(found.item or found)
    born = Task.objects.visible_to(person).born_at(kind, [key])
    return born.select_related("owner").order_by("due", "pk")[:MOST_TASKS]


def _events(found: Decision) -> QuerySet[Event]:
    if found.meeting is None:
        return Event.objects.about(found)
    return Event.objects.about(found.meeting).filter(act__in=LIFE) | Event.objects.about(found)
