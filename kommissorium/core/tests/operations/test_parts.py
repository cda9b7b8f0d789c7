"""The parts that are built: all there, or named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kommissorium.core.operations.parts import FONTS, MANIFEST, PACKAGE, missing_parts

pytestmark = pytest.mark.once


def test_after_a_build_nothing_is_missing():
    assert missing_parts() == {"static files": [], "fonts": [], "catalogues": []}


def test_the_fonts_are_those_that_the_front_end_lays_there():
    text = (PACKAGE.parent / "frontend/build.mjs").read_text(encoding="utf-8")
    faces = re.search(r"PAPER_FONTS = \[(.*?)\]", text, re.DOTALL)
    assert sorted(f"IBMPlexSans_{face}.ttf" for face in re.findall(r'"(\w+)"', faces[1])) == sorted(
        FONTS
    )


def test_what_is_missing_is_named(tmp_path: Path):
    static, texts = tmp_path / "staticfiles", tmp_path / "core/locale/da/LC_MESSAGES"
    texts.mkdir(parents=True)
    (texts / "django.po").touch()
    missing = missing_parts(tmp_path)
    assert missing["static files"] == [MANIFEST]
    assert missing["fonts"] == list(FONTS)
    assert missing["catalogues"] == ["core/locale/da/LC_MESSAGES/django.mo"]
    static.mkdir()
    (static / MANIFEST).write_text(json.dumps({"paths": {"a.css": "a.1.css", "b.js": "b.2.js"}}))
    (static / "b.2.js").touch()
    assert missing_parts(tmp_path)["static files"] == ["a.1.css"]
