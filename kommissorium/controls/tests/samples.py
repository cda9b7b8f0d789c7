"""Controls: one of the system owner's, and one that is none of their business."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.controls.models import Control, SoaVersion
from kommissorium.controls.proposal import KIND
from kommissorium.controls.tests.cases import applying, change, decision_on, drafted
from kommissorium.core.tests.samples import Samples, foreign


def add(samples: Samples, cast: Cast) -> None:
    """Name two controls, and versions of the statement: one in force, and one on its way."""
    own, other = applying(cast), applying(cast, "8.7")
    words = {"because": foreign("because"), "how": foreign("how")}
    change(other, cast.coordinator, **words, owner=cast.member)
    first = drafted(cast)
    SoaVersion.objects.filter(pk=first.pk).update(news=foreign("news"))
    KIND.propose(first, cast.committee, by=cast.coordinator)
    first.refresh_from_db()
    KIND.approve(first, decision_on(cast, first), by=cast.chair)
    draft = drafted(cast)
    samples.add("control control_change", pk=own.pk)
    samples.add("control/foreign control_change/foreign", pk=other.pk)
    samples.add("soa soa_workbook", pk=first.pk)
    samples.add("soa/draft soa_workbook/draft", pk=draft.pk)
    names = ("proposal", "proposal_file", "proposal_history", "proposal_drop", "proposal_change")
    for name in names:
        samples.add(f"{name}/statements", slug=KIND.slug, pk=draft.pk)
    for name in ("proposal", "proposal_file", "proposal_history"):
        samples.add(f"{name}/approved_statements", slug=KIND.slug, pk=first.pk)
    assert Control.objects.count() > 1
