"""Pages of documents: one with its versions, the tree, what holds for each level; the list is declared."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.evidence.models import Event
from kommissorium.core.richtext.sections import sections_of
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.policies.actions.documents import (
    add_document,
    change_document,
    change_level,
    restore_document,
    retire_document,
)
from kommissorium.policies.actions.versions import begin_version
from kommissorium.policies.forms import DocumentForm, LevelForm, RetireForm
from kommissorium.policies.models import Change, Document, Level, LevelSettings, Version
from kommissorium.policies.policy_list import tab_line, tree_of
from kommissorium.policies.status import statuses_of
from kommissorium.policies.views.common import document_of, frame, keeper_of, kept_document, path_to
from kommissorium.registers.views.row_pages import RowPages, history_page

both = require_http_methods(["GET", "POST"])


@require_GET
def policies_tree(request: HttpRequest) -> HttpResponse:
    """Show the documents in use as a tree."""
    person = person_of(request)
    rows = Document.objects.visible_to(person).in_use().select_related("owner")
    statuses = statuses_of(list(rows), timezone.localdate())
    context = {
        "branches": tree_of(statuses, lambda one: one.document, lambda one: one.document.title),
        "line": tab_line(person, "policies_tree"),
        "may_keep": Document.can_be_changed_by(person),
        "breadcrumbs": path_to(None, _("Tree")),
    }
    return page(request, "policies/tree.html", context)


@both
def policy_new(request: HttpRequest) -> HttpResponse:
    """Add a document."""
    done = _("The document is added. Write its text as a version.")
    form, title = DocumentForm(typed(request)), _("New document")
    return PAGES.add(request, form, add_document, title=title, done=done)


@require_GET
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a document: what is in force of it, what was, and what comes next."""
    found, person = document_of(request, pk), person_of(request)
    versions = Version.objects.visible_to(person).filter(document=found)
    versions = versions.select_related("decision", "approver").defer("text", "file_text")
    rows = list(versions.order_by("-number"))
    today = timezone.localdate()
    current = found.version_on(today)
    below = Document.objects.visible_to(person).in_use().filter(parent=found)
    is_free = not found.versions.open().exists() and not found.is_retired
    context = {
        "document": found,
        "status": statuses_of([found], today)[0],
        "current": current,
        "sections": sections_of(current.text) if current else (),
        "coming": [one for one in rows if _is_coming(one, current)],
        "former": [one for one in rows if one.in_force_to or one.state == "dropped"],
        "below": statuses_of(list(below.select_related("owner")), today),
        "may_keep": Document.can_be_changed_by(person),
        "may_begin": found.can_be_written_by(person) and is_free,
        "breadcrumbs": path_to(found),
    }
    return page(request, "policies/policy.html", context)


@both
def policy_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what holds for a document."""
    found, done = kept_document(request, pk), _("It is saved.")
    form = DocumentForm(typed(request), row=found)
    return PAGES.change(request, found, form, change_document, done=done)


@both
def policy_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a document out of use, or one that is retired into use again."""
    found, person = kept_document(request, pk), person_of(request)
    if found.is_retired:
        return confirm_page(
            request,
            lambda: restore_document(found, by=person),
            done=_("The document is in use again."),
            danger=False,
            text=_("A version of it must be decided on before anything is in force."),
            submit_label=_("Take into use"),
            **frame(found, _("Take into use again")),
        )
    form = RetireForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: retire_document(found, by=person, **form.cleaned_data),
        done=_("The document is retired."),
        lead=_("Nothing of it is in force from today. Its versions can still be read."),
        submit_label=_("Retire the document"),
        **frame(found, _("Retire the document")),
    )


@require_POST
def policy_version_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version with the words of the last one; as unchanged where that is asked."""
    found = document_of(request, pk)
    change = Change.NONE if request.POST.get("change") == Change.NONE else Change.MATERIAL
    made = begin_version(found, by=person_of(request), change=change)
    return redirect("policy_version_edit", made.pk)


@require_GET
def policy_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what happened to a document and its versions, the newest first."""
    found, person = document_of(request, pk), person_of(request)
    if not found.can_be_written_by(person):
        raise Http404
    versions = [str(key) for key in found.versions.values_list("pk", flat=True)]
    about = Q(object_kind="policies.document", object_id=str(found.pk))
    about |= Q(object_kind="policies.version", object_id__in=versions)
    about &= ~Q(act="readings.version_read")  # who has read it is told to fewer
    path = path_to(found, _("History"))[:-1]
    return history_page(request, Event.objects.filter(about), path, found.title, row=found)


@require_GET
def policy_levels(request: HttpRequest) -> HttpResponse:
    """Show who approves documents of each level, and how often they are reviewed."""
    person = keeper_of(request)
    context = {
        "levels": [LevelSettings.of(one) for one in Level.values],
        "line": tab_line(person, "policy_levels"),
        "breadcrumbs": path_to(None, _("Settings")),
    }
    return page(request, "policies/levels.html", context)


@both
def policy_level(request: HttpRequest, level: str) -> HttpResponse:
    """Say who approves documents of a level, and how often they are reviewed."""
    person = keeper_of(request)
    if level not in Level.values:
        raise Http404
    found = LevelSettings.of(level)
    form = LevelForm(typed(request), row=found)
    return edit_page(
        request,
        form,
        lambda: change_level(level, by=person, values=form.values(), edit_version=form.version),
        done=_("The setting is saved. It holds for documents that are added from now on."),
        after="policy_levels",
        in_form=form.theirs,
        title=found.get_level_display(),
        cancel_url=reverse("policy_levels"),
        breadcrumbs=path_to(None, found.get_level_display()),
    )


def _is_coming(version: Version, current: Version | None) -> bool:
    """Return whether it is on its way: not in force yet, and not over."""
    is_over = version.in_force_to is not None or version.state == "dropped"
    return not is_over and (current is None or version.pk != current.pk)


PAGES = RowPages(lambda: Crumb(_("Policies"), reverse("policies")), Document.objects.visible_to)
