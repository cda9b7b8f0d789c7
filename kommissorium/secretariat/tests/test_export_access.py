"""What of registers an auditor's export withholds: parts that are closed, and restricted cases."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.db.models import Model

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.demands import retire_document_type
from kommissorium.assets.actions.documents import waive
from kommissorium.assets.models import Required
from kommissorium.assets.tests.document_cases import required, system
from kommissorium.audits.actions.work import add_checks, answer_check
from kommissorium.audits.kind import KIND as KIND_OF_AUDITS
from kommissorium.audits.models import Audit, CheckLine
from kommissorium.audits.tests.cases import audited
from kommissorium.committees.actions.committee import change_habits
from kommissorium.compliance.tests.story import held_meeting, planned_meeting
from kommissorium.conftest import Cast
from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.export import write_export
from kommissorium.core.evidence.models import RowVersion
from kommissorium.incidents.evaluation import KIND as EVALUATION
from kommissorium.incidents.tests.cases import evaluation
from kommissorium.meetings.actions.agenda import FIELDS, change_item
from kommissorium.meetings.models import AgendaItem, Attendance, Meeting, Proceedings
from kommissorium.registers.tests.activity_cases import hold
from kommissorium.reports.proposals import BOARD, KIND
from kommissorium.reports.tests.cases import approve
from kommissorium.reports.tests.test_editions import closed, nothing_closed
from kommissorium.secretariat.evidence_access import PersonReader
from kommissorium.secretariat.evidence_versions import OpenVersions

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


def shown_of(model: type[Model], person: Person) -> list[tuple[str, bool]]:
    """Return what was done at each version of a table's rows, and whether a person reads it."""
    reads = OpenVersions(model, person)
    kept = RowVersion.objects.filter(table=model._meta.db_table).select_related("event")
    return [(one.event.act, reads(one)) for one in kept.order_by("event_id", "pk")]


def test_what_a_part_held_before_is_shown_and_that_it_was_removed(cast: Cast) -> None:
    asset = system(cast, criticality="society", personal_data="sensitive")
    part = required(asset)
    waive(part, by=cast.coordinator, because="Der er ingen brugere.")
    retire_document_type(part.type, by=cast.coordinator)
    shown = shown_of(Required, cast.auditor)
    acts = {act for act, _is_shown in shown}
    assert {"assets.asset_added", "assets.document_waived", "assets.document_type_retired"} <= acts
    assert all(is_shown for _act, is_shown in shown)


def test_what_belonged_to_a_draft_is_withheld_until_the_plan_was_approved(cast: Cast) -> None:
    audit = audited(cast)
    add_checks(audit, by=cast.auditor, lines=["Adgange er godkendt."])
    for outcome in ("met", "not_relevant"):
        line = audit.checks.select_related("audit__plan").get()
        values = {"outcome": outcome, "note": ""}
        answer_check(line, by=cast.auditor, values=values, edit_version=line.edit_version)
    assert all(is_shown for _act, is_shown in shown_of(CheckLine, cast.auditor))
    hold(KIND_OF_AUDITS, audit, cast.auditor)
    shown = [is_shown for _act, is_shown in shown_of(Audit, cast.auditor)]
    assert shown == [False, True]


def rewritten(item: AgendaItem, cast: Cast, **values: object) -> None:
    item.refresh_from_db()
    kept = {name: getattr(item, name) for name in (*FIELDS, "edit_version")}
    change_item(item, by=cast.coordinator, **{**kept, **values})  # type: ignore[arg-type]


def test_a_draft_of_an_agenda_is_shown_but_not_while_its_item_was_closed(cast: Cast) -> None:
    meeting = planned_meeting(cast, 30)
    item = meeting.items.filter(clause__measure="agenda_ongoing").get()
    rewritten(item, cast, presentation="<p>Første udkast</p>")
    closed = {"is_closed": True, "closed_ground": "Fvl. § 27"}
    rewritten(item, cast, presentation="<p>Hemmelig plan</p>", **closed)
    assert "Første udkast" not in said_to(cast.auditor), "closed today: nothing is shown of it"
    rewritten(item, cast, presentation="<p>Andet udkast</p>", is_closed=False, closed_ground="")
    told = said_to(cast.auditor)
    assert "Første udkast" in told and "Andet udkast" in told and "Hemmelig plan" not in told


def test_what_minutes_said_before_they_were_sent_out_stays_with_those_who_took_them(
    cast: Cast,
) -> None:
    meeting = held_meeting(cast, 2)
    shown = shown_of(Proceedings, cast.auditor)
    newest = {one.pk for one in Proceedings.objects.filter(item__meeting=meeting)}
    assert sum(is_shown for _act, is_shown in shown) == len(newest) < len(shown)
    assert all(is_shown for _act, is_shown in shown_of(Attendance, cast.auditor))
    assert all(is_shown for _act, is_shown in shown_of(Meeting, cast.auditor))
