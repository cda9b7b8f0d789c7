"""The opening of the audits: what is late, and how many findings of each severity are closed.

Whom a report is for alone reads its findings: the opening names none, and counts what the status of
a quarter tells everybody.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.audits.kind import KIND
from kommissorium.audits.models import Audit, AuditFinding
from kommissorium.audits.models.findings import Severity, Verdict
from kommissorium.core.charts.tracks import Track, Tracks
from kommissorium.registers.activities import LATE
from kommissorium.registers.opening import Figure, Opening, Wrong, longest_late, said_of


class AuditOpening(Opening):
    """How the audits of the plans and their findings stand."""

    def wrongs(self) -> Iterator[str]:
        yield from said_of(self.numbers, LATE)
        if number := self.numbers["nonconformities_open"]:
            text = ngettext(
                "%(number)d nonconformity is not closed.",
                "%(number)d nonconformities are not closed.",
                number,
            )
            yield text % {"number": number}
        if number := self.numbers["findings"] - self.numbers["findings_closed"]:
            text = ngettext(
                "%(number)d finding in all is not closed.",
                "%(number)d findings in all are not closed.",
                number,
            )
            yield text % {"number": number}

    def right(self) -> str:
        if self.numbers["findings"]:
            return _("No audit is late, and all findings are closed.")
        known = any(self.numbers[one.code] for one in KIND.signals.signals)
        return _("No audit is late. Nothing was found yet.") if known else ""

    def wrong(self) -> Wrong | None:
        return longest_late(Audit.objects.approved(), self.day, _("See the audit"))

    def figure(self) -> Figure | None:
        """Return how many findings of each severity are closed (one query)."""
        closed = AuditFinding.objects.filter(closures__verdict=Verdict.ACCEPTED).values("pk")
        rows = AuditFinding.objects.order_by().values_list("severity")
        counted = rows.annotate(all=Count("pk"), closed=Count("pk", filter=Q(pk__in=closed)))
        known = {severity: (number, done) for severity, number, done in counted}
        tracks = []
        for severity in reversed(Severity):
            if severity in known:
                number, done = known[severity]
                said = _("%(closed)d of %(number)d closed") % {"closed": done, "number": number}
                tracks.append(Track.reaching(str(severity.label), said, done, most=number))
        return (
            Figure(_("Findings that are closed, by severity"), Tracks(tracks)) if tracks else None
        )
