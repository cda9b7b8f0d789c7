"""Time the answer to "is the mandate fulfilled on that day?": `answering.py DATA` prints JSON.

Milliseconds of work of the processor for all clauses of the committee with most meetings, from
the queries to the findings: today, and on days gone by. A database that is a program of its own
does its work elsewhere.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from statistics import median
from time import process_time

os.environ["KOMMISSORIUM_DATA"] = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "kommissorium.config.settings"

import django

django.setup()

from django.db.models import Count  # noqa: E402
from django.utils import timezone  # noqa: E402

from kommissorium.committees.models import Committee  # noqa: E402
from kommissorium.compliance.fulfilment import fulfilment_on  # noqa: E402
from kommissorium.compliance.history_queries import history_of  # noqa: E402

DAYS_AGO = (0, 100, 500)
WARM_UP, ROUNDS = 2, 9


def answered() -> dict[str, float]:
    """Return the greatest median of the days, and the number of clauses answered."""
    committee = Committee.objects.annotate(held=Count("meetings")).order_by("-held")[0]
    times, clauses = [], 0
    for ago in DAYS_AGO:
        day, works = timezone.localdate() - timedelta(days=ago), []
        for _turn in range(WARM_UP + ROUNDS):
            started = process_time()
            clauses = len(fulfilment_on(history_of(committee, day), day).findings) or clauses
            works.append((process_time() - started) * 1000)
        times.append(median(works[WARM_UP:]))
    return {"clauses": clauses, "cpu": round(max(times), 1)}


if __name__ == "__main__":
    json.dump(answered(), sys.stdout)
