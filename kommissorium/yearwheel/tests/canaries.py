"""Where the words that not everybody may read are looked for (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.yearwheel import editions

FORMS = {"wheel_file": [*editions.EDITIONS], "wheels_file": [*editions.EDITIONS]}
