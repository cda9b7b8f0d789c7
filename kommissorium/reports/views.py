"""Pages of the statuses of quarters and of the year's reports: which there are, and one of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.years import Year
from kommissorium.reports.models import QuarterlyStatus, YearReview
from kommissorium.reports.proposal import KIND
from kommissorium.reports.report_pages import compose_page, found_by, report_page
from kommissorium.reports.review_proposal import REVIEW
from kommissorium.reports.status_rows import quarter_rows


@require_GET
def statuses(request: HttpRequest) -> HttpResponse:
    """Show the quarters of the committees that the reader follows, each with its status."""
    return page(request, "reports/statuses.html", _statuses(request))


@require_POST
def status_new(request: HttpRequest) -> HttpResponse:
    """Compose the status of a quarter; what cannot be is said above the list."""
    return compose_page(request, KIND, Quarter.parse, "reports/statuses.html", _statuses)


@require_GET
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a status: its conclusion first, then each part with its figures."""
    return report_page(request, KIND, found_by(request, KIND, pk), "reports/periodic_report.html")


@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """Show the year's reports of the committees that the reader follows."""
    return page(request, "reports/reviews.html", _reviews(request))


@require_POST
def review_new(request: HttpRequest) -> HttpResponse:
    """Compose the report of a year; what cannot be is said above the list."""
    return compose_page(request, REVIEW, Year.parse, "reports/reviews.html", _reviews)


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a year's report: its conclusion first, then each input of the review."""
    return report_page(
        request, REVIEW, found_by(request, REVIEW, pk), "reports/periodic_report.html"
    )


def _statuses(request: HttpRequest) -> dict[str, Any]:
    person = _follower(request)
    return {
        "rows": list(quarter_rows(person, timezone.localdate()).items()),
        "may_draft": QuarterlyStatus.can_be_drafted_by(person),
        "breadcrumbs": [Crumb(_("Reports"))],
    }


def _reviews(request: HttpRequest) -> dict[str, Any]:
    person = _follower(request)
    rows = list(REVIEW.visible_to(person).exclude(state="dropped"))
    ended = Year(timezone.localdate().year).before
    there = {one.of_id for one in rows if one.period == ended}
    may_draft = YearReview.can_be_drafted_by(person)
    committees = Committee.objects.visible_to(person).order_by("pk") if may_draft else ()
    return {
        "rows": rows,
        "ended": ended,
        "to_compose": [one for one in committees if one.pk not in there],
        "breadcrumbs": [Crumb(_("Reports"), reverse("statuses")), Crumb(_("Year's reports"))],
    }


def _follower(request: HttpRequest) -> Person:
    """Return who reads. Raises Http404 for whoever follows no committee."""
    person = person_of(request)
    if not Committee.are_followed_by(person):
        raise Http404
    return person
