"""A process that adds assets and says after each that it is done: for counting what reaches the disk.

python -m kommissorium.config.tests.acknowledging HOW_MANY
"""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommissorium.config.tests.settings")
django.setup()

from kommissorium.assets.actions.assets import add_asset  # noqa: E402
from kommissorium.assets.models import Kind  # noqa: E402
from kommissorium.conftest import find_cast  # noqa: E402

DONE = "acknowledged"


def main(number: int) -> None:
    by = find_cast().coordinator
    for one in range(number):
        add_asset(by=by, kind=Kind.SYSTEM, values={"name": f"Fagsystem {one}"})
        os.write(1, f"{DONE} {one}\n".encode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
