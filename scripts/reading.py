"""Print how well mandates are read: those the reader is tuned by, and those that are only counted.

The kept mandates are taken in the order of their names, every other one held out. An error is a
seat that is not read with its role, or a clause whose measure is not the one a person gave it.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommissorium.config.settings")
os.environ.setdefault("KOMMISSORIUM_SECRET_KEY", "x" * 50)
django.setup()

from kommissorium.committees.tests.reader import counted  # noqa: E402


def main() -> int:
    """Print the figures of both halves, and of the mandates written before the reader was tuned."""
    for half, names in counted.halves().items():
        for title, some in ((half, names), (f"{half}, unseen kind", counted.terms(names))):
            total: Counter[str] = sum((counted.count(name) for name in some), Counter())
            print(f"{title}: {len(some)} mandates, {counted.in_words(total)}")
    if "-v" in sys.argv:
        for name in counted.halves()["tuning"]:
            for line in counted.errors(name):
                print(f"{name}: {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
