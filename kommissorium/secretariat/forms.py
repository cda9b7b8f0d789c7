"""The form that puts a proposal before the committee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.committees.models import Committee
from kommissorium.core.ui.forms import PlainForm, RichTextField
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.required import When
from kommissorium.meetings.models import Meeting

BETWEEN = "between-"  # and the committee's key: its chair decides between meetings


class ProposalForm(PlainForm):
    """Form for the meeting a proposal is put before, and the item's text."""

    required_when: Mapping[str, When] = {
        "late_because": When(
            _("the meeting has been called"), lambda form: form.is_late, _("Write why.")
        )
    }

    meeting = forms.ChoiceField(
        label=_("When is it to be decided?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the options.")},
    )
    late_because = forms.CharField(
        label=_("Why does it come after the call?"),
        max_length=300,
        required=False,
    )
    presentation = RichTextField(
        label=_("Case presentation"),
        required=False,
    )
    recommendation = RichTextField(label=_("Recommendation"), required=False)
    along = forms.MultipleChoiceField(
        label=_("Acceptances to be decided on at the same meeting"),
        help_text=_("Each gets an item of its own."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        meetings: Sequence[Meeting],
        between: Sequence[Committee],
        along: Mapping[Any, str],
        added: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["presentation"].help_text = added
        self.meetings = {str(one.pk): one for one in meetings}
        self.committees = {f"{BETWEEN}{one.pk}": one for one in between}
        self.others = {str(one.pk): one for one in along}
        several = len({one.committee_id for one in meetings} | {one.pk for one in between}) > 1
        self._choose("meeting", [*self._meetings(several), *self._between(several)])
        self._choose("along", [(str(one.pk), words) for one, words in along.items()])
        if not along:
            del self.fields["along"]
        if not any(one.state == Meeting.State.CALLED for one in meetings):
            del self.fields["late_because"]

    @property
    def meeting_chosen(self) -> Meeting | None:
        return self.meetings.get(self.cleaned_data["meeting"])

    @property
    def is_late(self) -> bool:
        """Return whether the meeting chosen has been called already."""
        found = self.meetings.get(self.cleaned_data.get("meeting", ""))
        return found is not None and found.state == Meeting.State.CALLED

    @property
    def committee_chosen(self) -> Committee:
        """Return the committee whose chair is to decide, where no meeting was chosen."""
        return self.committees[self.cleaned_data["meeting"]]

    @property
    def along_chosen(self) -> list[Any]:
        return [self.others[key] for key in self.cleaned_data.get("along", [])]

    def _meetings(self, several: bool) -> list[tuple[str, str]]:
        return [(key, _when(one, several)) for key, one in self.meetings.items()]

    def _between(self, several: bool) -> list[tuple[str, str]]:
        text = gettext("Between meetings: the chair decides")
        return [
            (key, f"{text} ({one.name})" if several else text)
            for key, one in self.committees.items()
        ]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("meeting", choices[0][0] if choices else "")
        if name == "along":
            self.initial["along"] = [key for key, _text in choices]


def _when(meeting: Meeting, several: bool) -> str:
    when = day(timezone.localdate(meeting.starts_at))
    words = f"{meeting.committee.name}, {when}" if several else when
    if meeting.state != Meeting.State.CALLED:
        return words
    return gettext("%(day)s (called already: a late item)") % {"day": words}


class DraftForm(PlainForm):
    """Form to give an item the new draft or keep its text, with the versions that were seen."""

    choice = forms.ChoiceField(choices=[("use", ""), ("keep", "")])
    edit_version = forms.IntegerField()
    draft_version = forms.IntegerField()
