"""One occurrence: finish it, skip it, move it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.history import history_of
from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.responses import download_from, page
from kommissorium.meetings.models import AgendaItem
from kommissorium.yearwheel.actions import ask_for_decision, finish, move, skip
from kommissorium.yearwheel.actions.decided_occurrences import items_about, meetings_for
from kommissorium.yearwheel.actions.evidence import ended_already
from kommissorium.yearwheel.due_days import Hint, hint_for
from kommissorium.yearwheel.forms import BecauseForm, FinishForm, MoveForm
from kommissorium.yearwheel.models import Delegation, Duty, Evidence, Occurrence
from kommissorium.yearwheel.responsible import responsible_now
from kommissorium.yearwheel.views import crumbs, occurrence_for, year_url
from kommissorium.yearwheel.wheel_entries import state_of

SHOWN_EVENTS = 50


@require_GET
def occurrence(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an occurrence, what came of it, and what the person can do with it."""
    found, person = occurrence_for(request, pk), person_of(request)
    delegations = list(found.delegations.select_related("from_person", "to_person"))
    live = next((one for one in delegations if one.ended_at is None), None)
    who = responsible_now(found.duty) if found.is_open else found.responsible_then
    context = {
        "occurrence": found,
        "duty": found.duty,
        "state": state_of(found, found.duty, timezone.localdate()),
        "responsible": who,
        "decides": _decides(found, person),
        "moves": list(found.moves.select_related("by")),
        "evidence": list(found.evidence.all()),
        "hint": _hint(found),
        "may_read_duty": Duty.objects.visible_to(person).filter(pk=found.duty_id).exists(),
        "delegations": [one for one in delegations if one.ended_at],
        "entries": history_of(found, list(Event.objects.about(found)[:SHOWN_EVENTS]), person),
        "year_url": year_url(found.duty.committee, found.due),
        "breadcrumbs": crumbs(found.duty.committee, found),
        **_powers(found, person, who, live),
    }
    return page(request, "yearwheel/occurrence.html", context)


