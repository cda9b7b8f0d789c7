"""The procedures that their owner approves: the coordinator writes them with experts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from html import escape

from kommissorium.demo.chapters.policies.chair import settled
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows
from kommissorium.policies.actions.documents import add_document
from kommissorium.policies.actions.owner_approvals import approve_as_owner, lay_before_owner
from kommissorium.policies.actions.versions import begin_version, write_version
from kommissorium.policies.models import Document, Level, Version

TABLE, OWNER = "procedures.csv", "head_of_it"
BEGUN = 80  # days after the start of a short story
WAITS = 2  # days ago the newest was laid before its owner, who has not answered


def tell_procedures(town: Town) -> None:
    """Tell when each was written and approved; the newest still waits for its owner."""
    for row in rows(TABLE):
        if months := int(row["måneder"]):
            moment = settled(town, months, "10.20", BEGUN)
            town.tell(moment, partial(_lay, town, row))
            town.tell(moment + timedelta(days=3), partial(_approve, town, row["titel"]))
        else:
            town.tell(town.almanac.days_ago(WAITS, "10.20"), partial(_lay, town, row))


def _lay(town: Town, row: Mapping[str, str]) -> None:
    by = town.coordinator_today()
    if by is None:
        return
    values = {
        "title": row["titel"],
        "level": Level.PROCEDURE.value,
        "parent": Document.objects.filter(level=Level.OVERALL).first(),
        "owner": town.person(OWNER),
        "audience": "It-afdelingen",
        "approval": "",
        "review_months": 24,
        "is_measure": False,
        "tags": "ISO 27002 5.37",
    }
    made = begin_version(add_document(by=by, values=values), by=by)
    words = f"<h2>Hvorfor</h2><p>{escape(row['hvorfor'])}</p>"
    words += f"<h2>Sådan gør vi</h2><p>{escape(row['indhold'])}</p>"
    given = {"title": made.title, "change": made.change, "begins_on": None, "change_because": ""}
    version = made.edit_version
    write_version(made, by=by, values={**given, "text": words}, edit_version=version)
    lay_before_owner(made, by=by)


def _approve(town: Town, title: str) -> None:
    made = Version.objects.waiting_for_owner().filter(title=title).first()
    if made:
        approve_as_owner(made, fingerprint=made.fingerprint, by=town.person(OWNER))
