"""Forms to plan meetings and write agendas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Self

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.committees.models import Committee
from kommissorium.core.files.file_types import ACCEPT
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import PlainForm, RichTextField, label_of
from kommissorium.core.ui.required import When
from kommissorium.meetings.forms.closing import CLOSED, ClosingGroundField
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.meetings.presentation_skeleton import with_skeleton
from kommissorium.meetings.year_plan import ProposedMeeting

# The action speaks of two moments, the form asks for a day and two times.
FIELD_OF = {"starts_at": "date", "ends_at": "end"}


class FilesInput(forms.ClearableFileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; gives them as a list, empty when none was chosen."""

    widget = FilesInput(attrs={"accept": ACCEPT})

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files if file]


class TimeAndPlace(PlainForm):
    """Form for the time and place of a meeting."""

    date = forms.DateField(label=_("Date"))
    start = forms.TimeField(label=_("From"))
    end = forms.TimeField(label=_("To"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    link = forms.URLField(
        label=_("Video link"), max_length=500, required=False, assume_scheme="https"
    )

    def moments(self) -> dict[str, Any]:
        """Return what the actions take: two aware moments, place and link."""
        values = self.cleaned_data
        return {
            "starts_at": _moment(values["date"], values["start"]),
            "ends_at": _moment(values["date"], values["end"]),
            "place": values["place"],
            "link": values["link"],
        }

    def refuse(self, refused: Refused) -> None:
        """Show the reasons of a refusal beside the fields they are about."""
        for name, text in refused.errors.items():
            field = FIELD_OF.get(name, name)
            self.add_error(field if field in self.fields else None, text)


class MeetingForm(TimeAndPlace):
    """A meeting to be planned or moved."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def of(meeting: Meeting) -> dict[str, Any]:
        """Return a meeting's values by form field."""
        return as_fields(
            {
                "starts_at": meeting.starts_at,
                "ends_at": meeting.ends_at,
                "place": meeting.place,
                "link": meeting.link,
                "edit_version": meeting.edit_version,
            }
        )

    @staticmethod
    def habits(committee: Committee) -> dict[str, Any]:
        """Return the committee's usual hours and place."""
        start = committee.start_time
        minutes = min(start.hour * 60 + start.minute + committee.minutes, 24 * 60 - 1)
        return {
            "start": start,
            "end": start.replace(hour=minutes // 60, minute=minutes % 60),
            "place": committee.place,
            "link": committee.link,
        }


class PlanRow(TimeAndPlace):
    """One of the year's proposed meetings; an unchosen row is not looked at."""

    chosen = forms.BooleanField(label=_("Plan this meeting"), required=False)

    field_order = ["chosen", "date", "start", "end", "place", "link"]

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.cleaned_data.get("chosen"):
            self.errors.clear()

    def proposal(self) -> ProposedMeeting:
        return ProposedMeeting(**self.moments())


PlanRows = forms.formset_factory(PlanRow, extra=0, max_num=60, absolute_max=60)


class CancellationForm(PlainForm):
    """Form for the reason why a meeting is cancelled."""

    because = forms.CharField(label=_("Why"), max_length=300)


class PastFilter(PlainForm):
    """Filter of past meetings; a nonsensical value shows them all."""

    year = forms.ChoiceField(
        label=_("Year"), required=False, widget=forms.Select({"class": "form-select"})
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *Meeting.State.choices],
        widget=forms.Select({"class": "form-select"}),
    )

    def __init__(self, data: Mapping[str, Any], *, years: Sequence[int]) -> None:
        super().__init__(data)
        choices = [("", _("All")), *((str(year), str(year)) for year in years)]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]

    @property
    def is_narrow(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def narrowed(self, past: models.QuerySet[Meeting]) -> models.QuerySet[Meeting]:
        """Return the meetings of the year and state that were chosen."""
        if not self.is_valid():
            return past
        year, state = self.cleaned_data["year"], self.cleaned_data["state"]
        if year:
            past = past.filter(starts_at__year=int(year))
        return past.filter(state=state) if state else past


class ItemForm(PlainForm):
    """An item of an agenda."""

    title = forms.CharField(label=_("Title"), max_length=200)
    type = forms.ChoiceField(
        label=_("What is the committee to do?"),
        choices=AgendaItem.Type.choices,
        widget=forms.RadioSelect,
        initial=AgendaItem.Type.DISCUSSION,
    )
    presentation = RichTextField(
        label=_("Case presentation"),
        help_text=_("What the matter is, and what the committee needs to know."),
        required=False,
    )
    recommendation = RichTextField(
        label=_("Recommendation"),
        help_text=_("What the committee is recommended to decide."),
        required=False,
    )
    attachments = FilesField(
        label=_("Annexes"),
        help_text=_("PDF, Word, Excel, pictures or text, up to 25 MB each."),
        required=False,
    )
    is_closed = forms.BooleanField(
        label=_("Closed item"),
        help_text=_("Only those the committee names can read it."),
        required=False,
    )
    closed_ground = ClosingGroundField()
    required_when: Mapping[str, When] = {"closed_ground": CLOSED}
    is_recurring = forms.BooleanField(
        label=label_of(AgendaItem, "is_recurring"),
        help_text=_("The item stands on the next agenda by itself, with its texts."),
        required=False,
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def values(self) -> dict[str, Any]:
        """Return what the actions take."""
        return {
            name: self.cleaned_data[name] for name in self.cleaned_data if name != "attachments"
        }

    def with_skeleton(self) -> Self:
        """Return the form as it was typed, with the usual headings in the presentation.

        Itself where what was typed there cannot be read: it says so when it is validated.
        """
        typed = {name: self[name].data for name in self.fields if name != "attachments"}
        try:
            html = self.fields["presentation"].to_python(typed["presentation"]) or ""
        except forms.ValidationError:
            return self
        typed["presentation"] = with_skeleton(html, typed["type"] or AgendaItem.Type.DISCUSSION)
        return type(self)(initial=typed)


def as_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a meeting's stored values by the fields of the form."""
    starts_at, ends_at = (
        timezone.localtime(values["starts_at"]),
        timezone.localtime(values["ends_at"]),
    )
    rest = {name: values[name] for name in ("place", "link", "edit_version") if name in values}
    return {"date": starts_at.date(), "start": starts_at.time(), "end": ends_at.time(), **rest}


def _moment(day: Any, time: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time))
