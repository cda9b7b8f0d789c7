"""Fetch uv from PyPI into .tools/uv, with nothing but Python's standard library at hand.

pip is asked first, for it knows the machine's own settings. A bare Debian has neither pip nor
what `python3 -m venv` needs: then the wheel is fetched, its SHA-256 checked and unpacked here.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

VERSION = "0.13.9"
INDEX = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL")
SIMPLE = (INDEX or "https://pypi.org/simple").rstrip("/") + "/uv/"
FORM = "application/vnd.pypi.simple.v1+json"
TARGET = Path(__file__).resolve().parent.parent / ".tools" / "uv"
SECONDS = 120


def main() -> int:
    """Put uv in place; return 1 when neither road leads there."""
    TARGET.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TARGET.parent) as folder:
        found = by_pip(Path(folder)) or by_download(Path(folder))
        if found is None:
            return 1
        found.chmod(0o755)
        shutil.move(found, TARGET)
    return 0


def by_pip(folder: Path) -> Path | None:
    """Return uv as pip installed it; None where pip or venv are missing or fail."""
    pip = [str(folder / "venv/bin/python"), "-m", "pip", "install", "--quiet"]
    try:
        for command in (
            [sys.executable, "-m", "venv", str(folder / "venv")],
            [*pip, "--only-binary", ":all:", f"uv=={VERSION}"],
        ):
            subprocess.run(command, check=True, capture_output=True, timeout=4 * SECONDS)
    except (OSError, subprocess.SubprocessError):
        return None
    found = folder / "venv/bin/uv"
    return found if found.exists() else None


def by_download(folder: Path) -> Path | None:
    """Return uv out of the wheel for this machine; None, with a word why, on failure."""
    try:
        wheel = choose(json.loads(get(SIMPLE, FORM))["files"])
        data = get(urljoin(SIMPLE, wheel["url"]))
        if hashlib.sha256(data).hexdigest() != wheel["hashes"]["sha256"]:
            raise ValueError(f"{wheel['filename']} is not what the index says it is")  # noqa: TRY301
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.extract(f"uv-{VERSION}.data/scripts/uv", folder)
    except (OSError, LookupError, ValueError, zipfile.BadZipFile) as error:
        print(f"uv could not be fetched from {SIMPLE}: {error}", file=sys.stderr)
        print("Install uv (https://docs.astral.sh/uv/) and run make again.", file=sys.stderr)
        return None
    return folder / f"uv-{VERSION}.data/scripts/uv"


def choose(files: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the wheel for this machine. Raises LookupError when there is none."""
    system, machine = platform.system(), platform.machine().lower()
    if system == "Linux":
        system = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    else:
        system = {"Darwin": "macosx"}.get(system, system)
    start = f"uv-{VERSION}-"
    for file in files:
        name = file["filename"]
        if name.startswith(start) and system in name and f"_{machine}.whl" in name:
            return file
    raise LookupError(f"no wheel of uv {VERSION} for {system} on {machine}")


def get(address: str, accept: str = "*/*") -> bytes:
    if not address.startswith("https://"):
        raise ValueError(f"{address} is not fetched: only https is")
    request = urllib.request.Request(address, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:
        data: bytes = answer.read()
    return data


if __name__ == "__main__":
    sys.exit(main())
