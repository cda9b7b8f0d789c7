"""The statement of applicability as a list: every control, and its status today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import Case, DateField, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.committees.models import Committee
from kommissorium.controls.models import ANNEX_A, Applies, Control, SoaVersion, titles
from kommissorium.controls.proposal import KIND
from kommissorium.controls.signals import AGAINST, APPLYING, MET, OPEN, SIGNALS, UNSAID
from kommissorium.controls.status import LABELS, ControlStatus, status_choices, statuses_of
from kommissorium.controls.todo import todos_of
from kommissorium.registers.lists.columns import column, field_column
from kommissorium.registers.lists.filters import Choice, Words, mentions
from kommissorium.registers.lists.shared import OF_OWNERS, OWNER, OwnedList
from kommissorium.registers.requirements import Shown, as_seen
from kommissorium.registers.shown import shown_on


def _says(word: str) -> Q:
    """Return the condition that a control matches the word: our own words are in no table."""
    found = word.casefold()
    numbers = [key for key, title in titles().items() if found in str(title).casefold()]
    return mentions(word, "number", "because", "how", "owner__name") | Q(number__in=numbers)


def _stands(status: str, page: ControlList) -> Q:
    return Q(pk__in=[key for key, one in page.statuses.items() if one.code == status])


def _chapter(number: str, _page: ControlList) -> Q:
    return Q(number__startswith=f"{number}.")


def _by_status(page: ControlList) -> Combinable:
    """Return the order from missing to met."""
    places = list(LABELS)
    whens = [When(pk=key, then=Value(places.index(one.code))) for key, one in page.statuses.items()]
    return Cast(Case(*whens, default=Value(0)), IntegerField())


def _by_evidence(page: ControlList) -> Combinable:
    """Return the order by the newest evidence; without any comes last."""
    found = ((key, one.evidence_on) for key, one in page.statuses.items())
    whens = [When(pk=key, then=Value(day)) for key, day in found if day]
    return Cast(Case(*whens, default=None, output_field=DateField()), DateField())


class ControlList(OwnedList[Control]):
    """Every control of annex A: whether it applies, how it is met, and its status."""

    code = "controls"
    title = gettext_lazy("Statement of applicability")
    counted = ngettext_lazy("%(number)s control", "%(number)s controls", "value")
    file_name = gettext_lazy("statement-of-applicability")
    template = "controls/controls.html"
    model = Control
    columns = (
        column(
            "title", gettext_lazy("Control"), value=lambda row, _page: str(row), order="position"
        ),
        field_column(Control, "applies", label=gettext_lazy("Applies")),
        column(
            "status",
            gettext_lazy("How it stands"),
            value="status.label",
            tone="status.tone",
            order=_by_status,
        ),
        OWNER,
        column("laid_down", gettext_lazy("Laid down by"), value="status.laid_down"),
        column("carried_out", gettext_lazy("Carried out"), value="status.carried_out"),
        column(
            "evidence_on",
            gettext_lazy("Newest evidence"),
            value="status.evidence_on",
            kind="date",
            order=_by_evidence,
        ),
        field_column(Control, "because", label=gettext_lazy("Reason")),
        field_column(Control, "how", label=gettext_lazy("How it is met")),
    )
    usual = ("applies", "status", "evidence_on", "owner")
    on_phone = ("status", "applies")
    filters = (
        Words(_says),
        Choice("status", gettext_lazy("How it stands"), status_choices(), _stands, is_folded=False),
        Choice(
            "chapter",
            gettext_lazy("Chapter"),
            [(one.requirements[0].number.partition(".")[0], one.title) for one in ANNEX_A.chapters],
            _chapter,
        ),
        Choice("applies", gettext_lazy("Applies"), Applies.choices[1:]),
        *OF_OWNERS,
        SIGNALS.flag(UNSAID),
    )
    default_sort = "title"
    order = ("position",)
    ties = ("position",)
    related = ("owner",)

    @cached_property
    def known(self) -> list[Shown]:
        """Return today's evidence for requirements, as the person may read it (one query)."""
        return known_to(self.person, shown_on(self.today))

    @cached_property
    def statuses(self) -> dict[int, ControlStatus]:
        """Return the status of every control today, by its key (one query)."""
        rows = list(Control.objects.all())
        found = statuses_of(rows, self.today, self.known)
        return {one.control.pk: one for one in found}

    @property
    def summary(self) -> str:
        """Return how all of them stand, in sentences; "" where none is listed."""
        if not self.statuses:
            return ""
        told = APPLYING, MET, AGAINST, OPEN
        return SIGNALS.told(SIGNALS.counted(self.statuses.values(), *told), *told)

    def prepare(self, rows: Sequence[Control]) -> None:
        """Add the status to each."""
        for row, status in zip(rows, statuses_of(rows, self.today, self.known), strict=True):
            row.status = status  # type: ignore[attr-defined]

    def context(self) -> dict[str, Any]:
        versions = KIND.visible_to(self.person).exclude(state="dropped").order_by("-number")
        return {
            "summary": self.summary,
            "waits": [] if self.narrows else list(todos_of(self.person, self.today)),
            "versions": list(versions),
            "unlisted": len(titles()) - len(self.statuses),
            "may_begin": Control.can_be_kept_by(self.person),
            "may_draft": SoaVersion.can_be_drafted_by(self.person),
        }


def known_to(person: Person, shown: Sequence[Shown]) -> list[Shown]:
    """Return the evidence, as the person may read it: to an owner who does not read the registers
    what it says, and not what it is called."""
    if not reads_whole_register(person):
        hidden = str(_("Something in the registers"))
        return [replace(one, title=hidden, link="", note="") for one in shown]
    followed = Committee.objects.visible_to(person).values_list("pk", flat=True)
    return as_seen(shown, set(followed))
