"""Write the weights of the second reading of clauses, from the mandates the reader is tuned by.

Whole numbers all the way, in a fixed order: the same texts give the same bytes everywhere.
`committees/tests/reader/test_second_reading.py` fails when the file is out of date.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommissorium.config.settings")
os.environ.setdefault("KOMMISSORIUM_SECRET_KEY", "x" * 50)
django.setup()

from kommissorium.committees.reader.second_reading import WEIGHTS  # noqa: E402
from kommissorium.committees.tests.reader.training import weights  # noqa: E402

if __name__ == "__main__":
    WEIGHTS.write_text(weights(), encoding="ascii")
