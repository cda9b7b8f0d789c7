"""R4 and R6: findings about owners and their documents."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kommissorium.accounts.actions import close_login
from kommissorium.assets.actions.assets import add_asset, end_asset, relate
from kommissorium.assets.actions.owners import appoint, appoint_to_many, release
from kommissorium.assets.current_counts import asset_counts
from kommissorium.assets.models import Kind, Ownership
from kommissorium.assets.register import REGISTER
from kommissorium.assets.tests.attestation_cases import all_confirmed, opened, owns, says
from kommissorium.committees.models import Clause
from kommissorium.conftest import in_days, time_is
from kommissorium.measures.findings import Finding, Noted, State
from kommissorium.measures.past import DayFigures, PastFigures
from kommissorium.measures.rules.asset_past import AssetCounts, AssetPast
from kommissorium.registers.tests.check_cases import asked_on, found, past_of, rules_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def asked(measure: str, on: date, figures=()) -> Finding:
    """Return the finding of the measure in a past with these figures."""
    return found(REGISTER, measure, on, AssetPast(PastFigures(figures)))


def kept(day: date, **numbers: int) -> DayFigures[AssetCounts]:
    return DayFigures(day, AssetCounts(day, **numbers), Noted(7, day, "a" * 64))


def test_an_empty_register_is_not_called_fulfilled(cast):
    past = AssetPast(PastFigures([]))
    today = timezone.localdate()
    for measure in ("ownership", "owner_documentation"):
        assert found(REGISTER, measure).state == State.NOT_FULFILLED
        first_days = asked_on(today, since=today - DAY)
        assert (
            rules_of(REGISTER).checks[measure](Clause(), past, first_days).state
            == State.NOT_YET_DUE
        )


def test_one_without_an_owner_is_enough_and_is_counted_by_kind(cast):
    coordinator = cast.coordinator
    wanted = {"system": "system_owner", "data_set": "data_owner", "archive": "archive_owner"}
    rows = {
        kind: add_asset(by=coordinator, kind=kind, values={"name": f"Et {kind}"}) for kind in wanted
    }
    assert found(REGISTER, "ownership").state == State.NOT_FULFILLED
    for kind, role in wanted.items():
        appoint(rows[kind], role, cast.system_owner, by=coordinator)
    appoint(rows["system"], "data_owner", cast.member, by=coordinator)
    assert found(REGISTER, "ownership").state == State.NOT_FULFILLED, "none has confirmed it"
    all_confirmed(cast)
    assert found(REGISTER, "ownership").state == State.FULFILLED
    assert found(REGISTER, "ownership").evidence
    release(Ownership.objects.get(asset=rows["archive"]), by=coordinator)
    appoint(rows["archive"], "manager", cast.member, by=coordinator)
    finding = found(REGISTER, "ownership")
    assert finding.state == State.FULFILLED, "the role ends with the day, and not before"
    assert asset_counts().without_owner == 0


@pytest.mark.parametrize(
    ("values", "needs"),
    [
        ({"personal_data": ",ordinary,", "criticality": "business"}, True),
        ({"personal_data": "", "criticality": "business"}, True),  # an empty field spares nobody
        ({"personal_data": ",none,", "criticality": ""}, True),
        ({"personal_data": ",none,", "criticality": "business"}, False),
    ],
)
def test_a_system_with_personal_data_needs_a_data_owner_beside_its_own(cast, values, needs):
    system = add_asset(by=cast.coordinator, kind="system", values={"name": "Lønsystemet", **values})
    appoint(system, "system_owner", cast.system_owner, by=cast.coordinator)
    all_confirmed(cast)
    finding = found(REGISTER, "ownership")
    assert finding.state == (State.NOT_FULFILLED if needs else State.FULFILLED)
    assert ("1 af 1 system" in finding.sentence) == needs
    assert ("ikke klassificeret" in finding.sentence) == ("" in values.values())
    assert asset_counts().without_data_owner == needs
    appoint(system, "data_owner", cast.member, by=cast.coordinator)
    assert found(REGISTER, "ownership").state == State.FULFILLED
    close_login(cast.member, by=cast.administrator)
    assert asset_counts().without_data_owner == needs


def test_a_data_set_stored_in_a_system_brings_its_data_owner_along(cast):
    coordinator = cast.coordinator
    system = add_asset(by=coordinator, kind="system", values={"name": "Lønsystemet"})
    data = add_asset(by=coordinator, kind="data_set", values={"name": "Løn"})
    appoint(system, "system_owner", cast.system_owner, by=coordinator)
    appoint(data, "data_owner", cast.member, by=coordinator)
    all_confirmed(cast)
    relate(system, "feeds", data, by=coordinator)
    assert found(REGISTER, "ownership").state == State.NOT_FULFILLED
    relate(data, "stored_in", system, by=coordinator)
    assert found(REGISTER, "ownership").state == State.FULFILLED
    end_asset(data, by=coordinator, because="Er slettet")
    assert found(REGISTER, "ownership").state == State.NOT_FULFILLED


def test_an_owner_who_has_left_and_a_manager_count_as_nobody(cast):
    asset = add_asset(by=cast.coordinator, kind=Kind.SYSTEM, values={"name": "Lønsystemet"})
    appoint(asset, "manager", cast.member, by=cast.coordinator)
    assert asset_counts().without_owner == 1
    appoint(asset, "system_owner", cast.system_owner, by=cast.coordinator)
    assert asset_counts().without_owner == 0
    close_login(cast.system_owner, by=cast.administrator)
    assert asset_counts().without_owner == 1
    end_asset(asset, by=cast.coordinator, because="Er lukket")
    assert asset_counts().assets == 0


def test_a_past_day_is_answered_from_the_figures_kept_at_its_end(cast):
    today = timezone.localdate()
    figures = [
        kept(today - 30 * DAY, systems=3, systems_owned=2, archives=1, archives_owned=0),
        kept(
            today - 10 * DAY,
            systems=3,
            systems_owned=3,
            archives=1,
            archives_owned=1,
            confirmed=4,
        ),
    ]
    assert asked("ownership", today - 31 * DAY, figures).state == State.NOT_FULFILLED
    lacking = asked("ownership", today - 28 * DAY, figures)
    assert lacking.state == State.NOT_FULFILLED
    assert lacking.evidence[0].event == 7
    assert f"on={(today - 30 * DAY).isoformat()}" in lacking.evidence[0].link
    assert asked("ownership", today - 10 * DAY, figures).state == State.FULFILLED
    untold = asked("ownership", today - 27 * DAY, figures)
    assert untold.state == State.UNMEASURED, "figures tell of two more days, and not of a third"
    assert untold.evidence == ()


@pytest.mark.parametrize(
    ("current", "required", "state"),
    [
        (0, 0, State.NOT_FULFILLED),
        (5, 5, State.FULFILLED),
        (4, 5, State.NOT_FULFILLED),
    ],
)
def test_every_document_demanded_must_be_current(cast, current, required, state):
    today = timezone.localdate()
    figures = [kept(today, systems=1, current=current, required=required, waived=0)]
    assert asked("owner_documentation", today, figures).state == state


def test_two_thousand_documents_waived_by_one_are_not_documents_in_force(cast):
    today = timezone.localdate()
    numbers = {"systems": 1, "required": 2070, "current": 26, "waived": 2044}
    told = asked("owner_documentation", today, [kept(today, **numbers, waived_decided=0)])
    assert told.state == State.DUE_SOON
    assert "26 af de 2070" in told.sentence and "2044 er undtaget" in told.sentence
    assert "findes og er gældende" not in told.sentence
    decided = asked("owner_documentation", today, [kept(today, **numbers, waived_decided=2044)])
    assert decided.state == State.FULFILLED
    assert "taget stilling til 2044" in decided.sentence
    few = {**numbers, "current": 1967, "waived": 103}
    assert asked("owner_documentation", today, [kept(today, **few)]).state == State.FULFILLED


def test_waivers_of_a_day_that_did_not_count_them_are_not_green(cast):
    today = timezone.localdate()
    told = asked("owner_documentation", today, [kept(today, systems=1, required=5, current=5)])
    assert told.state == State.DUE_SOON
    assert "blev ikke talt" in told.sentence


def test_many_assets_given_to_one_person_in_a_day_are_told_and_not_green(cast):
    rows = [
        add_asset(by=cast.coordinator, kind="archive", values={"name": f"Arkiv {number}"})
        for number in range(12)
    ]
    appoint_to_many(rows, cast.member, by=cast.coordinator)
    told = found(REGISTER, "ownership")
    assert told.state == State.NOT_FULFILLED
    assert "12 af 12 informationsaktiver har samme ejer, udpeget samme dag" in told.sentence
    assert "0 af 12 ejerskaber er bekræftet" in told.sentence
    opened(cast)
    for one in rows[:6]:
        says(cast.member, one, "correct")
    told = found(REGISTER, "ownership")
    assert told.state == State.DUE_SOON and "samme dag" not in told.sentence
    for one in rows[6:11]:
        says(cast.member, one, "change", "Navnet er forkert")
    says(cast.member, rows[11], "not_mine", "Det er Mettes")
    assert found(REGISTER, "ownership").state == State.DUE_SOON, "who says it is not theirs"
    assert asset_counts().confirmed == 11


def test_an_owner_who_confirmed_it_long_ago_counts_no_more(cast):
    owns(cast, cast.member, "Lønsystemet")
    all_confirmed(cast)
    assert asset_counts().confirmed == 1
    with time_is(in_days(364, 10)):
        assert asset_counts().confirmed == 1
    with time_is(in_days(400, 10)):
        assert asset_counts().confirmed == 0


def test_who_confirmed_it_on_a_day_that_did_not_count_it_is_not_known(cast):
    today = timezone.localdate()
    told = asked("ownership", today, [kept(today, systems=3, systems_owned=3)])
    assert told.state == State.DUE_SOON
    assert "blev ikke talt" in told.sentence


def test_today_is_as_it_is_counted(cast):
    asset = add_asset(by=cast.coordinator, kind=Kind.SYSTEM, values={"name": "Lønsystemet"})
    appoint(asset, "system_owner", cast.system_owner, by=cast.coordinator)
    counted = past_of(REGISTER).on(timezone.localdate())
    assert counted == asset_counts()
    assert counted.owners == 1
