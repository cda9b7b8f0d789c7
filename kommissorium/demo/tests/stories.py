"""Of which story a test asks; without one of these it asks both."""

from __future__ import annotations

import pytest

of_three_years = pytest.mark.parametrize("havneby", [3], indirect=True, ids=["three years"])
of_fifteen_months = pytest.mark.parametrize("havneby", [1], indirect=True, ids=["fifteen months"])
