"""The documents of an asset: add, hand out, remove, and note where none is needed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.actions.documents import add_document, remove_document, unwaive, waive
from kommissorium.assets.forms.documents import DocumentForm
from kommissorium.assets.models import Asset, AssetDocument, DocumentType, Required
from kommissorium.assets.views.common import ASSETS, changed_asset, crumbs
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.responses import download_from, page
from kommissorium.registers.forms.rows import BecauseForm


@require_GET
def document_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what kind of document to add, where none of that kind is demanded."""
    asset = changed_asset(request, pk)
    demanded = set(asset.required.values_list("type", flat=True))
    types = DocumentType.objects.filter(is_retired=False)
    context = {
        "asset": asset,
        "types": [one for one in types if one.pk not in demanded],
        "breadcrumbs": crumbs(asset, _("Add another document")),
    }
    return page(request, "assets/document_choose.html", context)


@require_http_methods(["GET", "POST"])
def document_add(request: HttpRequest, pk: int, type: int) -> HttpResponse:  # noqa: A002
    """Add a document: a file, an address, or a page of this program."""
    asset, person = changed_asset(request, pk), person_of(request)
    type_ = get_object_or_404(DocumentType, pk=type)
    if type_.is_retired:
        raise Refused(_("This kind of document is not used any more."))
    start = DocumentForm.initial_of(type_, timezone.localdate())
    form = DocumentForm(
        typed(request), request.FILES or None, asset=asset, type_=type_, initial=start
    )
    return edit_page(
        request,
        form,
        lambda: add_document(asset, type_, by=person, **form.given()),
        done=_("%(name)s is added.") % {"name": type_.label},
        template="assets/document_add.html",
        asset=asset,
        type=type_,
        **ASSETS.frame(asset, type_.label, after=_documents_of(asset)),
    )


@require_GET
def asset_document(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the file of a document."""
    found = _document(request, pk)
    if found.file is None:
        raise Http404
    return download_from(found.file.checked(), found.label, found.file.media_type)


@require_http_methods(["GET", "POST"])
def document_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a wrong document away."""
    found = _document(request, pk)
    changed_asset(request, found.asset_id)
    text = _(
        "“%(name)s” is taken away. The one before it, if there is one, counts again. Is there"
        " a newer one? Then just add it: this one stays among the earlier ones."
    )
    return confirm_page(
        request,
        lambda: remove_document(found, by=person_of(request)),
        done=_("It is removed."),
        text=text % {"name": found.label},
        submit_label=_("Remove the document"),
        **ASSETS.frame(found.asset, _("Remove a wrong document"), after=_documents_of(found.asset)),
    )


@require_http_methods(["GET", "POST"])
def waiving(request: HttpRequest, pk: int, type: int) -> HttpResponse:  # noqa: A002
    """Note why an asset needs no such document."""
    required, person = _required(request, pk, type)
    form = BecauseForm(typed(request))
    title = _("%(name)s is not needed here") % {"name": required.type.label}
    return edit_page(
        request,
        form,
        lambda: waive(required, by=person, **form.cleaned_data),
        done=_("The document is not demanded here any more."),
        lead=_(
            "It counts as waived, not as in force. The reason is shown beside it, and you can take it back."
        ),
        submit_label=_("It is not needed"),
        **ASSETS.frame(required.asset, title, after=_documents_of(required.asset)),
    )


@require_http_methods(["POST"])
def unwaiving(request: HttpRequest, pk: int, type: int) -> HttpResponse:  # noqa: A002
    """Demand the document again."""
    required, person = _required(request, pk, type)
    unwaive(required, by=person)
    messages.success(request, _("The document is demanded again."))
    return redirect(_documents_of(required.asset))


def _documents_of(asset: Asset) -> str:
    return f"{asset.get_absolute_url()}#documents"


def _document(request: HttpRequest, pk: int) -> AssetDocument:
    visible = AssetDocument.objects.visible_to(person_of(request))
    rows = visible.select_related("file", "asset", "type")
    found: AssetDocument = get_object_or_404(rows, pk=pk)
    return found


def _required(request: HttpRequest, pk: int, type_key: int) -> tuple[Required, Person]:
    """Return the required document, if it may be waived. Raises Http404 or PermissionDenied."""
    asset, person = ASSETS.get(request, pk), person_of(request)
    rows = Required.objects.filter(asset=asset, type=type_key).select_related("asset", "type")
    required: Required = get_object_or_404(rows)
    if not required.can_be_waived_by(person):
        raise PermissionDenied
    return required, person
