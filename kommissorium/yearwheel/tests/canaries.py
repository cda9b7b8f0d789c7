"""Places searched for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.yearwheel import wheel_files

FORMS = {"wheel_file": [*wheel_files.EDITIONS], "wheels_file": [*wheel_files.EDITIONS]}
