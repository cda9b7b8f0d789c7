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
from kommissorium.secretariat.pointing import answer
from kommissorium.secretariat.searching import Line, SeenBy, kinds, shown

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
    told = answer(question, person, seen)
    kept = [one for one in told.found if wanted in (one.kind, "") or wanted not in kinds()]
    at = Paginator(kept, A_PAGE).get_page(request.GET.get("page"))
    lines = shown(at.object_list, told.asked, seen)
    _note(lines, person)
    types = _types(told.found)
    # What is offered beside it stands on the first page of all kinds alone.
    is_first = at.number == 1 and wanted not in kinds()
    deeds, passages = (told.deeds, told.passages) if is_first else ([], [])
    context |= {
        "deeds": deeds,
        "passages": passages,
        "question": question,
        "is_near": told.is_near,
        "instead": told.instead([*lines, *deeds, *passages]),
        "number": len(told.found),
        "is_cut": told.is_cut,
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
    told = answer(question, person, seen)
    passages = told.passages[:1]
    most = MOST_SUGGESTED - len(told.deeds) - len(passages)
    lines = shown(told.found[:most], told.asked, seen, titles_only=True)
    _note(lines, person)
    lines = [*told.deeds, *lines, *passages]
    return HttpResponse(render_to_string("secretariat/search_suggestions.html", {"lines": lines}))
