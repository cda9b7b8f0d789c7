"""The parts of the package that are built and not written: static files, fonts and catalogues.

The standard library is all it needs, for whoever builds the package asks it before Django is there.
"""

from __future__ import annotations

import json
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
MANIFEST = "staticfiles.json"
FACES = ("400Regular", "600SemiBold", "700Bold")
FONTS = tuple(f"IBMPlexSans_{face}{slant}.ttf" for face in FACES for slant in ("", "_Italic"))


def missing_parts(package: Path = PACKAGE) -> dict[str, list[str]]:
    """Return the files that are not there by the kind of part; an empty list where all are."""
    static = package / "staticfiles"
    fonts = package / "core" / "fonts"
    return {
        "static files": _static(static),
        "fonts": [name for name in FONTS if not (fonts / name).is_file()],
        "catalogues": _catalogues(package),
    }


def _static(folder: Path) -> list[str]:
    try:
        named = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["paths"].values()
    except (OSError, ValueError, KeyError):
        return [MANIFEST]
    missing = [name for name in named if not (folder / name).is_file()]
    return missing if named else [MANIFEST]


def _catalogues(package: Path) -> list[str]:
    wanted = [file.with_suffix(".mo") for file in package.glob("*/locale/*/LC_MESSAGES/*.po")]
    return [str(one.relative_to(package)) for one in wanted if not one.is_file()]
