"""A version of the statement of applicability before a committee: its content, frozen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.controls.actions.controls import keep_rows
from kommissorium.controls.forms import StatementForm
from kommissorium.controls.models import Applies, Control, SoaVersion, titles
from kommissorium.controls.signals import ALL, LEFT_OUT, MET, OPEN, SIGNALS, WITHOUT_OWNER
from kommissorium.controls.statement import by_theme, in_full
from kommissorium.controls.status import ControlStatus, statuses_of
from kommissorium.core.ui.localised import day
from kommissorium.registers.documents.record import Section
from kommissorium.registers.proposing import AgendaText
from kommissorium.registers.requirements import Says, as_seen, in_a_line
from kommissorium.registers.shown import shown_on
from kommissorium.registers.standard_proposals import StandardProposal


class StatementProposal(StandardProposal[SoaVersion]):
    """Proposal to approve the statement of applicability. It is kept as it was put forward."""

    kind, model, slug = "controls.soaversion", SoaVersion, "statement-of-applicability"
    listed = (gettext_lazy("Statement of applicability"), "controls")
    added = gettext_lazy("The controls are added from the register.")
    for_followers = True
    record_kind = "controls.soaversion"
    description = gettext_lazy("Which controls apply, why, and how they are met")
    is_wide = True
    form = StatementForm

    def told(self, proposal: SoaVersion) -> dict[str, Any]:
        return {"kind": self.kind, "number": proposal.number}

    def named(self, facts: Mapping[str, Any]) -> str:
        return _("Statement of applicability, version %(number)s") % {"number": facts["number"]}

    def lacks(self, proposal: SoaVersion) -> list[str]:
        rows = list(Control.objects.select_related("owner"))
        undecided = [one.number for one in rows if one.applies == Applies.UNDECIDED]
        without = [one.number for one in rows if one.applies == Applies.YES and not one.has_owner]
        missing = []
        if unlisted := [one for one in titles() if one not in {row.number for row in rows}]:
            missing.append(
                _("These are not on the list: %(numbers)s.") % {"numbers": _few(unlisted)}
            )
        for signal, numbers in ((OPEN, undecided), (WITHOUT_OWNER, without)):
            if numbers:
                missing.append(signal.said(len(numbers), f": {_few(numbers)}"))
        return missing

    @transaction.atomic
    def propose(self, proposal: SoaVersion, committee: Committee, *, by: Person) -> None:
        keep_rows(proposal, rows_of_today(), by=by)
        super().propose(proposal, committee, by=by)

    def text(self, proposal: SoaVersion) -> AgendaText:
        title = self.title_of(proposal)
        points = [_("approves which controls apply to the municipality, and why")]
        return AgendaText.of(title, points, [in_a_sentence(rows_of(proposal)), proposal.news])

    def body(self, proposal: SoaVersion) -> dict[str, Any]:
        return {"news": proposal.news, "controls": rows_of(proposal)}

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        rows = content["controls"]
        in_short = "\n".join(filter(None, [in_a_sentence(rows), content["news"]]))
        return [Section(_("In short"), in_short), *by_theme(rows), *in_full(rows)]

    def in_words(self, proposal: SoaVersion) -> list[str]:
        return [in_a_sentence(rows_of(proposal))]


def rows_of(proposal: SoaVersion) -> list[dict[str, str]]:
    """Return the controls as they stood when it was put forward; of a draft, as they stand now."""
    return rows_of_today() if proposal.is_draft else proposal.rows


def rows_of_today() -> list[dict[str, str]]:
    """Return every control with its status today. No titles of committees' duties are given."""
    controls = Control.objects.select_related("owner")
    today = timezone.localdate()
    found = statuses_of(controls, today, as_seen(shown_on(today), ()))
    return [_row(one) for one in found]


def _row(one: ControlStatus) -> dict[str, str]:
    control, evidence = one.control, one.evidence_on
    return {
        "number": control.number,
        "title": control.title,
        "applies": control.applies,
        "because": control.because,
        "how": control.how,
        "owner": control.owner.name if control.owner else "",
        "status": one.code,
        "laid_down": one.laid_down,
        "carried_out": one.carried_out,
        "laid_down_in_short": in_a_line(one.counting(Says.LAID_DOWN)),
        "carried_out_in_short": in_a_line(one.counting(Says.CARRIED_OUT)),
        "evidence_on": day(evidence) if evidence else "",
    }


def in_a_sentence(rows: Sequence[Mapping[str, str]]) -> str:
    """Return how many controls there are, do not apply, and are met."""
    counts = Counter(one["status"] for one in rows)
    return SIGNALS.told(counts | Counter({ALL.code: len(rows)}), ALL, LEFT_OUT, OPEN, MET)


def _few(numbers: Sequence[str]) -> str:
    """Return the first numbers, and how many more there are."""
    more = len(numbers) - 10
    listed = ", ".join(numbers[:10])
    return (
        _("%(listed)s and %(more)d more") % {"listed": listed, "more": more} if more > 0 else listed
    )


KIND = StatementProposal()
