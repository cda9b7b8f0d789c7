"""Pages of continuity besides the kit's: services, their plans, activations, and paper."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import reads_whole_register
from kommissorium.continuity.actions.plans import (
    add_activation,
    draft_plans,
    note_copy,
    return_copy,
)
from kommissorium.continuity.actions.services import add_service, change_service, retire_service
from kommissorium.continuity.forms import ActivationForm, CopyForm, RetireForm, ServiceForm
from kommissorium.continuity.kind import KIND
from kommissorium.continuity.lines import rows_of
from kommissorium.continuity.models import ContinuityPlan, PaperCopy, Service
from kommissorium.continuity.package import package_for
from kommissorium.continuity.plan import PLAN, facts_of, systems_of
from kommissorium.continuity.plan_upkeep import suggested
from kommissorium.continuity.service_status import statuses_of
from kommissorium.continuity.tabs import tab_line
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.core.ui.responses import download, page
from kommissorium.registers.offered import happening_of
from kommissorium.registers.views.proposals import proposal_page
from kommissorium.registers.views.row_pages import RowPages

both = require_http_methods(["GET", "POST"])


def home() -> Crumb:
    """Return the path to the list."""
    return Crumb(_("Continuity"), reverse("continuity"))


def _services(person: Person) -> Any:
    return Service.objects.visible_to(person).select_related("responsible", "area")


PAGES = RowPages(home, _services)


@both
def continuity_service_new(request: HttpRequest) -> HttpResponse:
    """Add a service."""
    words = {"title": _("Add a service"), "done": _("The service is added. Write its plans.")}
    form, may = ServiceForm(typed(request)), Service.can_be_kept_by
    return PAGES.add(request, form, add_service, may=may, **words)


@require_GET
def continuity_service(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a service: its status, its needs, whom to call, its plans and tests."""
    found, person, today = PAGES.get(request, pk), person_of(request), timezone.localdate()
    plans = PLAN.visible_to(person).filter(service=found).order_by("-number")
    tests = KIND.visible_to(person).filter(plan__state="approved", service=found)
    may_write = found.can_be_written_by(person)
    is_open = any(one.is_draft or one.is_proposed for one in plans)
    context = {
        "service": found,
        "status": statuses_of([found], today)[0],
        "facts": list(facts_of(found)),
        "systems": systems_of(found),
        "calls": rows_of(found.calls),
        "plans": [(one, one.is_in_force_on(today)) for one in plans],
        "tests": [(one, one.state_on(today)) for one in tests.order_by("-planned_for", "-pk")],
        "may_write": may_write,
        "may_begin": may_write and not is_open,
        "may_retire": Service.can_be_kept_by(person) and not found.is_retired,
        "breadcrumbs": PAGES.path(found.title),
    }
    return page(request, "continuity/service.html", context)


@both
def continuity_service_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a service."""
    found = PAGES.get(request, pk, may="can_be_written_by")
    form = ServiceForm(typed(request), row=found)
    return PAGES.change(request, found, form, change_service, done=_("It is saved."))


@both
def continuity_service_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a service out of the register, with a reason."""
    found, form = PAGES.get(request, pk, may="can_be_kept_by"), RetireForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: retire_service(found, by=person_of(request), because=form.cleaned_data["because"]),
        done=_("It has been taken out of the register."),
        lead=_("Its plans are no longer asked for. What was approved stays."),
        **PAGES.frame(found, _("Take out of the register")),
    )


@require_GET
def continuity_service_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what happened to a service, the newest first."""
    return PAGES.history(request, pk)


@require_POST
def continuity_plan_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the next version of a service's plans."""
    found = draft_plans(PAGES.get(request, pk), by=person_of(request))
    return redirect(PLAN.edit_url(found))


@require_GET
def continuity_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version of a service's plans: an approved one as it was frozen."""
    found = get_object_or_404(PLAN.visible_to(person_of(request)), pk=pk)
    told = PLAN.said(found)
    more = {"sections": PLAN.sections(told), "told": told, "service": found.service}
    path = path_of(home(), found.service, PLAN.title_of(found))
    return proposal_page(request, PLAN, found, "continuity/plan.html", **more, breadcrumbs=path)


@both
def continuity_activation_new(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Add a real activation caused by something in another register."""
    person, title = person_of(request), _("Add the activation of the plan")
    found = happening_of(f"{code}:{pk}", person)
    if found is None:
        raise Http404
    if not Service.can_be_kept_by(person):
        raise PermissionDenied
    form = ActivationForm(typed(request), row=suggested(found, person))
    lead = _(
        "This is also read by people who may not read of %(what)s. Write nothing they may not know."
    )
    return edit_page(
        request,
        form,
        lambda: add_activation(found, by=person, values=form.values()),
        done=_("The activation is added. Say how it went, and have it evaluated."),
        title=title,
        lead=lead % {"what": found.label},
        cancel_url=found.url,
        breadcrumbs=PAGES.path(title),
    )


@require_GET
def continuity_package(request: HttpRequest) -> HttpResponse:
    """Hand out all plans for keeping offline."""
    name = f"{_('plans')}-{timezone.localdate().isoformat()}.zip"
    return download(package_for(_reader(request)), name, "application/zip")


@require_GET
def continuity_copies(request: HttpRequest) -> HttpResponse:
    """Show the holders of printed copies, and which copies are out of date."""
    person, today = _reader(request), timezone.localdate()
    plans = ContinuityPlan.objects.in_force_on(today).filter(service__is_retired=False)
    begun = dict(plans.values_list("service", "in_force_from"))
    newest = max(filter(None, begun.values()), default=None)
    context = {
        "copies": [
            (one, begun.get(one.service_id) if one.service_id else newest)
            for one in PaperCopy.objects.kept()
        ],
        "line": tab_line(person, "continuity_copies"),
        "may_keep": Service.can_be_kept_by(person),
        "breadcrumbs": PAGES.path(_("On paper")),
    }
    return page(request, "continuity/copies.html", context)


@both
def continuity_copy_new(request: HttpRequest) -> HttpResponse:
    """Note who holds a printed copy."""
    person, form = _keeper(request), CopyForm(typed(request))
    title = _("Note a printed copy")
    return edit_page(
        request,
        form,
        lambda: note_copy(by=person, values=form.values()),
        done=_("It is noted. Who holds it gets a mail when the plans change."),
        **_frame(title),
    )


@both
def continuity_copy_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a printed copy was returned or destroyed."""
    person = _keeper(request)
    found = get_object_or_404(PaperCopy.objects.select_related("holder", "service"), pk=pk)
    return confirm_page(
        request,
        lambda: return_copy(found, by=person),
        done=_("It is noted."),
        text=f"{found.of_what}: {found.in_words}",
        submit_label=_("The copy is gone"),
        **_frame(_("Returned or destroyed")),
    )


def _reader(request: HttpRequest) -> Person:
    """Return the person. Raises Http404 for those who do not read the whole register."""
    person = person_of(request)
    if not reads_whole_register(person):
        raise Http404
    return person


def _keeper(request: HttpRequest) -> Person:
    """Return the person. Raises PermissionDenied for those who do not keep the register."""
    person = person_of(request)
    if not Service.can_be_kept_by(person):
        raise PermissionDenied
    return person


def _frame(title: str) -> dict[str, Any]:
    """Return the texts of a page about a printed copy, and where it leads."""
    copies = reverse("continuity_copies")
    path = PAGES.path(Crumb(_("On paper"), copies), title)
    return {"title": title, "after": copies, "cancel_url": copies, "breadcrumbs": path}
