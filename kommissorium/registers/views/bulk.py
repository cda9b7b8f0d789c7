"""Change many rows of a list at once: say what, see what it would do, do it, and undo it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.history import entries
from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import form_page, typed
from kommissorium.core.ui.navigation import Crumb, paged
from kommissorium.core.ui.responses import page
from kommissorium.registers.actions.lists import Overtaken, change_many, tidy, undo_many
from kommissorium.registers.forms.rows import BulkForm
from kommissorium.registers.installed import list_of
from kommissorium.registers.lines import Line
from kommissorium.registers.lists.bulk import MOST_AT_ONCE, Bulk, Lines
from kommissorium.registers.lists.list_page import ListPage
from kommissorium.registers.models import BulkChange

FORM, PREVIEW = "registers/bulk_form.html", "registers/bulk_preview.html"
MOST_DIGITS: Final = 18
SHOWN_CHANGES, SHOWN_EVENTS, SHOWN_ROWS = 5, 30, 500


@require_http_methods(["GET", "POST"])
def bulk_new(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is to be changed of the rows chosen in a list; look at it; do it."""
    listing = _listing(person_of(request), code, request.GET)
    bulk, person = bulk_of(listing), listing.person
    if not bulk.offered_to(person):
        raise PermissionDenied
    rows = _chosen(listing)
    number = rows.count()
    _refuse_number(number)
    form = BulkForm(typed(request), parts=bulk.offered(person))
    context = _context(listing, number)
    if not form.is_valid() or "again" in request.POST:
        return _asked(request, form, context)
    if "mark" not in request.POST:
        return _shown(request, form, rows, context)
    act = partial(change_many, bulk, rows, form.wishes, by=person, code=code)
    try:
        change = act(mark=request.POST["mark"])
    except Overtaken as overtaken:
        context["overtaken"] = overtaken.errors[""]
        return _shown(request, form, rows, context)
    messages.success(request, _("It is changed. It can be undone here."))
    return redirect(change)


@require_GET
def bulk_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what one change of many did, row by row, and the way to undo it."""
    change, listing = _change_for(request, pk)
    bulk, person = bulk_of(listing), listing.person
    rows = paged(change.rows.select_related("change"), request)
    things, lines = listing.rows().in_bulk([one.thing_id for one in rows]), bulk.lines_of(rows)
    labels = {part.code: part.label for part in bulk.parts() if part.code in change.wishes}
    may_undo = change.can_be_undone_by(person)
    context = {
        "change": change,
        "listing": listing,
        "rows": rows,
        "labels": labels.values(),
        "shown": [
            (things.get(one.thing_id), _cells(lines[one.pk], labels), one.is_back) for one in rows
        ],
        "number": rows.paginator.count,
        "left": _left(bulk, change, listing) if may_undo else [],
        "may_undo": may_undo,
        "entries": entries(list(Event.objects.about(change)[:SHOWN_EVENTS])),
        "breadcrumbs": [*_path(listing), Crumb(_("Changed together"))],
    }
    return page(request, "registers/bulk_change.html", context)


@require_POST
def bulk_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back what one change of many did, but what somebody has changed since."""
    change, listing = _change_for(request, pk)
    back, left = undo_many(bulk_of(listing), change, listing.rows(), by=listing.person)
    said = ngettext(
        "%(n)d row is as it was before.", "%(n)d rows are as they were before.", back
    ) % {"n": back}
    if left:
        more = ngettext(
            "%(n)d was changed since and is left as it is.",
            "%(n)d were changed since and are left as they are.",
            left,
        )
        said = f"{said} {more % {'n': left}}"
    messages.success(request, said)
    return redirect(change)


def bulk_of(listing: ListPage[Any]) -> Bulk[Any]:
    """Return what can be changed of many rows of a list. Raises Http404 where nothing can."""
    if listing.bulk is None:
        raise Http404
    return listing.bulk


