"""A committee's coverage of a standard in a year, by registers and duties: a page, and Excel."""

from __future__ import annotations

from datetime import MAXYEAR
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.models import Municipality
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.measures import measure_label
from kommissorium.committees.models import Committee
from kommissorium.compliance.coverage import ShownCoverage, ShownRow, in_words, shown_coverage
from kommissorium.core.documents import Column, Sheet, workbook
from kommissorium.core.documents.excel import MEDIA_TYPE
from kommissorium.core.ui.downloads import download
from kommissorium.core.ui.responses import page
from kommissorium.yearwheel.standard_coverage import Coverage
from kommissorium.yearwheel.standards import STANDARDS
from kommissorium.yearwheel.standards.management_review import INPUTS
from kommissorium.yearwheel.views import crumbs, year_url


@require_GET
def coverage(request: HttpRequest, pk: int, standard: str, year: int) -> HttpResponse:
    """Show each number of a standard with its evidence and its duties."""
    committee, found = _asked(request, pk, standard, year)
    context = {
        "committee": committee,
        "coverage": found.duties,
        "found": found,
        "standards": [(one, _address(pk, one.code, year)) for one in STANDARDS.values()],
        "neighbours": {
            name: (one, _address(pk, standard, one))
            for name, one in (("previous", year - 1), ("next", year + 1))
            if 1 <= one <= MAXYEAR
        },
        "inputs": _inputs(found.duties),
        "year_url": year_url(committee),
        "breadcrumbs": crumbs(committee, str(found.duties.standard.name)),
    }
    return page(request, "compliance/coverage.html", context)


@require_GET
def coverage_file(request: HttpRequest, pk: int, standard: str, year: int) -> HttpResponse:
    """Return the same as an Excel workbook."""
    committee, found = _asked(request, pk, standard, year)
    sheets = [Sheet(str(found.duties.standard.name), _columns(), [_row(one) for one in found.rows])]
    if inputs := _inputs(found.duties):
        columns = [Column(_("Number"), 10), Column(_("Item of the agenda"), 40)]
        columns += [Column(_("Why it covers the requirement"), 70), Column(_("Meetings"), 40)]
        sheets.append(Sheet(_("Agenda"), columns, inputs))
    data = workbook(
        sheets,
        title=_("%(standard)s: coverage %(year)d")
        % {"standard": found.duties.standard.name, "year": year},
        author=Municipality.current().name,
        language=get_language() or settings.LANGUAGE_CODE,
    )
    day = timezone.localdate().isoformat()
    return download(data, f"{day}-{standard}-{year}-{committee.pk}.xlsx", MEDIA_TYPE)


def _asked(
    request: HttpRequest, pk: int, standard: str, year: int
) -> tuple[Committee, ShownCoverage]:
    person = person_of(request)
    if standard not in STANDARDS or not 1 <= year <= MAXYEAR:
        raise Http404
    committee: Committee = get_object_or_404(Committee.objects.visible_to(person), pk=pk)
    return committee, shown_coverage(committee, STANDARDS[standard], year, person)


def _address(pk: int, standard: str, year: int) -> str:
    return reverse("coverage", args=[pk, standard, year])


def _inputs(found: Coverage) -> list[tuple[str, str, str, str]]:
    """Return the item covering each number, why, and at which meetings; [] for other standards."""
    items = {row.requirement.number: row.items for row in found.rows}
    return [
        (
            given.number,
            measure_label(given.measure),
            str(given.why),
            ", ".join(
                item.meeting.label for item in items[given.number] if item.measure == given.measure
            ),
        )
        for given in INPUTS
        if given.number in items
    ]


def _columns() -> list[Column]:
    return [
        Column(_("Number"), 12),
        Column(_("What it asks for"), 60),
        Column(_("State"), 34),
        Column(_("What shows it"), 80),
        Column(_("Duties"), 60),
        Column(_("State of the duties"), 34),
        Column(_("Done"), 12, kind="number"),
        Column(_("Done with faults"), 12, kind="number"),
        Column(_("To come"), 12, kind="number"),
        Column(_("Skipped"), 12, kind="number"),
        Column(_("Overdue"), 12, kind="number"),
    ]


def _row(row: ShownRow) -> tuple[Any, ...]:
    one = row.covered
    return (
        one.requirement.number,
        str(one.requirement.title),
        str(row.standing.label),
        in_words(row.of_registers),
        "; ".join(duty.title for duty in one.duties),
        one.state_label,
        one.done,
        one.with_fault,
        one.open,
        one.skipped,
        one.overdue,
    )
