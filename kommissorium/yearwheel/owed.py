"""What others are overdue with on the year wheel, many of a register as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kommissorium.accounts.models import Person
from kommissorium.core.ui.owed import Owed
from kommissorium.yearwheel.models import Occurrence
from kommissorium.yearwheel.register_bundles import address
from kommissorium.yearwheel.responsible import Holders
from kommissorium.yearwheel.todo import not_called


def owed(person: Person, today: date) -> Iterator[Owed[Person]]:
    """Yield what others are overdue with, of what the person may read (two queries)."""
    rows = not_called(Occurrence.objects.visible_to(person).open().filter(due__lt=today))
    found = list(
        rows.select_related("duty__committee", "duty__responsible_person", "delegate").order_by(
            "due", "pk"
        )
    )
    holders = Holders([row.duty for row in found], today)
    groups: dict[tuple[Person, str], list[Occurrence]] = {}
    for row in found:
        who = row.delegate or holders.of(row.duty, today)
        if who is not None and who != person:
            key = f"duty:{row.duty_id}" if row.source else f"wheel:{row.pk}"
            groups.setdefault((who, key), []).append(row)
    for (who, key), group in groups.items():
        yield _of(who, key, group)


def _of(who: Person, key: str, group: Sequence[Occurrence]) -> Owed[Person]:
    first = group[0]
    if len(group) == 1:
        return Owed(who, first.title, first.get_absolute_url(), first.due, key)
    delegate = who.pk if first.delegate_id == who.pk else None
    url = address(first.duty_id, state="overdue", person=delegate)
    return Owed(who, first.duty.title, url, first.due, key, number=len(group))
