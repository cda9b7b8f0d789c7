"""Projects and measures: some of the system owner's, and what is none of their business."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, foreign
from kommissorium.projects.actions.measures import change_measure
from kommissorium.projects.models import MeasureState
from kommissorium.projects.tests.cases import (
    approved_before,
    area,
    drafted,
    milestone,
    own_measure,
    project,
    say_all,
    tell,
)

PROPOSALS = ("proposal", "proposal_file", "proposal_history", "proposal_drop", "proposal_change")
ONE = ("project", "project_change", "project_tell", "project_history", "milestone_new")
MEASURE = ("technical_measure", "measure_change", "measure_state")


def add(samples: Samples, cast: Cast) -> None:
    """Name projects, measures, and the statuses of two quarters."""
    words = {"name": foreign("measure"), "owner": cast.member}
    other_measure, own_measure_ = own_measure(cast, **words), area("physical")
    owner = {"owner": cast.system_owner, "figure_name": "", "unit": "", "wanted": ""}
    version = own_measure_.edit_version
    change_measure(own_measure_, by=cast.coordinator, values=owner, edit_version=version)
    former = approved_before(cast)
    own = project(cast)
    other = project(cast, title=foreign("title"), goal=foreign("goal"), owner=cast.member)
    tell(cast, other, reason=foreign("reason"))
    draft = drafted(cast)
    say_all(cast, _fresh(draft))
    of_other = MeasureState.objects.filter(status=draft, measure=other_measure)
    of_other.update(text=foreign("text"), plan=foreign("plan"))
    mine, theirs = milestone(cast, own), milestone(cast, other, title=foreign("milestone"))
    for name in ONE:
        samples.add(name, pk=own.pk)
        samples.add(f"{name}/foreign", pk=other.pk)
    for name in ("milestone_change", "milestone_remove"):
        samples.add(name, pk=mine.pk)
        samples.add(f"{name}/foreign", pk=theirs.pk)
    for name in MEASURE:
        samples.add(name, pk=own_measure_.pk)
        samples.add(f"{name}/foreign", pk=other_measure.pk)
    samples.add("measure_retire", pk=other_measure.pk)
    samples.add("work_status", pk=former.pk)
    samples.add("work_status/draft work_status_states", pk=draft.pk)
    for name in PROPOSALS:
        samples.add(f"{name}/work_status", slug="work-status", pk=draft.pk)


def _fresh(draft):  # type: ignore[no-untyped-def]
    draft.refresh_from_db()
    return draft
