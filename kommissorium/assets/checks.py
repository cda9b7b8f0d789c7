"""R4, R6 and requirements of standards: assets have owners, and these their documents.

R4 asks for an owner of every system, every data set and every physical archive in the register,
and for a data owner too of every system that holds personal data or is not classified; R6 for
every document the matrix demands, current on the day. Today is counted as it is now, a past day
from the figures kept at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.assets.current_counts import asset_counts
from kommissorium.assets.models import Agreement, Oversight, Round
from kommissorium.registers.requirements import LASTS, Says, Shown

FIGURES_KEPT: Final = "assets.figures_kept"
ACTS: Final = (FIGURES_KEPT,)


OF_OWNERS: Final = ("ISO 27002 5.9", "NIS 2 § 6 nr. 9")
OF_AGREEMENTS: Final = ("ISO 27002 5.20",)
_AGREEMENTS: Final = gettext_lazy("%(n)d data processing agreements, the oldest of %(day)s")
_OVERSIGHTS: Final = gettext_lazy("oversight of %(n)d suppliers, the oldest of %(day)s")
OF_OVERSIGHT: Final = ("ISO 27002 5.22", "NIS 2 § 6 nr. 4")


def shown_by_assets(day: date) -> Iterator[Shown]:
    """Yield assets without an owner, the newest round of attestation, agreements and oversight."""
    number = asset_counts().without_owner if day >= timezone.localdate() else 0
    if number:  # kept for today alone
        title = _("Assets without an owner: %(number)d") % {"number": number}
        link = reverse("assets")
        yield Shown("assets.owners", title, link, Says.AGAINST, day, None, OF_OWNERS)
    rounds = Round.objects.filter(closed_at__date__range=(day - LASTS, day))
    for one in rounds.order_by("-closed_at")[:1]:
        done = timezone.localdate(one.closed_at)
        key, link = f"assets.round:{one.pk}", one.get_absolute_url()
        yield Shown(key, one.title, link, Says.CARRIED_OUT, done, None, OF_OWNERS)
    yield from _oversight(day)


def _oversight(day: date) -> Iterator[Shown]:
    for one in Agreement.objects.in_force().select_related("supplier"):
        title = f"{one.title} ({one.supplier.name})"
        key, link = f"assets.agreement:{one.pk}", one.get_absolute_url()
        if one.signed_on and one.signed_on <= day:
            yield Shown(
                *(key, title, link, Says.LAID_DOWN, one.signed_on, one.expires_on, OF_AGREEMENTS),
                several=_AGREEMENTS,
            )
        if one.next_oversight and one.next_oversight < day:
            due, note = one.next_oversight, _("Oversight is late.")
            yield Shown(key, title, link, Says.AGAINST, due, None, OF_OVERSIGHT, note)
    done = Oversight.objects.filter(done_on__range=(day - LASTS, day), agreement__ended_on=None)
    newest = {one.agreement_id: one for one in done.order_by("done_on", "pk")}
    found = Oversight.objects.filter(pk__in=[one.pk for one in newest.values()])
    for row in found.select_related("agreement__supplier"):
        is_bad = row.result == Oversight.Result.CRITICAL
        title = _("Oversight of %(name)s") % {"name": row.agreement.supplier.name}
        link, says = row.agreement.get_absolute_url(), Says.AGAINST if is_bad else Says.CARRIED_OUT
        key = f"assets.oversight:{row.pk}"
        yield Shown(
            *(key, title, link, says, row.done_on, None, OF_OVERSIGHT, row.get_result_display()),
            several=_OVERSIGHTS,
        )
