"""Records of acceptances stay as they were, and are void when the risk is no longer the same."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import override
from pypdf import PdfReader

from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.risks.accepted import accepted_on, expired, expiring
from kommissorium.risks.actions.acceptances import withdraw_acceptance
from kommissorium.risks.actions.assessments import begin_assessment
from kommissorium.risks.actions.void_acceptances import void_acceptances
from kommissorium.risks.models import Acceptance, AcceptedRisk, Scenario
from kommissorium.risks.tests.acceptance_cases import accept, limit, make_risk, make_risks, propose
from kommissorium.risks.tests.assessment_cases import approve
from kommissorium.risks.tests.standing_cases import accept_until, level, today


def given(cast, **more):
    made = propose(cast, [make_risk(cast, (4, 3))], **more)
    accept(made, by=cast.chair)
    return made


def test_the_record_holds_the_whole_picture_it_was_accepted_on(cast):
    level(cast, 4)
    limit("chair", per_year=900_000)
    made = given(cast, conditions="Backup hver nat")
    kept = json.loads(made.record.content)
    assert kept["amount"] == 250_000
    assert kept["expires_on"] == made.expires_on.isoformat()
    assert kept["accepted_by"] == cast.chair.name
    assert kept["conditions"] == "Backup hver nat"
    assert kept["decision"]["number"] == made.decision.number
    assert (kept["loss"], kept["measure_cost"]) == ("once", 900_000)
    assert kept["longer_because"] == "Afløseren kommer først om to år."
    assert kept["totals"] == {"before": 0, "after": 250_000, "limit": 900_000}
    [risk] = kept["risks"]
    assert (risk["consequence"], risk["likelihood"], risk["is_above"]) == (4, 3, True)
    assert kept["level"]["statement"] == "Vi lever med det grønne."
    assert len(kept["pictures"][0]["scale"]["cells"]) == 4
    [event] = Event.objects.about(made).filter(act="core.record_frozen")
    assert made.record.event == event


def test_the_document_says_in_words_what_was_accepted(cast):
    level(cast, 4)
    with override("en"):
        made = given(cast)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.record.pdf)).pages)
    text = " ".join(text.split())
    for words in ("Risk acceptance", "250,000 kr.", cast.chair.name, "Above the risk level"):
        assert words in text


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 1},
        {"expires_on": "2099-01-01"},
        {"reason": "Andet"},
        {"state": "refused", "accepted_at": None},
        {"capacity": "executive"},
        {"budget_year": 2099},
        {"accepted_by": None},
        {"record": None},
    ],
)
def test_what_was_accepted_never_changes(cast, change):
    made = given(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Acceptance.objects.filter(pk=made.pk).update(**change)


def test_nobody_deletes_an_acceptance_or_what_it_was_of(cast):
    made = given(cast)
    rows = Acceptance.objects.filter(pk=made.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete(rows.db)
    risks = AcceptedRisk.objects.filter(acceptance=made)
    with pytest.raises(DatabaseError), transaction.atomic():
        risks._raw_delete(risks.db)
    with pytest.raises(DatabaseError), transaction.atomic():
        risks.update(rank=1)


def test_no_risk_is_put_into_what_was_accepted(cast):
    made, other = given(cast), make_risk(cast)
    scores = {"likelihood": 2, "consequence": 2, "rank": 2}
    with pytest.raises(DatabaseError), transaction.atomic():
        AcceptedRisk.objects.create(
            acceptance=made, scenario=other, lineage=other.lineage, **scores
        )


def test_what_has_ended_stays_ended(cast):
    made = given(cast)
    withdraw_acceptance(made, by=cast.chair, because="Løst")
    with pytest.raises(DatabaseError), transaction.atomic():
        Acceptance.objects.filter(pk=made.pk).update(ended_at=None, ending="")


def test_a_change_of_the_risk_voids_what_was_accepted_and_says_why(cast):
    made = given(cast)
    lineage = made.risks.get().lineage
    assert void_acceptances([lineage], by=cast.coordinator, because="Ny score") == 1
    made.refresh_from_db()
    assert (made.ending, made.ended_because) == ("void", "Ny score")
    assert not made.is_in_force_on(today())
    assert Event.objects.about(made).filter(act="risks.acceptance_void").count() == 1
    assert void_acceptances([lineage], by=cast.coordinator, because="Igen") == 0


def test_a_change_of_one_of_several_risks_voids_the_whole_acceptance(cast):
    first, second = make_risks(cast, [(2, 2), (2, 3)])
    made = propose(cast, [first, second])
    accept(made, by=cast.chair)
    assert void_acceptances([second.lineage], by=cast.coordinator, because="Ny") == 1
    assert not accepted_on([first.assessment.assets.get().pk])


def test_an_approved_assessment_with_another_score_voids_the_acceptance(cast):
    risk = make_risk(cast)
    made = propose(cast, [risk])
    accept(made, by=cast.chair)
    asset = risk.assessment.assets.get()
    newer = begin_assessment(
        by=cast.coordinator, scope="asset", assets=[asset], copy_from=risk.assessment
    )
    changed = newer.scenarios.get(lineage=risk.lineage)
    finished = {"treatment": "avoid", "residual_likelihood": 1, "residual_consequence": 1}
    scale = newer.scale
    Scenario.objects.filter(pk=changed.pk).update(
        likelihood=4, consequence=4, rank=scale.rank_of(4, 4), **finished, residual_rank=1
    )
    made.refresh_from_db()
    assert made.ended_at is None  # a draft voids nothing yet
    approve(cast, newer)
    made.refresh_from_db()
    assert made.ending == "void"


def test_what_is_proposed_of_the_old_picture_is_void_and_of_the_new_one_stays(cast):
    old, other = make_risks(cast, [(2, 2), (2, 3)])
    of_old, of_other = propose(cast, [old]), propose(cast, [other])
    Scenario.objects.filter(pk=old.pk).update(is_in_force=False)
    void_acceptances([old.lineage, other.lineage], by=cast.coordinator, because="Ny")
    of_old.refresh_from_db()
    of_other.refresh_from_db()
    assert (of_old.ending, of_other.ending) == ("void", "")


def test_a_score_that_changed_after_the_proposal_is_not_accepted(cast):
    risk = make_risk(cast)
    Scenario.objects.filter(pk=risk.pk).update(is_in_force=False)
    made = Acceptance.objects.create(
        reason="Billigst",
        amount=1,
        measure_cost=2,
        budget_year=today().year,
        expires_on=today(),
        capacity="chair",
        proposed_by=cast.coordinator,
        proposed_at=timezone.now(),
    )
    common = {"scenario": risk, "lineage": risk.lineage, "likelihood": 1, "consequence": 1}
    AcceptedRisk.objects.create(acceptance=made, rank=1, **common)
    with override("en"), pytest.raises(Refused, match="not approved"):
        accept(made, by=cast.chair)
    Scenario.objects.filter(pk=risk.pk).update(is_in_force=True)
    with override("en"), pytest.raises(Refused, match="another score"):
        accept(made, by=cast.chair)


def test_expiring_and_expired_come_back_by_themselves(cast):
    rows = make_risks(cast, [(2, 2), (2, 3), (3, 3), (3, 2)])
    soon, later, over, renewed = (
        accept_until(cast, [one], days) for one, days in zip(rows, (60, 61, -1, -1), strict=True)
    )
    accept_until(cast, [rows[3]], 300)
    assert list(expiring(today())) == [soon]
    assert later not in expiring(today())
    assert list(expired(today(), made_long_ago())) == [over]
    assert not renewed.is_in_force_on(today())


def made_long_ago():
    return today() - timedelta(days=365)


def test_an_asset_tells_of_the_acceptances_that_stand_on_it(cast):
    made = given(cast)
    asset = made.risks.get().scenario.assessment.assets.get()
    assert accepted_on([asset.pk]) == [made]
    withdraw_acceptance(made, by=cast.chair, because="Løst")
    assert accepted_on([asset.pk]) == []
