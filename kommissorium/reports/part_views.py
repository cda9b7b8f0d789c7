"""Addresses that change reports on a quarter or a year: write, close, hand out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.responses import download
from kommissorium.registers.views.proposals import proposal_path
from kommissorium.reports.actions.periodic_reports import close_part, recompose
from kommissorium.reports.part_forms import NOTHING, ClosingForm
from kommissorium.reports.periodic_proposal import MEDIA_TYPES
from kommissorium.reports.report_pages import (
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
