"""Evidence from incidents for the requirements of standards: in numbers alone, as the
cases themselves are not for everybody who reads the registers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.incidents.laws import rules
from kommissorium.incidents.models import Evaluation, Incident, Notification
from kommissorium.registers.requirements import LASTS, Says, Shown

OF_HANDLING: Final = ("ISO 27002 5.25", "ISO 27002 5.26", "NIS 2 § 6 nr. 2")
OF_LEARNING: Final = ("ISO 27001 10.2", "ISO 27002 5.27", "NIS 2 § 6 nr. 2")
OF_TELLING: Final = ("NIS 2 § 12", "NIS 2 § 13")


def shown_by_incidents(day: date) -> Iterator[Shown]:
    """Yield the cases closed, evaluated and notified within a year (three queries)."""
    recent = (day - LASTS, day)
    closed = Incident.objects.incidents().filter(closed_at__date__range=recent)
    found = [at for at in closed.values_list("closed_at", flat=True) if at]
    if found:
        title = ngettext("%(n)d incident closed", "%(n)d incidents closed", len(found))
        title, last = title % {"n": len(found)}, timezone.localdate(max(found))
        yield Shown("incidents.closed", title, "", Says.CARRIED_OUT, last, None, OF_HANDLING)
    learned = Evaluation.objects.filter(state="approved", in_force_from__range=recent)
    days = [one for one in learned.values_list("in_force_from", flat=True) if one]
    if days:
        title = ngettext("%(n)d evaluation approved", "%(n)d evaluations approved", len(days))
        title, newest = title % {"n": len(days)}, max(days)
        yield Shown("incidents.evaluated", title, "", Says.CARRIED_OUT, newest, None, OF_LEARNING)
    yield from _told(day)


def _told(day: date) -> Iterator[Shown]:
    codes = [rule.code for rule in rules() if rule.law == "nis2"]
    rows = Notification.objects.filter(code__in=codes)
    sent = rows.filter(sent_at__date__range=(day - LASTS, day), sent_at__lte=F("due_at"))
    last = sent.aggregate(last=Max("sent_at"))["last"]
    if last:
        title, done = _("Authorities told in time"), timezone.localdate(last)
        yield Shown("incidents.told", title, "", Says.CARRIED_OUT, done, None, OF_TELLING)
    late = Q(sent_at__date__range=(day - LASTS, day), sent_at__gt=F("due_at"))
    running = Q(pk__in=rows.running().filter(due_at__date__lt=day).values("pk"))
    if rows.filter(late | running).exists():
        title = _("Authorities told too late, or not yet")
        yield Shown("incidents.late", title, "", Says.AGAINST, day, None, OF_TELLING)
