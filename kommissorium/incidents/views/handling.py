"""Work on a case: its timeline, who has a part in it, its states, tasks, checklists and names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

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
from kommissorium.incidents.models import ConcernedPerson, Handler, Reading, Step
from kommissorium.incidents.views.common import case_of, frame, handled_case, part_of_case

both = require_http_methods(["GET", "POST"])
type Text = str | Promise


@dataclass(frozen=True)
class Act:
    """A page of one form about a case: what it is called, what it does, and what is said then."""

    title: Text
    form: Callable[..., Any]
    run: Callable[..., object]
    done: Text
    part: str = ""  # of the case's page, to which it leads back
    more: Mapping[str, Any] = field(default_factory=dict)


ACTS: Final[Mapping[str, Act]] = {
    "line": Act(
        gettext_lazy("Add to the timeline"),
        forms.LineForm,
        write_line,
        gettext_lazy("It is added."),
        "#timeline",
        {"multipart": True},
    ),
    "handler": Act(
        gettext_lazy("Give somebody a part"),
        forms.HandlerForm,
        add_handler,
        gettext_lazy("They have a part in it, and were told by mail."),
        more={
            "lead": gettext_lazy("Whoever has a part in it reads the whole case."),
            "sends_mail": True,
        },
    ),
    "close": Act(
        gettext_lazy("Close the case"),
        forms.CloseForm,
        close_incident,
        gettext_lazy("The case was closed."),
        more={
            "lead": gettext_lazy(
                "Effects and remedy stand in the log of breaches. Write no names."
            ),
            "submit_label": gettext_lazy("Close the case"),
        },
    ),
    "reopen": Act(
        gettext_lazy("Open the case again"),
        forms.ReasonForm,
        reopen_incident,
        gettext_lazy("The case is open again."),
    ),
    "task": Act(
        gettext_lazy("New task"),
        forms.TaskForm,
        give_incident_task,
        gettext_lazy("The task is given."),
        "#tasks",
    ),
    "checklist": Act(
        gettext_lazy("Use a checklist"),
        forms.ChecklistForm,
        begin_checklist,
        gettext_lazy("The checklist is in use."),
        "#checklists",
    ),
    "known": Act(
        gettext_lazy("Another moment since when it is known"),
        forms.AwarenessForm,
        ask_awareness_change,
        gettext_lazy("The data protection officer is asked."),
        more={
            "lead": gettext_lazy(
                "The first moment stays in sight. Another one counts when the data protection"
                " officer agrees."
            ),
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
    found, person = handled_case(request, pk), person_of(request)
    form = one.form(typed(request), request.FILES or None, row=found)
    return edit_page(
        request,
        form,
        lambda: one.run(found, by=person, **form.given()),
        done=str(one.done),
        **one.more,
        **frame(found, str(one.title), part=one.part),
    )


@require_POST
def incident_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to handle a case."""
    found = handled_case(request, pk)
    begin_handling(found, by=person_of(request))
    messages.success(request, _("The handling began."))
    return redirect(found)


@require_POST
def incident_part(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Finish a step, take a name away, or take somebody out of the handling."""
    if part not in PARTS:
        raise Http404
    kind, act, place = PARTS[part]
    row = part_of_case(request, kind, pk)
    act(row, by=person_of(request))
    messages.success(request, _("It is done."))
    return redirect(f"{row.incident.get_absolute_url()}{place}")


@both
def incident_names(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the names of persons concerned, and add some: who reads them is logged by itself."""
    found, person = case_of(request, pk, Reading.What.NAMES), person_of(request)
    may_add = found.can_be_handled_by(person)
    if not may_add and (request.method == "POST" or not found.can_be_advised_by(person)):
        raise PermissionDenied
    form = forms.NamesForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: add_names(found, by=person, **form.cleaned_data),
        done=_("The names are added."),
        template="incidents/names.html",
        incident=found,
        rows=found.concerned.all(),
        may_add=may_add and not found.names_erased_at,
        submit_label=_("Add"),
        **frame(found, _("Names of persons concerned"), part="names/"),
    )
