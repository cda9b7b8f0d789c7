"""The mail that asks for an acceptance: kroner, why, a matrix, and the limit of whoever decides."""

from __future__ import annotations

import pytest

from kommissorium.conftest import Cast
from kommissorium.core.mail.layout import as_html
from kommissorium.core.mail.letter import Letter
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.ui.localised import kroner
from kommissorium.risks.authority import limits_by_capacity
from kommissorium.risks.tests.acceptance_cases import make_risk, propose

SOLE = "●"


@pytest.mark.parametrize("capacity", ["owner", "head", "chair", "executive"])
def test_whoever_is_asked_sees_their_own_limit_and_where_the_risk_lies(
    cast: Cast, capacity: str
) -> None:
    acceptance = propose(cast, [make_risk(cast)], capacity=capacity, amount=40_000)
    mail = OutboxMail.objects.get(kind="registers.decision_asked")
    letter = Letter.from_data(mail.letter or {})
    limit = kroner(limits_by_capacity()[capacity].per_year)
    facts = dict(letter.facts)
    assert facts[f"Dit råderum i {acceptance.budget_year}"] == f"0 kr. af {limit} brugt"
    assert facts["Muligt tab"] == acceptance.loss_in_words and acceptance.reason in letter.lines
    assert letter.grid and "table" in as_html(letter)
    cells = [cell for _head, row in letter.grid.rows for cell in row]
    assert [cell.text[0] for cell in cells if cell.is_chosen] == [SOLE]
    assert all(cell.text for cell in cells), "readable without colours"
