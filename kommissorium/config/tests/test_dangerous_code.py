"""What the program's own code never does: run text as code, ask other servers, draw poor numbers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kommissorium.config.tests.test_house import ROOT, trees

# Functions that run text as code, or take objects out of bytes that somebody sent.
RUNS_TEXT = {"eval", "exec", "compile", "__import__", "execfile"}
MODULES = {"pickle", "marshal", "shelve", "dill", "yaml", "xmlrpc", "ldap", "ldap3"}
# Who speaks to other servers: mail server, mailbox, scanner, authority of time stamps and directory
# that the settings name, and ourselves.
CONNECTS = {"urllib.request", "http.client", "socket", "smtplib", "imaplib", "ftplib", "telnetlib"}
CONNECTS |= {"requests", "httpx", "aiohttp", "urllib3", "asyncio"}
CONNECTING = {
    "accounts/openid.py": {"urllib.request", "http.client"},  # KOMMISSORIUM_OIDC_ISSUER
    "core/mail/actions.py": {"smtplib"},  # what EMAIL_HOST answers
    "core/mail/delivery.py": {"smtplib", "socket"},
    "core/mailbox/connection.py": {"imaplib", "socket"},  # IMAP_HOST
    "core/files/virus_scanner.py": {"socket"},  # KOMMISSORIUM_CLAMD
    "core/evidence/time_stamps.py": {"urllib.request", "http.client"},  # KOMMISSORIUM_TIMESTAMP_URL
}
OWN_HOST = ("cli/",)  # whether the port is free, and whether the program answers there
# Hashes that no longer hold, and numbers that can be foreseen.
POOR = {"md5", "sha1"}
SCRIPTS = sorted((ROOT / "frontend" / "js").rglob("*.js")) + sorted(
    path for path in (ROOT / "kommissorium").glob("*/static/*/*.js") if "vendor" not in path.parts
)
KEEPS = re.compile(
    r"\b(localStorage|sessionStorage|indexedDB|document\.cookie|caches\.open|serviceWorker)\b"
)
# A meeting that was opened is read without network: for a while, and wiped at sign-out.
KEPT = {
    "frontend/js/reading/page.js": {"serviceWorker"},
    "frontend/js/reading/worker.js": {"caches.open"},
}
RUNS = re.compile(
    r"\b(eval|Function|document\.write|insertAdjacentHTML|outerHTML|setHTMLUnsafe)\s*\("
    r"|setTimeout\(\s*[\"'`]|\bpostMessage\b|\bWebSocket\b|\bRTCPeerConnection\b|\bjsonp\b|__proto__"
)


def calls() -> Iterator[tuple[str, ast.Call]]:
    for name, tree in trees().items():
        yield from ((name, node) for node in ast.walk(tree) if isinstance(node, ast.Call))


def imported() -> Iterator[tuple[str, str]]:
    """Yield each file with each module that it imports."""
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((name, one.name) for one in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield name, node.module
                yield from ((name, f"{node.module}.{one.name}") for one in node.names)


def test_no_text_is_run_as_code() -> None:
    found = [
        f"{name}:{node.lineno} {node.func.id}"
        for name, node in calls()
        if isinstance(node.func, ast.Name) and node.func.id in RUNS_TEXT
    ]
    assert found == []


def test_no_object_is_taken_out_of_bytes() -> None:
    assert [one for one in imported() if one[1].partition(".")[0] in MODULES] == []


def test_no_shell_is_given_a_line() -> None:
    shells = [
        f"{name}:{node.lineno}"
        for name, node in calls()
        if any(one.arg == "shell" for one in node.keywords)
        or ast.unparse(node.func) in {"os.system", "os.popen", "subprocess.getoutput"}
    ]
    assert shells == []


def test_nothing_asks_a_server_that_no_setting_names() -> None:
    asks = {(name, module) for name, module in imported() if module in CONNECTS}
    asks = {one for one in asks if not one[0].startswith(OWN_HOST)}
    assert asks == {(name, module) for name, all_ in CONNECTING.items() for module in all_}


def test_no_poor_hash_and_no_number_that_can_be_foreseen() -> None:
    poor = [
        f"{name}:{node.lineno}"
        for name, node in calls()
        if ast.unparse(node.func).removeprefix("hashlib.") in POOR
        or any(isinstance(one, ast.Constant) and one.value in POOR for one in node.args)
    ]
    assert poor == []
    assert [name for name, module in imported() if module.partition(".")[0] == "random"] == []


def test_templates_are_files_of_ours() -> None:
    made = {"Template", "from_string", "Engine", "format_map"}
    found = {
        name
        for name, node in calls()
        if ast.unparse(node.func).rpartition(".")[2] in made and not name.startswith("demo/")
    }
    assert found == {"cli/waiting.py"}  # the page shown while a demonstration is built


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_keeps_nothing_and_runs_no_text(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    kept = KEPT.get(script.relative_to(ROOT).as_posix(), set())
    assert set(KEEPS.findall(text)) == kept
    # The page and its own worker speak with each other, of one origin.
    assert {one[0] for one in RUNS.finditer(text)} <= ({"postMessage"} if kept else set())
