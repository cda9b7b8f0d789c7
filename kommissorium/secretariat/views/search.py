"""Search over everything a person may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.actions.readings import note_shown
from kommissorium.accounts.models import Person
from kommissorium.accounts.rate_limits import Pace
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.richtext import one_line
from kommissorium.core.search import Found
from kommissorium.core.ui.navigation import path_of
from kommissorium.core.ui.responses import invalid, page
from kommissorium.secretariat.pointing import deeds_found, passages_found
from kommissorium.secretariat.searching import Line, SeenBy, kinds, search, shown

LONGEST = 200  # characters of a question
TYPES_SHOWN = 6  # kinds of what was found; the others are folded
A_PAGE = 15  # things, each with a few of its words
MOST_SUGGESTED = 8
PACE = Pace(most=90, seconds=30)  # a person types three letters and a pause in a second at most
TEMPLATE = "secretariat/search.html"


@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what holds all words asked for, of every kind or of one, the best first."""
    typed = request.GET.get("q", "")
    context = {"question": typed, "breadcrumbs": path_of(_("Search")), "longest": LONGEST}
    if len(typed) > LONGEST:
        text = _("Write at most %(number)d characters: you have written %(written)d.")
        error = text % {"number": LONGEST, "written": len(typed)}
        return invalid(request, TEMPLATE, {**context, "error": error})
    question, wanted = one_line(typed), request.GET.get("type", "")
    person = person_of(request)
    seen = SeenBy(person)
    found, is_cut = search(question, seen)
    kept = [one for one in found if wanted in ("", one.kind)] if wanted in kinds() else found
    at = Paginator(kept, A_PAGE).get_page(request.GET.get("page"))
    lines = shown(at.object_list, question, seen)
    _note(lines, person)
    types = _types(found)
    is_first = (
        at.number == 1 and wanted not in kinds()
    )  # what is offered beside it stands there alone
    context |= {
        "deeds": deeds_found(question, person) if is_first else [],
        "passages": passages_found(question) if is_first else [],
        "question": question,
        "number": len(found),
        "is_cut": is_cut,
        "types": types[:TYPES_SHOWN],
        "folded_types": types[TYPES_SHOWN:],
        "type": wanted if wanted in kinds() else "",
        "is_folded": wanted in [kind for kind, *_told in types[TYPES_SHOWN:]],
        "page": at,
        "lines": lines,
    }
    return page(request, TEMPLATE, context)


def _note(lines: Sequence[Line], person: Person) -> None:
    """Note whose words, which few may read, the person is shown."""
    note_shown([one.noted for one in lines if one.noted], by=person)


def _types(found: Sequence[Found]) -> list[tuple[str, Any, int]]:
    """Return the kinds of what was found, with how many of each, the most first."""
    many = Counter(one.kind for one in found)
    return [(kind, kinds()[kind].label, number) for kind, number in many.most_common()]


@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """Return the best of what the page would show, as lines under the box one types in.

    Who asks faster than anybody types gets none, and the box takes that for nothing found.
    """
    person = person_of(request)
    if not PACE.allows(person.pk):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    question, seen = one_line(request.GET.get("q", "")[:LONGEST]), SeenBy(person)
    found, _is_cut = search(question, seen)
    deeds, passages = deeds_found(question, person), passages_found(question)[:1]
    most = MOST_SUGGESTED - len(deeds) - len(passages)
    lines = shown(found[:most], question, seen, titles_only=True)
    _note(lines, person)
    lines = [*deeds, *lines, *passages]
    return HttpResponse(render_to_string("secretariat/search_suggestions.html", {"lines": lines}))
