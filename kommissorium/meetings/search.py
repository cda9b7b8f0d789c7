"""Search in this room. Text of a closed item belongs to that item's row in every search."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.search import Searched, told_along
from kommissorium.meetings.models import (
    AgendaItem,
    Attachment,
    Decision,
    Meeting,
    Proceedings,
)


class SearchedMeetings(Searched[Meeting]):
    """Meetings, by their numbers and committees."""

    model, label = Meeting, _("Meetings")
    fields = ("place", "case_number", "cancelled_because")
    named = ("committee",)
    related = ("committee",)
    dated = "starts_at"

    def title(self, row: Meeting) -> str:
        return row.committee.name

    def number(self, row: Meeting) -> str:
        return row.label


class SearchedItems(Searched[AgendaItem]):
    """Items of agendas, as they were put to the committee."""

    model, label = AgendaItem, _("Agenda items")
    rich = ("recommendation", "presentation")
    fields = ("late_because", "withdrawn_because")
    related = ("meeting",)

    def number(self, row: AgendaItem) -> str:
        return row.label

    def day(self, row: AgendaItem) -> date:
        return timezone.localdate(row.meeting.starts_at)

    def noted(self, row: AgendaItem) -> AgendaItem | None:
        return row if row.is_closed else None

    def history(self, row: AgendaItem) -> Q:
        return told_along(row, row.meeting)


class SearchedAttachments(Searched[Attachment]):
    """Files of items, by their names."""

    model, label = Attachment, _("Annexes")
    named = ("item",)
    related = ("item__meeting",)
    dated = "added_at"

    def number(self, row: Attachment) -> str:
        return row.item.label

    def noted(self, row: Attachment) -> AgendaItem | None:
        return row.item if row.item.is_closed else None

    def url(self, row: Attachment, place: str = "") -> str:
        return row.item.get_absolute_url()


class SearchedMinutes(Searched[Proceedings]):
    """Minutes of an item, once they have been sent out: from then on everybody reads them."""

    model, label = Proceedings, _("Minutes")
    rich = ("discussion", "decision")
    named = ("item",)
    related = ("item__meeting",)

    def visible_to(self, person: Person) -> QuerySet[Proceedings]:
        seen = AgendaItem.objects.visible_to(person).filter(meeting__state__in=Meeting.CLOSED)
        return Proceedings.objects.filter(item__in=seen.order_by().values("pk"))

    def whole_to(self, person: Person) -> QuerySet[Proceedings]:
        """Return those sent out, and those that the page of an earlier meeting shows."""
        registered = Meeting.State.REGISTERED
        seen = AgendaItem.objects.visible_to(person).filter(meeting__state=registered)
        earlier = Proceedings.objects.filter(item__in=seen.order_by().values("pk"))
        return self.visible_to(person) | earlier

    def title(self, row: Proceedings) -> str:
        return row.item.title

    def number(self, row: Proceedings) -> str:
        return row.item.label

    def day(self, row: Proceedings) -> date:
        return timezone.localdate(row.item.meeting.starts_at)

    def noted(self, row: Proceedings) -> AgendaItem | None:
        return row.item if row.item.is_closed else None

    def url(self, row: Proceedings, place: str = "") -> str:
        return reverse("minutes", args=[row.item.meeting_id])


class SearchedDecisions(Searched[Decision]):
    """Decisions of committees, and of chairs between meetings."""

    model, label = Decision, _("Decisions")
    rich = ("text",)
    fields = ("why_now", *(f"{aspect}_text" for aspect in Decision.ASPECTS))
    dated = "decided_at"

    def title(self, row: Decision) -> str:
        return row.title

    def number(self, row: Decision) -> str:
        return row.number

    def noted(self, row: Decision) -> Decision | None:
        return row if row.is_closed else None


SEARCHED = (
    SearchedMeetings(),
    SearchedItems(),
    SearchedAttachments(),
    SearchedMinutes(),
    SearchedDecisions(),
)
