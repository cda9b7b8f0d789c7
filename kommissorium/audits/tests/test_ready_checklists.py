"""Checklists to begin with: chosen beside what the auditor writes."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kommissorium.audits.actions.work import MOST_LINES
from kommissorium.audits.forms import READY
from kommissorium.audits.tests.cases import audited
from kommissorium.core.built_in import data_of


@pytest.mark.parametrize("code", list(data_of(READY)))
def test_the_lines_of_a_checklist_come_along(code, cast, client_of):
    ours = {key: one["lines"].strip().splitlines() for key, one in data_of(READY)[code].items()}
    assert len(ours["da"]) == len(ours["en"]) == len({*ours["da"]}) < MOST_LINES / 4
    audit, browser = audited(cast), client_of("auditor")
    address = reverse("audit_checklist", args=[audit.pk])
    refused = browser.post(address, {"lines": ""})
    assert refused.status_code == 400 and set(refused.context["form"].errors) == {"lines"}
    assert "(kræves, når der ikke er valgt en tjekliste)" in refused.text
    answer = browser.post(address, {"ready": code, "lines": "Er nøglen talt op?"})
    assert answer.status_code == 302
    assert list(audit.checks.values_list("text", flat=True).order_by("pk")) == [
        "Er nøglen talt op?",
        *ours["da"],
    ]
    again = browser.post(address, {"ready": code, "lines": ""})
    assert again.status_code == 400 and "lines" in again.context["form"].errors
