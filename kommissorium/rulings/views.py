"""Questions about rules and dispensations from them: asked, shown, renewed, ended."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.evidence.models import reference
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.measures.days import add_months
from kommissorium.policies.views.common import document_of, path_to
from kommissorium.registers.actions.proposals import refuse_unless
from kommissorium.registers.views.proposals import proposal_page, proposal_path
from kommissorium.rulings import dispensations, interpretations
from kommissorium.rulings.actions.rulings import (
    apply_for_dispensation,
    ask_interpretation,
    change_application,
    change_rule,
    end_dispensation,
    renew_dispensation,
)
from kommissorium.rulings.forms import ApplicationForm, ChangeForm, EndForm, QuestionForm
from kommissorium.rulings.models import Dispensation, Interpretation
from kommissorium.tasks.models import Task

both = require_http_methods(["GET", "POST"])
KINDS: dict[str, Any] = {one.slug: one for one in (interpretations.KIND, dispensations.KIND)}


@both
def interpretation_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask how a rule of a document is to be understood."""
    person = person_of(request)
    found = document_of(request, pk)
    heading = request.GET.get("heading", "")
    form = QuestionForm(typed(request), document=found, heading=heading)
    return edit_page(
        request,
        form,
        lambda: ask_interpretation(found, by=person, **form.cleaned_data),
        done=_("The question is asked. You see here what comes of it."),
        title=_("Ask how a rule is to be understood"),
        lead=found.title,
        submit_label=_("Ask"),
        cancel_url=found.get_absolute_url(),
        breadcrumbs=path_to(found, _("Ask how a rule is to be understood")),
    )


@require_GET
def interpretation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a question and its ruling."""
    person = person_of(request)
    found = get_object_or_404(interpretations.KIND.visible_to(person), pk=pk)
    return _shown(request, interpretations.KIND, found, "rulings/interpretation.html")


@both
def dispensation_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply for a dispensation from a rule of a document."""
    person = person_of(request)
    found = document_of(request, pk)
    heading = request.GET.get("heading", "")
    form = ApplicationForm(typed(request), person=person, document=found, heading=heading)
    return edit_page(
        request,
        form,
        lambda: apply_for_dispensation(
            found, heading=form.cleaned_data["heading"], values=form.values(), by=person
        ),
        done=_("The application is handed in. You see here what comes of it."),
        title=_("Apply for a dispensation"),
        lead=found.title,
        submit_label=_("Apply"),
        cancel_url=found.get_absolute_url(),
        breadcrumbs=path_to(found, _("Apply for a dispensation")),
    )


@require_GET
def dispensation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a dispensation, and those before and after it."""
    found, person = _dispensation(request, pk), person_of(request)
    own = Dispensation.objects.visible_to(person).filter(lineage=found.lineage)
    more = {
        "others": own.exclude(pk=found.pk).order_by("-pk"),
        "has_run_out": found.has_run_out,
        "may_end": found.is_standing and found.is_kept_by(person),
        "may_rewrite": found.can_be_rewritten_by(person),
    }
    return _shown(request, dispensations.KIND, found, "rulings/dispensation.html", **more)


@both
def dispensation_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an application."""
    found, person = _dispensation(request, pk), person_of(request)
    if not found.is_draft:
        refuse_unless(found, found.State.DRAFT)
    if not found.can_be_rewritten_by(person):
        raise PermissionDenied
    form = ApplicationForm(typed(request), person=person, row=found)
    return edit_page(
        request,
        form,
        lambda: change_application(
            found, values=form.values(), by=person, edit_version=form.version
        ),
        done=_("It is saved."),
        after=found,
        in_form=form.theirs,
        **_frame(found, _("Edit the application")),
    )


@both
def dispensation_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply for a dispensation anew, with what it said."""
    found, person = _kept(request, pk), person_of(request)
    form = ApplicationForm(typed(request), person=person, row=found)
    form.initial.pop("last_day", None)
    return edit_page(
        request,
        form,
        lambda: renew_dispensation(found, values=form.values(), by=person),
        done=_("The application is handed in. The dispensation it renews holds meanwhile."),
        submit_label=_("Apply"),
        **_frame(found, _("Apply for it anew")),
    )


@both
def dispensation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a dispensation: the rule is followed again."""
    found, person = _kept(request, pk), person_of(request)
    form = EndForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: end_dispensation(found, by=person, **form.cleaned_data),
        done=_("It has ended."),
        after=found,
        submit_label=_("End"),
        **_frame(found, _("End the dispensation")),
    )


@both
def ruling_change_rule(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Begin a draft in which the rule is changed, and give somebody the task to write it."""
    person, kind = person_of(request), KINDS.get(slug)
    if kind is None:
        raise Http404
    found = get_object_or_404(kind.visible_to(person), pk=pk)
    if not person.is_coordinator:
        raise PermissionDenied
    due = add_months(timezone.localdate(), 3)
    form = ChangeForm(typed(request), initial={"owner": found.document.owner, "due": due})
    return edit_page(
        request,
        form,
        lambda: change_rule(found, by=person, **form.cleaned_data),
        done=_("The task is given. This is the draft in which the rule is changed."),
        submit_label=_("Begin the draft"),
        **_frame(found, _("Change the rule"))
        | {"lead": _("A draft of the document says why, and somebody gets the task to write it.")},
    )


def _shown(
    request: HttpRequest, kind: Any, found: Any, template: str, **more: object
) -> HttpResponse:
    person = person_of(request)
    born = Task.objects.visible_to(person)
    rewrites = born.filter(born_kind=reference(found)[0], born_id=str(found.pk))
    context = {
        "sections": kind.sections(kind.body(found)),
        "rewrites": rewrites.select_related("owner"),
        "may_change_rule": person.is_coordinator,
    }
    return proposal_page(request, kind, found, template, **context, **more)


def _dispensation(request: HttpRequest, pk: int) -> Dispensation:
    rows = dispensations.KIND.visible_to(person_of(request))
    return get_object_or_404(rows, pk=pk)


def _kept(request: HttpRequest, pk: int) -> Dispensation:
    """Return one that is the person's to end or renew. Raises PermissionDenied and Refused."""
    found = _dispensation(request, pk)
    if not found.is_kept_by(person_of(request)):
        raise PermissionDenied
    if not found.is_standing:
        raise Refused(_("It has been ended or renewed already."))
    return found


def _frame(found: Interpretation | Dispensation, title: str) -> dict[str, Any]:
    kind: Any = dispensations.KIND if isinstance(found, Dispensation) else interpretations.KIND
    return {
        "title": title,
        "lead": kind.title_of(found),
        "cancel_url": found.get_absolute_url(),
        "breadcrumbs": proposal_path(kind, found, title),
    }
