"""The owner approves a version, or another instead; and one is handed to the records system."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.responses import download_written
from kommissorium.policies.actions.owner_approvals import (
    approve_as_owner,
    lay_before_owner,
    owner_hindered,
    stand_ins,
)
from kommissorium.policies.forms import OwnerForm, StandInForm
from kommissorium.policies.handover import frozen_record, write_version
from kommissorium.policies.proposal import KIND
from kommissorium.policies.views.common import frame, version_of, written_version
from kommissorium.registers.actions.proposals import refuse_unless

both = require_http_methods(["GET", "POST"])


@require_POST
def policy_version_lay(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the document's owner to approve a draft."""
    found = written_version(request, pk)
    lay_before_owner(found, by=person_of(request))
    messages.success(request, _("It waits for the owner's approval."))
    return redirect(found)


@both
def policy_version_instead(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another owner to approve a draft, where its own may not."""
    found, person = written_version(request, pk), person_of(request)
    if not person.is_coordinator:
        raise PermissionDenied
    refuse_unless(found, found.State.DRAFT)
    form = StandInForm(typed(request), people=stand_ins(found, person))
    return edit_page(
        request,
        form,
        lambda: lay_before_owner(found, by=person, **form.cleaned_data),
        done=_("It waits for the approval."),
        lead=" ".join(owner_hindered(found)[:-1]),
        submit_label=_("Ask"),
        **frame(found, _("Ask another owner")),
    )


@both
def policy_version_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let who is asked approve the version as it stands."""
    found, person = version_of(request, pk), person_of(request)
    if not found.can_be_approved_by(person):
        raise PermissionDenied
    form = OwnerForm(typed(request), initial={"fingerprint": found.fingerprint})
    values = {"number": found.number, "title": found.title, "day": day(KIND.begins(found))}
    lead = _("You approve version %(number)d of “%(title)s”, in force from %(day)s.")
    return edit_page(
        request,
        form,
        lambda: approve_as_owner(found, **form.cleaned_data, by=person),
        done=_("It is approved. The committee is told of it at its next meeting."),
        lead=lead % values,
        submit_label=_("Approve"),
        **frame(found, _("Approve")),
    )


@require_GET
def policy_version_handover(request: HttpRequest, pk: int) -> FileResponse:
    """Hand an approved version out as a zip."""
    found, person = version_of(request, pk), person_of(request)
    if not person.is_coordinator:
        raise PermissionDenied
    record = frozen_record(found)
    if record is None:
        raise Http404
    name = f"{slugify(found.title) or 'version'}-{found.number}.zip"
    write = partial(write_version, found, record, reader=person)
    return download_written(write, name, "application/zip")
