"""The form for an earlier meeting: what is known of it, its decisions and its open tasks.

A browser gives no file back, so minutes that came in are kept beside the form, under a name
that nobody else can use, until all of it can be registered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext

from kommissorium.accounts.models import Person, danish_order
from kommissorium.committees.models import Clause, Committee, Holding
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused, clean_name
from kommissorium.core.files.models import StoredFile
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.meetings.actions.calendar import item_title
from kommissorium.meetings.actions.earlier_meetings import (
    MINUTES_TYPES,
    EarlierItem,
    EarlierMeeting,
    EarlierTask,
)
from kommissorium.meetings.forms.earlier_rows import ROWS, KnownForm

SALT = "meetings.earlier_minutes"
MOST_CLAUSES = 10_000


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
        more = {"clauses": self.clauses} if name == "items" else {"by": self.by}
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
