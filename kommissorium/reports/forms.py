"""Forms of what is told in reports, and of what happens to those to the executive board."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, ClassVar, Final

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.core.backdating import MOST_OF_REASON, BackdatingField
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import PlainForm, make_native
from kommissorium.core.ui.required import When
from kommissorium.meetings.forms.closing import NO_GROUND, ClosingGroundField
from kommissorium.reports.actions.board_notes import Treatment, Wish
from kommissorium.reports.actions.periodic_reports import PartText
from kommissorium.reports.models import BoardNote
from kommissorium.reports.models.board_reports import LINE_LENGTH
from kommissorium.reports.models.written_parts import TEXT_LENGTH, Closes, WrittenPart
from kommissorium.tasks.models import TITLE_LENGTH

NOTHING = "-"  # is closed
TOLD = When(gettext_lazy("the report is put forward, and there is something to tell"))
SEEN = re.compile(r"\d{1,9}", re.ASCII)  # a version as the form sent it


class PartsForm(PlainForm):
    """A text per part, and beside what is written by hand whether there is anything to tell.

    A hidden field says which version of a part was shown, and what it said: a part that nobody
    touched is not saved over what somebody else wrote in it meanwhile.
    """

    def __init__(self, data: Any = None, *, parts: Sequence[WrittenPart]) -> None:
        self.parts = parts
        super().__init__(data)
        for part in parts:
            for name, field in _fields_of(part).items():
                self.fields[name] = field
                make_native(field)

    def texts(self) -> dict[str, PartText]:
        """Return what was typed in the parts that were touched, by their codes."""
        return {
            part.code: typed
            for part in self.parts
            if (typed := self._typed(part)) and self._seen(part)[1] != _mark(typed)
        }

    def on_top_of(self, theirs: Mapping[str, WrittenPart]) -> QueryDict:
        """Return what was typed, as typed on top of what somebody else has saved by now.

        What was not touched is shown as it is now.
        """
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        touched = self.texts()
        for part in self.parts:
            sent[f"seen_{part.code}"] = _seen(part)
            if part.code not in touched:
                sent[f"text_{part.code}"] = part.text
                if part.is_empty:
                    sent[f"empty_{part.code}"] = "on"
        return sent

    def _typed(self, part: WrittenPart) -> PartText | None:
        seen, _mark_then = self._seen(part)
        text = self.cleaned_data.get(f"text_{part.code}")
        if text is None or f"text_{part.code}" not in self.data:  # it was not asked for
            return None
        return PartText(text, bool(self.cleaned_data.get(f"empty_{part.code}")), seen)

    def _seen(self, part: WrittenPart) -> tuple[int, str]:
        version, _colon, mark = (self.cleaned_data.get(f"seen_{part.code}") or "").partition(":")
        return int(version) if SEEN.fullmatch(version) else 0, mark


class ClosingForm(PlainForm):
    """Form to leave part of a text out of the edition for everybody, and on which ground."""

    closes = forms.ChoiceField(
        label=gettext_lazy("What is closed?"),
        choices=[(NOTHING, gettext_lazy("Nothing")), *Closes.choices],
        widget=forms.RadioSelect,
    )
    ground = ClosingGroundField()
    required_when: Mapping[str, When] = {
        "ground": When(
            gettext_lazy("something is closed"),
            lambda form: bool(form.cleaned_data.get("closes")),
            NO_GROUND,
        )
    }

    def clean_closes(self) -> str:
        """Return what is closed; "" for nothing."""
        return str(self.cleaned_data["closes"]).replace(NOTHING, "")


def _fields_of(part: WrittenPart) -> dict[str, forms.Field]:
    rows = max(2, min(8, len(part.text) // 70 + 1))
    found: dict[str, forms.Field] = {
        f"text_{part.code}": forms.CharField(
            label=part.heading,
            help_text=_help(part),
            initial=part.text,
            required=False,
            max_length=TEXT_LENGTH,
            widget=forms.Textarea({"rows": rows}),
        ),
        f"seen_{part.code}": forms.CharField(
            initial=_seen(part), required=False, widget=forms.HiddenInput
        ),
    }
    if part.is_by_hand:
        label = _("%(part)s: nothing to tell") % {"part": part.heading}
        found[f"text_{part.code}"].required_when = TOLD  # type: ignore[attr-defined]
        empty = forms.BooleanField(label=label, initial=part.is_empty, required=False)
        found[f"empty_{part.code}"] = empty
    return found


def _help(part: WrittenPart) -> str:
    """Return what the program says where somebody has said something else; else the quarter before."""
    if part.is_overtaken:
        return _("The program says: %(text)s") % {"text": part.proposed}
    if part.last_text and part.is_by_hand:
        return _("The time before: %(text)s") % {"text": part.last_text}
    return ""


def _seen(part: WrittenPart) -> str:
    return f"{part.edit_version}:{_mark(PartText(part.text, part.is_empty))}"


def _mark(typed: PartText) -> str:
    """Return a short mark of a text, whatever a browser does to the ends of its lines."""
    lines = "\n".join(typed.text.split())
    return sha256(f"{int(typed.is_empty)}{lines}".encode()).hexdigest()[:16]


WISHES: Final = range(1, 4)


class NoteForm(PlainForm):
    """Form for when something happened, why it is noted late, and if `correcting`, the mistake."""

    told: ClassVar[tuple[str, ...]] = ()  # the fields that say what happened, beside the day

    on = forms.DateField(label=gettext_lazy("Day"))

    def __init__(self, data: Any = None, *, note: BoardNote | None = None) -> None:
        super().__init__(data)
        if note is None:
            self.add("because", BackdatingField())
            return
        self.initial = {name: getattr(note, name) for name in ("on", *self.told)}
        why = forms.CharField(label=_("Why"), max_length=MOST_OF_REASON)
        self.add("because", why)
        help_text = _("Only if nothing of the kind happened. The first note is kept.")
        label = _("It did not happen")
        taken_back = forms.BooleanField(label=label, help_text=help_text, required=False)
        self.add("is_taken_back", taken_back)

    def add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        make_native(field)


class SentForm(NoteForm):
    """Form to note how a report was sent outside the program."""

    told = ("how",)

    how = forms.CharField(
        label=gettext_lazy("How was it sent?"),
        help_text=gettext_lazy("For example with the agenda of the executive board, by mail."),
        max_length=LINE_LENGTH,
    )


class ReceivedForm(NoteForm):
    """Form to note who of the executive board received a report."""

    told = ("how",)

    how = forms.CharField(label=gettext_lazy("Who received it?"), max_length=LINE_LENGTH)


class TreatedForm(NoteForm):
    """Form for the board's treatment of a report, and its wishes: tasks with an owner."""

    required_when: Mapping[str, When] = {
        "text": When(
            gettext_lazy("it decided something or sent the report back"),
            lambda form: form.cleaned_data.get("outcome") not in (None, BoardNote.Outcome.NOTED),
            gettext_lazy("Say what the board decided, or what it wants done again."),
        )
    }

    told = ("case_number", "outcome", "text")

    case_number = forms.CharField(
        label=gettext_lazy("Case number of the board's meeting"), max_length=60
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("What did the board do with it?"),
        choices=BoardNote.Outcome.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("What it said"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(
        self, data: Any = None, *, note: BoardNote | None = None, is_received: bool = True
    ) -> None:
        super().__init__(data, note=note)
        self.fields["on"].label = _("Day of the board's meeting")
        if note is not None:
            return
        if not is_received:
            label = _("The board received it at the same meeting")
            self.add("is_received_then", forms.BooleanField(label=label, required=False))
        for number in WISHES:
            self._add_wish(number)

    def treatment(self) -> Treatment:
        """Return what was typed. Raises Refused for a wish without its owner or its day."""
        typed = self.cleaned_data
        wishes = [wish for number in WISHES if (wish := self._wish(number))]
        names = ("on", "case_number", "outcome", "text")
        values = {name: typed[name] for name in names}
        is_then = bool(typed.get("is_received_then"))
        return Treatment(**values, is_received_then=is_then, wishes=wishes)

    def _add_wish(self, number: int) -> None:
        values = {"number": number}
        title = forms.CharField(
            label=_("The board asks for, %(number)d") % values,
            help_text=_("It becomes a task.") if number == 1 else "",
            required=False,
            max_length=TITLE_LENGTH,
        )
        self.add(f"wish_{number}", title)
        owner = PersonChoice(
            label=_("Who is to do it, %(number)d") % values, required=False, empty_label=_("None")
        )
        self.add(f"owner_{number}", owner)
        due = forms.DateField(label=_("Due, %(number)d") % values, required=False)
        self.add(f"due_{number}", due)

        def is_wished(form: Any) -> bool:
            return bool(form.cleaned_data.get(f"wish_{number}"))

        words = _("the board asks for it")
        self.required_when = {
            **self.required_when,
            f"owner_{number}": When(words, is_wished, _("Choose a person.")),
            f"due_{number}": When(words, is_wished),
        }

    def _wish(self, number: int) -> Wish | None:
        names = [f"{name}_{number}" for name in ("wish", "owner", "due")]
        title, owner, due = (self.cleaned_data.get(name) for name in names)
        if not title:
            return None
        if owner is None:
            raise Refused(**{names[1]: _("Choose a person.")})
        if due is None or due < timezone.localdate():
            raise Refused(**{names[2]: _("That day is over. Choose today or a later day.")})
        return Wish(title, owner, due)


class CommentForm(PlainForm):
    """Form for a comment on a report by a member of the executive board."""

    text = forms.CharField(
        label=gettext_lazy("Your comment"),
        help_text=gettext_lazy("The committee reads it. It is no decision of the board."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 4}),
    )


FORMS: Final[Mapping[str, type[NoteForm]]] = {
    BoardNote.Kind.SENT: SentForm,
    BoardNote.Kind.RECEIVED: ReceivedForm,
    BoardNote.Kind.TREATED: TreatedForm,
}
