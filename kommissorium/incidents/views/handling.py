"""Work on a case: its timeline, its handlers, its states, tasks, checklists and names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.models import Reading
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.incidents.actions.awareness import ask_awareness_change
from kommissorium.incidents.actions.concerned import add_names, remove_name
from kommissorium.incidents.actions.handling import (
    add_handler,
    begin_checklist,
    begin_handling,
    close_incident,
    end_handler,
    finish_step,
    give_incident_task,
    reopen_incident,
    write_line,
)
from kommissorium.incidents.forms import cases as forms
from kommissorium.incidents.models import ConcernedPerson, Handler, Step
from kommissorium.incidents.views.common import case_of, frame, handled_case, part_of_case
from kommissorium.registers.views.acts import Act, act_page

both = require_http_methods(["GET", "POST"])


ACTS: Final[Mapping[str, Act]] = {
    "line": Act(
        _("Add to the timeline"),
        forms.LineForm,
        write_line,
        _("It is added."),
        "#timeline",
        more={"multipart": True},
    ),
    "handler": Act(
        _("Give somebody a part"),
        forms.HandlerForm,
        add_handler,
        _("They have a part in it, and were told by mail."),
        more={"lead": _("Whoever has a part in it reads the whole case."), "sends_mail": True},
    ),
    "close": Act(
        _("Close the case"),
        forms.CloseForm,
        close_incident,
        _("The case was closed."),
        more={
            "lead": _("Effects and remedy stand in the log of breaches. Write no names."),
            "submit_label": _("Close the case"),
        },
    ),
    "reopen": Act(
        _("Open the case again"), forms.ReasonForm, reopen_incident, _("The case is open again.")
    ),
    "task": Act(
        _("New task"), forms.TaskForm, give_incident_task, _("The task is given."), "#tasks"
    ),
    "checklist": Act(
        _("Use a checklist"),
        forms.ChecklistForm,
        begin_checklist,
        _("The checklist is in use."),
        "#checklists",
    ),
    "known": Act(
        _("Another time when it became known"),
        forms.AwarenessForm,
        ask_awareness_change,
        _("The data protection officer is asked."),
        more={
            "lead": _(
                "The first moment stays in sight. Another one counts when the data protection"
                " officer agrees."
            )
        },
    ),
}
# What is done to a row of a case by a button, and where it leads back to.
PARTS: Final[Mapping[str, tuple[type[Model], Callable[..., object], str]]] = {
    "handler": (Handler, end_handler, ""),
    "step": (Step, finish_step, "#checklists"),
    "name": (ConcernedPerson, remove_name, "names/"),
}


@both
def incident_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do something to a case, by the page of one form."""
    if (one := ACTS.get(act)) is None:
        raise Http404
    found = handled_case(request, pk)
    return act_page(request, one, found, **frame(found, str(one.title), part=one.part))


@require_POST
def incident_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to handle a case."""
    found = handled_case(request, pk)
    begin_handling(found, by=person_of(request))
    messages.success(request, _("The handling began."))
    return redirect(found)


@require_POST
def incident_part(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Finish a step, remove a name, or end somebody's part in the handling."""
    if part not in PARTS:
        raise Http404
    kind, act, place = PARTS[part]
    row = part_of_case(request, kind, pk)
    act(row, by=person_of(request))
    messages.success(request, _("It is done."))
    return redirect(f"{row.incident.get_absolute_url()}{place}")


@both
def incident_names(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the names of persons concerned, and add some: each reading is logged by itself."""
    found, person = case_of(request, pk, Reading.What.NAMES), person_of(request)
    may_add = found.can_be_handled_by(person)
    if not may_add and (request.method == "POST" or not found.can_be_advised_by(person)):
        raise PermissionDenied
    form = forms.NamesForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: add_names(found, by=person, **form.cleaned_data),
        done=str(_("It is added.")),
        template="incidents/names.html",
        incident=found,
        rows=found.concerned.all(),
        may_add=may_add and not found.names_erased_at,
        submit_label=_("Add"),
        **frame(found, str(_("Names of persons concerned")), part="names/"),
    )
