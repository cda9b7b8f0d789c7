"""The handbook: the policies in force, searched and read by every employee."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.rate_limits import Limit, address_of, refuse_too_many
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import reads_whole_register
from kommissorium.core.richtext import one_line
from kommissorium.core.richtext.sections import sections_of
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.core.ui.responses import download_from, page
from kommissorium.handbook.actions import change_handbook
from kommissorium.handbook.contents import contents, in_handbook, search_answers, search_versions
from kommissorium.handbook.models import HandbookSettings
from kommissorium.policies.headings import headings_of
from kommissorium.policies.models import Document, Version
from kommissorium.policies.policy_list import tab_line
from kommissorium.registers.forms.rows import row_form

both = require_http_methods(["GET", "POST"])
LONGEST = 200  # characters of a question
HandbookForm = row_form(HandbookSettings, *HandbookSettings.names)
STRANGERS = Limit("handbook_search", 60, 60, gettext_lazy("Too many searches. Wait a minute."))


@login_not_required
@require_GET
def handbook(request: HttpRequest) -> HttpResponseBase:
    """Show all policies in force, or the places of the words asked for."""
    if closed := _closed(request):
        return closed
    person = _person(request)
    question = one_line(request.GET.get("q", ""))[:LONGEST]
    if question and person is None:
        refuse_too_many(STRANGERS, address_of(request))
    context = {
        **_frame(request),
        "question": question,
        **(_answer(question, request.GET.get("page")) if question else {}),
        "asks": person is not None and "ask" in request.GET,
        "lines": [] if question else contents(),
        "may_set": person is not None and Document.can_be_changed_by(person),
        "line": tab_line(person, "handbook") if person and reads_whole_register(person) else None,
        "breadcrumbs": path_of(_("Handbook")),
    }
    return page(request, "handbook/handbook.html", context)


def _answer(question: str, page_asked: str | None) -> dict[str, Any]:
    """Return what has the words; where nothing has, what has words a letter from them."""
    told: dict[str, Any] = {}
    for is_near in (False, True):
        found = search_versions(question, in_handbook(), page_asked, is_near=is_near)
        answers = search_answers(question, is_near=is_near)
        told = {"found": found, "answers": answers, "is_near": is_near}
        if found or answers:
            return told
    return told | {"is_near": False}


@login_not_required
@require_GET
def handbook_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a document as it is in force."""
    if closed := _closed(request):
        return closed
    found = _version(pk)
    context = {
        **_frame(request),
        "version": found,
        "sections": sections_of(found.text),
        "person": _person(request),
        "breadcrumbs": path_of(Crumb(_("Handbook"), reverse("handbook")), found.title),
    }
    return page(request, "handbook/document.html", context)


@login_not_required
@require_GET
def handbook_section(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """Redirect to a heading, or to the document if the version in force no longer has it."""
    if closed := _closed(request):
        return closed
    found, url = _version(pk), reverse("handbook_document", args=[pk])
    if key in dict(headings_of(found)):
        return redirect(f"{url}#{key}")
    earlier = Version.objects.filter(document=pk, in_force_from__isnull=False).exclude(pk=found.pk)
    if any(key in dict(headings_of(one)) for one in earlier):
        return redirect(url)
    raise Http404


@login_not_required
@require_GET
def handbook_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the file of a document in force."""
    if closed := _closed(request):
        return closed
    found = _version(pk)
    if found.file is None:
        raise Http404
    return download_from(found.file.checked(), found.file_name, found.file.media_type)


@login_not_required
@require_GET
def handbook_accessibility(request: HttpRequest) -> HttpResponseBase:
    """State how accessible the handbook is, and whom to tell about faults."""
    if closed := _closed(request):
        return closed
    title = _("Accessibility of the handbook")
    path = path_of(Crumb(_("Handbook"), reverse("handbook")), title)
    context = {**_frame(request), "breadcrumbs": path}
    return page(request, "handbook/accessibility.html", context)


@both
def handbook_settings(request: HttpRequest) -> HttpResponse:
    """Open the handbook to our own network, or close it."""
    person, row = person_of(request), HandbookSettings.current()
    if not Document.can_be_changed_by(person):
        raise PermissionDenied
    form, title = HandbookForm(typed(request), row=row), _("Who reads the handbook")
    return edit_page(
        request,
        form,
        lambda: change_handbook(by=person, edit_version=form.version, **form.values()),
        done=_("It is saved."),
        after="handbook",
        in_form=form.theirs,
        title=title,
        lead=_("Everybody who signs in reads it. Without sign-in it is open to our own network."),
        cancel_url=reverse("handbook"),
        breadcrumbs=path_of(Crumb(_("Handbook"), reverse("handbook")), title),
    )


def _person(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def _closed(request: HttpRequest) -> HttpResponseBase | None:
    """Return the redirect to sign-in for somebody who may not read without it."""
    if _person(request) or HandbookSettings.current().is_open_to(address_of(request)):
        return None
    return redirect_to_login(request.get_full_path())


def _frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame_template": "base.html" if _person(request) else "plain.html"}


def _version(document: int) -> Version:
    """Return the version in force of a document. Raises Http404."""
    found: Version = get_object_or_404(in_handbook(), document=document)
    return found
