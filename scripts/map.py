"""Write docs/map.md, the first docstring line of every module: `map.py update | check`."""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAP = ROOT / "docs" / "map.md"
LEFT_OUT = {"tests", "migrations"}
HEAD = """# Map

What is in each file, room by room from the ground up: the first line of each docstring.
`.venv/bin/python scripts/map.py update` writes it; `make check` fails when it is out of date.
"""


def main() -> int:
    """Write the map, or return 1 when it differs from the modules."""
    if sys.argv[1:] == ["update"]:
        MAP.write_text(written(), encoding="utf-8")
        return 0
    if sys.argv[1:] == ["check"]:
        fits = MAP.exists() and MAP.read_text(encoding="utf-8") == written()
        print("map: up to date" if fits else "map: run scripts/map.py update")
        return 0 if fits else 1
    print(__doc__)
    return 2


def written() -> str:
    return HEAD + "".join(f"\n## {room}\n\n{_room(ROOT / room)}" for room in _rooms())


def _rooms() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    rooms = [name.strip() for layer in reversed(layers) for name in layer.split("|")]
    return [*(f"kommissorium/{room}" for room in rooms), "scripts"]


def _room(folder: Path) -> str:
    files = [
        path.relative_to(folder)
        for path in folder.rglob("*.py")
        if not LEFT_OUT & set(path.relative_to(folder).parts)
    ]
    lines = [(path, _first_line(folder / path)) for path in sorted(files, key=_place)]
    return "".join(f"- `{path.as_posix()}` {line}\n" for path, line in lines if line)


def _place(path: Path) -> tuple[bool, Path]:
    """Return the sort key: files of the room itself come before its folders."""
    return len(path.parts) > 1, path


def _first_line(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main())
