"""The project's texts agree with the program."""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kommissorium import __version__
from kommissorium.cli.main import _parser

PACKAGE = Path(__file__).resolve().parents[2]
ROOT = PACKAGE.parent
DECISIONS = ROOT / "docs" / "decisions"
LONGEST_DECISION = 35

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
# A name read by os.environ, or by the functions of `variables` that ask it for a value.
VARIABLE = re.compile(
    r"""(?:environ(?:\.get\(|\.setdefault\(|\[)|\b(?:exact|text|flag|number|words|addresses|sender|host|choice|token)\()\s*"""
    r"""["']((?:KOMMISSORIUM|EMAIL|IMAP)_[A-Z_]+|DATABASE_URL)["']"""
)


def texts() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def links() -> Iterator[tuple[Path, str]]:
    """Yield the text and the target of every link that stays in the project."""
    for text in texts():
        for target in LINK.findall(text.read_text(encoding="utf-8")):
            if not target.startswith(("https:", "mailto:")):
                yield text, target


def headings(text: Path) -> set[str]:
    """Return the anchors of a text's headings, as its readers make them."""
    lines = re.findall(r"^#+ (.+)$", text.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def is_broken(text: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    found = text.parent / path if path else text
    if not found.exists():
        return True
    return bool(anchor) and anchor not in headings(found)


def project() -> dict[str, object]:
    found: dict[str, object] = tomllib.loads(read("pyproject.toml"))["project"]
    return found


def dependencies() -> list[str]:
    return [re.split(r"[\[<>=~! ]", one)[0] for one in project()["dependencies"]]


def variables() -> set[str]:
    """Return the environment variables that configure an installation."""
    return {
        name
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts
        for name in VARIABLE.findall(path.read_text(encoding="utf-8"))
    }


def commands() -> list[str]:
    [action] = [
        one
        for one in _parser()._actions  # the only place where argparse keeps them
        if isinstance(one, argparse._SubParsersAction)
    ]
    return list(action.choices)


def test_every_link_leads_somewhere():
    broken = [f"{text.relative_to(ROOT)}: {to}" for text, to in links() if is_broken(text, to)]
    assert broken == []


def test_links_are_found_and_a_broken_one_is_told(tmp_path):
    text = tmp_path / "a.md"
    text.write_text("# One, two\n\n[here](#one-two) [gone](b.md) [no](#three)\n", encoding="utf-8")
    found = LINK.findall(text.read_text(encoding="utf-8"))
    assert [is_broken(text, target) for target in found] == [False, True, True]
    assert len(list(links())) > len(texts())


def test_every_variable_that_is_read_stands_in_the_installation():
    read_by_code = variables()
    assert {"KOMMISSORIUM_DATA", "KOMMISSORIUM_DEBUG", "EMAIL_FROM", "DATABASE_URL"} <= read_by_code
    tabled = set(re.findall(r"`([A-Z][A-Z_]+)`", read("docs/installation.md")))
    assert sorted(read_by_code - tabled) == [], "not in docs/installation.md"
    assert sorted(tabled - read_by_code) == [], "no longer read by the program"


def test_the_readme_names_no_variable_that_nobody_reads():
    named = set(
        re.findall(r"\b(?:(?:KOMMISSORIUM|EMAIL|IMAP)_[A-Z_]+|DATABASE_URL)\b", read("README.md"))
    )
    assert sorted(named - variables()) == []


def test_the_version_stands_in_one_place_and_the_changelog_knows_it():
    assert "version" in project()["dynamic"]
    assert f"\n## {__version__}" in read("CHANGELOG.md")


@pytest.mark.parametrize("name", dependencies())
def test_every_dependency_has_its_reason(name):
    assert f"\n| {name} |" in read("docs/decisions/0002-dependencies.md")


def test_no_reason_stands_for_a_dependency_that_is_gone():
    table = read("docs/decisions/0002-dependencies.md").partition("| npm package")[0]
    named = re.findall(r"^\| ([a-z0-9-]+) \|", table, re.MULTILINE)
    assert sorted(named) == sorted(dependencies())


def test_every_front_end_package_has_its_reason():
    packages = re.findall(r'^    "(@?[a-z][^"]*)": "\d', read("package.json"), re.MULTILINE)
    decision = read("docs/decisions/0002-dependencies.md")
    families = {re.sub(r"^(@tiptap)/.*", r"\1/*", name) for name in packages}
    assert "dkfds" in families
    assert sorted(name for name in families if name not in decision) == []


@pytest.mark.parametrize("name", commands())
def test_every_command_stands_in_the_readme_with_an_example(name):
    assert re.search(rf"^\| `{name}` \| `kommissorium {name}\b", read("README.md"), re.MULTILINE)


def test_every_decision_is_short_and_stands_in_the_list():
    files = sorted(DECISIONS.glob("[0-9]*.md"))
    long = [f.name for f in files if len(f.read_text("utf-8").splitlines()) > LONGEST_DECISION]
    assert long == []
    listed = re.findall(r"\(([0-9]{4}-[\w-]+\.md)\)", read("docs/decisions/README.md"))
    assert listed == [file.name for file in files]


def test_decisions_that_the_code_names_exist():
    named = {
        name
        for path in [*PACKAGE.rglob("*.py"), ROOT / "pyproject.toml"]
        for name in re.findall(r"docs/decisions/([0-9][\w-]+\.md)", path.read_text("utf-8"))
    }
    assert {"0002-dependencies.md", "0005-security-headers.md"} <= named
    assert sorted(name for name in named if not (DECISIONS / name).exists()) == []


def test_the_glossary_names_nothing_that_the_code_does_not():
    rows = [line.split("|") for line in read("docs/glossary.md").splitlines() if "`" in line]
    named = {name for row in rows for name in re.findall(r"`([\w.]+)`", row[3])}
    code = "\n".join(
        path.read_text("utf-8") for path in PACKAGE.rglob("*.py") if "tests" not in path.parts
    )
    assert {"Committee", "closed_ground"} <= named
    assert sorted(name for name in named if not re.search(rf"\b{re.escape(name)}\b", code)) == []


def test_the_public_description_has_every_key_its_standard_demands():
    text = read("publiccode.yml")
    top = set(re.findall(r"^(\w+):", text, re.MULTILINE))
    demanded = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus"}
    demanded |= {"softwareType", "description", "legal", "maintenance", "localisation"}
    assert sorted(demanded - top) == []
    pictures = re.findall(r"^ +- (docs/\S+)$", text, re.MULTILINE)
    assert pictures
    assert [one for one in pictures if not (ROOT / one).is_file()] == []
