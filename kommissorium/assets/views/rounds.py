"""The rounds of attestation: the list, one of them, its results, and the coordinator's acts in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.history import entries
from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.actions.attestation.round import (
    ask_newcomers,
    change_round,
    close_round,
    open_round,
    remind,
    settle,
    why_not,
)
from kommissorium.assets.attestation.content import (
    content_of,
    kept_lines,
    kept_wishes,
    lines_of,
    owners_in,
    trouble_of,
    wanting_of,
    wishes_in,
    wishes_of,
)
from kommissorium.assets.attestation.editions import round_excel
from kommissorium.assets.forms.owners import CloseForm, RoundChangeForm, RoundForm, SettleForm
from kommissorium.assets.models import (
    Asked,
    Ownership,
    Role,
    Round,
    Statement,
    reads_whole_register,
)
from kommissorium.assets.views.common import home, reader_of_all
from kommissorium.core.documents.excel import MEDIA_TYPE
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.navigation import PER_PAGE, Crumb, paged
from kommissorium.core.ui.responses import download, page
from kommissorium.registers.views.row_pages import RowPages

PDF = "application/pdf"
ANSWERED_WITHIN = timedelta(days=30)
SHOWN_WISHES, SHOWN_EVENTS = 15, 20


def _rounds(person: Person) -> QuerySet[Round]:
    found = Round.objects.select_related("record", "opened_by", "closed_by")
    return found if reads_whole_register(person) else found.none()


ROUNDS = RowPages(
    lambda: Crumb(_("Owners' statements"), reverse("attestation_rounds")), _rounds, above=(home,)
)


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
    usual = _("Owners' statements %(year)d") % {"year": today.year}
    start = {"title": usual, "due": today + ANSWERED_WITHIN}
    form, title = RoundForm(typed(request), initial=start), _("Ask the owners")
    return edit_page(
        request,
        form,
        lambda: open_round(by=person, **form.cleaned_data),
        done=_("It is open, and the owners get a mail each."),
        lead=_how_many_are_asked(),
        submit_label=_("Send the mails"),
        **ROUNDS.frame(None, title),
    )


@require_GET
def one_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who has answered, and the requests in the answers."""
    person, found = person_of(request), ROUNDS.get(request, pk)
    shown = _closed(request, found) if found.record else _open(request, found, person)
    # Who has answered stands in the list of owners, not one line for each of their answers.
    events = Event.objects.about(found).exclude(act="assets.attested").order_by("-seq")
    context = {
        "round": found,
        "may_run": found.is_open and Round.can_be_run_by(person),
        "may_see_record": Person.can_see_evidence(person),
        "entries": entries(list(events[:SHOWN_EVENTS])),
        "breadcrumbs": ROUNDS.path(found.title),
        **shown,
    }
    return page(request, "assets/round.html", context)


@require_GET
def round_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out everybody's answers as an Excel workbook."""
    found = ROUNDS.get(request, pk)
    name = f"{timezone.localdate().isoformat()}-{_('statements')}-{found.pk}.xlsx"
    return download(round_excel(found), name, MEDIA_TYPE)


@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the document of a closed round, as it was frozen."""
    found = ROUNDS.get(request, pk)
    if found.record is None or not found.record.pdf or not found.closed_at:
        raise Http404
    day = timezone.localdate(found.closed_at).isoformat()
    return download(bytes(found.record.pdf), f"{day}-{_('statements')}-{found.pk}.pdf", PDF)


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


MOST_DIGITS = 18


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an open round another title or day."""
    found, person = _run(request, pk), person_of(request)
    start = {"title": found.title, "due": found.due, "edit_version": found.edit_version}
    form, title = RoundChangeForm(typed(request), initial=start), _("Title and day")
    return edit_page(
        request,
        form,
        lambda: change_round(found, by=person, **form.cleaned_data),
        done=_("It is changed."),
        **ROUNDS.frame(found, title),
    )


@require_POST
def newcomers(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask about the roles that were given since the round was opened."""
    found = _run(request, pk)
    number = ask_newcomers(found, by=person_of(request))
    text = ngettext("%(number)d person is asked.", "%(number)d people are asked.", number)
    messages.success(request, text % {"number": number})
    return redirect(found)


@require_POST
def reminder(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one more mail to those who have not answered, or to the person named."""
    found = _run(request, pk)
    named = request.POST.get("asked", "")
    only = None
    if named:
        if not named.isdecimal() or len(named) > MOST_DIGITS:
            raise Http404
        only = get_object_or_404(Asked, pk=int(named), round=found)
    number = remind(found, by=person_of(request), only=only)
    text = ngettext("%(number)d mail is on its way.", "%(number)d mails are on their way.", number)
    messages.success(request, text % {"number": number})
    return redirect(found)


@require_http_methods(["GET", "POST"])
def settling(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an answer that asks for something, and keep what was done about it."""
    person = reader_of_all(request)
    rows = Statement.objects.select_related("asked__round", "asked__person", "asset")
    statement = get_object_or_404(rows, pk=pk)
    if not Round.can_be_run_by(person):
        raise PermissionDenied
    found = statement.asked.round
    if request.method == "GET" and not (statement.wants_action and found.is_open):
        raise Refused(_("Nothing is to be done about this answer."))
    form = SettleForm(typed(request))
    same = Statement.objects.filter(asked=statement.asked, asset=statement.asset)
    wish = wishes_of(same.wanting().select_related("asset", "asked__person"))
    return edit_page(
        request,
        form,
        lambda: settle(statement, by=person, **form.cleaned_data),
        done=_("The answer is acted on."),
        template="assets/attestation/settle.html",
        statement=statement,
        wish=wish[0] if wish else None,
        roles=[(row.role, Role(row.role).label) for row in same.order_by("pk")],
        **ROUNDS.frame(found, _("Act on an answer")),
    )


@require_http_methods(["GET", "POST"])
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a round, or list what is to be done first."""
    found = _run(request, pk)
    form = CloseForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: close_round(found, by=person_of(request), **form.cleaned_data),
        done=_("The round is closed, and what it came to is frozen."),
        after=found,
        template="assets/attestation/close.html",
        round=found,
        reason=why_not(found),
        silent=[one for one in owners_in(found) if one.left],
        cancel_url=found.get_absolute_url(),
        breadcrumbs=ROUNDS.path(found, _("Close the round")),
    )


def _run(request: HttpRequest, pk: int) -> Round:
    """Return an open round the person runs. Raises Http404, PermissionDenied or Refused."""
    found = ROUNDS.get(request, pk, "can_be_run_by")
    if not found.is_open:
        raise Refused(_("It is closed, and its answers cannot be changed."))
    return found
