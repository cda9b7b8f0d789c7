"""Two rounds of attestation, one closed and one open, in which the system owner is asked."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.attestation.answer import Given, answer_for
from kommissorium.assets.actions.attestation.round import close_round, open_round, settle
from kommissorium.assets.models import Asset, Round, Statement
from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, foreign

OF_ROUND = "round file change close ask remind"


def add(samples: Samples, cast: Cast, own: Asset, not_mine: Asset, other: Asset) -> None:
    """Name both rounds. Owners are asked about all there is, so this comes last.

    The system owner has both `own` and `not_mine`; the deputy, who can be reminded, has
    `other` and more.
    """
    closed = _round(cast, "Sidste år")
    _word(cast, closed, other)
    close_round(closed, by=cast.coordinator, conclusion="Alle har svaret.")
    found = _round(cast, "I år")
    _word(cast, found, other)
    statement = _says(found, cast.system_owner, not_mine, "not_mine")
    samples.add("attestation_answer", pk=own.pk)
    samples.add("attestation_answer/foreign", pk=other.pk)
    samples.add("attestation_round/closed attestation_record", pk=closed.pk)
    samples.add(" ".join(f"attestation_{name}" for name in OF_ROUND.split()), pk=found.pk)
    samples.add("statement_settle", pk=statement.pk)
    record = Round.objects.get(pk=closed.pk).record_id
    samples.add("record/attestation", pk=record)
    samples.add("record_file/attestation", pk=record, form="pdf")


def _round(cast: Cast, title: str) -> Round:
    due = timezone.localdate() + timedelta(days=20)
    return open_round(by=cast.coordinator, title=title, due=due)


def _word(cast: Cast, found: Round, other: Asset) -> None:
    """Make the deputy ask for something, and the coordinator do it."""
    said = _says(found, cast.deputy, other, "change", foreign("note"))
    settle(said, by=cast.coordinator, settlement=foreign("rettelse"))


def _says(found: Round, who: Person, asset: Asset, answer: str, note: str = "") -> Statement:
    asked = found.asked.get(person=who)
    answer_for(asked, {asset.pk: Given(answer, note)}, by=who)
    return asked.statements.get(asset=asset)
