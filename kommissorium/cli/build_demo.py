"""`kommissorium demo` before it serves: builds the fictional municipality once."""

from __future__ import annotations

import os
import sys
import time
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommissorium.config.settings")
django.setup()

from kommissorium.accounts.models import Municipality  # noqa: E402
from kommissorium.config.database import UnusableDatabase, migrate  # noqa: E402


def main() -> int:
    """Build what is missing; return 2 for a database that holds a real municipality."""
    try:
        migrate()
    except UnusableDatabase as error:
        print(f"kommissorium: {error}", file=sys.stderr)
        return 2
    municipality = Municipality.objects.first()
    if municipality and not municipality.is_demo:
        print("kommissorium: this folder holds a real municipality, not a demo.", file=sys.stderr)
        return 2
    if municipality is None:
        started = time.monotonic()
        # Building loads all that writes documents: a second start does without.
        building = import_module("kommissorium.demo.building")
        building.build(lambda text: print(f"  {text}", flush=True))
        print(f"The demo is ready ({time.monotonic() - started:.1f} s).", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
