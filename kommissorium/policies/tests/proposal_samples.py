"""A sample of what of the policies is put before a committee."""

from __future__ import annotations

from kommissorium.policies.tests import ruling_cases
from kommissorium.policies.tests.cases import drafted

PROPOSALS = {
    "policy": drafted,
    "interpretation": ruling_cases.answered,
    "dispensation": ruling_cases.applied,
}
