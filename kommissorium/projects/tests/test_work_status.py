"""The status of a quarter: begun, told of, carried over, approved, and frozen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.projects.actions.measures import (
    change_measure,
    draft_status,
    restore_measure,
    retire_measure,
)
from kommissorium.projects.comparison import compared_states
from kommissorium.projects.models import MeasureState, TechnicalMeasure, WorkStatus
from kommissorium.projects.proposal import KIND, quarter_to_tell
from kommissorium.projects.quarterly_status import status_parts
from kommissorium.projects.register import REGISTER
from kommissorium.projects.tests.cases import (
    approved,
    approved_before,
    area,
    begun,
    drafted,
    ended,
    own_measure,
    project,
    say_all,
    tell,
    when,
)
from kommissorium.registers.requirements import AREAS

TODAY = timezone.localdate


def typed(found: WorkStatus, browser) -> dict[str, str]:
    """Return what the page of all states sends if nobody touches it."""
    form = browser.get(reverse("work_status_states", args=[found.pk])).context["form"]
    return {
        name: "" if form[name].value() is None else str(form[name].value()) for name in form.fields
    }


def own(found: WorkStatus, name: str) -> MeasureState:
    return found.states.select_related("measure", "status").get(measure__area=name)


def test_the_seven_areas_are_there_and_a_quarter_is_begun_once(cast: Cast, client_of) -> None:
    browser = client_of("coordinator")
    answer = browser.post(reverse("work_status_new"))
    found = WorkStatus.objects.get()
    assert answer.url == reverse("work_status_states", args=[found.pk])
    assert found.quarter == ended() and quarter_to_tell(TODAY()) is None
    assert {one.measure.area for one in found.states.select_related("measure")} == set(AREAS)
    with pytest.raises(Refused):
        draft_status(by=cast.coordinator)


def test_all_are_told_of_on_one_page(cast: Cast, client_of) -> None:
    found, browser = begun(cast), client_of("coordinator")
    sent = typed(found, browser)
    for one in found.states.all():
        sent |= {
            f"light-{one.pk}": "green",
            f"text-{one.pk}": "Alt er dækket.",
            f"evidence-{one.pk}": "Rapport",
            f"evidence_on-{one.pk}": TODAY().isoformat(),
            f"figure-{one.pk}": "1.250",
        }
    url = reverse("work_status_states", args=[found.pk])
    assert browser.post(url, sent).url == found.get_absolute_url()
    assert all(one.is_whole and one.figure == 1250 for one in found.states.select_related("status"))
    assert Event.objects.filter(act="projects.states_said").count() == 1
    assert not [one for one in KIND.lacks(found) if "Firewall" in one]


def test_who_touches_nothing_says_nothing(cast: Cast, client_of) -> None:
    approved_before(cast)
    found, browser = begun(cast), client_of("coordinator")
    url = reverse("work_status_states", args=[found.pk])
    answer = browser.post(url, typed(found, browser))
    assert answer.status_code == 400
    assert not found.states.exclude(said_at=None).exists()
    assert "Antivirus" in KIND.lacks(found)[0], "what is carried over is no state"


def test_words_are_carried_over_but_not_the_day_of_what_shows_them(cast: Cast) -> None:
    approved_before(cast)
    found = own(begun(cast), "firewall")
    assert (found.text, found.evidence, found.figure) == (
        "De fleste er dækket.",
        "Rapport fra driften",
        80,
    )
    assert found.evidence_on is None and found.said_at is None and not found.is_whole


@pytest.mark.parametrize("days", [1, 400])
def test_evidence_to_come_is_refused_in_words_and_nothing_typed_is_lost(
    cast: Cast, client_of, days
) -> None:
    found, browser = begun(cast), client_of("coordinator")
    one = own(found, "antispam")
    sent = typed(found, browser) | {
        f"text-{one.pk}": "Strammet.",
        f"evidence_on-{one.pk}": (TODAY() + timedelta(days=days)).isoformat(),
    }
    answer = browser.post(reverse("work_status_states", args=[found.pk]), sent)
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {f"evidence_on-{one.pk}"}
    assert (
        "Strammet." in answer.content.decode() and "Dagen er ikke kommet" in answer.content.decode()
    )


@pytest.mark.parametrize(
    ("name", "value"), [("figure", "mange"), ("figure", "99999999999"), ("light", "blå")]
)
def test_nonsense_stands_beside_its_field(cast: Cast, client_of, name, value) -> None:
    found, browser = begun(cast), client_of("coordinator")
    field = f"{name}-{own(found, 'network').pk}"
    sent = typed(found, browser) | {field: value}
    answer = browser.post(reverse("work_status_states", args=[found.pk]), sent)
    assert answer.status_code == 400 and set(answer.context["form"].errors) == {field}


def test_two_who_write_at_once_lose_nothing(cast: Cast, client_of) -> None:
    found, browser = begun(cast), client_of("coordinator")
    mine, theirs = own(found, "antivirus"), own(found, "physical")
    sent = typed(found, browser)
    say_all(cast, found)
    url = reverse("work_status_states", args=[found.pk])
    answer = browser.post(url, sent | {f"text-{mine.pk}": "Min egen."})
    shown = answer.content.decode()
    assert answer.status_code == 409 and "Min egen." in shown and "De fleste er dækket." in shown
    form = answer.context["form"]
    again = {name: form.data.get(name, "") for name in form.fields}
    assert browser.post(url, again).status_code == 302
    assert own(found, "antivirus").text == "Min egen."
    assert own(found, "physical").text == "De fleste er dækket.", theirs


def test_an_owner_is_asked_and_says_it_alone(cast: Cast, client_of) -> None:
    one = area("physical")
    values = {"owner": cast.system_owner, "figure_name": "Døre", "unit": "", "wanted": "more"}
    change_measure(one, by=cast.coordinator, values=values, edit_version=one.edit_version)
    assert not list(REGISTER.todos(cast.system_owner, TODAY()))
    found = begun(cast)
    url = reverse("measure_state", args=[one.pk])
    assert [todo.url for todo in REGISTER.todos(cast.system_owner, TODAY())] == [url]
    assert [mail.person for mail in REGISTER.reminders(TODAY())] == [cast.system_owner]
    browser = client_of("system_owner")
    form = browser.get(url).context["form"]
    state = own(found, "physical")
    assert {name.partition("-")[2] for name in form.fields} == {str(state.pk)}
    sent = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    sent |= {
        f"light-{state.pk}": "red",
        f"text-{state.pk}": "28 af 46.",
        f"figure-{state.pk}": "28",
    }
    sent |= {f"evidence-{state.pk}": "Tælling", f"evidence_on-{state.pk}": TODAY().isoformat()}
    assert browser.post(url, sent).url == one.get_absolute_url()
    assert not list(REGISTER.todos(cast.system_owner, TODAY()))
    assert "28 af 46." in browser.get(one.get_absolute_url()).content.decode()


def test_approved_it_never_changes_and_the_next_is_held_against_it(cast: Cast) -> None:
    approved_before(cast)
    found = approved(cast)
    for rows, change in (
        (found.states.all(), {"text": "Pænere."}),
        (WorkStatus.objects.filter(pk=found.pk), {"conclusion": "Pænere."}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(Refused):
        say_all(cast, found)
    assert all(one.before for one in compared_states(found))


def test_a_silent_project_holds_it_back(cast: Cast) -> None:
    with when(TODAY() - timedelta(days=200)):
        one = project(cast, due=TODAY() + timedelta(days=200))
    found = drafted(cast)
    assert one.title in KIND.lacks(found)[0]
    with pytest.raises(Refused):
        KIND.propose(found, cast.committee, by=cast.coordinator)
    tell(cast, one)
    assert not KIND.lacks(found)


def test_a_measure_of_ones_own_comes_and_goes_and_an_area_stays(cast: Cast) -> None:
    found = begun(cast)
    backup = own_measure(cast)
    assert found.states.filter(measure=backup).exists()
    retire_measure(backup, by=cast.coordinator)
    assert not found.states.filter(measure=backup).exists()
    restore_measure(backup, by=cast.coordinator)
    assert found.states.filter(measure=backup).exists()
    with pytest.raises(Refused):
        retire_measure(area("firewall"), by=cast.coordinator)
    assert TechnicalMeasure.objects.filter(is_retired=False).count() == len(AREAS) + 1


def test_the_status_of_the_quarter_tells_of_what_was_told(cast: Cast) -> None:
    quarter = ended()
    with when(quarter.last - timedelta(days=3)):
        one = project(cast, due=TODAY() + timedelta(days=200))
        tell(cast, one, "red", spent=20_000, asked=5_000)
    tell(cast, one, "green")  # after the quarter: not told of in it
    own_measure(cast)
    drafted(cast)
    parts = {part.code: part for part in status_parts(quarter)}
    assert set(parts) == {"projects", *AREAS, "measures"}
    figures = {figure.code: figure.value for figure in parts["projects"].figures}
    assert figures == {
        "green": 0,
        "yellow": 0,
        "red": 1,
        "budget": 100_000,
        "spent": 20_000,
        "asked": 5_000,
    }
    assert one.title in parts["projects"].sentence
    assert parts["firewall"].figures[0].value == 80
    assert not list(status_parts(quarter.before))


def test_pages_show_a_status_and_its_pdf(cast: Cast, client_of) -> None:
    found, browser = approved(cast), client_of("auditor")
    assert "De fleste er dækket." in browser.get(found.get_absolute_url()).content.decode()
    assert browser.get(reverse("proposal_file", args=["work-status", found.pk])).status_code == 200
    shown = browser.get(reverse("project_measures")).content.decode()
    assert "Delvist tilfredsstillende" in shown and found.quarter.label in shown


def test_a_measure_links_to_a_draft_for_those_alone_who_may_open_it(cast: Cast, client_of) -> None:
    found = drafted(cast)
    url = area("firewall").get_absolute_url()
    link = f'href="{found.get_absolute_url()}"'
    assert link in client_of("coordinator").get(url).content.decode()
    for who in ("auditor", "head_of_it", "member"):
        browser = client_of(who)
        page = browser.get(url)
        if page.status_code == 200:
            assert (link in page.content.decode()) == (
                browser.get(found.get_absolute_url()).status_code == 200
            )
