"""The kinds of documents that can be demanded: add, change, take out of use and back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommissorium.assets.actions.demands import (
    add_document_type,
    change_document_type,
    restore_document_type,
    retire_document_type,
    type_values,
)
from kommissorium.assets.forms.demands import DocumentTypeForm
from kommissorium.assets.models import DocumentType
from kommissorium.assets.views.demands import demand_crumbs, keeper_of
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed


@require_http_methods(["GET", "POST"])
def document_type_new(request: HttpRequest) -> HttpResponse:
    """Add a kind of document."""
    person = keeper_of(request)
    form = DocumentTypeForm(typed(request), initial={"review_months": 12})
    return edit_page(
        request,
        form,
        lambda: add_document_type(by=person, **form.values()),
        done=_("It is added. Choose now where it is demanded."),
        after="demands_change",
        title=_("New kind of document"),
        submit_label=_("Add the kind of document"),
        cancel_url=reverse("demands"),
        breadcrumbs=demand_crumbs(_("New kind of document")),
    )


@require_http_methods(["GET", "POST"])
def document_type_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of a kind of document, or its time until review."""
    person = keeper_of(request)
    found = get_object_or_404(DocumentType, pk=pk)
    form = DocumentTypeForm(typed(request), initial=type_values(found))
    return edit_page(
        request,
        form,
        lambda: change_document_type(found, by=person, **form.cleaned_data),
        done=_("It is saved."),
        after="demands",
        title=found.label,
        lead=_("Documents that are there already keep their review dates."),
        cancel_url=reverse("demands"),
        breadcrumbs=demand_crumbs(found.label),
    )


@require_http_methods(["GET", "POST"])
def document_type_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a kind of document out of use."""
    person = keeper_of(request)
    found = get_object_or_404(DocumentType, pk=pk)
    number = found.required.count()
    text = ngettext(
        "It is demanded of %(number)s system, data set or archive today. The documents that are"
        " there stay.",
        "It is demanded of %(number)s systems, data sets and archives today. The documents that"
        " are there stay.",
        number,
    )
    return confirm_page(
        request,
        lambda: retire_document_type(found, by=person),
        done=_("It is out of use and not demanded any more."),
        after="demands",
        title=_("Take “%(name)s” out of use") % {"name": found.label},
        text=text % {"number": number},
        submit_label=_("Take it out of use"),
        cancel_url=reverse("demands"),
        breadcrumbs=demand_crumbs(_("Take it out of use")),
    )


@require_http_methods(["POST"])
def document_type_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a kind of document into use again."""
    person = keeper_of(request)
    restore_document_type(get_object_or_404(DocumentType, pk=pk), by=person)
    messages.success(request, _("It is in use again and demanded as before."))
    return redirect("demands")
