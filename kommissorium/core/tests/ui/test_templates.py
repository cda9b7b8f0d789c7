"""No template carries what the strict content policy would block, or posts without a token."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kommissorium

PACKAGE = Path(kommissorium.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
FAULTS = {
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*(\ssrc=|application/json))", re.IGNORECASE),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "evaluated htmx": re.compile(r"\shx-(on\b|vars\b|vals\s*=\s*['\"]js:)", re.IGNORECASE),
    "foreign address": re.compile(r"<(?:script|link|img|iframe)\b[^>]*https?://", re.IGNORECASE),
}
FORM = re.compile(r"<form\b[^>]*method=[\"']post[\"'][^>]*>(.*?)</form>", re.IGNORECASE | re.DOTALL)


def faults_in(html: str) -> list[str]:
    found = [name for name, pattern in FAULTS.items() if pattern.search(html)]
    tokens = ("csrf_token", "csrfmiddlewaretoken")
    if any(not any(token in inside for token in tokens) for inside in FORM.findall(html)):
        found.append("form without token")
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_has_nothing_the_policy_blocks(path):
    assert faults_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p style='color:red'>", "inline style"),
        ("<style>p{}</style>", "inline style"),
        ("<script>run()</script>", "inline script"),
        ("<button class='x' onclick='run()'>", "inline handler"),
        ("<a href='javascript:run()'>", "script address"),
        ("<div hx-on:click='run()'>", "evaluated htmx"),
        ("<img src='https://elsewhere.example/x.png'>", "foreign address"),
        ("<form method='post'><button></button></form>", "form without token"),
    ],
)
def test_each_fault_would_be_found(html, fault):
    assert fault in faults_in(html)


def test_the_templates_of_this_room_are_among_those_walked():
    assert PACKAGE / "core/templates/base.html" in TEMPLATES
