"""The rules of the house that a machine can hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2]
ROOT = PACKAGE.parent

# Where rows are written although the file is no room's actions, and why. Each must be needed.
WRITES_ALLOWED = {
    "core/evidence/daily_anchor.py": "the one writer of anchors, an action in all but its name",
    "core/evidence/time_stamps.py": "the one writer of time stamps, which are anchors too",
    "core/evidence/sealing.py": "the one writer of the salt, after a migration",
    "core/evidence/versions.py": "writes what rows held before versions began, after a migration",
}
# Calls of these names that write no row: the file and what it does instead.
NO_ROWS = {
    ("core/documents/excel.py", "save"): "writes an Excel file",
    ("core/documents/word_frame.py", "save"): "writes a Word file",
    ("accounts/forms_sign_in.py", "save"): "the library's form queues a mail by our adapter",
    ("accounts/attempts.py", "delete"): "forgets attempts in the cache",
    ("core/database/aside.py", "save"): "Django's session, saved beside the actions",
}
# A form's save() hands its values to an action; none is a ModelForm (tested below).
FORMS = {"form", "posted"}
# Acts that a function is handed: where it stands, and the file that names them.
HANDED_ON = {
    "accounts/actions/sign_in.py": "accounts/adapter.py",
    "core/evidence/sealing.py": "core/evidence/verifier.py",
}
# The functions that change a row and record it: their `act=` is as fixed as that of record().
ROWS = "core/actions/rows.py"
RECORDING = {"change_row", "retire", "restore"}
# Files over the limit, and why they stay whole.
LONG_ALLOWED = {
    "committees/models.py": "five nouns that name each other in both directions",
    "core/evidence/verifier.py": "is handed out by itself, and needs nothing beside it",
}
LONGEST = 300
MOST_DEPENDENCIES = 18

ALWAYS = {
    "save",
    "asave",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "delete",
    "raw_delete",
}
QUERIES = re.compile(r"\.objects\b|\.(filter|exclude|all)\(")


@cache
def sources() -> dict[str, str]:
    """Return the program's own Python files by their path inside the package."""
    return {
        path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(PACKAGE.rglob("*.py"))
        if "tests" not in path.parts and path.name != "conftest.py"
    }


@cache
def trees() -> dict[str, ast.Module]:
    return {name: ast.parse(text) for name, text in sources().items()}


@cache
def templates() -> dict[str, str]:
    return {
        path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(PACKAGE.rglob("templates/**/*"))
        if path.is_file()
    }


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def writes(name: str) -> Iterator[tuple[str, int]]:
    """Yield the calls in a file that write rows: the method and the line."""
    for call in calls(trees()[name]):
        if not isinstance(call.func, ast.Attribute):
            continue
        method, owner = call.func.attr, ast.unparse(call.func.value)
        if (name, method) in NO_ROWS or (method == "save" and owner in FORMS):
            continue
        if method in ALWAYS or (method == "update" and QUERIES.search(owner)):
            yield method, call.lineno


def may_write(name: str) -> bool:
    parts = Path(name).parts
    return "migrations" in parts or "actions" in parts or parts[-1] == "actions.py"


def test_only_actions_write():
    found = [
        f"{name}:{line} {method}"
        for name in trees()
        if not may_write(name) and name not in WRITES_ALLOWED
        for method, line in writes(name)
    ]
    assert found == []


def test_no_form_writes_by_itself():
    bases = {
        f"{name}: {node.name}"
        for name, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(
            "ModelForm" in ast.unparse(base) or "ModelAdmin" in ast.unparse(base)
            for base in node.bases
        )
    }
    assert bases == set()


def test_the_exceptions_from_the_rules_are_needed():
    unneeded = [name for name in WRITES_ALLOWED if name not in trees() or not [*writes(name)]]
    for name, method in NO_ROWS:
        named = {c.func.attr for c in calls(trees()[name]) if isinstance(c.func, ast.Attribute)}
        unneeded += [] if method in named else [f"{name} {method}"]
    unneeded += [name for name in LONG_ALLOWED if len(sources()[name].splitlines()) <= LONGEST]
    assert unneeded == []


def recorded() -> set[tuple[str, str]]:
    """Return the code of every act the program records, each with the file that names it."""
    found = set()
    for name, tree in trees().items():
        for call in calls(tree):
            act = act_of(call)
            if act is None or name == ROWS:
                continue
            if isinstance(act, ast.Constant):
                found.add((str(act.value), name))
            else:
                assert name in HANDED_ON, f"{name}:{call.lineno} records no fixed code"
                found |= set(named_in(HANDED_ON[name]))
    return found


