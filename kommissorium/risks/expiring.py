"""Acceptances that are about to expire, that have, and that are about what has left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from kommissorium.assets.models import Asset
from kommissorium.risks.models import Acceptance, AcceptedRisk, Scenario
from kommissorium.risks.models.acceptances import AcceptanceQuerySet

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
