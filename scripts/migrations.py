"""Hold the released migrations to their hashes in kommissorium/config/released.csv.

    migrations.py check     a released migration changed or is gone; one of a release is not listed
    migrations.py update    list those that are not yet, as of the release in kommissorium.__version__

While CHANGELOG.md begins with Unreleased, migrations that are not listed may still change.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from kommissorium import __version__

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "kommissorium" / "config" / "released.csv"
COLUMNS = ["release", "room", "migration", "sha256"]
UNDER_WORK = "Unreleased"

type Name = tuple[str, str]  # room and migration


def main() -> int:
    """Check the list or add to it; return 1 for a fault."""
    if sys.argv[1:] not in (["check"], ["update"]):
        print(__doc__)
        return 2
    adding = sys.argv[1] == "update"
    found = list(faults(listed(), there(), of_a_release=not adding and is_released()))
    if found:
        print("\n".join(found))
        return 1
    if adding:
        update()
    return 0


def there(root: Path = ROOT) -> dict[Name, str]:
    """Return the hash of every migration there is."""
    files = sorted(root.glob("kommissorium/*/migrations/[0-9]*.py"))
    return {
        (file.parents[1].name, file.stem): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
    }


def listed() -> dict[Name, str]:
    """Return the hash of every released migration."""
    if not LIST.exists():
        return {}
    with LIST.open(encoding="ascii", newline="") as file:
        return {(row["room"], row["migration"]): row["sha256"] for row in csv.DictReader(file)}


def is_released() -> bool:
    """Return whether the changelog begins with a release: what is there belongs to it."""
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    return newest is None or newest[1] != UNDER_WORK


def faults(
    released: dict[Name, str], found: dict[Name, str], *, of_a_release: bool
) -> Iterator[str]:
    """Yield a line for each fault of the list against the migrations there are."""
    for (room, name), hash_ in released.items():
        if (room, name) not in found:
            yield f"{room}.{name} was released and is gone: put it back."
        elif found[room, name] != hash_:
            yield f"{room}.{name} was released and is another one now: put it back, add a new one."
    last = dict(sorted(released))  # of each room
    for room, name in sorted(set(found) - set(released)):
        if name[:4] <= last.get(room, "")[:4]:
            yield f"{room}.{name} comes before what was released: give it the next number."
        elif of_a_release:
            yield f"{room}.{name} is of a release and not listed: run scripts/migrations.py update."


def update() -> None:
    """Add what is not listed yet."""
    known, found = listed(), there()
    new = sorted(set(found) - set(known))
    with LIST.open("a", encoding="ascii", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if not known:
            writer.writerow(COLUMNS)
        writer.writerows([__version__, *name, found[name]] for name in new)
    print(f"{len(new)} migrations are listed as of {__version__}.")


if __name__ == "__main__":
    sys.exit(main())
