"""Preparation of `kommissorium demo` before it serves: builds the fictional municipality once."""

from __future__ import annotations

import sys
import time
from datetime import date
from importlib import import_module

from kommissorium.config.set_up import set_up

set_up()

from django.utils import timezone  # noqa: E402
from django.utils.dateformat import format as date_format  # noqa: E402

from kommissorium.accounts.models import Municipality  # noqa: E402
from kommissorium.config.database import UnusableDatabase, check_version, migrate, steps  # noqa: E402
from kommissorium.core.evidence.models import Event  # noqa: E402


def main(years: int, *, strict: bool = False) -> int:
    """Build what is missing; return 2 for a database that holds a real municipality.

    With `strict` it returns 1 where the program refused a deed of the story.
    """
    try:
        _make_tables(years)
    except UnusableDatabase as error:
        print(f"kommissorium: {error}", file=sys.stderr)
        return 2
    municipality = Municipality.objects.first()
    if municipality and not municipality.is_demo:
        print("kommissorium: this folder holds a real municipality, not a demo.", file=sys.stderr)
        return 2
    if municipality and (day := _lives_on()) > timezone.localdate():
        print(f"kommissorium: this demo lives on {day}: say --today {day}.", file=sys.stderr)
        return 2
    if municipality is None:
        started = time.monotonic()
        # Building loads all that writes documents: a second start does without.
        building = import_module("kommissorium.demo.building")
        left_out = building.build(years, _say, _show)
        if strict and left_out:
            print(f"kommissorium: {len(left_out)} deeds were refused.", file=sys.stderr)
            return 1
        print(f"The demo is ready ({time.monotonic() - started:.1f} s).", flush=True)
    return 0


def _make_tables(years: int) -> None:
    """Migrate the database; a new one on the first day of the story, as its first event says when."""
    if not check_version() or steps()[0]:
        migrate()
        return
    building = import_module("kommissorium.demo.building")
    with building.first_day(years):
        migrate()


def _lives_on() -> date:
    """Return the day of the newest event of the existing demonstration."""
    newest = Event.objects.order_by("-seq").values_list("at", flat=True).first()
    return timezone.localdate(newest)


def _say(text: str) -> None:
    print(f"  {text}", flush=True)


def _show(percent: int, month: date) -> None:
    _say(f"{percent:2} %  {date_format(month, 'F Y')}")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), strict="strict" in sys.argv[2:]))