def _listing(person: Person, code: str, asked: QueryDict | None = None) -> ListPage[Any]:
    """Return the list of that code. Raises Http404 for one that the person may not know."""
    try:
        listing = list_of(code)(person, asked)
    except LookupError:
        raise Http404 from None
    listing.rows()
    return listing


def _change_for(request: HttpRequest, pk: int) -> tuple[BulkChange, ListPage[Any]]:
    person = person_of(request)
    rows = BulkChange.objects.visible_to(person).select_related("by", "undone_by")
    change = get_object_or_404(rows, pk=pk)
    return change, _listing(person, change.code)


def _chosen(listing: ListPage[Any]) -> QuerySet[Any]:
    """Return the rows that were ticked, or all that the list finds, in its order."""
    if listing.asked.get("all"):
        return listing.ordered()
    texts = listing.asked.getlist("one")
    keys = {int(text) for text in texts if text.isdecimal() and len(text) <= MOST_DIGITS}
    return listing.rows().filter(pk__in=keys).order_by(*listing.ties)


def _refuse_number(number: int) -> None:
    if not number:
        raise Refused(_("Choose at least one."))
    if number > MOST_AT_ONCE:
        sentence = _("Change at most %(most)d at a time. Narrow the list first.")
        raise Refused(sentence % {"most": MOST_AT_ONCE})


def _context(listing: ListPage[Any], number: int) -> dict[str, Any]:
    query = tidy(listing.asked.urlencode())
    title = ngettext("Change %(n)d", "Change %(n)d together", number) % {"n": number}
    return {
        "listing": listing,
        "number": number,
        "title": title,
        "cancel_url": listing.url(query),
        "breadcrumbs": [*_path(listing, query), Crumb(title)],
    }


def _asked(request: HttpRequest, form: BulkForm, context: dict[str, Any]) -> HttpResponse:
    """Return the page that asks what is to be changed."""
    person = context["listing"].person
    made = BulkChange.objects.visible_to(person).filter(code=context["listing"].code)
    context["earlier"] = made.select_related("by")[:SHOWN_CHANGES]
    if "again" in request.POST:
        return page(request, FORM, {"form": form, **context})
    return form_page(request, form, FORM, **context)


def _shown(
    request: HttpRequest, form: BulkForm, rows: QuerySet[Any], context: dict[str, Any]
) -> HttpResponse:
    """Return the page that shows what it would do; 409 where it is not what was looked at."""
    listing = context["listing"]
    bulk, person = bulk_of(listing), listing.person
    plan = bulk.plan(bulk.fetched(rows, person), form.wishes, person)
    status = HTTPStatus.CONFLICT if "overtaken" in context else HTTPStatus.OK
    shown = [(one.row, _cells(one.lines, plan.labels), False) for one in plan.changed[:SHOWN_ROWS]]
    kept = [(name, request.POST.get(name, "")) for name in form.fields]
    context |= {"unseen": max(len(plan.changed) - SHOWN_ROWS, 0)}
    context |= {"plan": plan, "kept": kept, "labels": plan.labels.values(), "shown": shown}
    return page(request, PREVIEW, context, status=status)


def _cells(lines: Lines, labels: Iterable[str]) -> list[Line | None]:
    """Return what became of a row, a cell for each of what was asked for."""
    return [lines.get(code) for code in labels]


def _left(bulk: Bulk[Any], change: BulkChange, listing: ListPage[Any]) -> list[str]:
    """Return the names of what undoing would leave as it is; "" of what is out of sight."""
    rows = list(change.rows.select_related("change"))
    found = bulk.fetched(listing.rows(), listing.person)
    things = found.in_bulk([one.thing_id for one in rows])
    left = bulk.put_back_plan(rows, things, listing.person)[1]
    return [str(things.get(one.thing_id, "")) for one in left]


def _path(listing: ListPage[Any], query: str = "") -> list[Crumb]:
    return [Crumb(str(listing.title), listing.url(query))]
