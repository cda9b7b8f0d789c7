"""A sample of what of the policies is put before a committee."""

from __future__ import annotations

from kommissorium.policies.tests.cases import drafted

PROPOSALS = {"policy": drafted}
