"""Access to frozen records and rows for a reader of the evidence: some hold closed items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.export import Reader
from kommissorium.core.evidence.models import Record
from kommissorium.meetings.actions.call import CALL
from kommissorium.meetings.actions.decisions import CHAIR
from kommissorium.meetings.actions.earlier_meetings import KIND as EARLIER
from kommissorium.meetings.actions.minutes import CONFIRMATION, MINUTES
from kommissorium.meetings.models import Attendance, Comment, Decision, Meeting, Registration

OF_MEETINGS = (CALL, MINUTES, CONFIRMATION, EARLIER)  # they hold closed items as well


def records_visible_to(person: Person) -> QuerySet[Record]:
    """Return the records that `person`, who may see the evidence, may open.

    What a meeting's record holds of closed items is for whom its committee names; a closed
    decision of the chair too.
    """
    named = Meeting.objects.filter(committee__in=Committee.objects.seated(person))
    keys = named.annotate(key=Cast("pk", CharField())).values("key")
    decisions = Decision.objects.visible_to(person).filter(item=None).values("record")
    of_meeting = Q(kind__in=OF_MEETINGS)
    of_chair = Q(kind=CHAIR)
    return Record.objects.filter(
        ~of_meeting & ~of_chair
        | of_meeting & Q(object_id__in=keys)
        | of_chair & Q(pk__in=decisions)
    )


def comments_of_concern_to(person: Person) -> QuerySet[Comment]:
    """Return the comments on minutes that concern `person`, as Minutes.concerns has it."""
    there = Attendance.objects.present().exclude(capacity=Attendance.Capacity.GUEST)
    attended = Q(minutes__meeting__in=there.filter(person=person).values("meeting"))
    kept = Q(minutes__meeting__committee__in=Committee.objects.prepared_by(person))
    return Comment.objects.filter(attended | kept)


# Where a page shows less than the whole row to those who may see that it is there.
NARROWER: dict[type[Model], Callable[[Person], QuerySet[Any]]] = {
    Comment: comments_of_concern_to,
    Registration: Registration.objects.with_minutes_for,
}


class PersonReader(Reader):
    """Access of one person to an export: the records above, and rows as pages show them.

    A row is shown where its model says who may read it; where it does not, it is withheld.
    """

    def __init__(self, person: Person) -> None:
        self.person = person

    def records(self) -> set[int]:
        return set(records_visible_to(self.person).values_list("pk", flat=True))

    def rows(self, model: type[Model]) -> set[str]:
        every: Any = model._default_manager.all()  # noqa: SLF001 Django's documented model API
        if not hasattr(every, "visible_to"):
            return set()
        shown = every.visible_to(self.person)
        if narrower := NARROWER.get(model):
            shown = shown.filter(pk__in=narrower(self.person).values("pk"))
        return set(map(str, shown.values_list("pk", flat=True)))

    def versions(self, model: type[Model]) -> set[str]:
        """Return none: what was closed then may be open now, which the page of a thing knows."""
        return set()
