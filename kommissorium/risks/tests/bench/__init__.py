"""Benchmarks of the risks: pages by who reads them, and all of the list at many sizes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area, Asset
from kommissorium.risks.models import Assessment, Group
from kommissorium.risks.risk_columns import COLUMNS
from kommissorium.risks.tests.bench.growth import YEAR, empty, fill

__all__ = ["FAST", "SIZES", "empty", "fill", "pages", "sized_pages"]

SIZES = (0, 100, 5_000, 50_000)  # risks in the register
EVERYBODYS = "risks risk_list"
OF_OWNERS = "assessments plan acceptances"
OF_READERS = "risk_areas risk_development risk_levels threats scales"
# The pages that are to be fast whatever there is; the matrix is on the first.
FAST = ("overview", "list")
READER, OWNER = "coordinator", "system_owner"
# What the list is narrowed to, as the address says it.
WISHES: dict[str, dict[str, Any]] = {
    "words": {"q": "adgang"},
    "two words": {"q": "adgang system"},
    "no such word": {"q": "xyzzy"},
    "category": {"group": Group.values[0]},
    "no area": {"area": "none"},
    "band": {"rank": 3},
    "band after": {"rank": 2, "of": "after"},
    "likelihood": {"likelihood": 2},
    "cell": {"likelihood": 2, "consequence": 2},
    "cell after": {"likelihood": 1, "consequence": 3, "of": "after"},
    "treatment": {"treatment": "share"},
    "treatment unsaid": {"treatment": "none"},
    "accepted": {"accepted": "yes"},
    "not accepted": {"accepted": "no"},
    "owner by name": {"owner": "anna"},
    "asset by name": {"asset": "system"},
    "without owner": {"without_owner": 1},
    "unsaid": {"unsaid": 1},
    "above": {"above": 1},
    "above after": {"above": 1, "of": "after"},
    "above, accepted": {"above": 1, "accepted": "yes"},
    "above, not accepted": {"above": 1, "accepted": "no"},
}


def pages(who: str) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of the pages that one of the demonstration reads."""
    for name in EVERYBODYS.split():
        yield name, reverse(name)
    if who == "employee":
        return
    of_readers = "" if who == "system_owner" else OF_READERS
    for name in f"{OF_OWNERS} {of_readers}".split():
        yield name, reverse(name)
    read = Assessment.objects.visible_to(Person.objects.get(email__startswith=f"{who}@"))
    risk = read.annotate(size=Count("scenarios")).order_by("-size", "pk")[0]
    yield "assessment", reverse("assessment", args=[risk.pk])
    if who == "coordinator":
        yield "imports", reverse("imports", args=["risks"])


def sized_pages() -> Iterator[tuple[str, str, str]]:
    """Yield who reads a page, what it is called here and its address."""
    then = timezone.localdate() - YEAR
    for who in (READER, OWNER):
        yield who, "overview", reverse("risks")
        yield who, "list", reverse("risk_list")
        yield who, "list: words", _listed(q="adgang")
        yield who, "overview: a year ago", f"{reverse('risks')}?then={then}"
    yield READER, "areas", reverse("risk_areas")
    yield READER, "development", reverse("risk_development")
    wishes = {name: wish for name, wish in {**WISHES, **_keys()}.items() if name != "words"}
    wishes |= {f"moved {way}": {"moved": way, "since": then} for way in ("new", "up", "down")}
    wishes |= {f"by {one.code}": {"sort": f"-{one.code}"} for one in COLUMNS if one.sorts}
    wishes["last page"] = {"page": 10**6}
    wishes["all columns"] = {"columns": ",".join(one.code for one in COLUMNS)}
    for name, wish in wishes.items():
        yield READER, f"list: {name}", _listed(**wish)


def _listed(**wishes: Any) -> str:
    return f"{reverse('risk_list')}?{urlencode(wishes)}"


def _keys() -> dict[str, dict[str, Any]]:
    """Return the wishes that name a row; those of the row that has most."""
    last = Assessment.objects.order_by("-pk").values_list("pk", flat=True)[0]
    owners = Person.objects.annotate(number=Count("owned_risks")).order_by("-number", "pk")
    assets = Asset.objects.annotate(number=Count("assessments")).order_by("-number", "pk")
    return {
        "area": {"area": Area.objects.order_by("pk")[0].pk},
        "owner": {"owner": owners[0].pk},
        "asset": {"asset": assets[0].pk},
        "assessment": {"assessment": last},
    }
