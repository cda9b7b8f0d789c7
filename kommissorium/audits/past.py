"""The past of the register: audits, their evaluations, and figures for the quarterly status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kommissorium.audits.kind import KIND
from kommissorium.audits.models import AuditFinding, Closure, Sort, Verdict
from kommissorium.core.ui.localised import day
from kommissorium.measures.activities import KnownActivity
from kommissorium.registers.activity_told import ActivityStatus, KnownQuarter
from kommissorium.registers.status import StatusFigure, Wanted

type Found = list[tuple[str, date, date]]  # of a finding its sort, its day, and that of its closure


class AuditStatus(ActivityStatus):
    """Audits held, and the findings of all audits: new, closed and open."""

    held_in_words = (
        gettext_lazy("No audit was held in the quarter."),
        ngettext_lazy(
            "One audit was held in the quarter.",
            "%(number)s audits were held in the quarter.",
            "value",
        ),
    )
    columns = gettext_lazy("What was held"), gettext_lazy("Area"), gettext_lazy("Held on")

    def figures(self, now: KnownQuarter, then: KnownQuarter, link: str) -> Iterable[StatusFigure]:
        found = _found()
        numbers, before = _numbers(now, found), _numbers(then, found)
        for code, label, wanted in _labels():
            earlier = before[code] if then.activities else None
            if code == "closed_by_another" and not (numbers[code] or earlier):
                continue  # as it should be: nothing to say
            # How many are open is how it stood when the quarter ended.
            yield StatusFigure(
                *(code, label, numbers[code], earlier, link, wanted), sums=code != "open"
            )

    def row(self, one: KnownActivity) -> tuple[str, ...]:
        area = one.facts["area_name"] or _("The whole municipality")
        return one.facts["title"], area, day(one.held_on)


STATUS = AuditStatus(KIND)


def _found() -> Found:
    """Return all findings with the day each was noted and closed; date.max while it is open."""
    closures = Closure.objects.filter(verdict=Verdict.ACCEPTED).values_list("finding", "judged_at")
    closed = {key: timezone.localdate(at) for key, at in closures if at}
    rows = AuditFinding.objects.values_list("pk", "sort", "made_at")
    return [(sort, timezone.localdate(at), closed.get(key, date.max)) for key, sort, at in rows]


def _by_another(first: date, last: date) -> int:
    """Return how many findings were closed in the time by another than the report's auditor."""
    rows = Closure.objects.filter(
        verdict=Verdict.ACCEPTED,
        judged_at__gt=F("finding__activity__report__made_at"),
        judged_at__date__range=(first, last),
        finding__activity__report__auditor__isnull=False,
    )
    return rows.exclude(judged_by=F("finding__activity__report__auditor")).count()


def _numbers(known: KnownQuarter, found: Found) -> Counter[str]:
    first, last = known.quarter.first, known.quarter.last
    numbers = Counter(sort for sort, noted, _closed in found if first <= noted <= last)
    numbers["held"] = len(known.held)
    numbers["closed"] = sum(first <= closed <= last for _sort, _noted, closed in found)
    numbers["closed_by_another"] = _by_another(first, last)
    numbers["open"] = sum(noted <= last < closed for _sort, noted, closed in found)
    return numbers


def _labels() -> tuple[tuple[str, str, Wanted], ...]:
    return (
        ("held", _("Audits held"), ""),
        (Sort.NONCONFORMITY, _("Nonconformities found"), ""),
        (Sort.OBSERVATION, _("Observations"), ""),
        (Sort.IMPROVEMENT, _("Improvements suggested"), ""),
        ("closed", _("Findings closed"), ""),
        ("closed_by_another", _("Closed by somebody who did not make the report"), "less"),
        ("open", _("Findings open when the period ended"), "less"),
    )
