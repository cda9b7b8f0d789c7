"""Evidence from policies for the requirements they are tagged with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.policies.status import DocumentStatus, statuses_on
from kommissorium.registers.requirements import Says, Shown, names_in

_DOCUMENTS: Final = gettext_lazy("%(n)d policies and guidelines, the oldest of %(day)s")


def shown_by_policies(day: date) -> Iterator[Shown]:
    """Yield each document: its version in force lays down what it is tagged with, until its review
    is late; one on its way is planned (two queries)."""
    for one in statuses_on(day):
        current = one.current
        if current is not None:
            yield _shown(one, Says.LAID_DOWN, current.in_force_from, one.review_by)
        elif one.next is not None:
            yield _shown(one, Says.PLANNED, None, None)


def _shown(one: DocumentStatus, says: Says, since: date | None, until: date | None) -> Shown:
    found, note = one.document, ""
    if until is not None and until < one.day:
        note = _("Past its review, so it does not count.")
    # Who follows a committee sees each document that has or had a version in force, or a proposal.
    link = found.get_absolute_url()
    names = names_in(found.tags)
    return Shown(
        f"policies.document:{found.pk}",
        found.title,
        link,
        says,
        since,
        until,
        names,
        note,
        several=_DOCUMENTS,
    )
