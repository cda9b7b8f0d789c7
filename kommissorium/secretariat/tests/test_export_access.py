"""What of registers an auditor's export withholds: parts that are closed, and restricted cases."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from kommissorium.accounts.models import Person
from kommissorium.committees.actions.committee import change_habits
from kommissorium.conftest import Cast
from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.export import write_export
from kommissorium.incidents.evaluation import KIND as EVALUATION
from kommissorium.incidents.tests.cases import evaluation
from kommissorium.reports.proposals import BOARD, KIND
from kommissorium.reports.tests.cases import approve
from kommissorium.reports.tests.test_editions import closed, nothing_closed
from kommissorium.secretariat.evidence_access import PersonReader

pytestmark = pytest.mark.django_db


def said_to(person: Person) -> str:
    """Return all rows, former values and records of the export of a person."""
    target = BytesIO()
    write_export(target, PersonReader(person))
    assert verifier.check_export(target, []).faults == []
    with zipfile.ZipFile(target) as export:
        names = [one for one in export.namelist() if is_text(one)]
        return "".join(export.read(name).decode() for name in names)


def is_text(name: str) -> bool:
    return name in ("rows.jsonl", "versions.jsonl") or name.endswith(".json")


@pytest.mark.parametrize("kind", [KIND, BOARD])
def test_a_report_that_is_closed_in_part_is_shown_in_part(cast: Cast, kind: object) -> None:
    told = closed(cast, kind)  # type: ignore[arg-type]
    approve(cast, kind, told)  # type: ignore[arg-type]
    assert nothing_closed(said_to(cast.auditor))
    assert not nothing_closed(said_to(cast.coordinator))
    names = ("name", "weekday", "start_time", "minutes", "place", "link", "avoided_weeks")
    values = {name: getattr(cast.committee, name) for name in (*names, "edit_version")}
    change_habits(cast.committee, by=cast.coordinator, auditors_see_closed=True, **values)
    assert not nothing_closed(said_to(cast.auditor))


@pytest.mark.parametrize("is_restricted", [False, True])
def test_the_evaluation_of_a_restricted_case_is_withheld(cast: Cast, is_restricted: bool) -> None:
    found = evaluation(cast, is_restricted=is_restricted)
    EVALUATION.propose(found, cast.committee, by=cast.coordinator)
    assert (found.learning in said_to(cast.auditor)) is not is_restricted
