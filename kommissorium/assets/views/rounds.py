"""The rounds of attestation: the list, one of them, and its results."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.history import entries
from kommissorium.accounts.models import Person
from kommissorium.assets.actions.attestation.round import open_round
from kommissorium.assets.attestation.content import content_of, wanting_of
from kommissorium.assets.attestation.editions import round_excel
from kommissorium.assets.attestation.rounds import (
    kept_lines,
    kept_wishes,
    lines_of,
    owners_in,
    trouble_of,
    wishes_in,
)
from kommissorium.assets.forms.owners import RoundForm
from kommissorium.assets.models import Asked, Ownership, Round
from kommissorium.assets.views.common import crumbs, reader_of_all
from kommissorium.core.documents.excel import MEDIA_TYPE
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.navigation import PER_PAGE, Crumb, paged
from kommissorium.core.ui.responses import download, page

PDF = "application/pdf"
ANSWERED_WITHIN = timedelta(days=30)
SHOWN_WISHES, SHOWN_EVENTS = 15, 20


@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """Show the rounds, the open one first."""
    person = reader_of_all(request)
    found = paged(Round.objects.all(), request)
    open_now = next((one for one in found if one.is_open), None)
    context = {
        "rounds": found,
        "open_now": open_now,
        **(_progress(owners_in(open_now)) if open_now else {}),
        "is_late": bool(open_now and open_now.is_late_on(timezone.localdate())),
        "may_open": Round.can_be_run_by(person) and Round.current() is None,
    }
    return page(request, "assets/rounds.html", context)


@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest) -> HttpResponse:
    """Open a round: the mails go to the owners at once."""
    person = reader_of_all(request)
    if not Round.can_be_run_by(person):
        raise PermissionDenied
    if (other := Round.current()) is not None:
        messages.info(request, _("This one is still open. Close it before you open another."))
        return redirect(other)
    today = timezone.localdate()
    start = {
        "title": _("Owners' statements %(year)d") % {"year": today.year},
        "due": today + ANSWERED_WITHIN,
    }
    form, title = RoundForm(typed(request), initial=start), _("Ask the owners")
    return edit_page(
        request,
        form,
        lambda: open_round(by=person, **form.cleaned_data),
        done=_("It is open, and the owners get a mail each."),
        title=title,
        lead=_how_many_are_asked(),
        submit_label=_("Send the mails"),
        cancel_url=reverse("attestation_rounds"),
        breadcrumbs=path_to(title),
    )


@require_GET
def one_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who has answered, and the requests in the answers."""
    person, found = reader_of_all(request), round_for(request, pk)
    shown = _closed(request, found) if found.record else _open(request, found, person)
    # Who has answered stands in the list of owners, not one line for each of their answers.
    events = Event.objects.about(found).exclude(act="assets.attested").order_by("-seq")
    context = {
        "round": found,
        "may_run": found.is_open and Round.can_be_run_by(person),
        "may_see_record": Person.can_see_evidence(person),
        "entries": entries(list(events[:SHOWN_EVENTS])),
        "breadcrumbs": path_to(found.title),
        **shown,
    }
    return page(request, "assets/round.html", context)


@require_GET
def round_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out everybody's answers as an Excel workbook."""
    reader_of_all(request)
    found = round_for(request, pk)
    name = f"{timezone.localdate().isoformat()}-{_('statements')}-{found.pk}.xlsx"
    return download(round_excel(found), name, MEDIA_TYPE)


@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the document of a closed round, as it was frozen."""
    reader_of_all(request)
    found = round_for(request, pk)
    if found.record is None or not found.record.pdf or not found.closed_at:
        raise Http404
    day = timezone.localdate(found.closed_at).isoformat()
    return download(bytes(found.record.pdf), f"{day}-{_('statements')}-{found.pk}.pdf", PDF)


def round_for(request: HttpRequest, pk: int) -> Round:
    """Return a round the person may read. Raises Http404."""
    reader_of_all(request)
    rows = Round.objects.select_related("record", "opened_by", "closed_by")
    found: Round = get_object_or_404(rows, pk=pk)
    return found


def path_to(*steps: Round | str) -> list[Crumb]:
    """Return the path to a page of the rounds."""
    return crumbs(Crumb(_("Owners' statements"), reverse("attestation_rounds")), *steps)


def _progress(rows: Iterable[Asked]) -> dict[str, int]:
    left = [row.left for row in rows]
    waiting = sum(one > 0 for one in left)
    return {"asked": len(left), "answered": len(left) - waiting, "waiting": waiting}


def _how_many_are_asked() -> str:
    roles = Ownership.objects.current().filter(asset__ended_on=None)
    number = roles.values("person").distinct().count()
    text = ngettext(
        "%(number)d owner gets a mail with a link to one page.",
        "%(number)d owners get a mail each, with a link to one page.",
        number,
    )
    return text % {"number": number}


def _open(request: HttpRequest, found: Round, person: Person) -> dict[str, Any]:
    may_run = Round.can_be_run_by(person)
    rows = list(owners_in(found))
    owners = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    wishes = wishes_in(found)
    out_of_reach = [row for row in rows if row.left and trouble_of(row)] if may_run else []
    return {
        **_progress(rows),
        "owners": owners,
        "lines": lines_of(owners),
        "wishes": wishes[:SHOWN_WISHES],
        "wishes_number": len(wishes),
        "more_wishes": max(len(wishes) - SHOWN_WISHES, 0),
        "unreachable": [(one.person, trouble_of(one)) for one in out_of_reach],
        "newcomers": found.unasked().values("person").distinct().count() if may_run else 0,
        "is_late": found.is_late_on(timezone.localdate()),
    }


def _closed(request: HttpRequest, found: Round) -> dict[str, Any]:
    content = content_of(found)
    owners = Paginator(kept_lines(content), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "asked": content["asked"],
        "answered": content["answered"],
        "conclusion": content["conclusion"],
        "owners": owners,
        "lines": list(owners),
        "wishes": kept_wishes(wanting_of(content)),
    }
