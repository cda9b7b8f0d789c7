"""Addresses that change reports: write, close, hand out; in Word and back."""

from __future__ import annotations

import json
from hashlib import sha256

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Conflict
from kommissorium.core.ui.form_pages import attempt, edit_page, form_page, typed
from kommissorium.core.ui.responses import download, download_from, page
from kommissorium.registers.forms.uploads import WordForm
from kommissorium.registers.views.proposals import proposal_path
from kommissorium.reports.actions.periodic_reports import (
    Kind,
    close_part,
    recompose,
    take_word_back,
)
from kommissorium.reports.edited_word import EditedWord, compare
from kommissorium.reports.forms import NOTHING, ClosingForm
from kommissorium.reports.models.periodic_reports import PeriodicReport
from kommissorium.reports.periodic_proposal import MEDIA_TYPES
from kommissorium.reports.views import (
    drafted_by,
    named_by,
    tell_word_let_go,
    write_page,
)

OPEN = "-open"  # ends the name of a form without what is closed


@require_http_methods(["GET", "POST"])
def told_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write what the parts of a draft say."""
    return write_page(request, *drafted_by(request, slug, pk))


@require_POST
def told_recompose(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Compose a draft again from what the registers say now."""
    kind, found = drafted_by(request, slug, pk)
    recompose(kind, found, by=person_of(request))
    messages.success(request, _("It is composed again. What you wrote is kept."))
    if found.word_file_id:
        tell_word_let_go(request)
    return redirect(found)


@require_http_methods(["GET", "POST"])
def told_close(request: HttpRequest, slug: str, pk: int, code: str) -> HttpResponse:
    """Say what of a part is left out of the edition for everybody, and on which ground."""
    kind, found = drafted_by(request, slug, pk)
    part = next((one for one in kind.told_parts(found) if one.code == code), None)
    if part is None:
        raise Http404
    form = ClosingForm(typed(request))
    form.initial = {"closes": part.closes or NOTHING, "ground": part.closed_ground}
    title = _("Close: %(part)s") % {"part": part.heading}
    return edit_page(
        request,
        form,
        lambda: close_part(kind, found, code, *form.cleaned_data.values(), by=person_of(request)),
        done=_("It is saved."),
        after=found,
        title=title,
        cancel_url=found.get_absolute_url(),
        breadcrumbs=proposal_path(kind, found, title),
    )


@require_GET
def told_file(request: HttpRequest, slug: str, pk: int, form: str) -> HttpResponse:
    """Hand it out as Word or as data: an approved one as it was frozen.

    A form that ends in "-open" leaves out what is closed, and so does any if one may not read it.
    """
    ending = form.removesuffix(OPEN)
    if ending not in MEDIA_TYPES:
        raise Http404
    kind, found = named_by(request, slug, pk)
    is_open = form != ending or not kind.is_whole_for(found, person_of(request))
    words = [kind.title_of(found), str(found.pk), *([_("open")] if form != ending else [])]
    name = f"{slugify(' '.join(words))}.{ending}"
    return download(kind.write(found, ending, is_open=is_open), name, MEDIA_TYPES[ending])


SALT = "registers.edited_word"


@require_http_methods(["GET", "POST"])
def told_take_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an edited Word file: show first what differs, then take its texts into the draft."""
    (kind, found), person = drafted_by(request, slug, pk), person_of(request)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = WordForm(
        *data,
        read=lambda data: compare(kind, found, data),
        mark=lambda: _draft_mark(kind, found),
        salt=f"{SALT}.{person.pk}.{slug}.{found.pk}",
        help_text=_("The draft as you fetched it here, edited and saved as .docx."),
    )
    frame = {
        "told": found,
        "slug": slug,
        "cancel_url": found.get_absolute_url(),
        "breadcrumbs": proposal_path(kind, found, _("Take back an edited Word file")),
    }
    if not form.is_valid() or form.edited is None or form.stored is None:
        return form_page(request, form, "reports/word_take_back.html", **frame)
    edited, stored = form.edited, form.stored
    if form.seen != form.mark():
        return _preview(request, form, is_new=bool(form.seen), **frame)

    def take() -> None:
        same = edited.tells_the_same
        take_word_back(kind, found, edited.texts, stored, tells_the_same=same, by=person)

    try:
        saved = attempt(form, take)
    except Conflict:
        _kind, now = drafted_by(request, slug, pk)
        form.edited, form.mark = compare(kind, now, stored.read()), lambda: _draft_mark(kind, now)
        return _preview(request, form, is_new=True, **frame)
    if saved is None:
        return form_page(request, form, "reports/word_take_back.html", **frame)
    messages.success(request, _("The texts of the Word file stand in the draft."))
    return redirect(found)


@require_GET
def told_edited(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Hand out the edited Word file beside a draft that says the same, to those who see all."""
    kind, found = named_by(request, slug, pk)
    if found.word_file is None or not kind.is_whole_for(found, person_of(request)):
        raise Http404
    name = f"{slugify(kind.title_of(found))}-{found.pk}-{slugify(_('edited'))}.docx"
    return download_from(found.word_file.checked(), name, found.word_file.media_type)


def _preview(
    request: HttpRequest, form: WordForm[EditedWord], *, is_new: bool, **frame: object
) -> HttpResponse:
    """Show what differs; `is_new`: the draft was changed since it was shown."""
    context = {"edited": form.edited, "kept": form.kept, "is_new": is_new, **frame}
    status = 409 if is_new else 200
    return page(request, "reports/word_differs.html", context, status=status)


def _draft_mark(kind: Kind, told: PeriodicReport) -> str:
    """Return a short mark of all that a draft says."""
    said = [[one.data, one.edit_version] for one in kind.told_parts(told)]
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]
