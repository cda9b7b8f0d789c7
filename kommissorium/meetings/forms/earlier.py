"""The form for an earlier meeting: what is known of it, its decisions and its open tasks.

A browser gives no file back, so minutes that came in are kept beside the form, under a name
that nobody else can use, until all of it can be registered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person, danish_order
from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.committees.models import Clause, Committee, Holding
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused, clean_name
from kommissorium.core.files.models import StoredFile
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import PlainForm, RichTextField, RowsField, add_refusal
from kommissorium.meetings.actions.calendar import item_title
from kommissorium.meetings.actions.earlier_meetings import (
    FIRST_DAY,
    MINUTES_TYPES,
    EarlierItem,
    EarlierMeeting,
    EarlierTask,
)
from kommissorium.meetings.models import Decision, Outcome, Weighing
from kommissorium.meetings.models.agenda import ANY_OTHER_BUSINESS

SALT = "meetings.earlier_minutes"
MOST_ROWS = 60
MOST_CLAUSES = 10_000
NONE_CHOSEN = [("", "–")]


class KnownForm(PlainForm):
    """What is known of the meeting as a whole."""

    day = forms.DateField(label=_("Date"))
    start = forms.TimeField(label=_("From (if you know it)"), required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    own_number = forms.CharField(
        label=_("The meeting's own number"),
        max_length=40,
        required=False,
        help_text=_("What the committee called it then, for example 3/2025."),
    )
    file = forms.FileField(
        label=_("Minutes"),
        error_messages={"required": _("Choose the minutes of the meeting.")},
        allow_empty_file=True,
        help_text=_("PDF or Word (.docx), up to 25 MB."),
        widget=forms.FileInput({"accept": ".pdf,.docx"}),
    )
    kept_file = forms.CharField(required=False, widget=forms.HiddenInput)
    present = RowsField(
        label=_("Who was there?"), help_text=_("Leave it empty when you do not know.")
    )
    others_present = forms.CharField(
        label=_("Others who were there"), max_length=500, required=False
    )
    standing = RowsField(
        label=_("What did the agenda hold?"),
        help_text=_("The mandate's items. Those with a decision below need no tick."),
    )

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day >= timezone.localdate():
            raise forms.ValidationError(
                gettext("Only a meeting that has been held can be registered.")
            )
        if day < FIRST_DAY:
            raise forms.ValidationError(gettext("Choose a day after 1989."))
        return day


class ItemRow(PlainForm):
    """One decision: an item of the mandate or a title, and what came of it."""

    clause = forms.ChoiceField(label=_("Item of the mandate"), required=False)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[*NONE_CHOSEN, *Outcome.choices],
        error_messages={"required": _("Choose what came of it.")},
    )
    text = RichTextField(label=_("Decision"), required=False, widget=forms.Textarea({"rows": 3}))
    is_closed = forms.BooleanField(label=_("Closed item"), required=False)
    closed_ground = forms.CharField(label=_("Why is it closed?"), max_length=200, required=False)

    def __init__(self, *args: Any, clauses: Sequence[Clause] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.pk): one for one in clauses}
        choices = [(key, item_title(one.text)) for key, one in self.by_key.items()]
        self.fields["clause"].choices = [*NONE_CHOSEN, *choices]  # type: ignore[attr-defined]
        for aspect in Weighing.ASPECTS:
            field = Decision.aspect(aspect)
            self.fields[aspect] = forms.ChoiceField(
                label=str(field.verbose_name),
                required=False,
                choices=[*NONE_CHOSEN, *field.flatchoices],
            )

    @property
    def weighings(self) -> list[Any]:
        return [self[aspect] for aspect in Weighing.ASPECTS]

    @property
    def is_weighed(self) -> bool:
        """Return whether one of the four is filled in, so that they stand open."""
        return any(field.value() or field.errors for field in self.weighings)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        clause = self.by_key.get(values.get("clause", ""))
        if not clause and not values.get("title"):
            self.add_error("title", gettext("Choose an item of the mandate, or write a title."))
        if clause and clause.measure == ANY_OTHER_BUSINESS:
            text = gettext("Nothing can be decided under any other business. Add an item.")
            self.add_error("clause", text)
        if values.get("is_closed") and not values.get("closed_ground"):
            self.add_error("closed_ground", gettext("Say why the item is closed."))
        return values

    def item(self) -> EarlierItem:
        values = self.cleaned_data
        return EarlierItem(
            clause=self.by_key.get(values["clause"]),
            title=values["title"],
            outcome=values["outcome"],
            text=values["text"],
            is_closed=values["is_closed"],
            closed_ground=values["closed_ground"],
            weighing={aspect: values[aspect] for aspect in Weighing.ASPECTS},
        )


class TaskRow(PlainForm):
    """A task that was given at the meeting and is not done yet."""

    title = forms.CharField(label=_("What is to be done?"), max_length=200)
    owner = PersonChoice(label=_("Who is to do it?"), empty_label=_("Choose a person"))
    due = forms.DateField(label=_("Due"))

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError(gettext("That day is over. Choose today or a later day."))
        return due


class WithdrawalForm(PlainForm):
    """Why a registration is taken back."""

    because = forms.CharField(label=_("Why is the registration taken back?"), max_length=300)


ItemRows = forms.formset_factory(ItemRow, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
TaskRows = forms.formset_factory(TaskRow, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
ROWS: Mapping[str, Any] = {"items": ItemRows, "tasks": TaskRows}


class EarlierMeetingForm:
    """The whole form; with `data` it is what somebody typed.

    A button that adds a row (`add`) checks nothing and loses nothing. Rows left empty count for
    nothing.
    """

    def __init__(
        self, committee: Committee, by: Person, data: Any = None, files: Any = None
    ) -> None:
        self.by = by
        self.file: StoredFile | None = None
        self.file_name = ""
        self.added = data["add"] if data and data.get("add") in ROWS else ""
        self.is_bound = data is not None and not self.added
        self.clauses, self.sitting = agenda_clauses(committee), _sitting(committee)
        self.known = self._known(data, files, initial={"place": committee.place})
        self.rows = {name: self._rows(name, data) for name in ROWS}
        if data is not None:
            self._keep_file()
        if self.added:
            self._show_more()
        self.known.fields["file"].required = self.file is None

    @property
    def items(self) -> Any:
        return self.rows["items"]

    @property
    def tasks(self) -> Any:
        return self.rows["tasks"]

    def is_valid(self) -> bool:
        """Return whether all can be registered. All parts are asked, to show every error."""
        return False not in [one.is_valid() for one in (self.known, self.items, self.tasks)]

    def held(self) -> EarlierMeeting:
        """Return what the action takes, of a valid form."""
        values = self.known.cleaned_data
        if self.file is None:
            raise ValueError("The form is not valid")
        items = [row.item() for row in self.items if row.has_changed()]
        there = {item.clause for item in items}
        items += [EarlierItem(clause=one) for one in values["standing"] if one not in there]
        # As the mandate has them; what it does not know comes last.
        items.sort(key=lambda one: one.clause.position if one.clause else MOST_CLAUSES)
        return EarlierMeeting(
            day=values["day"],
            start=values["start"],
            place=values["place"],
            own_number=values["own_number"],
            file=self.file,
            file_name=self.file_name,
            present=[holding.person for holding in values["present"]],
            others_present=values["others_present"],
            items=items,
            tasks=[EarlierTask(**row.cleaned_data) for row in self.tasks if row.has_changed()],
        )

    def refuse(self, refused: Refused) -> None:
        add_refusal(self.known, refused)

    @property
    def faulty(self) -> list[forms.Form]:
        """Return the parts in the order of the page, to sum up what is wrong."""
        return [self.known, *self.items, *self.tasks] if self.is_bound else []

    def _keep_file(self) -> None:
        """Take the minutes that came, or those that came before."""
        given = self.known.files.get("file")
        if given is None:
            self._find_kept()
            return
        try:
            name = clean_name(given.name or "")
            stored = store_file(given.read(), name)
        except FileRefused as refused:
            self._refuse_file(str(refused))
            return
        if stored.media_type not in MINUTES_TYPES:
            self._refuse_file(gettext("The minutes must be a PDF or Word file (.docx)."))
            return
        self.file, self.file_name = stored, name

    def _find_kept(self) -> None:
        try:
            kept = signing.loads(str(self.known["kept_file"].value() or ""), salt=self._salt)
        except signing.BadSignature:
            return
        self.file = StoredFile.objects.filter(pk=kept["sha256"]).first()
        self.file_name = kept["name"] if self.file else ""

    @property
    def kept_file(self) -> str:
        """Return the hidden value by which the form brings back the minutes that came."""
        if self.file is None:
            return ""
        return signing.dumps({"sha256": self.file.pk, "name": self.file_name}, salt=self._salt)

    @property
    def _salt(self) -> str:
        return f"{SALT}.{self.by.pk}"

    def _refuse_file(self, sentence: str) -> None:
        if not self.added:
            self.known.add_error("file", sentence)

    def _show_more(self) -> None:
        """Show what was typed, unchecked, with one more row of the kind asked for."""
        self.known = self._known(initial=_typed(self.known))
        for name, rows in self.rows.items():
            self.rows[name] = self._rows(name, initial=[_typed(row) for row in rows])
            self.rows[name].extra = 1 if name == self.added else 0
        new = self.rows[self.added].forms[-1]
        next(iter(new.fields.values())).widget.attrs["autofocus"] = True

    def _rows(self, name: str, data: Any = None, **kwargs: Any) -> Any:
        more = {"clauses": self.clauses} if name == "items" else {}
        return ROWS[name](data, prefix=name, form_kwargs=more, **kwargs)

    def _known(self, *typed: Any, **kwargs: Any) -> KnownForm:
        form = KnownForm(*typed, **kwargs)
        standing: Any = form.fields["standing"]
        standing.offer(self.clauses)
        standing.choices = [(str(one.pk), item_title(one.text)) for one in self.clauses]
        present: Any = form.fields["present"]
        present.offer(self.sitting)
        present.choices = [(str(one.pk), f"{one.person.name}, {one.seat}") for one in self.sitting]
        return form


def agenda_clauses(committee: Committee) -> list[Clause]:
    """Return the agenda items of the mandate in force, or else of the newest approved one."""
    today = timezone.localdate()
    mandate = committee.mandate_on(today) or committee.mandates.approved().first()
    if mandate is None:
        return []
    clauses = mandate.clauses.filter(kind=Clause.Kind.AGENDA)
    return list(clauses.select_related("mandate"))


def _sitting(committee: Committee) -> list[Holding]:
    """Return who sits in the committee or once did, each once, in the order of the seats."""
    holdings = Holding.objects.filter(seat__committee=committee).select_related("person", "seat")
    ordered = holdings.order_by(
        "seat__position", "seat", "-capacity", "-from_date", danish_order("person__name")
    )
    found: dict[int, Holding] = {}
    for one in ordered:
        found.setdefault(one.person_id, one)
    return list(found.values())


def _typed(form: forms.Form) -> Mapping[str, Any]:
    """Return what was typed in the form, as it stands, to show it again unchecked."""
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
        if not isinstance(field, forms.FileField)
    }
