"""The year's report before a committee: what agenda, record and mail say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Municipality
from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Decision
from kommissorium.registers.proposing import AgendaText
from kommissorium.registers.status import StatusPart
from kommissorium.registers.years import Year
from kommissorium.reports.models import ReviewPart, YearReview
from kommissorium.reports.periodic_proposal import PeriodicProposal
from kommissorium.reports.review_composing import compose_review


class ReviewProposal(PeriodicProposal[YearReview]):
    """Proposal to approve the year's report: the management review of the year."""

    kind, model, slug = "reports.yearreview", YearReview, "review"
    part = ReviewPart
    listed = (gettext_lazy("Year's reports"), "reviews")
    added = gettext_lazy("The figures of the year are added from the approved statuses.")
    record_kind = "reports.review"
    description = gettext_lazy("The management's review of information security, ISO 27001, 9.3")

    def compose(self, told: YearReview) -> Sequence[StatusPart]:
        return compose_review(told.of, Year(told.year))

    def named(self, facts: Mapping[str, Any]) -> str:
        return _("Year's report and management review %(year)s") % {"year": facts["quarter"]}

    def lacks(self, proposal: YearReview) -> list[str]:
        missing = super().lacks(proposal)
        if not any(
            one.value is not None for part in self.told_parts(proposal) for one in part.figures
        ):
            text = _("No status of the year is approved. Approve one, and compose it again.")
            missing.append(text)
        return missing

    def body(self, proposal: YearReview) -> dict[str, Any]:
        return {**super().body(proposal), "top_management": _top_management()}

    def text(self, proposal: YearReview) -> AgendaText:
        values = {"year": proposal.period.label, "who": _top_management()}
        points = [
            _("approves the year's report for %(year)s") % values,
            _("lays it before %(who)s as the management review of the year") % values,
        ]
        return AgendaText.of(self.title_of(proposal), points, self.conclusion(proposal))

    def approved_in_words(self, decision: Decision) -> str:
        found = YearReview.objects.filter(decision=decision).first()
        if found is None:
            return ""
        values = {"title": self.title_of(found), "day": day(decision.decided_at)}
        return _("%(title)s: approved on %(day)s.") % values


def _top_management() -> str:
    """Return who top management is: as the settings say, else the executive board."""
    return Municipality.current().top_management or _("the executive board")


REVIEW: Final = ReviewProposal()