def act_of(call: ast.Call) -> ast.expr | None:
    """Return the act that a call records; None for one that records nothing."""
    if not isinstance(call.func, ast.Name):
        return None
    if call.func.id == "record" and call.args:
        return call.args[0]
    if call.func.id in RECORDING:
        return next(one.value for one in call.keywords if one.arg == "act")
    return None


def test_the_functions_that_record_for_others_are_handed_every_act():
    handed = {
        function.name
        for function in ast.walk(trees()[ROWS])
        if isinstance(function, ast.FunctionDef)
        and "act" in {one.arg for one in function.args.kwonlyargs}
    }
    assert handed == RECORDING


def named_in(name: str) -> Iterator[tuple[str, str]]:
    """Yield the strings in a file that look like codes of acts of its own room."""
    code = re.compile(rf"{Path(name).parts[0]}\.[a-z_]+")
    for node in ast.walk(trees()[name]):
        if isinstance(node, ast.Constant) and code.fullmatch(str(node.value)):
            yield str(node.value), name


def test_every_act_has_its_words_and_every_wording_its_act():
    worded = {
        f"{Path(name).parts[-3]}.{Path(name).stem}" for name in templates() if "/events/" in name
    }
    acts = {act for act, _name in recorded()}
    assert sorted(acts - worded) == [], "acts without a template <room>/events/<what>.txt"
    assert sorted(worded - acts) == [], "templates of acts that nothing records"


# Acts whose room gave what they are about to another one: an act is never renamed.
MOVED = dict.fromkeys(
    (
        "registers.told_part_closed",
        "registers.told_recomposed",
        "registers.told_word_taken_back",
        "registers.told_written",
    ),
    "reports",
)


def test_an_act_is_recorded_by_its_own_room():
    strangers = [
        f"{name}: {act}"
        for act, name in recorded()
        if MOVED.get(act, act.split(".")[0]) != Path(name).parts[0]
    ]
    assert strangers == []


# A block of JSON is data; the policy of the pages lets no script stand in them.
INLINE = re.compile(
    r"<style\b|\bstyle\s*=|\son[a-z]+\s*=|javascript:|"
    r"<script\b(?![^>]*(?:\bsrc\s*=|type=\"application/json\"))",
    re.IGNORECASE,
)


def test_no_template_holds_style_or_script():
    found = [
        f"{name}: {match.group()}"
        for name, text in templates().items()
        if name.endswith((".html", ".svg")) and (match := INLINE.search(text))
    ]
    assert found == []


def test_a_first_party_import_stands_at_the_top():
    hidden = [
        f"{name}:{node.lineno}"
        for name, tree in trees().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kommissorium")
    ]
    assert hidden == []


@cache
def modules() -> dict[str, str]:
    """Return the files of the program by what an import calls them; migrations are history."""
    return {
        f"kommissorium.{name.removesuffix('.py').removesuffix('/__init__').replace('/', '.')}": name
        for name in sources()
        if "migrations" not in Path(name).parts
    }


def imported_by(module: str) -> Iterator[str]:
    """Yield the modules of the program that one imports, for its types alone as well."""
    for node in ast.walk(trees()[modules()[module]]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            full = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in modules() else str(node.module) for name in full)


def test_no_file_imports_one_that_imports_it():
    ours = modules()
    graph = {module: {*imported_by(module)} & ours.keys() - {module} for module in ours}
    TopologicalSorter(graph).prepare()


def test_the_verifier_needs_nothing_but_the_standard_library():
    imported = {
        name.partition(".")[0]
        for node in ast.walk(trees()["core/evidence/verifier.py"])
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or "."]
        )
    }
    assert imported <= sys.stdlib_module_names


def test_a_file_is_short_enough_to_read():
    long = [
        f"{name}: {lines}"
        for name, text in sources().items()
        if (lines := len(text.splitlines())) > LONGEST
        and name not in LONG_ALLOWED
        and "/migrations/" not in name
    ]
    assert long == []


def test_the_program_needs_few_others():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert len(project["dependencies"]) <= MOST_DEPENDENCIES


def tracked() -> list[Path]:
    """Return the files that belong to the project; the test is skipped in a copy without Git."""
    listing = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a Git clone")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_folder_of_the_machine_it_was_written_on():
    needle = b"/" + b"work" + b"/"
    assert [path.name for path in tracked() if needle in path.read_bytes()] == []


def test_no_secret_and_no_database_is_in_the_project():
    names = re.compile(r"\.(sqlite3|sqlite3-wal|key|pem|env)$")
    assert [path.name for path in tracked() if names.search(path.name)] == []
