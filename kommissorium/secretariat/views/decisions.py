"""One decision, how it was weighed and what became of it; and the chair's between meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.actions.readings import note_reading
from kommissorium.accounts.history import entries
from kommissorium.accounts.models import Person, Reading
from kommissorium.accounts.signed_in import person_of, step_up_some_time_after
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Event, reference
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import sanitise
from kommissorium.core.ui.forms import add_refusal, let_add, with_added
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.meetings.actions.decisions import CHAIRS_OUTCOMES
from kommissorium.meetings.actions.proposed_weighings import weighing_of
from kommissorium.meetings.conduct_page import is_asked_to_weigh
from kommissorium.meetings.decision_register import subject_name
from kommissorium.meetings.forms.decisions import ChairDecisionForm
from kommissorium.meetings.minutes_builder import weighings_of
from kommissorium.meetings.models import Decision, Dissent, Outcome, ProposedWeighing
from kommissorium.registers.installed import proposal_kind_of, proposal_kinds
from kommissorium.registers.proposing import AgendaText, subject_of
from kommissorium.secretariat.actions.cycle import decide
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
SIGNED: Final = "signed"  # what the page of the matter sends beside reason and declaration


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
    if found.is_closed:
        note_reading(found, by=person, what=Reading.What.CLOSED)
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


LONGEST_KEY: Final = 18  # digits


@require_http_methods(["GET", "HEAD", "POST"])
def chair_decision_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a decision between meetings. 403 to whoever does not lead the committee."""
    committee, capacity = _led(request, pk)
    return _add(request, committee, capacity)


@step_up_some_time_after
def _add(request: HttpRequest, committee: Committee, capacity: str) -> HttpResponse:
    is_deputy = capacity == Decision.Capacity.DEPUTY_CHAIR
    about = _named(request.GET.get("about", ""), person_of(request))
    outcome = _chosen(request, about)
    if about is not None and not outcome and request.method != "POST":
        # Seen before it is decided on: approve and reject stand on its own page.
        return redirect("proposal", proposal_kind_of(about).slug, about.pk)
    text = proposal_kind_of(about).text(about) if about is not None else None
    weighed = weighing_of(about) if about is not None else None
    initial = _initial(text, outcome) | _weighed(weighed, outcome)
    form = ChairDecisionForm(
        _typed(request, initial | {"outcome": outcome}),
        is_deputy=is_deputy,
        outcome=outcome,
        initial=initial,
    )
    by = person_of(request)
    let_add(form, by)
    if form.is_valid():
        subject = subject_of(about) if about else ("", "", "")
        try:
            _refuse_settled(request, about)
            decision = with_added(
                lambda: decide(committee, by=by, subject=subject, **form.values()), form
            )
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _done(decision))
            return redirect(decision)
    context = {
        "form": form,
        "committee": committee,
        "is_deputy": is_deputy,
        "about": about,
        "text": text,
        "weighed": weighed,
        "slug": proposal_kind_of(about).slug if about is not None else "",
        "chosen": Outcome(outcome).label if outcome else "",
        "opened": form.opened(),
        "breadcrumbs": [
            Crumb(_("Decisions"), reverse("decisions")),
            Crumb(_("Decide between meetings")),
        ],
    }
    return (invalid if form.is_bound else page)(request, "secretariat/chair_decision.html", context)


def _named(name: str, person: Person) -> Any | None:
    """Return what waits for a decision under a name such as "assessment-12", of what `person`
    may read."""
    slug, _dash, key = name.rpartition("-")
    kind = proposal_kinds().get(slug)
    if kind is None or not key.isdecimal() or len(key) > LONGEST_KEY:
        return None
    found = kind.visible_to(person).filter(pk=int(key)).first()
    return found if found is not None and kind.waits(found) else None


def _refuse_settled(request: HttpRequest, about: Any | None) -> None:
    """Raise Refused where somebody was faster: else this would decide on nothing in particular."""
    if about is None and request.GET.get("about"):
        raise Refused(_("What this is about does not wait for a decision any more."))


def _chosen(request: HttpRequest, about: Any | None) -> str:
    """Return the outcome that was chosen on the page of what this is about; "" for none."""
    wish = request.GET.get("outcome", "")
    offered = [one for one in CHAIRS_OUTCOMES if about is not None and _offers(about, one)]
    return wish if wish in offered else ""


def _offers(about: Any, outcome: Outcome) -> bool:
    return outcome != Outcome.WITH_CHANGES or proposal_kind_of(about).can_be_changed


def _initial(text: AgendaText | None, outcome: str) -> dict[str, str]:
    """Return what a decision about a proposal says to begin with."""
    if text is None:
        return {}
    if outcome != Outcome.REJECTED:
        return {"title": text.title, "text": text.decided}
    alone = _("The chair decides on behalf of the committee not to approve this: %(title)s")
    return {"title": text.title, "text": sanitise(escape(alone % {"title": text.title}))}


def _weighed(weighed: ProposedWeighing | None, outcome: str) -> dict[str, str]:
    """Return what whoever proposed it says of it, where that is approved as it was proposed."""
    if weighed is None or outcome != Outcome.APPROVED:
        return {}
    return {**weighed.weighing(), "why_now": weighed.why_now}


def _typed(request: HttpRequest, initial: Mapping[str, str]) -> QueryDict | None:
    """Return what was sent; on the page of the matter itself the rest is as it was proposed."""
    if request.method != "POST":
        return None
    if SIGNED not in request.POST:
        return request.POST
    typed = request.POST.copy()
    for name, said in initial.items():
        typed.setdefault(name, said)
    return typed


def _done(decision: Decision) -> str:
    told = decision.told_at().select_related("meeting").first()
    if told is None:
        text = _("Decision %(number)s is taken. It comes on the agenda of the next meeting.")
        return text % {"number": decision.number}
    text = _("Decision %(number)s is taken. It is on the agenda of %(day)s.")
    starts = timezone.localdate(told.meeting.starts_at)
    return text % {"number": decision.number, "day": day(starts)}


def _led(request: HttpRequest, pk: int) -> tuple[Committee, str]:
    """Return the committee, and in which capacity the person leads it today."""
    person = person_of(request)
    committee = get_object_or_404(Committee.objects.visible_to(person), pk=pk)
    capacity = committee.leading_capacity_of(person)
    if not capacity:
        raise PermissionDenied
    return committee, capacity
