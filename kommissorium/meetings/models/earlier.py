"""Model of earlier meetings: held without the program, registered afterwards."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Record
from kommissorium.core.files.models import StoredFile
from kommissorium.meetings.models.calendar import Meeting


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, person: Person) -> RegistrationQuerySet:
        return self.filter(meeting__in=Meeting.objects.visible_to(person))

    def with_minutes_for(self, person: Person) -> RegistrationQuerySet:
        """Return those whose minutes `person` may open.

        A file tells of all items: with a closed one among them it is for whom the committee
        names.
        """
        named = models.Q(meeting__committee__in=Committee.objects.seated(person))
        closed = Meeting.objects.filter(pk=models.OuterRef("meeting"), items__is_closed=True)
        return self.visible_to(person).filter(named | ~models.Exists(closed))


class Registration(models.Model):
    """Registration of a meeting held earlier: by whom, with which minutes. Never changes.

    When that was the meeting says (`registered_at`). `own_number` is what the committee called
    the meeting then.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="registration")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    own_number = models.CharField(max_length=40, blank=True)
    others_present = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    record = models.OneToOneField(Record, models.PROTECT, related_name="+")

    objects = RegistrationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"registration of {self.meeting_id}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.meeting_id])

    def can_be_withdrawn_by(self, person: Person) -> bool:
        """Return whether `person` may take it back: a coordinator, and nobody has yet."""
        return self.meeting.state == Meeting.State.REGISTERED and person.is_coordinator
