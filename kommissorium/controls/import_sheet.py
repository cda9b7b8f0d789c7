"""The statement of applicability from Excel or a .csv file: one control of annex A in each row."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.controls.actions.controls import add_control, change_control, record_put_back
from kommissorium.controls.models import Applies, Control, titles
from kommissorium.controls.status import ControlStatus, statuses_of
from kommissorium.core.cleaning import clean_fields
from kommissorium.core.documents.excel import Column, Sheet
from kommissorium.registers.importing.cells import coded, folded, words_of
from kommissorium.registers.importing.links import LINK
from kommissorium.registers.importing.names import PERSON, NameGroup
from kommissorium.registers.importing.plan import PlannedRow
from kommissorium.registers.importing.rows import RowImport
from kommissorium.registers.importing.sources import SourceRow
from kommissorium.registers.importing.targets import Target
from kommissorium.registers.models import ImportedRow

NUMBER, STATUS = "number", "status"
# "5.9", "A.5.9", "5,9 Title"; not "9.2.1", which is of the annex of 2013.
_NUMBERED: Final = re.compile(
    r"(?:a[.\s]*)?(\d)[.,](\d{1,3})(?:[\s:–-].*|)", re.IGNORECASE | re.DOTALL
)
WORDS: Final = {
    **dict.fromkeys(("ja", "yes", "x", "1", "valgt", "tilvalgt", "omfattet"), Applies.YES),
    **dict.fromkeys(("relevant", "applicable", "included"), Applies.YES),
    **dict.fromkeys(("nej", "no", "0", "fravalgt", "ikke omfattet", "udeladt"), Applies.NO),
    **dict.fromkeys(("ikke relevant", "not applicable", "n a", "excluded"), Applies.NO),
}


def number_in(words: str) -> str | None:
    """Return the number of the control in a cell; None for none."""
    found = _NUMBERED.fullmatch(words.strip())
    return f"{found[1]}.{found[2]}" if found else None


class ControlSheet(RowImport):
    """The statement as a municipality has it in Excel. A control's status comes from registers."""

    kind, home, home_label = "controls", "controls", gettext_lazy("Statement of applicability")
    takes_back = "controls"
    model, called = Control, "title"  # no column of its own: the number says it
    keys: ClassVar = (LINK, NUMBER)
    groups: ClassVar = (NameGroup(PERSON, gettext_lazy("People")),)
    templates = (("controls", gettext_lazy("Statement of applicability")),)
    lead = gettext_lazy(
        "The controls of annex A from Excel or a .csv file. You see what each row will do before"
        " anything is taken in."
    )
    empty = gettext_lazy(
        "Hand in the statement you have. Until you take the rows in, nothing is changed, and an"
        " import can be undone for the rest of the day."
    )
    file_hint = gettext_lazy(
        "An Excel workbook (.xlsx) or a .csv file: one row for each control of annex A of ISO"
        " 27001:2022, by its number. At most 25 MB and 10,000 rows."
    )
    columns_hint = gettext_lazy(
        "The number of the control must be there, written as text: 5.10 or A.5.10. An empty cell changes"
        " nothing. The status is not taken in: the registers tell it."
    )

    @classmethod
    def example(cls, _template: str) -> Sequence[Sheet]:
        heads = (_("Control"), _("Applies"), _("Reason"), _("How it is met"), _("Responsible"))
        row = [
            *("5.1", str(Applies.YES.label), _("The risk assessment asks for it.")),
            *(_("The policy is looked through each year."), "Anne Holm"),
        ]
        return [Sheet(_("Statement of applicability"), [Column(one) for one in heads], [row])]

    def targets(self) -> Sequence[Target]:
        numbers = ("kontrolnummer", "kontrol nr", "nummer", "nr", "annex a", "bilag a", "number")
        reasons = ("begrundelse", "begrundelse for til eller fravalg", "justification", "reason")
        hows = ("implementering", "hvordan", "beskrivelse", "implementation", "how")
        return [
            Target(LINK, gettext_lazy("Link")),
            Target(NUMBER, gettext_lazy("Control"), known=(*numbers, "kontrol", "id")),
            Target(
                "applies",
                gettext_lazy("Applies"),
                known=("relevant", "valgt", "tilvalgt", "applicable", "omfattet"),
                read=coded(Applies.choices, WORDS),
                choices=Applies.choices[1:],
            ),
            Target("because", gettext_lazy("Reason"), known=reasons),
            Target("how", gettext_lazy("How it is met"), known=hows),
            Target(
                *("owner", gettext_lazy("Responsible")),
                known=("kontrolejer", "ejer", "responsible", "control owner"),
                group=PERSON,
            ),
            Target(STATUS, gettext_lazy("How it stands"), known=("status", "implementeret")),
        ]

    def key_value(self, code: str, words: str) -> object:
        return number_in(words)

    def read(self, given: SourceRow) -> PlannedRow:
        row = super().read(given)
        words = words_of(self.cell(NUMBER, given.cells))
        if row.key is None and words:
            text = _("“%(words)s” is not a control of annex A. Write its number as 5.1.")
            self.fault(row, NUMBER, text % {"words": words[:60]})
        return row

    def fetch(self, keys: Collection[int]) -> None:
        """Fetch the status of the controls, if the sheet has a column for it (two queries)."""
        self.stands: dict[int, ControlStatus] = {}
        if STATUS in self.columns:
            found = statuses_of(Control.objects.filter(pk__in=keys), timezone.localdate())
            self.stands = {one.control.pk: one for one in found}

    def values(self, row: PlannedRow) -> dict[str, Any]:
        codes = (code for code in self.columns if code not in (LINK, NUMBER, STATUS))
        found = {code: self.cell_value(row, code) for code in codes}
        return {code: value for code, value in found.items() if value is not None}

    def checked(self, values: Mapping[str, Any], *, is_new: bool) -> Mapping[str, Any]:
        texts = {code: value for code, value in values.items() if code in ("because", "how")}
        return {**values, **clean_fields(Control, texts)}

    def finish(self, row: PlannedRow, kept: Mapping[str, Any]) -> None:
        """Note which controls are unknown, which lack a reason, and whose status differs here."""
        number = row.key[1] if row.key else None
        if row.thing is None and number is not None:
            row.name = f"{number} {titles().get(str(number), '')}".strip()
            if number not in titles():
                text = _("Annex A has no control %(number)s.")
                self.fault(row, NUMBER, text % {"number": number})
        reason = kept.get("because") or getattr(row.thing, "because", "")
        if (kept.get("applies") or getattr(row.thing, "applies", "")) and not reason:
            self.fault(row, "because", _("Write why."))
        said = words_of(self.cell(STATUS, row.cells)) if STATUS in self.columns else ""
        now = self.stands.get(row.found or 0)
        if said and (now is None or folded(said) != folded(now.label)):
            here = now.label if now else _("not known yet")
            text = _("The sheet says “%(said)s”; the registers tell: %(here)s.")
            row.notes.append(text % {"said": said[:60], "here": here})

    def write_row(self, row: PlannedRow, by: Person) -> Control:
        values = dict(row.values)
        if "owner" in values:
            values["owner"] = Person.objects.get(pk=values["owner"])
        if row.thing is None:
            return add_control(str(row.key[1] if row.key else ""), by=by, values=values)
        control: Control = row.thing
        change_control(control, by=by, values=values, edit_version=control.edit_version)
        return control

    def record_undone(self, row: ImportedRow, by: Person) -> None:
        if row.thing_id and not row.is_new:
            record_put_back(Control.objects.get(pk=row.thing_id), by=by)
