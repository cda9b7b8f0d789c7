"""The story that a test asks for; without one of these it asks for both."""

from __future__ import annotations

import pytest

from kommissorium.config.tests.demonstration import LONG, SHORT

# Each database builds one of the two: lived for longer, the same story writes on PostgreSQL what
# the short one does on SQLite, and more.
THREE_YEARS = pytest.param(LONG, id="three years", marks=pytest.mark.long_story)
FIFTEEN_MONTHS = pytest.param(SHORT, id="fifteen months", marks=pytest.mark.once)

of_three_years = pytest.mark.parametrize("havneby", [THREE_YEARS], indirect=True)
of_fifteen_months = pytest.mark.parametrize("havneby", [FIFTEEN_MONTHS], indirect=True)
