"""The acceptances as a list, what they come to, and those that expire or are about to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.core.ui.localised import day, kroner
from kommissorium.risks.authority import limits_by_capacity
from kommissorium.risks.models import Acceptance, AcceptedRisk, Capacity, Scenario
from kommissorium.risks.models.acceptances import AcceptanceQuerySet
from kommissorium.risks.todo import to_answer

SOON = 60  # days


def expiring(on: date, days: int = SOON) -> AcceptanceQuerySet:
    """Return those whose last day is within so many days, the first to expire first."""
    return Acceptance.objects.expiring(on, days).order_by("expires_on", "pk")


def expired(on: date, since: date) -> AcceptanceQuerySet:
    """Return those that expired since a day and whose risks are still there, not accepted anew."""
    today = Scenario.objects.in_force().filter(lineage=OuterRef("lineage"))
    again = Acceptance.objects.standing().filter(
        expires_on__gte=on, risks__lineage=OuterRef("lineage")
    )
    open_risks = AcceptedRisk.objects.filter(Exists(today), ~Exists(again))
    over = Acceptance.objects.expired_by(on).filter(expires_on__gte=since)
    return over.filter(pk__in=open_risks.values("acceptance")).order_by("expires_on", "pk")


def accepted_on(asset_keys: Iterable[int]) -> list[Acceptance]:
    """Return the acceptances in force today about any of these assets, with their risks.

    For a word of warning before an asset is taken out of the register.
    """
    now = timezone.now()
    rows = Acceptance.objects.in_force_at(now, timezone.localdate(now))
    return list(rows.about_assets(asset_keys).prefetch_related("risks__scenario"))


def with_left(acceptances: AcceptanceQuerySet) -> AcceptanceQuerySet:
    """Return them knowing in `is_about_left` whether all the assets they are about have left."""
    own = Asset.objects.filter(assessments__scenarios__acceptances__acceptance=OuterRef("pk"))
    gone = Exists(own.filter(ended_on__isnull=False))
    here = Exists(own.filter(ended_on=None))
    return acceptances.annotate(is_about_left=gone & ~here)


# What the list can be narrowed to, as the address says it.
LIVE, WAITING, MINE, IN_FORCE = "live", "waiting", "mine", "in_force"
EXPIRING, OVER, ALL = "expiring", "over", "all"


@dataclass(frozen=True, slots=True)
class Account:
    """Account of a capacity: whole kroner in force today, used in a budget year, and its limits;
    None where no limit is laid down and nothing may be accepted."""

    capacity: Capacity
    in_force: int
    used: int
    per_year: int | None
    per_risk: int | None

    @property
    def left(self) -> int:
        return max((self.per_year or 0) - self.used, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Total of the acceptances in force on a day: their number, and whole kroner.

    A loss of every year counts with one year's. It is the one total that pages show.
    """

    on: date
    number: int
    amount: int

    def __str__(self) -> str:
        if not self.number:
            return gettext("No acceptance of risk is in force on %(day)s.") % {"day": day(self.on)}
        text = ngettext(
            "On %(day)s %(number)d acceptance of risk is in force, for %(amount)s.",
            "On %(day)s %(number)d acceptances of risk are in force, for %(amount)s in all.",
            self.number,
        )
        return text % {"day": day(self.on), "number": self.number, "amount": kroner(self.amount)}


def narrowed(
    acceptances: AcceptanceQuerySet, show: str, person: Person, on: date
) -> AcceptanceQuerySet:
    """Return those of one of the states above; what counts or waits for anything else."""
    if show == MINE:
        return acceptances.filter(pk__in=to_answer(person, on).values("pk"))
    if show == OVER:
        refused = Q(state=Acceptance.State.REFUSED)
        return acceptances.filter(refused | Q(ended_at__isnull=False) | Q(expires_on__lt=on))
    narrow: dict[str, Callable[[], AcceptanceQuerySet]] = {
        ALL: acceptances.all,
        WAITING: lambda: acceptances.waiting_on(on),
        IN_FORCE: lambda: acceptances.in_force_at(timezone.now(), on),
        EXPIRING: lambda: acceptances.expiring(on, SOON),
    }
    found = narrow.get(show)
    return found() if found else acceptances.live_on(on)


def listed(acceptances: AcceptanceQuerySet) -> AcceptanceQuerySet:
    """Return them with all that a list shows of each."""
    found = with_left(acceptances).select_related("proposed_by", "accepted_by", "decision")
    return found.prefetch_related(
        Prefetch("risks", AcceptedRisk.objects.select_related("scenario")),
    )


def standing_on(acceptances: AcceptanceQuerySet, on: date) -> Standing:
    """Return what is accepted today of these (one query)."""
    rows = acceptances.in_force_at(timezone.now(), on).order_by()
    found = rows.aggregate(number=Count("pk"), amount=Sum("amount"))
    return Standing(on, found["number"], found["amount"] or 0)


def accounts_of(year: int) -> list[Account]:
    """Return what every capacity has accepted and may accept (two queries)."""
    limits, rows = limits_by_capacity(), Acceptance.objects.order_by()
    now = Q(pk__in=rows.in_force_at(timezone.now(), timezone.localdate()).values("pk"))
    of_year = Q(pk__in=rows.standing().of_budget(year).values("pk"))
    sums = rows.values("capacity").annotate(
        in_force=Sum("amount", filter=now, default=0), used=Sum("amount", filter=of_year, default=0)
    )
    sum_of = {row["capacity"]: row for row in sums}
    return [
        Account(
            one,
            sum_of[one]["in_force"] if one in sum_of else 0,
            sum_of[one]["used"] if one in sum_of else 0,
            limits[one].per_year if one in limits else None,
            limits[one].per_risk if one in limits else None,
        )
        for one in Capacity
    ]


def state_of(acceptance: Acceptance, on: date) -> tuple[str, str]:
    """Return how an acceptance stands, in words and as the tone of a badge."""
    if acceptance.ended_at is not None:
        if acceptance.ending == Acceptance.Ending.VOID:
            return str(_("Void, the risk changed")), "error"
        return str(acceptance.get_ending_display()), "neutral"
    left = (acceptance.expires_on - on).days
    if acceptance.state == Acceptance.State.REFUSED:
        return str(acceptance.get_state_display()), "neutral"
    if acceptance.state == Acceptance.State.PROPOSED:
        return _state_of_proposal(left)
    if left < 0:
        return str(_("Expired")), "error"
    return (str(_("Expires soon")), "warning") if left <= SOON else (str(_("In force")), "success")


def _state_of_proposal(left: int) -> tuple[str, str]:
    waits = str(_("Waiting for an answer")), "warning"
    return waits if left >= 0 else (str(_("Not answered in time")), "neutral")
