"""Pages of the kit for a standard proposal: hand it out, take it back, give it up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.core.ui.responses import download, page
from kommissorium.meetings.models import Decision
from kommissorium.registers.actions.proposals import refuse_unless
from kommissorium.registers.actions.standard_proposals import change_draft, give_up, take_back
from kommissorium.registers.documents.record import changed_by
from kommissorium.registers.installed import proposal_kinds, register_with
from kommissorium.registers.models.proposals import ProposalState
from kommissorium.registers.standard_proposals import StandardProposal
from kommissorium.registers.views.row_pages import history_page

type Found = tuple[StandardProposal[Any], Any]


@require_GET
def proposal_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Hand a proposal out as a PDF: an approved one as it was frozen."""
    person = person_of(request)
    kind, found = _found(person, slug, pk)
    name = f"{slugify(kind.title_of(found))}-{found.pk}.pdf"
    return download(kind.document(found, person), name, "application/pdf")


@require_GET
def proposal_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show what happened to a proposal, the newest first."""
    kind, found = _found(person_of(request), slug, pk)
    title = kind.title_of(found)
    path = proposal_path(kind, found, "")[:-1]
    return history_page(request, Event.objects.filter(kind.history(found)), path, title, row=found)


@require_http_methods(["GET", "POST"])
def proposal_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change what stands in a draft's own fields."""
    person = person_of(request)
    kind, found = _drafted(person, slug, pk)
    form = kind.form_of(typed(request), found, person)
    if form is None:
        raise Http404
    refuse_unless(found, ProposalState.DRAFT)
    return edit_page(
        request,
        form,
        lambda: change_draft(kind, found, form.values(), by=person, edit_version=form.version),
        done=_("It is saved."),
        after=found,
        in_form=form.theirs,
        title=_("Edit the draft"),
        lead=kind.form_lead,
        cancel_url=found.get_absolute_url(),
        breadcrumbs=proposal_path(kind, found, _("Edit")),
    )


@require_http_methods(["GET", "POST"])
def proposal_drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give a draft up."""
    person = person_of(request)
    kind, found = _found(person, slug, pk)
    if not found.can_be_given_up_by(person):
        raise PermissionDenied
    return confirm_page(
        request,
        lambda: give_up(kind, found, by=person),
        done=_("The draft is given up."),
        after=register_with(kind).menu.home,
        title=_("Give the draft up"),
        text=_("It cannot be put before the committee. What holds today goes on."),
        submit_label=_("Give the draft up"),
        cancel_url=found.get_absolute_url(),
        breadcrumbs=proposal_path(kind, found, _("Give the draft up")),
    )


@require_POST
def proposal_reopen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a proposal back; it is a draft again."""
    person = person_of(request)
    kind, found = _drafted(person, slug, pk)
    take_back(kind, found, by=person)
    messages.success(request, _("It is a draft again."))
    return redirect(found)


def proposal_page(
    request: HttpRequest, kind: StandardProposal[Any], proposal: Any, template: str, **more: object
) -> HttpResponse:
    """Show a proposal by a template that says what is in it; the rest is as for any."""
    person = person_of(request)
    decision = Decision.objects.visible_to(person).filter(pk=proposal.decision_id or 0).first()
    context = {
        "proposal": proposal,
        "slug": kind.slug,
        "edit_url": kind.edit_url(proposal),
        "is_in_force": proposal.is_in_force_on(timezone.localdate()),
        "decision": decision,
        "decided_change": changed_by(decision) if proposal.is_approved else "",
        "lacks": kind.lacks(proposal) if proposal.is_draft else [],
        "may_draft": proposal.can_be_drafted_by(person),
        "may_give_up": proposal.is_draft and proposal.can_be_given_up_by(person),
        "title": kind.title_of(proposal),
        "breadcrumbs": proposal_path(kind, proposal),
    }
    return page(request, template, context | more)


def proposal_path(kind: StandardProposal[Any], proposal: Any, *more: str) -> list[Crumb]:
    """Return the path to a page of a proposal: its list, itself, and what is done with it."""
    label, place = kind.listed
    home = Crumb(str(label), reverse(place))
    title = kind.title_of(proposal)
    own = Crumb(title, proposal.get_absolute_url()) if more else title
    return path_of(home, own, *more)


def _found(person: Person, slug: str, pk: int) -> Found:
    kind = proposal_kinds().get(slug)
    if not isinstance(kind, StandardProposal):
        raise Http404
    return kind, get_object_or_404(kind.visible_to(person), pk=pk)


def _drafted(person: Person, slug: str, pk: int) -> Found:
    """Return what `person` may see. Raises PermissionDenied if they do not draft such things."""
    kind, found = _found(person, slug, pk)
    if not found.can_be_drafted_by(person):
        raise PermissionDenied
    return kind, found
