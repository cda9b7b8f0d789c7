"""The package by itself: built from its own source, installed in a fresh environment, used.

The environment has the wheel of the program, and no Node. What the program depends on it reads, by a
line in a .pth file, from where the tests run: to fetch it anew would take a minute, and says
nothing of our package.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from kommissorium import __version__
from kommissorium.core.operations.parts import FONTS

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[3]
UV = shutil.which("uv") or str(ROOT / ".tools" / "uv")
NAME = f"kommissorium-{__version__}"
PAGES = [
    *("/", "/meetings/", "/tasks/", "/people/", "/account/", "/yearwheel/"),
    *("/risks/", "/assets/", "/incidents/", "/policies/", "/evidence/", "/settings/"),
]


@dataclass(frozen=True)
class Built:
    """What a build leaves."""

    wheel: Path
    source: Path


def run(*command: str | Path, env=None, cwd=None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env, cwd=cwd)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    """Build the source, and from it alone the wheel, as `uv build` does."""
    folder = tmp_path_factory.mktemp("dist")
    run(UV, "build", "--quiet", "-o", folder, ROOT)
    return Built(folder / f"{NAME}-py3-none-any.whl", folder / f"{NAME}.tar.gz")


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory) -> Path:
    """Install the wheel; return the folder with its programs."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    run(UV, "venv", "--quiet", "--python", sys.executable, folder)
    python = folder / "bin" / "python"
    run(UV, "pip", "install", "--quiet", "--no-deps", "--python", python, built.wheel)
    [packages] = folder.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python.parent


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {"PATH": f"{folder}:/usr/sbin:/sbin", "LANG": "C.UTF-8", "HOME": str(folder), **more}


def test_wheel_and_source_hold_what_is_built(built):
    inside = zipfile.ZipFile(built.wheel).namelist()
    with tarfile.open(built.source) as source:
        names = [name.removeprefix(f"{NAME}/") for name in source.getnames()]
    for kept in (inside, names):
        assert "kommissorium/staticfiles/staticfiles.json" in kept
        assert "kommissorium/core/static/vendor/kommissorium.css" in kept
        assert "kommissorium/core/locale/da/LC_MESSAGES/django.mo" in kept
        assert {f"kommissorium/core/fonts/{font}" for font in FONTS} <= set(kept)
    assert [name for name in inside if "/tests/" in name or name.endswith("conftest.py")] == []


def test_the_wheel_says_what_it_is_made_of(built):
    with zipfile.ZipFile(built.wheel) as wheel:
        told = json.loads(wheel.read(f"{NAME}.dist-info/sboms/kommissorium.cdx.json"))
    assert (told["bomFormat"], told["metadata"]["component"]["version"]) == (
        "CycloneDX",
        __version__,
    )
    named = {one["purl"].rpartition("@")[0] for one in told["components"]}
    assert {"pkg:pypi/django", "pkg:pypi/fido2", "pkg:npm/dkfds"} <= named
    assert "pkg:npm/%40tiptap/core" in named
    assert "pkg:pypi/pytest" not in named


def test_without_its_parts_nothing_is_built(built, tmp_path):
    with tarfile.open(built.source) as source:
        source.extractall(tmp_path, filter="data")
    shutil.rmtree(tmp_path / NAME / "kommissorium/core/fonts")
    done = subprocess.run(
        [UV, "build", "--wheel", "-o", tmp_path / "dist", tmp_path / NAME],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "No package without its fonts" in done.stdout + done.stderr
    assert not list((tmp_path / "dist").glob("*.whl"))


def test_the_wheel_opens_pages_and_sets_a_pdf_without_node(installed, tmp_path):
    data = tmp_path / "data"
    env = environment(installed, KOMMISSORIUM_DATA=str(data))
    assert shutil.which("node", path=env["PATH"]) is None
    init = ["init", "--municipality", "X", "--name", "Y", "--email", "y@x.example"]
    run(installed / "kommissorium", *init, env=env, cwd=tmp_path)
    assert "PDF of" in run(installed / "kommissorium", "check", env=env, cwd=tmp_path)
    visited = json.loads(run(installed / "python", "-c", VISIT, *PAGES, env=env, cwd=tmp_path))
    assert str(visited.pop("where")).startswith(str(installed.parent))
    assert visited.pop("static") == [200], "the style sheet and scripts that the page names"
    assert visited == dict.fromkeys(PAGES, 200)


# Signs in by the side door: the pages are what is asked for, and no mail leaves here.
VISIT = """
import json, re, sys
from kommissorium.config.set_up import set_up
set_up()
import kommissorium
from django.test import Client
from kommissorium.accounts.models import Municipality, Person
Municipality.objects.update(mfa_required=False)
client = Client(headers={"host": "localhost"})
client.force_login(Person.objects.get())
told = {path: client.get(path, follow=True).status_code for path in sys.argv[1:]}
page = client.get("/").content.decode()
static = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))
told["static"] = sorted({client.get(path).status_code for path in static})
print(json.dumps({"where": kommissorium.__file__, **told}))
"""
