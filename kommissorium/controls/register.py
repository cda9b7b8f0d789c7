"""The statement of applicability, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.search import searched
from kommissorium.assets.models import reads_whole_register
from kommissorium.controls.control_list import ControlList
from kommissorium.controls.import_sheet import ControlSheet
from kommissorium.controls.models import Control, SoaVersion
from kommissorium.controls.opening import ControlOpening
from kommissorium.controls.proposal import KIND
from kommissorium.controls.signals import SIGNALS
from kommissorium.controls.todo import todos_of
from kommissorium.core.ui.todo import FirstStep
from kommissorium.registers.links import FIRST_STEPS
from kommissorium.registers.menu import MenuLine
from kommissorium.registers.protocol import Register
from kommissorium.registers.search import SearchedProposal
from kommissorium.registers.standard_proposals import FiledProposals


def first_steps(person: Person) -> Iterable[FirstStep]:
    """Yield with what a new municipality begins here, done or not."""
    if not Control.can_be_kept_by(person):
        return
    yield FirstStep(
        str(_("Statement of applicability")),
        str(_("It is not said yet which controls apply to the municipality.")),
        str(_("Begin the statement")),
        reverse("controls"),
        is_done=SoaVersion.objects.exclude(state="draft").exists(),
    )


class ControlRegister(Register):
    """The controls of annex A: whether they apply, why, and how they are met, by the registers."""

    code = "controls"
    label = _("Statement of applicability")
    menu = MenuLine(
        "controls", ("/controls/", "/imports/controls/"), is_shown_to=reads_whole_register
    )
    place = 70
    searched = (
        searched(Control, _("Controls of ISO 27001"), fields=("because", "how"), named=("owner",)),
        SearchedProposal.of(KIND, _("Statements of applicability"), ("news",)),
    )
    signals = (SIGNALS,)
    subjects = (KIND,)
    imports = (ControlSheet,)
    opening = ControlOpening
    lists = (ControlList,)
    filings = (FiledProposals(KIND, _("Statements of applicability")),)

    todos = staticmethod(todos_of)


REGISTER = ControlRegister()
FIRST_STEPS.offer(ControlRegister.code, first_steps)
