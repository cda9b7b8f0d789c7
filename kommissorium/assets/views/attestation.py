"""The owner's own pages: their assets, whether the facts are correct, and the receipt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.actions.attestation.answer import Answer, Given, answer_for, fault_of
from kommissorium.assets.models import Asked, Statement
from kommissorium.assets.views.attestation_rows import (
    Owned,
    asked_now,
    given_in,
    owned_of,
    progress_of,
    shown_in,
    statements_of,
)
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page

ASSETS_A_PAGE = 25
SURE = "sure"  # in a form: the rest is correct although facts are missing
TEMPLATE = "assets/attestation.html"


@require_http_methods(["GET", "POST"])
def attestation(request: HttpRequest) -> HttpResponse:
    """Show all a person answers for, and keep every answer that can be kept."""
    asked = asked_now(person_of(request))
    if asked is None:
        if request.method == "POST":
            raise Http404
        return page(request, TEMPLATE)
    if request.method == "POST":
        return _save(request, asked)
    return _page(request, asked, {})


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the answer for one asset as it is given; 400 with the fault of the answer."""
    asked = asked_now(person_of(request))
    rows = statements_of(asked) if asked else []
    if asked is None or pk not in {row.asset_id for row in rows}:
        raise Http404
    given = given_in(request.POST, [pk])
    fault = fault_of(given.get(pk, Given("")))
    if not fault:
        answer_for(asked, given, by=person_of(request))
        rows = statements_of(asked)
    progress = progress_of(rows)
    context = {"error": fault, "asked": asked, "progress": progress, "saved": not fault}
    context["is_paged"] = progress.total > ASSETS_A_PAGE
    status = HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK
    return page(request, "assets/attestation/saved.html", context, status=status)


@require_GET
def receipt(request: HttpRequest) -> HttpResponse:
    """Show a person's answers; whoever has not answered for everything is sent back."""
    asked = asked_now(person_of(request))
    rows = statements_of(asked) if asked else []
    if asked is None or not progress_of(rows).is_done:
        return redirect("attestation")
    cards = owned_of(rows)
    context = {
        "asked": asked,
        "cards": cards,
        "counts": [
            (Statement.Answer(code).label, sum(card.answer == code for card in cards))
            for code in (Answer.CORRECT, Answer.CHANGE, Answer.NOT_MINE)
        ],
        "wishes": sum(card.answer != Answer.CORRECT for card in cards),
        "breadcrumbs": [
            Crumb(_("Is it correct?"), reverse("attestation")),
            Crumb(_("Receipt")),
        ],
    }
    return page(request, "assets/attestation/receipt.html", context)


def _save(request: HttpRequest, asked: Asked) -> HttpResponse:
    rows = statements_of(asked)
    keys = {row.asset_id for row in rows} & set(shown_in(request.POST))
    typed = given_in(request.POST, keys)
    faults = {key: fault for key, given in typed.items() if (fault := fault_of(given))}
    kept = {key: given for key, given in typed.items() if key not in faults}
    unsure: list[Owned] = []
    if "rest" in request.POST:
        rest = _rest(rows, keys - typed.keys(), request)
        unsure = [] if request.POST["rest"] == SURE else _lacking(rows, rest.keys())
        kept |= {} if unsure else rest
    answer_for(asked, kept, by=person_of(request))
    if faults or unsure:
        return _page(request, asked, faults, {key: typed[key] for key in faults}, unsure)
    progress = progress_of(statements_of(asked))
    if progress.is_done:
        return redirect("attestation_receipt")
    text = ngettext(
        "Saved: %(answered)d of %(total)d is answered.",
        "Saved: %(answered)d of %(total)d are answered.",
        progress.answered,
    )
    messages.success(request, text % {"answered": progress.answered, "total": progress.total})
    number = request.GET.get("page", "")
    return redirect(
        f"{reverse('attestation')}?page={number}" if number.isdecimal() else "attestation"
    )


def _rest(rows: list[Statement], keys: set[int], request: HttpRequest) -> dict[int, Given]:
    """Return "correct" for assets on the page without any answer."""
    seen = {f"answer-{key}": Answer.CORRECT.value for key in keys}
    sent = request.POST.copy()
    sent.update(seen)
    return given_in(sent, {row.asset_id for row in rows if not row.answer} & keys)


def _lacking(rows: list[Statement], keys: Collection[int]) -> list[Owned]:
    """Return those of the assets with missing facts or documents. One query."""
    return [card for card in owned_of([row for row in rows if row.asset_id in keys]) if card.lacks]


def _page(
    request: HttpRequest,
    asked: Asked,
    faults: dict[int, str],
    typed: dict[int, Given] | None = None,
    unsure: Sequence[Owned] = (),
) -> HttpResponse:
    rows = statements_of(asked)
    # Cut by asset, so that the roles of one stay together.
    assets = Paginator(list(dict.fromkeys(row.asset_id for row in rows)), ASSETS_A_PAGE)
    shown = assets.get_page(request.GET.get("page"))
    on_page = set(shown.object_list)
    cards = owned_of([row for row in rows if row.asset_id in on_page], typed)
    for card in cards:
        card.error = faults.get(card.asset.pk, "")
    context: dict[str, Any] = {
        "asked": asked,
        "cards": cards,
        "page": shown,
        "faulty": _faulty(cards),
        "unsure": unsure,
        "is_paged": shown.has_other_pages(),
        "progress": progress_of(rows),
        "is_late": asked.round.is_late_on(timezone.localdate()),
        "answers": [(code.value, _words()[code]) for code in _words()],
    }
    status = HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK
    return page(request, TEMPLATE, context, status=status)


def _faulty(cards: list[Owned]) -> list[Owned]:
    return [card for card in cards if card.error]


def _words() -> dict[Statement.Answer, str]:
    return {
        Answer.CORRECT: _("It is right"),
        Answer.CHANGE: _("To be corrected"),
        Answer.NOT_MINE: _("Not mine"),
    }
