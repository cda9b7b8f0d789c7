"""The evaluation of a test or of a real activation before a committee."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.continuity.forms import EvaluationForm
from kommissorium.continuity.kind import KIND
from kommissorium.continuity.models import ContinuityEvaluation, ContinuityTest
from kommissorium.core.refusals import Refused
from kommissorium.registers.activities import shown_facts
from kommissorium.registers.documents.record import Section
from kommissorium.registers.proposing import AgendaText
from kommissorium.registers.standard_proposals import EvaluationProposal


class ContinuityEvaluationProposal(EvaluationProposal[ContinuityEvaluation]):
    """Proposal to evaluate a test, and decide what it changes in the plans."""

    kind, slug = "continuity.continuityevaluation", "continuity-evaluation"
    model = ContinuityEvaluation
    related = ("committee", "proposed_by", "test__plan", "test__service", "test__responsible")
    listed = (gettext_lazy("Continuity"), "continuity_tests")
    added = gettext_lazy("What was tested and the times are added from the register.")
    record_kind = "continuity.evaluation"
    description = gettext_lazy("What a test of contingency showed")
    form = EvaluationForm
    for_followers = True
    of = ("test_id",)
    texts = MappingProxyType(
        {
            "learning": gettext_lazy("Write what is learned of it."),
            "changes": gettext_lazy(
                "It took longer than it was to: write what is changed in the plans."
            ),
        }
    )

    def subject(self, proposal: ContinuityEvaluation) -> ContinuityTest:
        return proposal.test

    def refuse_new(self, of: Mapping[str, Any]) -> None:
        if not ContinuityTest.objects.get(pk=of["test_id"]).is_held:
            raise Refused(_("Say first when it was held."))

    def begun_with(self, of: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"counts": ContinuityTest.objects.get(pk=of["test_id"]).is_activation}

    def told(self, proposal: ContinuityEvaluation) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "test": proposal.test_id,
            "title": proposal.test.title,
            "changes": bool(proposal.changes),
            "counts": proposal.counts,
        }

    def named(self, facts: Mapping[str, Any]) -> str:
        return _("Evaluation of “%(title)s”") % {"title": facts["title"]}

    def asked_for(self, proposal: ContinuityEvaluation) -> Iterable[str]:
        """Plans that stood the test need no change."""
        return self.texts if proposal.test.is_missed else ("learning",)

    def text(self, proposal: ContinuityEvaluation) -> AgendaText:
        values = {"title": proposal.test.title}
        points = [_("evaluates “%(title)s”") % values]
        if proposal.changes:
            points.append(_("approves the changes of the plans"))
        if proposal.test.is_activation:
            yes = _("decides that the activation counts as a test")
            no = _("decides that the activation does not count as a test")
            points.append(yes if proposal.counts else no)
        paragraphs = filter(None, [proposal.learning, proposal.changes])
        return AgendaText.of(self.title_of(proposal), points, paragraphs)

    def body(self, proposal: ContinuityEvaluation) -> dict[str, Any]:
        facts = shown_facts(KIND, proposal.test)
        found = proposal.test.findings.select_related("task__owner").order_by("pk")
        return {
            "test": [list(one) for one in facts],
            "findings": [[one.text, one.task.title, one.task.owner.name] for one in found],
            **self.written(proposal),
            "counts": proposal.counts,
        }

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        what = (_("What"), _("How it is"))
        findings = (_("What was found"), _("Task"), _("Who does it"))
        changes = content["changes"] or _("Nothing: the plans are right as they are.")
        return [
            Section(_("The test"), "", what, content["test"], (3, 7)),
            Section(_("What it showed"), "", findings, content["findings"], (5, 4, 3)),
            Section(_("What is learned of it"), content["learning"]),
            Section(_("What is changed in the plans"), changes),
        ]


EVALUATION = ContinuityEvaluationProposal()
