"""Work on a case: its timeline, who has a part in it, its states, tasks, checklists and names."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
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
from kommissorium.incidents.forms.cases import (
    ChecklistForm,
    CloseForm,
    HandlerForm,
    LineForm,
    NamesForm,
    ReasonForm,
    TaskForm,
)
from kommissorium.incidents.models import ConcernedPerson, Handler, Reading, Step
from kommissorium.incidents.views.common import case_of, frame, handled_case, part_of_case

both = require_http_methods(["GET", "POST"])


@both
def incident_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Add to the timeline."""
    found, person = handled_case(request, pk), person_of(request)
    form = LineForm(typed(request), request.FILES or None)
    return edit_page(
        request,
        form,
        lambda: write_line(found, by=person, **form.values()),
        done=_("It is added."),
        multipart=True,
        submit_label=_("Add"),
        **frame(found, _("Add to the timeline"), part="#timeline"),
    )


@both
def incident_handler(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a part in the handling."""
    found, person = handled_case(request, pk), person_of(request)
    form = HandlerForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: add_handler(found, by=person, **form.cleaned_data),
        done=_("They have a part in it, and were told by mail."),
        lead=_("Whoever has a part in it reads the whole case."),
        sends_mail=True,
        submit_label=_("Add"),
        **frame(found, _("Give somebody a part")),
    )


@both
def incident_handler_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody out of the handling."""
    row, person = part_of_case(request, Handler, pk), person_of(request)
    return confirm_page(
        request,
        lambda: end_handler(row, by=person),
        done=_("They have no part in it any more."),
        text=_("They can no longer read the case."),
        submit_label=_("Take out"),
        **frame(row.incident, _("Take somebody out of the handling")),
    )


@require_POST
def incident_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to handle a case."""
    found = handled_case(request, pk)
    begin_handling(found, by=person_of(request))
    messages.success(request, _("The handling began."))
    return redirect(found)


@both
def incident_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a case."""
    found, person = handled_case(request, pk), person_of(request)
    form = CloseForm(typed(request), row=found)
    return edit_page(
        request,
        form,
        lambda: close_incident(found, by=person, edit_version=form.version, **form.values()),
        done=_("The case was closed."),
        lead=_("Effects and remedy stand in the log of breaches. Write no names."),
        in_form=form.theirs,
        submit_label=_("Close the case"),
        **frame(found, _("Close the case")),
    )


@both
def incident_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed case again."""
    found, person = handled_case(request, pk), person_of(request)
    form = ReasonForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: reopen_incident(found, by=person, **form.cleaned_data),
        done=_("The case is open again."),
        submit_label=_("Open it again"),
        **frame(found, _("Open the case again")),
    )


@both
def incident_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a task of the case."""
    found, person = handled_case(request, pk), person_of(request)
    form = TaskForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: give_incident_task(found, by=person, **form.cleaned_data),
        done=_("The task is given."),
        **frame(found, _("New task"), part="#tasks"),
    )


@both
def incident_checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a checklist into use."""
    found, person = handled_case(request, pk), person_of(request)
    form = ChecklistForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: begin_checklist(found, by=person, **form.cleaned_data),
        done=_("The checklist is in use."),
        submit_label=_("Use it"),
        **frame(found, _("Use a checklist"), part="#checklists"),
    )


@require_POST
def incident_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a step of a checklist is done."""
    step = part_of_case(request, Step, pk)
    finish_step(step, by=person_of(request))
    return redirect(f"{step.incident.get_absolute_url()}#checklists")


@both
def incident_names(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the names of persons concerned, and add some: who reads them is logged by itself."""
    found, person = case_of(request, pk, Reading.What.NAMES), person_of(request)
    may_add = found.can_be_handled_by(person)
    if not may_add and (request.method == "POST" or not found.can_be_advised_by(person)):
        raise PermissionDenied
    form = NamesForm(typed(request))
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


@require_POST
def incident_name_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a name that should not stand there."""
    row = part_of_case(request, ConcernedPerson, pk)
    remove_name(row, by=person_of(request))
    messages.success(request, _("The name is taken away."))
    return redirect("incident_names", row.incident_id)