@require_http_methods(["GET", "POST"])
def completion(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is done and what was found."""
    found, person = occurrence_for(request, pk), person_of(request)
    if not found.can_be_done_by(person):
        raise PermissionDenied
    _refuse_ended(request, found)
    form = FinishForm(typed(request), request.FILES or None)
    if attempt(form, lambda: _finish(request, found, form, person)):
        return redirect(found)
    return form_page(
        request,
        form,
        title=_("Done"),
        lead=found.title,
        multipart=True,
        submit_label=_("Mark as done"),
        cancel_url=found.get_absolute_url(),
        breadcrumbs=crumbs(found.duty.committee, found, _("Done")),
    )


@require_http_methods(["GET", "POST"])
def skipping(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave it out this time, with a reason."""
    found, person = _arranged(request, pk)
    form = BecauseForm(typed(request))
    if attempt(form, lambda: skip(found, by=person, because=form.cleaned_data["because"])):
        messages.success(request, _("It is skipped. The next one is on the wheel."))
        return redirect(found)
    return form_page(
        request,
        form,
        "ui/confirm.html",
        title=_("Skip it"),
        text=_(
            "“%(title)s” is not done this time. It stays on the wheel as skipped, with the reason."
        )
        % {"title": found.title},
        submit_label=_("Skip it"),
        danger=True,
        cancel_url=found.get_absolute_url(),
        breadcrumbs=crumbs(found.duty.committee, found, _("Skip it")),
    )


@require_http_methods(["GET", "POST"])
def moving(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it another day, with a reason; the later ones keep theirs."""
    found, person = _arranged(request, pk)
    if not found.can_be_moved_by(person):
        raise PermissionDenied
    hint = hint_for(found.due, found.duty.committee)
    start = {"to": hint.clear if hint and hint.clear else found.due}
    form = MoveForm(typed(request), initial=start)
    if attempt(form, lambda: move(found, by=person, **form.cleaned_data)):
        _say_moved(request, found)
        return redirect(found)
    return form_page(
        request,
        form,
        title=_("Move it"),
        lead=_("“%(title)s” is due on %(date)s. The later ones keep their days.")
        % {"title": found.title, "date": day(found.due)},
        submit_label=_("Move it"),
        cancel_url=found.get_absolute_url(),
        breadcrumbs=crumbs(found.duty.committee, found, _("Move it")),
    )


@require_POST
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it on the agenda as an item of its own, for the committee to decide."""
    found, person = occurrence_for(request, pk), person_of(request)
    offered = {str(one.pk): one for one in meetings_for(found)}
    made = ask_for_decision(found, by=person, meeting=offered.get(request.POST.get("meeting", "")))
    messages.success(
        request, _("It has an item of its own. Write what the committee is to decide.")
    )
    return redirect(made)


@require_GET
def evidence(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a file that shows that something was done."""
    visible = Occurrence.objects.visible_to(person_of(request))
    rows = Evidence.objects.filter(occurrence__in=visible.values("pk"))
    found = get_object_or_404(rows.select_related("file"), pk=pk)
    if found.file is None:
        raise Http404
    return download_from(found.file.checked(), found.label, found.file.media_type)


def _finish(request: HttpRequest, found: Occurrence, form: FinishForm, person: Person) -> None:
    values = form.cleaned_data
    following = finish(
        found,
        by=person,
        result=values["result"],
        conclusion=values["conclusion"],
        evidence=form.evidence(),
    )
    if following is None:
        messages.success(request, _("It is done."))
        return
    text = _("It is done. The next one is due on %(date)s.")
    messages.success(request, text % {"date": day(following.due)})


def _say_moved(request: HttpRequest, found: Occurrence) -> None:
    messages.success(request, _("It is due on %(date)s now.") % {"date": day(found.due)})
    if hint := hint_for(found.due, found.duty.committee):
        messages.warning(request, hint.text)


def _arranged(request: HttpRequest, pk: int) -> tuple[Occurrence, Person]:
    found, person = occurrence_for(request, pk), person_of(request)
    if not found.can_be_arranged_by(person):
        raise PermissionDenied
    _refuse_ended(request, found)
    return found, person


def _refuse_ended(request: HttpRequest, found: Occurrence) -> None:
    if request.method == "GET" and not found.is_open:
        raise Refused(ended_already(found))


def _hint(found: Occurrence) -> Hint | None:
    is_ours = found.is_open and not found.duty.by_decision
    return hint_for(found.due, found.duty.committee) if is_ours else None


def _decides(found: Occurrence, person: Person) -> dict[str, Any] | None:
    """Return where the committee decides on it; None where others say that it is done."""
    if not found.duty.by_decision:
        return None
    items = items_about(found)
    visible = AgendaItem.objects.visible_to(person).filter(pk__in=items.values("pk")).first()
    offered = [] if items.exists() else meetings_for(found)
    return {"item": visible, "ask": [one for one in offered if one.can_be_prepared_by(person)]}


def _powers(
    found: Occurrence, person: Person, who: Person | None, live: Delegation | None
) -> dict[str, Any]:
    """Return what the person can do with it now; `live` is the delegation that stands."""
    is_mine = who is not None and who.pk == person.pk
    is_here = found.is_open and found.source is None  # what a register wants is done there
    arranges = is_here and (is_mine or found.can_be_arranged_by(person))
    is_asked = bool(live and not live.is_accepted and live.to_person_id == person.pk)
    is_delegate = is_here and person.pk == found.delegate_id
    does = (arranges or is_delegate) and not found.duty.by_decision
    return {
        "live": live,
        "is_asked": is_asked,
        "is_delegate": is_delegate,
        "may_arrange": arranges,
        "may_move": arranges and not found.duty.by_decision,
        "may_delegate": arranges and live is None,
        "may_take_back": bool(live and (arranges or live.from_person_id == person.pk)),
        "form": FinishForm() if does and not is_asked else None,
    }
