"""The list of what the package is made of (CycloneDX 1.5), from the lock files and what was bundled.

Python's packages stand in uv.lock, without those of development; of npm's those whose code lies in
the package, as the licences beside it name them. The same files give the same list.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parent.parent
NAME = "kommissorium"
LICENCES = ROOT / "kommissorium/core/static/vendor/LICENSES.txt"
BUNDLED = re.compile(r"^(@?[a-z][\w./-]*) (\d\S*) \((.+)\)$", re.MULTILINE)
FONTS = "@expo-google-fonts/ibm-plex-sans"  # its licence stands there under the fonts' own name


def sbom() -> dict[str, Any]:
    """Return the list. Raises KeyError for a bundled package that the lock file does not have."""
    components = sorted([*_python(), *_npm()], key=lambda one: str(one["purl"]))
    text = json.dumps(components, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, text)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": NAME,
                "name": NAME,
                "version": version(),
                "licenses": [{"license": {"id": "MPL-2.0"}}],
            }
        },
        "components": components,
        "dependencies": [{"ref": NAME, "dependsOn": [one["bom-ref"] for one in components]}],
    }


def version() -> str:
    """Return the program's version, from the one place where it stands."""
    text = (ROOT / NAME / "__init__.py").read_text(encoding="utf-8")
    [found] = re.findall(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    return str(found)


def _python() -> Iterator[dict[str, Any]]:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    packages = {one["name"]: one for one in lock["package"]}
    waiting, seen = [{"name": NAME}], set[str]()
    while waiting:
        asked: dict[str, Any] = waiting.pop()
        package = packages[asked["name"]]
        extras = package.get("optional-dependencies", {})
        waiting += [one for extra in asked.get("extra", []) for one in extras[extra]]
        if package["name"] in seen:
            continue
        seen.add(package["name"])
        waiting += package.get("dependencies", [])
        if package["name"] != NAME:
            yield _component("pypi", package["name"], package["version"], _hashes(package))


def _hashes(package: dict[str, Any]) -> list[dict[str, str]]:
    """Return the source distribution's hash: wheels are many."""
    source = package.get("sdist", {}).get("hash", "")
    return [{"alg": "SHA-256", "content": source.removeprefix("sha256:")}] if source else []


def _npm() -> Iterator[dict[str, Any]]:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    named = [name for name, _version, _licence in BUNDLED.findall(LICENCES.read_text("utf-8"))]
    for name in sorted({*named, FONTS}):
        package = lock[f"node_modules/{name}"]
        digest = base64.b64decode(package["integrity"].removeprefix("sha512-")).hex()
        made = _component("npm", name, package["version"], [{"alg": "SHA-512", "content": digest}])
        if licence := package.get("license"):
            made["licenses"] = [{"expression": licence}]
        yield made


def _component(kind: str, name: str, version: str, hashes: list[dict[str, str]]) -> dict[str, Any]:
    purl = f"pkg:{kind}/{quote(name, safe='/')}@{version}"
    found = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    return {**found, "hashes": hashes} if hashes else {**found}


if __name__ == "__main__":
    json.dump(sbom(), sys.stdout, indent=1)
    print()
