"""Things that belong in the municipality's records system, and which of them are filed there.

A kind of thing says which of its rows are finished; the registers have kinds of their own
(registers.protocol). What was filed is known by receipts (Filing).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.meetings.models import Confirmation, Decision, Filing, Meeting


class FiledKind[M: models.Model]:
    """A kind of thing that is filed in the records system when it is finished."""

    kind: ClassVar[str]  # as the chain names it
    label: ClassVar[str | Promise]  # of many of them

    def can_be_noted_by(self, person: Person) -> bool:
        """Return whether `person` may note that such things were filed."""
        return person.is_coordinator

    def rows(self, person: Person) -> models.QuerySet[M]:
        """Return those that are finished and that `person` may read, the latest first."""
        raise NotImplementedError

    def title(self, row: M) -> str:
        raise NotImplementedError

    def day(self, row: M) -> date:
        """Return the day on which it was finished."""
        raise NotImplementedError

    def url(self, row: M) -> str:
        address: str = row.get_absolute_url()  # type: ignore[attr-defined]
        return address

    def unfiled(self, person: Person) -> models.QuerySet[M]:
        """Return those of which nobody has noted that they were filed."""
        return self.rows(person).exclude(models.Exists(self._receipts()))

    def filed(self, person: Person) -> models.QuerySet[M]:
        """Return those that were filed."""
        return self.rows(person).filter(models.Exists(self._receipts()))

    def _receipts(self) -> models.QuerySet[Filing]:
        key = Cast(models.OuterRef("pk"), models.CharField())
        return Filing.objects.filter(kind=self.kind, key=key)


class _OfCommittees[M: models.Model](FiledKind[M]):
    """Kinds that those who prepare a committee's meetings see to."""

    def can_be_noted_by(self, person: Person) -> bool:
        return Committee.objects.prepared_by(person).exists()


class FiledMeetings(_OfCommittees[Meeting]):
    """Meetings whose minutes are sent out, with all that is handed over of them."""

    kind = "meetings.meeting"
    label = gettext_lazy("Meetings and their minutes")

    def rows(self, person: Person) -> models.QuerySet[Meeting]:
        own = Meeting.objects.filter(committee__in=Committee.objects.prepared_by(person))
        return (
            own.filter(state__in=Meeting.CLOSED)
            .select_related("committee")
            .order_by("-starts_at", "-pk")
        )

    def title(self, row: Meeting) -> str:
        values = {"number": row.label, "committee": row.committee.name}
        return _("Minutes of meeting %(number)s, %(committee)s") % values

    def day(self, row: Meeting) -> date:
        return timezone.localdate(row.starts_at)


class FiledAddenda(_OfCommittees[Confirmation]):
    """Addenda: a committee's changes to minutes when it approved them."""

    kind = "meetings.confirmation"
    label = gettext_lazy("Addenda to minutes")

    def rows(self, person: Person) -> models.QuerySet[Confirmation]:
        own = Committee.objects.prepared_by(person)
        found = Confirmation.objects.filter(minutes__meeting__committee__in=own)
        return found.exclude(changes="").select_related("minutes__meeting").order_by("-pk")

    def title(self, row: Confirmation) -> str:
        number = row.minutes.meeting.label
        return _("Addendum to the minutes of meeting %(number)s") % {"number": number}

    def day(self, row: Confirmation) -> date:
        return timezone.localdate(row.at)

    def url(self, row: Confirmation) -> str:
        return row.minutes.get_absolute_url()


class FiledDecisions(_OfCommittees[Decision]):
    """Decisions that chairs took between meetings."""

    kind = "meetings.decision"
    label = gettext_lazy("Decisions between meetings")

    def rows(self, person: Person) -> models.QuerySet[Decision]:
        own = Decision.objects.visible_to(person).filter(
            item=None, committee__in=Committee.objects.prepared_by(person)
        )
        return own.order_by("-pk")

    def title(self, row: Decision) -> str:
        return str(row)

    def day(self, row: Decision) -> date:
        return timezone.localdate(row.decided_at)


OF_MEETINGS: tuple[FiledKind[Any], ...] = (FiledMeetings(), FiledAddenda(), FiledDecisions())


def receipts_of(kind: FiledKind[Any], rows: Iterable[models.Model]) -> dict[str, Filing]:
    """Return the receipt that counts of each row that has one, by its key; one query."""
    keys = [str(row.pk) for row in rows]
    found = Filing.objects.filter(kind=kind.kind, key__in=keys).select_related("noted_by")
    return {receipt.key: receipt for receipt in found.order_by("pk")}
