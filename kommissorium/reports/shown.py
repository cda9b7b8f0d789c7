"""Evidence from the year's report for the management review of ISO 27001, 9.3."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kommissorium.registers.requirements import LASTS, Says, Shown
from kommissorium.reports.models import YearReview
from kommissorium.reports.review_proposal import REVIEW
from kommissorium.yearwheel.standards import STANDARDS

OF_REVIEW = tuple(
    f"ISO 27001 {one.number}" for one in STANDARDS["iso27001"] if one.number.startswith("9.3")
)


def shown_by_reports(day: date) -> Iterator[Shown]:
    """Yield the year's reports approved within a year (one query)."""
    rows = YearReview.objects.filter(state="approved", in_force_from__range=(day - LASTS, day))
    for one in rows:
        key, title = f"{REVIEW.kind}:{one.pk}", REVIEW.title_of(one)
        link, done = one.get_absolute_url(), one.in_force_from
        yield Shown(key, title, link, Says.CARRIED_OUT, done, None, OF_REVIEW)
