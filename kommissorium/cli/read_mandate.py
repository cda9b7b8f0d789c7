"""`kommissorium mandate read`: no database, no installation, one file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from django.apps import apps
from django.conf import settings

from kommissorium.cli.errors import Trouble

COMMITTEES = Path(__file__).resolve().parent.parent / "committees"
if not settings.configured:
    settings.configure(
        LANGUAGE_CODE="en", USE_I18N=True, LOCALE_PATHS=[COMMITTEES / "locale"], INSTALLED_APPS=[]
    )
    # All that translation needs; django.setup() would load the web too, for half a second.
    apps.populate(())

from django.utils import translation  # noqa: E402

from kommissorium.committees.cadence_words import cadence_in_words  # noqa: E402
from kommissorium.committees.measures import measure_label  # noqa: E402
from kommissorium.committees.reader import (  # noqa: E402
    Understanding,
    UnreadableMandate,
    read_file,
)


def read(file: Path, *, as_json: bool) -> int:
    """Print what is understood of the file. Raises Trouble for one that cannot be read."""
    try:
        understanding = read_file(file.read_bytes(), file.name)
    except OSError as error:
        raise Trouble(f"{file} cannot be opened: {error.strerror}.") from None
    except UnreadableMandate as error:
        raise Trouble(str(error.message)) from None
    if as_json:
        json.dump(understanding.as_json(), sys.stdout, ensure_ascii=False, indent=2)
        print()
        return 0
    with translation.override("da" if understanding.language == "da" else "en"):
        _print(understanding)
    return 0


def _print(understanding: Understanding) -> None:
    print(understanding.title or "-")
    for member in understanding.members:
        print(f"  {member.number:<4}{member.role:<14}{member.function or '…'}")
    for clause in understanding.clauses:
        if clause.kind == "member":
            continue
        print(f"  {clause.number:<4}{clause.text}")
        told = [measure_label(clause.measure)] if clause.measure else []
        told += [words] if (words := cadence_in_words(clause)) else []
        if told:
            print(f"      → {' · '.join(told)}")
