"""Of which story a test asks; without one of these it asks both."""

from __future__ import annotations

import pytest

THREE_YEARS = pytest.param(3, id="three years")
# Once: lived for longer, the same story writes on PostgreSQL what this one does, and more.
FIFTEEN_MONTHS = pytest.param(1, id="fifteen months", marks=pytest.mark.once)

of_three_years = pytest.mark.parametrize("havneby", [THREE_YEARS], indirect=True)
of_fifteen_months = pytest.mark.parametrize("havneby", [FIFTEEN_MONTHS], indirect=True)
