"""Where the words that not everybody may read are looked for (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.yearwheel import wheel_files

FORMS = {"wheel_file": [*wheel_files.EDITIONS], "wheels_file": [*wheel_files.EDITIONS]}
