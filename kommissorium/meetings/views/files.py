"""Downloads of packs and attachments."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.downloads import download, download_from
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.meetings.actions.agenda import detach
from kommissorium.meetings.kept_packs import BeingMade, kept_pack
from kommissorium.meetings.models import Attachment, Meeting
from kommissorium.meetings.pack_builder import EDITIONS, file_name, in_template, write_pack

ASK_AGAIN_SECONDS: Final = 3


@require_GET
def pack(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Hand out a meeting's pack, with closed items for those the committee names.

    While it is made for somebody else, or others come first, a page says so and asks again.
    """
    if form not in EDITIONS:
        raise Http404
    person = person_of(request)
    visible = Meeting.objects.visible_to(person).filter(registered_at=None)
    meeting = get_object_or_404(visible.select_related("committee"), pk=pk)
    with_closed = meeting.committee.shows_closed_to(person)
    name, media_type = file_name(meeting, form), EDITIONS[form].media_type
    if form == "json":
        return download(write_pack(meeting, form, with_closed=with_closed), name, media_type)
    try:
        kept = kept_pack(meeting, form, with_closed=with_closed)
    except BeingMade as waits:
        return _waiting(request, meeting, waits)
    try:
        if form == "docx":
            return download(in_template(meeting, kept.read_bytes()), name, media_type)
        return download_from(kept, name, media_type)
    except FileNotFoundError:  # another version took its place since
        return _waiting(request, meeting, BeingMade(queued=False))


@require_GET
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out an attached file."""
    found = _attachment(request, pk)
    return download_from(found.file.checked(), found.name, found.file.media_type)


@require_http_methods(["GET", "POST"])
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off an item."""
    found = _attachment(request, pk)
    item = found.item
    if not item.can_be_edited_by(person_of(request)):
        raise PermissionDenied
    if request.method == "POST":
        detach(found, by=person_of(request))
        messages.success(request, _("The attachment is removed."))
        return redirect(item)
    context = {
        "title": _("Remove the attachment"),
        "text": _("“%(name)s” is taken off the item.") % {"name": found.name},
        "submit_label": _("Remove the attachment"),
        "cancel_url": item.get_absolute_url(),
        "danger": True,
        "breadcrumbs": [
            Crumb(item.title, item.get_absolute_url()),
            Crumb(_("Remove the attachment")),
        ],
    }
    return page(request, "ui/confirm.html", context)


def _waiting(request: HttpRequest, meeting: Meeting, waits: BeingMade) -> HttpResponse:
    context = {
        "meeting": meeting,
        "queued": waits.queued,
        "seconds": ASK_AGAIN_SECONDS,
        "breadcrumbs": [
            Crumb(str(meeting), meeting.get_absolute_url()),
            Crumb(_("The agenda is being put together")),
        ],
    }
    answer = page(request, "meetings/pack_waiting.html", context, HTTPStatus.ACCEPTED)
    answer.headers["Retry-After"] = str(ASK_AGAIN_SECONDS)
    return answer


def _attachment(request: HttpRequest, pk: int) -> Attachment:
    visible = Attachment.objects.visible_to(person_of(request))
    return get_object_or_404(visible.select_related("file", "item__meeting__committee"), pk=pk)
