"""Pages of continuity beside those of any test: services, their plans, evaluations, and paper."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.continuity.actions.activations import add_activation
from kommissorium.continuity.actions.evaluations import draft_evaluation
from kommissorium.continuity.actions.plans import draft_plans, write_plans
from kommissorium.continuity.actions.services import add_service, change_service, retire_service
from kommissorium.continuity.activations import suggested
from kommissorium.continuity.evaluation import EVALUATION
from kommissorium.continuity.forms import (
    ActivationForm,
    ContinuityPlanForm,
    RetireForm,
    ServiceForm,
)
from kommissorium.continuity.kind import KIND, tests_of
from kommissorium.continuity.lines import rows_of
from kommissorium.continuity.models import ContinuityPlan, Service
from kommissorium.continuity.plan import PLAN, facts_of, systems_of
from kommissorium.continuity.service_status import statuses_of
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.core.ui.responses import page
from kommissorium.registers.actions.proposals import refuse_unless
from kommissorium.registers.happenings import happening_of
from kommissorium.registers.views.history import history_page
from kommissorium.registers.views.proposals import proposal_page, proposal_path

both = require_http_methods(["GET", "POST"])


@both
def continuity_service_new(request: HttpRequest) -> HttpResponse:
    """Add a service."""
    person = keeper(request)
    form = ServiceForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: add_service(by=person, values=form.values()),
        done=_("The service is added. Write its plans."),
        title=_("Add a service"),
        cancel_url=reverse("continuity"),
        breadcrumbs=path_of(home(), _("Add a service")),
    )


@require_GET
def continuity_service(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a service: how it stands, what it needs, whom one calls, its plans and tests."""
    found, person, today = _service(request, pk), person_of(request), timezone.localdate()
    plans = PLAN.visible_to(person).filter(service=found).order_by("-number")
    may_write = found.can_be_written_by(person)
    is_open = any(one.is_draft or one.is_proposed for one in plans)
    context = {
        "service": found,
        "status": statuses_of([found], today)[0],
        "facts": list(facts_of(found)),
        "systems": systems_of(found),
        "calls": rows_of(found.calls),
        "plans": [(one, one.is_in_force_on(today)) for one in plans],
        "tests": [
            (one, one.state_on(today))
            for one in tests_of(found).filter(
                pk__in=KIND.visible_to(person).order_by().values("pk")
            )
        ],
        "may_write": may_write,
        "may_begin": may_write and not is_open,
        "may_retire": Service.can_be_kept_by(person) and not found.is_retired,
        "breadcrumbs": path_of(home(), found.title),
    }
    return page(request, "continuity/service.html", context)


@both
def continuity_service_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a service."""
    found, person = _written(request, pk), person_of(request)
    form = ServiceForm(typed(request), row=found)
    return edit_page(
        request,
        form,
        lambda: change_service(found, by=person, values=form.values(), edit_version=form.version),
        done=_("The service is saved."),
        in_form=lambda now: {name: value for name, value in now.items() if name in form.names},
        **_frame(found, _("Edit")),
    )


@both
def continuity_service_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a service out of the register, with a reason."""
    person, found = keeper(request), _service(request, pk)
    form = RetireForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: retire_service(found, by=person, because=form.cleaned_data["because"]),
        done=_("The service is taken out of the register."),
        lead=_("Its plans are asked for no more. What was approved stays."),
        **_frame(found, _("Take it out of the register")),
    )


@require_GET
def continuity_service_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what happened to a service, the newest first."""
    found = _service(request, pk)
    path = [home(), Crumb(found.title, found.get_absolute_url())]
    return history_page(request, Event.objects.about(found), path, found.title, row=found)


@require_POST
def continuity_plan_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the next version of a service's plans."""
    found = draft_plans(_service(request, pk), by=person_of(request))
    return redirect(PLAN.edit_url(found))


@require_GET
def continuity_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version of a service's plans: what was approved as it was frozen."""
    found = get_object_or_404(PLAN.visible_to(person_of(request)), pk=pk)
    told = PLAN.said(found)
    more = {"sections": PLAN.sections(told), "told": told, "service": found.service}
    path = path_of(home(), found.service, PLAN.title_of(found))
    return proposal_page(request, PLAN, found, "continuity/plan.html", **more, breadcrumbs=path)


@both
def continuity_plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what a draft says."""
    person = person_of(request)
    found: ContinuityPlan = get_object_or_404(PLAN.visible_to(person), pk=pk)
    if not found.can_be_drafted_by(person):
        raise PermissionDenied
    refuse_unless(found, found.State.DRAFT)
    form = ContinuityPlanForm(typed(request), row=found)
    tests: Any = form.fields["improves"]
    seen = KIND.visible_to(person).order_by().values("pk")
    tests.queryset = tests.queryset.filter(pk__in=seen)
    return edit_page(
        request,
        form,
        lambda: write_plans(found, by=person, values=form.values(), edit_version=form.version),
        done=_("The draft is saved."),
        after=found,
        in_form=form.theirs,
        lead=_("Whom one calls and which systems are needed stands with the service."),
        title=_("Write the plans"),
        cancel_url=found.get_absolute_url(),
        breadcrumbs=proposal_path(PLAN, found, _("Write")),
    )


@require_POST
def continuity_evaluation_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the evaluation of a test."""
    person = person_of(request)
    found = get_object_or_404(KIND.visible_to(person), pk=pk)
    return redirect(draft_evaluation(found, by=person))


@both
def continuity_activation_new(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Add a real activation that something in another register began."""
    found = happening_of(f"{code}:{pk}", person_of(request))
    if found is None:
        raise Http404
    person, title = keeper(request), _("Add the activation of the plan")
    form = ActivationForm(typed(request), row=suggested(found, person))
    return edit_page(
        request,
        form,
        lambda: add_activation(found, by=person, values=form.values()),
        done=_("The activation is added. Say how it went, and have it evaluated."),
        title=title,
        lead=_(
            "Also others than who may read of %(what)s read this. Write nothing they may not know."
        )
        % {"what": found.label},
        cancel_url=found.url,
        breadcrumbs=path_of(home(), title),
    )


@require_GET
def continuity_evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an evaluation: what was approved as it was frozen."""
    found = get_object_or_404(EVALUATION.visible_to(person_of(request)), pk=pk)
    told = EVALUATION.said(found)
    more = {"sections": EVALUATION.sections(told), "subject": found.test}
    return proposal_page(request, EVALUATION, found, "registers/evaluation.html", **more)


def keeper(request: HttpRequest) -> Any:
    """Return the person. Raises PermissionDenied for who does not keep the register."""
    person = person_of(request)
    if not Service.can_be_kept_by(person):
        raise PermissionDenied
    return person


def _service(request: HttpRequest, pk: int) -> Service:
    rows = Service.objects.visible_to(person_of(request)).select_related("responsible", "area")
    found: Service = get_object_or_404(rows, pk=pk)
    return found


def _written(request: HttpRequest, pk: int) -> Service:
    found = _service(request, pk)
    if not found.can_be_written_by(person_of(request)):
        raise PermissionDenied
    return found


def home() -> Crumb:
    """Return the path to the list."""
    return Crumb(_("Continuity"), reverse("continuity"))


def _frame(found: Service, title: str) -> dict[str, Any]:
    """Return what the page of a form about a service says, and where it leads."""
    return {
        "title": title,
        "after": found,
        "cancel_url": found.get_absolute_url(),
        "breadcrumbs": path_of(home(), Crumb(found.title, found.get_absolute_url()), title),
    }
