"""Compare versions, and take a draft to Word and back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.comparing.comparison import Comparison, compare_texts, compare_words
from kommissorium.core.documents.uploads import EditedText, marked_words, read_edited
from kommissorium.core.refusals import Conflict
from kommissorium.core.ui.form_pages import attempt, form_page
from kommissorium.core.ui.responses import download, page
from kommissorium.policies.actions.versions import take_text
from kommissorium.policies.models import Version
from kommissorium.policies.views.common import path_to, version_of, written_version
from kommissorium.registers.documents.record import WORD, word_to_edit
from kommissorium.registers.forms.uploads import WordForm

both = require_http_methods(["GET", "POST"])
SALT = "texts.edited_word"


@require_GET
def policy_compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Show what differs from the earlier of two versions to the later, whichever was named first."""
    old, new = sorted((version_of(request, it) for it in (pk, other)), key=lambda it: it.number)
    context = {
        "old": old,
        "new": new,
        "comparison": _compared(old, new),
        "is_titled": old.title != new.title,
        "breadcrumbs": path_to(new, _("What differs")),
    }
    return page(request, "texts/compare.html", context)


@require_GET
def policy_to_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a draft as Word, to write in."""
    found = _draft(request, pk)
    data = word_to_edit(found.title, found.text)
    return download(data, f"{slugify(found.title)}-{found.number}.docx", WORD)


@both
def policy_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an edited Word file: show first what differs, then take its text into the draft."""
    found, person = _draft(request, pk), person_of(request)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    salt = f"{SALT}.{person.pk}.{found.pk}"
    form = WordForm(*data, read=read_edited, mark=lambda: found.edit_version, salt=salt)
    if not form.is_valid() or form.edited is None:
        title = _("Take back an edited Word file")
        frame = {"version": found, "title": title, "breadcrumbs": path_to(found, title)}
        frame["cancel_url"] = found.get_absolute_url()
        return form_page(request, form, "texts/take_back.html", **frame)
    edited = form.edited

    def take() -> None:
        title = edited.title or found.title
        take_text(found, title=title, text=edited.text, edit_version=form.seen, by=person)

    if not form.seen:
        return _preview(request, found, form)
    try:
        if attempt(form, take) is None:
            return form_page(request, form, "texts/take_back.html", version=found)
    except Conflict:
        found.refresh_from_db()
        return _preview(request, found, form, is_new=True)
    messages.success(request, _("The text of the Word file stands in the draft."))
    return redirect(found)


def _preview(
    request: HttpRequest, found: Version, form: WordForm[EditedText], *, is_new: bool = False
) -> HttpResponse:
    """Show what differs; `is_new`: the draft was changed since it was shown."""
    edited = form.edited
    if edited is None:
        raise Http404
    context = {
        "version": found,
        "edited": edited,
        "new_title": edited.title if edited.title != found.title else "",
        "comparison": compare_texts(found.text, edited.text),
        "kept": form.kept,
        "is_new": is_new,
        "breadcrumbs": path_to(found, _("What differs in the Word file")),
    }
    return page(request, "texts/word_differs.html", context, status=409 if is_new else 200)


def _compared(old: Version, new: Version) -> Comparison:
    """Compare two versions: their own texts by blocks, those of files sentence by sentence."""
    if not (old.file_text or new.file_text):
        return compare_texts(old.text, new.text)
    return compare_words(*(one.file_text or marked_words(one.text) for one in (old, new)))


def _draft(request: HttpRequest, pk: int) -> Version:
    found = written_version(request, pk)
    if not found.is_draft:
        raise PermissionDenied
    return found
