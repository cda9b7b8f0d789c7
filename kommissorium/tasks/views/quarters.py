"""A committee's list of tasks for a quarter."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.tasks.actions import choose_for_quarter, unchoose
from kommissorium.tasks.forms import ChoiceForm
from kommissorium.tasks.models import QuarterTask, Task
from kommissorium.tasks.quarters import (
    is_quarter,
    next_quarter,
    previous_quarter,
    quarter_name,
)
from kommissorium.tasks.views import crumbs


@require_GET
def quarter(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """Show what a committee chose for a quarter and how it stands."""
    committee, first = _quarter(request, pk, day)
    person = person_of(request)
    chosen = QuarterTask.objects.filter(committee=committee, quarter=first)
    rows = list(chosen.select_related("task__owner").order_by("task__due", "pk"))
    readable = set(
        Task.objects.visible_to(person)
        .filter(pk__in=[row.task_id for row in rows])
        .values_list("pk", flat=True)
    )
    context = {
        "committee": committee,
        "title": quarter_name(first),
        "rows": [(row, row.task_id in readable) for row in rows],
        "done": sum(row.task.state == Task.State.DONE for row in rows),
        "may_choose": committee.can_be_prepared_by(person),
        "choice_url": reverse("quarter_choice", args=[committee.pk, first]),
        "previous": _neighbour(committee, previous_quarter(first)),
        "next": _neighbour(committee, next_quarter(first)),
        "breadcrumbs": [*crumbs(), Crumb(f"{committee.name}: {quarter_name(first)}")],
    }
    return page(request, "tasks/quarter.html", context)


@require_http_methods(["GET", "POST"])
def choice(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """Choose tasks for a quarter among the open ones of the committee."""
    committee, first = _quarter(request, pk, day)
    person = person_of(request)
    if not committee.can_be_prepared_by(person):
        raise PermissionDenied
    form = ChoiceForm(typed(request), committee=committee, quarter=first)
    url = reverse("quarter", args=[committee.pk, first])
    chosen = attempt(
        form, lambda: choose_for_quarter(committee, first, form.cleaned_data["tasks"], by=person)
    )
    if chosen:
        number = len(chosen.value)
        text = ngettext("%(number)d task is chosen.", "%(number)d tasks are chosen.", number)
        messages.success(request, text % {"number": number})
        return redirect(url)
    title = _("Choose tasks for %(quarter)s") % {"quarter": quarter_name(first)}
    back = Crumb(f"{committee.name}: {quarter_name(first)}", url)
    return form_page(
        request,
        form,
        "tasks/choice.html",
        title=title,
        committee=committee,
        submit_label=_("Choose"),
        cancel_url=url,
        breadcrumbs=[*crumbs(), back, Crumb(_("Choose"))],
    )


@require_http_methods(["GET", "POST"])
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a task off a quarter's list."""
    person = person_of(request)
    mine = QuarterTask.objects.filter(committee__in=Committee.objects.visible_to(person))
    row = get_object_or_404(mine.select_related("committee", "task"), pk=pk)
    if not row.committee.can_be_prepared_by(person):
        raise PermissionDenied
    name = quarter_name(row.quarter)
    url = reverse("quarter", args=[row.committee_id, row.quarter])
    if request.method == "POST":
        unchoose(row, by=person)
        messages.success(request, _("The task is off the list of %(quarter)s.") % {"quarter": name})
        return redirect(url)
    shown = Task.objects.visible_to(person).filter(pk=row.task_id).exists()
    values = {"title": row.task.title if shown else _("A task from a closed item"), "quarter": name}
    context = {
        "title": _("Take the task off the list"),
        "text": _("“%(title)s” is taken off the list of %(quarter)s. The task itself stays.")
        % values,
        "submit_label": _("Take it off the list"),
        "cancel_url": url,
        "danger": True,
        "breadcrumbs": [*crumbs(), Crumb(f"{row.committee.name}: {name}", url), Crumb(_("Remove"))],
    }
    return page(request, "ui/confirm.html", context)


def _quarter(request: HttpRequest, pk: int, day: str) -> tuple[Committee, date]:
    visible = Committee.objects.visible_to(person_of(request))
    committee = get_object_or_404(visible, pk=pk)
    try:
        first = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if not is_quarter(first) or day != str(first):
        raise Http404
    return committee, first


def _neighbour(committee: Committee, first: date) -> tuple[str, str] | None:
    """Return the name of a quarter and where its list is; None past the end of time."""
    if not is_quarter(first):
        return None
    return quarter_name(first), reverse("quarter", args=[committee.pk, first])
