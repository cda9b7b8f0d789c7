"""Saves fields while they are typed; nobody overwrites anybody."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.core.unwritable import unwritable
from kommissorium.meetings.actions.proceedings import save_field, use_recommendation
from kommissorium.meetings.autosave_boxes import FieldBox, answers, beside, box, overtaken
from kommissorium.meetings.conduct_page import progress_of
from kommissorium.meetings.models import AgendaItem, Proceedings
from kommissorium.meetings.views.conduct import crumbs, is_htmx, recorded_item


@require_POST
def field_save(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """Save one field: 409 with both texts when somebody else was first, 400 with what is wrong.

    "over" is the version of the other's text that the writer chose to replace, "theirs" gives
    the field back as it is saved.
    """
    item = recorded_item(request, pk)
    if field not in Proceedings.FIELDS:
        raise Http404
    if "theirs" in request.POST:
        return _afresh(request, item, field)
    typed = request.POST.get("value", "")
    kept: dict[str, Any] = {"value": typed, "version": request.POST.get("version", "")}
    try:
        version = _version(request)
        saved = save_field(item, field, typed, by=person_of(request), version=version)
    except Conflict as found:
        theirs = overtaken(item, found.current["value"], found.edit_version)
        again = box(item, field, **kept, overtaken=theirs)
        return _refuse(request, again, HTTPStatus.CONFLICT)
    except Refused as refused:
        again = box(item, field, **kept, error=" ".join(refused.errors.values()))
        return _refuse(request, again, HTTPStatus.BAD_REQUEST)
    except (OSError, DatabaseError) as error:
        if (why := unwritable(error)) is None:
            raise
        again = box(item, field, **kept, error=why.sentence)
        return _refuse(request, again, HTTPStatus.INSUFFICIENT_STORAGE)
    if not is_htmx(request):
        return redirect(_address(item, field))
    return _saved(request, _again(item), field, saved)


@require_POST
def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    """Write that the recommendation was followed; say why not where it cannot be."""
    item = recorded_item(request, pk)
    try:
        use_recommendation(item, by=person_of(request))
    except Refused as refused:
        if not is_htmx(request):
            raise
        response = HttpResponseBadRequest(escape(refused))
        response.headers["HX-Retarget"] = "#recommendation-refused"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    return _afresh(request, item, "decision", *Proceedings.ANSWERS)


def _again(item: AgendaItem) -> AgendaItem:
    """Return the item with what is recorded of it now."""
    rows = AgendaItem.objects.with_minutes().select_related(
        "meeting__committee", "clause", "proceedings"
    )
    return rows.get(pk=item.pk)


def _saved(request: HttpRequest, item: AgendaItem, field: str, version: int) -> HttpResponse:
    context = {
        "box": box(item, field, version=version),
        "beside": beside(item, field),
        "at": timezone.localtime(),
        "item": item,
        "progress": progress_of(item),
    }
    return page(request, "meetings/conduct/saved.html", context)


def _afresh(request: HttpRequest, item: AgendaItem, field: str, *changed: str) -> HttpResponse:
    """Return the whole field as it is saved, with those beside it that `changed` too."""
    if not is_htmx(request):
        return redirect(_address(item, field))
    found = _again(item)
    context = {
        "box": box(found, field),
        "beside": [one for one in answers(found) if one.name in changed],
        "item": found,
        "progress": progress_of(found),
    }
    response = page(request, "meetings/conduct/field_afresh.html", context)
    response.headers["HX-Retarget"] = f"#form-{field.replace('_', '-')}"
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def _refuse(request: HttpRequest, again: FieldBox, status: int) -> HttpResponse:
    if is_htmx(request):
        return page(request, "meetings/conduct/state.html", {"box": again}, status=status)
    item = again.item
    context = {
        "box": again,
        "item": item,
        "back": _address(item, again.name),
        "breadcrumbs": [
            *crumbs(item.meeting),
            Crumb(_("Hold the meeting"), reverse("conduct", args=[item.meeting_id])),
            Crumb(again.label),
        ],
    }
    return page(request, "meetings/conduct/field_page.html", context, status=status)


def _version(request: HttpRequest) -> int:
    """Return the version the writer saw. Raises Refused where the page did not say."""
    wish = request.POST.get("over") or request.POST.get("version", "")
    if not re.fullmatch(r"[0-9]{1,9}", wish):
        raise Refused(_("The page is out of date. Copy your text and load the page again."))
    return int(wish)


def _address(item: AgendaItem, field: str) -> str:
    address = reverse("conduct_item", args=[item.meeting_id, item.number])
    return f"{address}#form-{field.replace('_', '-')}"
