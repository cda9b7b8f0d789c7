"""Versions that begin in a filled database change no answer, and tell what was known before."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kommissorium.committees.models import Committee
from kommissorium.compliance.fulfilment import fulfilment_on, month_ends
from kommissorium.compliance.history_queries import history_of
from kommissorium.config.tests.demonstration import Demonstration
from kommissorium.core.evidence.canonical import canonical, sha256
from kommissorium.core.evidence.chain_check import chain, check_database
from kommissorium.core.evidence.models import Event, RowVersion
from kommissorium.core.evidence.sealed_tables import rows_there, sealed_tables
from kommissorium.core.evidence.sealing import seal_other_columns
from kommissorium.core.evidence.verifier import CHANGED, event_hash
from kommissorium.core.tests.evidence.tampering import behind_the_back
from kommissorium.demo.tests.stories import of_fifteen_months

MONTHS = month_ends(timezone.localdate(), 16)

type Held = dict[str, str | None]


def kept(*, anyhow: bool) -> list[str]:
    """Return the tables with versions: those that had them before, or those that begin."""
    tables = sealed_tables().values()
    return [one.name for one in tables if one.is_kept and hasattr(one.model, "PAST") == anyhow]


def leave_as_an_older_release_did(began: Event) -> None:
    """Take away the versions that it did not keep, and what the chain says of them."""
    gone = RowVersion.objects.filter(text="").values_list("table", "key")
    with behind_the_back():
        RowVersion.objects.filter(table__in=kept(anyhow=False)).delete()
        for table, key in set(gone):
            RowVersion.objects.filter(table=table, key=key).delete()
        facts = json.loads(began.facts) | {"kept": kept(anyhow=True)}
        del facts["lasting"]
        began.facts = canonical(facts)
        began.content_hash = sha256(began.facts)
        began.save()
        link_anew()


def link_anew() -> None:
    previous = "0" * 64
    for event in list(chain()):
        event["previous_hash"] = previous
        previous = event_hash(event)
        Event.objects.filter(pk=event["seq"]).update(
            previous_hash=event["previous_hash"], hash=previous
        )


def answers() -> list[Any]:
    """Return the answer of each committee at each month's end, by what was known then and now."""
    today = timezone.localdate()
    return [
        [
            (one.clause.number, one.finding, one.today)
            for one in fulfilment_on(history_of(committee, day), day, known).findings
        ]
        for committee in Committee.objects.order_by("pk")
        for day in MONTHS
        for known in (day, today)
    ]


def last_of(day: date) -> int:
    """Return the last event of a day, or of those before it."""
    before = Event.objects.filter(at__date__lte=day).order_by("-seq")
    return before.values_list("seq", flat=True).first() or 0


def held(tables: Iterable[str], days: Iterable[date]) -> dict[tuple[str, date], Held]:
    return {
        (table, day): RowVersion.objects.held(table, last_of(day))
        for table in tables
        for day in days
    }


@of_fifteen_months
def test_versions_that_begin_are_no_news_and_tell_what_was_known(
    havneby: Demonstration, settings: Any
) -> None:
    settings.SECRET_KEY = (havneby.data / "secret.key").read_text().strip()
    tables, today = kept(anyhow=False), {}
    for name in tables:
        today[name] = dict(rows_there(transaction.get_connection(), sealed_tables()[name]))
    with transaction.atomic():
        was, head = held(tables, MONTHS), Event.objects.count()
        leave_as_an_older_release_did(Event.objects.get(pk=1))
        before = answers()
        seal_other_columns()
        newest = Event.objects.get(pk=head + 1)
        assert (newest.act, newest.seals) == (CHANGED, "")
        assert Event.objects.count() == head + 1
        assert check_database().groups.keys() <= {"anchors"}  # the old ones are of the old chain
        assert answers() == before
        for (table, day), found in held(tables, MONTHS).items():
            known = today[table]
            told = {
                k: text if text == known.get(k) else None for k, text in was[table, day].items()
            }
            assert found == told, (table, day)
        transaction.set_rollback(True)
