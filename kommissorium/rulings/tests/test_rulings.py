"""Questions about rules and dispensations: asked, ruled on, renewed, ended, never given oneself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions.sign_in import close_login
from kommissorium.conftest import Cast, time_is
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.refusals import Refused
from kommissorium.policies.tests.cases import document, rule
from kommissorium.registers.actions.standard_proposals import give_up
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.counts import forget_counts
from kommissorium.rulings import dispensations, interpretations
from kommissorium.rulings.actions.rulings import (
    apply_for_dispensation,
    ask_interpretation,
    end_dispensation,
    renew_dispensation,
)
from kommissorium.rulings.expiring import ExpiringDispensations
from kommissorium.rulings.models import Dispensation, Interpretation
from kommissorium.rulings.tests.cases import (
    applied,
    approve,
    asked,
    decision_on,
    granted,
    in_days,
    meeting_in,
    ruled,
    values_of,
)
from kommissorium.rulings.todo import reminders_on, todos_of

pytestmark = pytest.mark.django_db


def test_a_question_keeps_what_its_heading_was_called(cast: Cast) -> None:
    found = asked(cast)
    assert (found.heading, found.heading_title) == ("kontrol", "4 Kontrol")
    assert found.rule == "Retningslinje for adgang: 4 Kontrol"
    whole = ask_interpretation(found.document, heading="", question="Hvad?", by=cast.member)
    assert whole.rule == "Retningslinje for adgang"
    with pytest.raises(Refused):
        ask_interpretation(found.document, heading="findes-ikke", question="?", by=cast.member)
    with pytest.raises(Refused):
        ask_interpretation(found.document, heading="", question="  ", by=cast.member)


def test_nobody_asks_about_a_document_they_may_not_read(cast: Cast) -> None:
    hidden = document(cast, title="Kladde")
    for act in (
        lambda: ask_interpretation(hidden, heading="", question="?", by=cast.employee),
        lambda: apply_for_dispensation(hidden, heading="", values=values_of(), by=cast.employee),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_ruling_is_read_by_all_and_an_open_question_by_those_it_concerns(cast: Cast) -> None:
    found = asked(cast)
    seen = {
        who: Interpretation.objects.visible_to(cast.who(who)).filter(pk=found.pk).exists()
        for who in ("employee", "member", "coordinator", "auditor", "system_owner", "administrator")
    }
    assert seen == {
        "employee": True,
        "member": True,
        "coordinator": True,
        "auditor": True,
        "system_owner": False,
        "administrator": False,
    }
    assert interpretations.KIND.lacks(found)
    ruled(cast, found)
    assert found.is_approved and found.record is not None
    assert Interpretation.objects.visible_to(cast.system_owner).filter(pk=found.pk).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        Interpretation.objects.filter(pk=found.pk).update(ruling="Nej")
    assert not check_database().faults


def test_a_dispensation_must_end_and_not_too_late(cast: Cast) -> None:
    about = rule(cast)
    for last in (in_days(0), in_days(-1), in_days(740)):
        with pytest.raises(Refused) as refused:
            applied(cast, about, last_day=last)
        assert "last_day" in refused.value.errors
    for name in ("place", "reason", "measure"):
        with pytest.raises(Refused) as refused:
            applied(cast, about, **{name: " "})
        assert name in refused.value.errors


def test_who_applied_never_decides_alone(cast: Cast) -> None:
    found = applied(cast, by=cast.chair)
    dispensations.KIND.propose(found, cast.committee, by=cast.coordinator)
    assert not dispensations.KIND.undecided(cast.chair).exists()
    decision = decision_on(cast, dispensations.KIND, found)
    with pytest.raises(Refused):
        dispensations.KIND.decide(decision, by=cast.chair)
    found.refresh_from_db()
    assert found.is_proposed


def test_one_that_runs_out_comes_back_until_it_is_renewed_or_ended(cast: Cast) -> None:
    found = granted(cast, last_day=in_days(30))
    meeting, kind = meeting_in(cast, 20), ExpiringDispensations()
    context = AgendaContext(meeting)
    assert kind.is_due(context)
    (table,) = kind.facts([""], context)[""]
    assert [row.cells[1] for row in table.rows] == ["Tablets i hjemmeplejen"]
    assert not Dispensation.objects.in_force_on(in_days(31)).exists()
    assert list(Dispensation.objects.running_out(in_days(30))) == [found]
    again = renew_dispensation(found, values=values_of(last_day=in_days(200)), by=cast.employee)
    assert again.lineage == found.lineage and kind.is_due(AgendaContext(meeting))
    with pytest.raises(Refused):
        renew_dispensation(found, values=values_of(), by=cast.employee)
    approve(cast, dispensations.KIND, again)
    found.refresh_from_db()
    assert found.in_force_to == timezone.localdate() and not kind.is_due(AgendaContext(meeting))
    with pytest.raises(Refused):
        end_dispensation(found, because="Den er slut.", by=cast.employee)
    end_dispensation(again, because="Alle har egne tablets.", by=cast.employee)
    assert not Dispensation.objects.in_force_on(timezone.localdate()).exists()
    assert not check_database().faults


def test_only_those_it_belongs_to_end_it(cast: Cast) -> None:
    found = granted(cast)
    for who in ("chair", "auditor", "system_owner"):
        with pytest.raises(PermissionDenied):
            end_dispensation(found, because="Fordi", by=cast.who(who))
        with pytest.raises(PermissionDenied):
            renew_dispensation(found, values=values_of(), by=cast.who(who))
    end_dispensation(found, because="Reglen følges.", by=cast.member)  # owns the document
    with pytest.raises(DatabaseError), transaction.atomic():
        Dispensation.objects.filter(pk=found.pk).update(in_force_to=None)


def test_they_are_asked_applied_for_and_ended_by_their_pages(cast: Cast, client_of) -> None:
    about, browser = rule(cast), client_of("employee")
    new = reverse("interpretation_new", args=[about.pk])
    assert browser.get(f"{new}?heading=ansvar").context["form"].initial["heading"] == "ansvar"
    assert browser.post(new, {"heading": "ansvar", "question": ""}).status_code == 400
    answer = browser.post(new, {"heading": "ansvar", "question": "Må jeg bruge min egen?"})
    question = Interpretation.objects.get()
    assert answer.url == question.get_absolute_url() and browser.get(answer.url).status_code == 200
    new = reverse("dispensation_new", args=[about.pk])
    sent = {**values_of(), "heading": "kontrol", "area": "", "asset": ""}
    assert browser.post(new, sent | {"asset": "Hemmeligt system"}).status_code == 400
    answer = browser.post(new, sent)
    found = Dispensation.objects.get()
    assert answer.url == found.get_absolute_url()
    change = reverse("dispensation_change", args=[found.pk])
    saved = browser.post(change, sent | {"measure": "Andet", "edit_version": found.edit_version})
    assert saved.status_code == 302
    again = browser.post(change, sent | {"measure": "Igen", "edit_version": found.edit_version})
    assert again.status_code == 409 and "Andet" in again.content.decode()
    found.refresh_from_db()
    approve(cast, dispensations.KIND, found)
    assert browser.get(change).status_code == 400
    page = browser.get(found.get_absolute_url()).content.decode()
    assert reverse("dispensation_end", args=[found.pk]) in page
    end = reverse("dispensation_end", args=[found.pk])
    assert browser.post(end, {"because": ""}).status_code == 400
    assert browser.post(end, {"because": "Slut"}).status_code == 302
    assert browser.get(end).status_code == 400


def test_what_waits_and_what_runs_out_is_told_to_those_it_is_for(cast: Cast) -> None:
    granted(cast, last_day=in_days(40))
    asked(cast, rule(cast, "Anden regel"))
    forget_counts()
    today = timezone.localdate()

    def lines(who: str) -> list[str]:
        return [one.url for one in todos_of(cast.who(who), today)]

    found, question = Dispensation.objects.get(), Interpretation.objects.get()
    assert lines("employee") == [found.get_absolute_url()]
    assert question.get_absolute_url() in lines("coordinator")
    assert f"{reverse('dispensations')}?expiring=1" in lines("coordinator")
    assert lines("auditor") == []
    stages = {
        ago: [
            one.key.rpartition(":")[2]
            for one in reminders_on(found.last_day + timedelta(ago))
            if one.key.startswith("dispensation:")
        ]
        for ago in (-61, -60, -30, -14, 0, 5, 14)
    }
    assert stages == {
        -61: [],
        -60: ["-60"],
        -30: ["-60"],
        -14: ["-14"],
        0: ["0"],
        5: ["0"],
        14: ["14"],
    }


def test_only_who_asked_takes_a_question_back(cast: Cast) -> None:
    """Giving it up ended its ninety days: T4 turned green without an answer."""
    for kind, found in (
        (interpretations.KIND, asked(cast)),
        (dispensations.KIND, applied(cast, by=cast.employee)),
    ):
        for person in (cast.coordinator, cast.chair, cast.dpo, cast.member):
            with pytest.raises(PermissionDenied):
                give_up(kind, found, by=person)
        give_up(kind, found, by=cast.employee)


def test_a_coordinator_gives_up_what_somebody_asked_who_has_left(cast: Cast) -> None:
    found = asked(cast)
    close_login(cast.employee, by=cast.coordinator)
    found.refresh_from_db()
    give_up(interpretations.KIND, found, by=cast.coordinator)
    assert found.state == "dropped"


def test_the_lists_say_how_each_stands(cast: Cast, client_of) -> None:
    question = asked(cast)
    shown = client_of("employee").get(reverse("interpretations")).content.decode()
    assert "Venter på en afgørelse" in shown and "Kladde" not in shown
    ruled(cast, question)
    question.refresh_from_db()
    assert (question.standing, question.tone) == ("Gælder", "success")


def test_a_dispensation_says_that_it_has_run_out_and_until_when_it_held(cast: Cast) -> None:
    spared = granted(cast)
    assert (spared.standing, spared.tone) == ("Gælder", "success")
    with time_is(timezone.localtime() + timedelta(days=101)):
        assert spared.tone == "danger" and spared.held_until is None
        end_dispensation(spared, because="Reglen følges.", by=cast.coordinator)
        spared.refresh_from_db()
        assert spared.standing == "Gjaldt tidligere"
        assert spared.held_until == spared.last_day


def test_who_asked_is_told_of_the_answer_once(cast: Cast) -> None:
    question = asked(cast)
    assert not list(reminders_on(timezone.localdate()))
    ruled(cast, question)
    told = [list(reminders_on(in_days(ago))) for ago in (0, 10, 31)]
    assert [[one.person for one in found] for found in told] == [[cast.employee]] * 2 + [[]]
    (now,), (later,) = told[:2]
    assert now.key == later.key and now.url == question.get_absolute_url()


def test_pages_lead_back_to_the_list_they_are_in(cast: Cast, client_of) -> None:
    for found, listed in ((asked(cast), "interpretations"), (granted(cast), "dispensations")):
        shown = client_of("coordinator").get(found.get_absolute_url())
        assert shown.context["breadcrumbs"][0].url == reverse(listed)
