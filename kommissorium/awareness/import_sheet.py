"""Completions of a course, from Excel or a .csv file of the learning system; one course a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.importing.sheet import AREAS
from kommissorium.awareness.actions.figures import IMPORT, count_completions, keep_completion
from kommissorium.awareness.forms import CourseForm
from kommissorium.awareness.kind import courses
from kommissorium.awareness.models import Audience, AwarenessActivity, Completion
from kommissorium.core.documents.excel import Column, Sheet, Value
from kommissorium.core.documents.sheets import CellRefused
from kommissorium.core.documents.sheets.cell_values import as_day
from kommissorium.core.refusals import Refused
from kommissorium.registers.importing.cells import Cell, coded, plain_name, words_of
from kommissorium.registers.importing.people import People
from kommissorium.registers.importing.plan import Plan, PlannedRow
from kommissorium.registers.importing.rows import RowImport
from kommissorium.registers.importing.targets import Target
from kommissorium.registers.models import ImportRun

WHOLE = 100
PROGRESS = "progress"  # a column that says how far somebody has come, in per cent
WORDS = {
    **dict.fromkeys(("leder", "manager", "chef", "ja", "yes"), Audience.LEADERS),
    **dict.fromkeys(("direktion", "direktør", "executive"), Audience.EXECUTIVE),
    **dict.fromkeys(("medarbejder", "employee", "nej", "no"), Audience.EMPLOYEES),
}


def _day(cell: Cell) -> date:
    found: date = as_day(cell)
    if found > timezone.localdate():
        raise CellRefused(gettext("The day has not come yet. Choose today or an earlier day."))
    return found


def _percent(cell: Cell) -> int:
    words = words_of(cell).removesuffix("%").strip().replace(",", ".")
    try:
        value = float(words)
    except ValueError:
        text = gettext("Write a number from %(least)s to %(most)s.")
        raise CellRefused(text % {"least": 0, "most": WHOLE}) from None
    if not 0 <= value <= WHOLE:
        text = gettext("Nobody can complete %(share)s per cent: it is from 0 to 100.")
        raise CellRefused(text % {"share": words})
    return int(value)


class CompletionSheet(RowImport):
    """The list of a course's people and completions. Its rows are erased by rule, not its sums."""

    kind, home, home_label = IMPORT, "awareness", _("Awareness")
    model, called, keys = Completion, "who", ("who",)
    groups: ClassVar = (AREAS,)
    form = CourseForm
    templates = (("completions", _("Who took a course")),)
    title = _("Lists from the learning system")
    lead = _(
        "Who is to take a course, and who has. The figures of areas are counted from it; who took"
        " it is erased by rule."
    )
    empty = _("Hand in the list of a course. Until you take the rows in, nothing is changed.")
    file_hint = _(
        "An Excel workbook (.xlsx) or a .csv file: one row for each person the course is for. At"
        " most 25 MB and 10,000 rows."
    )
    columns_hint = _(
        "Who it is (an e-mail or a number) must be there. Whoever has a day, or 100 per cent, has"
        " completed it."
    )

    @classmethod
    def checked_options(cls, options: Mapping[str, Any]) -> dict[str, Any]:
        """Return the course that is meant: the newest where none is named."""
        course = options.get("activity") or courses().first()
        if course is None:
            raise Refused(gettext("There is no course in a plan that the committee has approved."))
        return {"activity": course.pk, "title": course.title}

    @classmethod
    def can_be_read_by(cls, person: Person) -> bool:
        return person.is_coordinator

    @classmethod
    def runs_of(cls, person: Person) -> QuerySet[ImportRun]:
        found = super().runs_of(person)
        return found if cls.can_be_read_by(person) else found.none()

    @classmethod
    def example(cls, _template: str) -> Sequence[Sheet]:
        heads = (
            gettext("E-mail or number"),
            gettext("Area"),
            gettext("Who they are"),
            gettext("Completed on"),
        )
        row: list[Value] = [
            "anne@example.dk",
            "Skoler",
            str(Audience.LEADERS.label),
            timezone.localdate(),
        ]
        return [Sheet(gettext("Who took a course"), [Column(one) for one in heads], [row])]

    @cached_property
    def activity(self) -> AwarenessActivity:
        return courses().get(pk=self.run.options["activity"])

    def about(self) -> str:
        return str(self.run.options["title"])

    def targets(self) -> Sequence[Target]:
        mails = ("e mail", "email", "mail", "e mailadresse", "brugernavn", "medarbejdernummer")
        areas = ("område", "afdeling", "forvaltning", "department", "enhed", "organisation")
        days = ("gennemført", "gennemført den", "dato", "completion date", "afsluttet")
        shares = ("fremdrift", "procent", "progress", "gennemført i procent", "completion")
        read = coded(Audience.choices, WORDS)
        return [
            Target("who", _("E-mail or number"), known=mails),
            Target("area", _("Area"), known=(*areas, "fagområde"), group="area"),
            Target(
                "audience",
                _("Who they are"),
                known=("rolle", "leder", "role", "stilling"),
                read=read,
                choices=Audience.choices,
            ),
            Target("done_on", _("Completed on"), known=days, read=_day),
            Target(PROGRESS, _("How far, in per cent"), known=shares, read=_percent),
        ]

    def key_value(self, code: str, words: str) -> object:
        return plain_name(words)

    def index(self, code: str) -> Mapping[Any, Sequence[int]]:
        rows = Completion.objects.filter(activity=self.activity).values_list("pk", "who")
        return {plain_name(who): [pk] for pk, who in rows}

    def fetch(self, keys: Collection[int]) -> None:
        self.people, self.today = People.known(), timezone.localdate()

    def values(self, row: PlannedRow) -> dict[str, Any]:
        found = super().values(row)
        share = found.pop(PROGRESS, None)
        if share == WHOLE and "done_on" not in found:
            found["done_on"] = getattr(row.thing, "done_on", None) or self.today
        if isinstance(found.get("who"), str):
            found["who"] = found["who"].casefold()
        return found

    def finish(self, row: PlannedRow, kept: Mapping[str, Any]) -> None:
        """List those who have left, and those counted without an area."""
        who = str(kept.get("who", ""))
        if who in self.people.left:
            row.notes.append(
                gettext("%(who)s has left, and is counted all the same.") % {"who": who}
            )
        if kept and kept.get("area") is None and getattr(row.thing, "area_id", None) is None:
            row.notes.append(gettext("No area is given: it is counted without one."))

    def write_row(self, row: PlannedRow, by: Person) -> Completion:
        person = self.people.by_email.get(str(row.values.get("who", "")))
        return keep_completion(self.activity, row.thing, row.values, person)

    def write(self, plan: Plan, by: Person) -> None:
        super().write(plan, by)
        count_completions(self.activity, by=by)

    def undo(self, by: Person) -> None:
        super().undo(by)
        count_completions(self.activity, by=by)
