"""Pages for what belongs in the records system: the list, and noting what was filed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.navigation import Crumb, paged
from kommissorium.meetings.actions.filing import note_filing
from kommissorium.meetings.filing import FiledKind
from kommissorium.secretariat.filing import FilingForm, filed_kinds, filing_lines

PER_PAGE = 20


@require_http_methods(["GET", "POST"])
def filing(request: HttpRequest) -> HttpResponse:
    """Show what of a kind is not filed yet, or is; note that what was ticked was filed."""
    person = person_of(request)
    counts = [(kind, kind.unfiled(person).count()) for kind in filed_kinds(person)]
    if not counts:
        raise Http404
    kind = _chosen(request, counts)
    is_filed = request.GET.get("filed") == "1"
    found = kind.filed(person) if is_filed else kind.unfiled(person)
    form = FilingForm(typed(request), initial={"filed_on": timezone.localdate()})
    ticked = set(request.POST.getlist("rows"))
    if request.method == "POST" and _note(request, form, kind, person):
        return redirect(f"{request.path}?{_query(kind, is_filed=is_filed)}")
    shown = paged(found, request, PER_PAGE)
    context: dict[str, Any] = {
        "kind": kind,
        "is_filed": is_filed,
        "kinds": [(one, number, _query(one, is_filed=is_filed)) for one, number in counts],
        "others": _query(kind, is_filed=not is_filed),
        "shown": shown,
        "lines": [(line, line.key in ticked) for line in filing_lines(kind, list(shown))],
        "breadcrumbs": [Crumb(_("Filing in the records system"))],
    }
    return form_page(request, form, "secretariat/filing.html", **context)


def _chosen(request: HttpRequest, counts: list[tuple[FiledKind[Any], int]]) -> FiledKind[Any]:
    """Return the kind that was asked for; else the first of which something is not filed."""
    wish = request.GET.get("kind")
    asked = next((kind for kind, _number in counts if kind.kind == wish), None)
    return asked or next((kind for kind, number in counts if number), counts[0][0])


def _note(request: HttpRequest, form: FilingForm, kind: FiledKind[Any], person: Person) -> bool:
    keys = [int(key) for key in request.POST.getlist("rows") if key.isdecimal()]
    keys = [key for key in keys[:PER_PAGE] if key <= BigIntegerField.MAX_BIGINT]
    rows = list(kind.rows(person).filter(pk__in=keys))
    noted = attempt(form, lambda: note_filing(kind, rows, by=person, **form.cleaned_data))
    if noted is None:
        return False
    text = ngettext(
        "It is noted that %(number)d is filed.",
        "It is noted that %(number)d are filed.",
        len(noted.value),
    )
    messages.success(request, text % {"number": len(noted.value)})
    return True


def _query(kind: FiledKind[Any], *, is_filed: bool) -> str:
    return urlencode({"kind": kind.kind, **({"filed": "1"} if is_filed else {})})
