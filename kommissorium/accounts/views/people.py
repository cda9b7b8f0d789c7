"""The list of people, on the page and as a file."""

from __future__ import annotations

import csv
import io
import re

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommissorium.accounts.forms import PeopleFilter
from kommissorium.accounts.models import (
    OrganisationRole,
    Person,
    SignInState,
    danish_order,
    held_on,
)
from kommissorium.accounts.signed_in import person_of
from kommissorium.accounts.waiting import waiting_for
from kommissorium.core.ui.pagination import paged, sorted_by
from kommissorium.core.ui.responses import page

ORDERED = {"name": "name", "title": "job_title", "department": "department"}
COLUMNS = {
    "name": "name_order",
    "title": "title_order",
    "department": "department_order",
    "login": "sign_in_state",
}
FORMULA = re.compile(r"^\s*[=+\-@\t\r]")


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show everybody to those who keep people, and to auditors."""
    narrowed = PeopleFilter(request.GET)
    context = {
        "waiting_rows": waiting_for(person_of(request)),
        "narrowed": narrowed,
        "is_narrowed": narrowed.narrows,
        "people": paged(_listed(request, narrowed), request),
        "can_add": Person.can_be_kept_by(person_of(request)),
        "export_query": request.GET.urlencode(),
    }
    return page(request, "accounts/people.html", context)


@require_safe
def people_export(request: HttpRequest) -> HttpResponse:
    """Return the list as it is narrowed and sorted, for a spreadsheet."""
    rows = _listed(request, PeopleFilter(request.GET))
    response = HttpResponse(_written(rows), content_type="text/csv; charset=utf-8")
    name = _("people")
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate()}.csv"'
    return response


def _listed(request: HttpRequest, narrowed: PeopleFilter) -> QuerySet[Person]:
    person, today = person_of(request), timezone.localdate()
    if not Person.can_be_listed_by(person):
        raise Http404
    found = Person.objects.visible_to(person).with_sign_in(timezone.now())
    found = found.found_by(narrowed.value("q"))
    if kind := narrowed.value("role"):
        found = found.with_role(kind, today)
    if state := narrowed.value("state"):
        found = found.filter(sign_in_state=state)
    orders = {f"{name}_order": danish_order(field) for name, field in ORDERED.items()}
    ordered = sorted_by(found.annotate(**orders), request, COLUMNS, "name")
    held = OrganisationRole.objects.filter(held_on(today))
    return ordered.prefetch_related(Prefetch("roles", held, to_attr="roles_today"))


def _written(rows: QuerySet[Person]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    titles = (_("Name"), _("E-mail"), _("Job title"), _("Department"), _("Roles"), _("Login"))
    writer.writerow([*titles, _("Second step"), _("Link")])
    labels = dict(SignInState.choices)
    for row in rows:
        roles = ", ".join(role.get_kind_display() for role in row.roles_today)
        step = _("Yes") if row.has_second_step else _("No")
        cells = (row.name, row.email or "", row.job_title, row.department, roles)
        link = f"{settings.SITE_URL}{row.get_absolute_url()}"
        signs_in = (str(labels[row.sign_in_state]), step, link)
        writer.writerow([_harmless(cell) for cell in (*cells, *signs_in)])
    # The mark at the start tells spreadsheets that æøå are written in UTF-8.
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    # A spreadsheet would take these for formulas and run them.
    return f"'{cell}" if FORMULA.match(cell) else cell
