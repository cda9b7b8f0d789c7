"""What audits say in the status of a quarter: what was held, found and closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.audits.kind import KIND, PLAN
from kommissorium.audits.models import AuditFinding, Closure, Sort, Verdict
from kommissorium.core.ui.localised import day
from kommissorium.registers.past_activities import KnownActivity, activities_known
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.status import StatusFigure, StatusPart, Wanted, in_sentences, told


def status_parts(quarter: Quarter) -> Iterator[StatusPart]:
    """Yield the part of the quarter; none where no plan had been approved by its end."""
    known = activities_known(PLAN.kind, KIND.slug, quarter.last, quarter.last)
    if not known:
        return
    before = quarter.before
    earlier = activities_known(PLAN.kind, KIND.slug, before.last, before.last)
    found = _found()
    now, then = _numbers(known, found, quarter), _numbers(earlier, found, before)
    link = f"{reverse('audits')}?former=1"
    figures = [
        StatusFigure(code, label, now[code], then[code] if earlier else None, link, wanted)
        for code, label, wanted in _labels()
    ]
    held = [one for one in known if one.held_on and quarter.first <= one.held_on <= quarter.last]
    text = told(
        _("No audit was held in the quarter."),
        _("One audit was held in the quarter."),
        _("%(number)s audits were held in the quarter."),
        len(held),
    )
    columns = (_("What was held"), _("Area"), _("Held on"))
    rows = [_row(one) for one in sorted(held, key=lambda one: (one.held_on or date.min, one.key))]
    sentence = in_sentences(text, _missing(known, quarter.last))
    yield StatusPart("audits", _("Audits"), figures, sentence, columns, rows)


type Found = list[tuple[str, date, date]]  # of a finding its sort, its day, and that of its closure


def _found() -> Found:
    """Return all findings with the day each was noted and closed; date.max while it is open."""
    closures = Closure.objects.filter(verdict=Verdict.ACCEPTED).values_list("finding", "judged_at")
    closed = {key: timezone.localdate(at) for key, at in closures if at}
    rows = AuditFinding.objects.values_list("pk", "sort", "made_at")
    return [(sort, timezone.localdate(at), closed.get(key, date.max)) for key, sort, at in rows]


def _numbers(known: list[KnownActivity], found: Found, quarter: Quarter) -> Counter[str]:
    first, last = quarter.first, quarter.last
    numbers = Counter(sort for sort, noted, _closed in found if first <= noted <= last)
    numbers["held"] = sum(bool(one.held_on and first <= one.held_on <= last) for one in known)
    numbers["late"] = sum(one.is_open and one.promised < last for one in known)
    numbers["closed"] = sum(first <= closed <= last for _sort, _noted, closed in found)
    numbers["open"] = sum(noted <= last < closed for _sort, noted, closed in found)
    return numbers


def _labels() -> tuple[tuple[str, str, Wanted], ...]:
    return (
        ("held", _("Audits held"), ""),
        (Sort.NONCONFORMITY, _("Nonconformities found"), ""),
        (Sort.OBSERVATION, _("Observations"), ""),
        (Sort.IMPROVEMENT, _("Improvements suggested"), ""),
        ("closed", _("Findings closed"), ""),
        ("open", _("Findings open when the quarter ended"), "less"),
        ("late", _("Audits late when the quarter ended"), "less"),
    )


def _missing(known: list[KnownActivity], on: date) -> str:
    late = [one for one in known if one.is_open and one.promised < on]
    if not late:
        return ""
    return _("“%(title)s” was to be held and was not.") % {"title": late[0].facts["title"]}


def _row(one: KnownActivity) -> tuple[str, ...]:
    return (
        one.facts["title"],
        one.facts["area_name"] or _("The whole municipality"),
        day(one.held_on),
    )
