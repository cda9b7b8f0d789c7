"""Begin documents: of many files at a time, which can be taken back, or of a text of ours."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.core.ui.form_pages import attempt, confirm_page, form_page
from kommissorium.core.ui.responses import page
from kommissorium.policies.views.common import keeper_of, path_to
from kommissorium.registers.forms.uploads import UploadForm, brought_back
from kommissorium.texts.actions.beginnings import begin_with, import_texts, undo_import
from kommissorium.texts.forms import ChosenForm
from kommissorium.texts.models import TextImport
from kommissorium.texts.starters import OFFERED, starter, starters

both = require_http_methods(["GET", "POST"])
SALT = "texts.import"


@both
def policy_import(request: HttpRequest) -> HttpResponse:
    """Upload documents, look at what was found in them, and make drafts of those chosen."""
    person = keeper_of(request)
    salt = f"{SALT}.{person.pk}"
    if request.POST.get("kept"):
        return _choose(request, person, salt)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(*data, salt=salt)
    if not form.is_valid():
        return form_page(request, form, "texts/import.html", **_frame())
    chosen = ChosenForm(uploads=form.read)
    context = {**_frame(), "form": chosen, "kept": form.kept}
    return page(request, "texts/import_choose.html", context)


@require_GET
def policy_imported(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the documents an import made, and let it be taken back."""
    keeper_of(request)
    found = get_object_or_404(TextImport.objects.select_related("by"), pk=pk)
    title = _("Imported documents")
    context = {
        "title": title,
        "found": found,
        "documents": found.documents.order_by("title"),
        "breadcrumbs": path_to(None, title),
    }
    return page(request, "texts/imported.html", context)


@both
def policy_import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an import back: give up the drafts that nobody has touched."""
    person = keeper_of(request)
    found = get_object_or_404(TextImport, pk=pk)
    back = reverse("policy_imported", args=[pk])
    return confirm_page(
        request,
        lambda: undo_import(found, by=person),
        done=_told,
        after=lambda _stays: back,
        title=_("Undo the import"),
        text=_("Drafts that nobody has worked on are given up. The others stay."),
        submit_label=_("Undo the import"),
        cancel_url=back,
        breadcrumbs=path_to(None, _("Undo the import")),
    )


def _choose(request: HttpRequest, person: Person, salt: str) -> HttpResponse:
    read = brought_back(request.POST["kept"], salt)
    if read is None:
        return redirect("policy_import")
    form = ChosenForm(request.POST, uploads=read)
    if saved := attempt(form, lambda: import_texts(form.texts(), by=person, **form.for_all())):
        return redirect("policy_imported", saved.value.pk)
    context = {**_frame(), "kept": request.POST["kept"]}
    return form_page(request, form, "texts/import_choose.html", **context)


def _told(stays: int) -> str:
    if not stays:
        return _("The import is taken back.")
    text = ngettext(
        "The import is taken back; %(number)d document stays, as somebody has worked on it.",
        "The import is taken back; %(number)d documents stay, as somebody has worked on them.",
        stays,
    )
    return text % {"number": stays}


def _frame() -> dict[str, Any]:
    title = _("Import documents")
    return {
        "title": title,
        "cancel_url": reverse("policies"),
        "breadcrumbs": path_to(None, title),
        "multipart": True,
    }


@require_http_methods(["GET", "POST"])
def policy_starters(request: HttpRequest) -> HttpResponse:
    """Show the texts; begin a document with the one that is posted."""
    person = keeper_of(request)
    if request.method == "POST":
        key = request.POST.get("key", "")
        if key not in OFFERED:
            raise Http404
        made = begin_with(starter(key), by=person)
        messages.success(request, _("It is a draft. Make it your own before it is decided on."))
        return redirect(made)
    crumbs = path_to(None, _("Begin with a starter text"))
    return page(request, "texts/starters.html", {"starters": starters(), "breadcrumbs": crumbs})
