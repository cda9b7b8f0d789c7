"""Measure the pages of the register of risks: `risks.py DATA RISKS` prints JSON.

Fills the register until so many risks are in today's picture; 0 takes out those there are, for
the pages of an empty register. Then every page is asked for inside this process. Its times are
milliseconds of work of the processor, which the other work of a machine hardly changes, and
beside them what the clock says. A database that is a program of its own does its work
elsewhere: there the processor's times leave it out.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any
from urllib.parse import urlencode

os.environ["KOMMISSORIUM_DATA"] = sys.argv[1]
os.environ["KOMMISSORIUM_DEMO"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "kommissorium.config.settings"

import django

sys.path.append(str(Path(__file__).resolve().parents[1]))
django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from benching.risk_growth import YEAR, empty, fill  # noqa: E402
from kommissorium.accounts.cast import part  # noqa: E402
from kommissorium.accounts.models import Person  # noqa: E402
from kommissorium.assets.models import Area, Asset  # noqa: E402
from kommissorium.risks.columns import LABELS  # noqa: E402
from kommissorium.risks.listing import SORTS  # noqa: E402
from kommissorium.risks.models import Assessment, Group  # noqa: E402

NO_PAGE = "/there-is-no-such-page/"
logging.getLogger("django.request").setLevel(logging.ERROR)  # the page that is not there
# The pages that are to be fast whatever there is; the others are read fewer times.
ROUNDS = {"overview": 100, "list": 100, "empty_page": 100}
ROUNDS_OF_OTHERS = 20
WARM_UP = 5
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


def pages() -> Iterator[tuple[str, str, str]]:
    """Yield who reads a page, what it is called here and its address."""
    then = timezone.localdate() - YEAR
    for who in (READER, OWNER):
        yield who, "empty_page", NO_PAGE
        yield who, "overview", reverse("risks")
        yield who, "list", reverse("risk_list")
        yield who, "list: words", _listed(q="adgang")
        yield who, "overview: a year ago", f"{reverse('risks')}?then={then}"
    yield READER, "areas", reverse("risk_areas")
    yield READER, "development", reverse("risk_development")
    wishes = {name: wish for name, wish in {**WISHES, **_keys()}.items() if name != "words"}
    wishes |= {f"moved {way}": {"moved": way, "since": then} for way in ("new", "up", "down")}
    wishes |= {f"by {column}": {"sort": f"-{column}"} for column in SORTS}
    wishes["last page"] = {"page": 10**6}
    wishes["all columns"] = {"columns": ",".join(LABELS)}
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


def measured() -> list[dict[str, Any]]:
    """Return every page with its status, its queries and its times."""
    clients = {who: _signed_in(who) for who in (READER, OWNER)}
    gc.collect()
    gc.freeze()  # what the filling left behind is not gone through again for every page
    found = []
    for who, name, path in pages():
        client = clients[who]
        for _turn in range(WARM_UP):
            client.get(path)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        page = {"who": who, "name": name, "path": path, "status": answer.status_code}
        size = {"queries": len(captured), "kilobytes": round(len(answer.content) / 1000, 1)}
        times = _times(client, path, ROUNDS.get(name, ROUNDS_OF_OTHERS))
        found.append({**page, **size, **times})
    return found


def _times(client: Client, path: str, rounds: int) -> dict[str, float]:
    works, walls = [], []
    for _turn in range(rounds):
        begun, started = perf_counter(), process_time()
        client.get(path)
        works.append((process_time() - started) * 1000)
        walls.append((perf_counter() - begun) * 1000)
    return {
        "cpu": round(median(works), 1),
        "cpu_p95": _p95(works),
        "wall": round(median(walls), 1),
        "wall_p95": _p95(walls),
    }


def _p95(times: Sequence[float]) -> float:
    return round(quantiles(times, n=20)[-1], 1)


def _signed_in(code: str) -> Client:
    member = part(code)
    if member is None:
        raise LookupError(f"nobody plays the part {code}")
    client = Client(SERVER_NAME="localhost")
    client.force_login(Person.objects.get(email=member.email))
    return client


if __name__ == "__main__":
    wanted = int(sys.argv[2])
    fill(wanted) if wanted else empty()
    json.dump(measured(), sys.stdout)
