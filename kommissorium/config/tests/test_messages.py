"""The catalogues' own program: what it finds, keeps, refuses and fills."""

from __future__ import annotations

import gettext
import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "messages.py"

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("Save")
_("%(name)s has no e-mail.") % {"name": name}
ngettext("%(n)d item", "%(n)d items", n) % {"n": n}
pgettext("of a door", "Open")
"""
TEMPLATE = """
      {% extends "base.html" %}
  {% translate "Save" %} {{ _("Close") }}
        {% blocktranslate trimmed count n=items|length %}
            One
            meeting
        {% plural %}
            {{ n }} meetings
        {% endblocktranslate %}
    {% translate "Open" context "of a case" as word %}
    {% field form.name label=_("Name") %}
"""


@pytest.fixture
def messages(tmp_path, monkeypatch):
    """The program, let loose on a small package of its own."""
    spec = importlib.util.spec_from_file_location("messages_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "messages_script", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PACKAGE", tmp_path)
    write(tmp_path / "meetings/views.py", PYTHON)
    write(tmp_path / "meetings/templates/meetings/page.html", TEMPLATE)
    write(tmp_path / "meetings/tests/test_it.py", '_("Not a text of the program")')
    return module


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def catalogue(messages, room: str = "meetings") -> str:
    return str(messages.place(room).read_text(encoding="utf-8"))


def translate(messages, english: str, danish: str, room: str = "meetings") -> None:
    path = messages.place(room)
    text = path.read_text(encoding="utf-8")
    entry = f'msgid "{english}"\nmsgstr ""'
    assert entry in text
    path.write_text(text.replace(entry, entry[:-1] + f'{danish}"'), encoding="utf-8")


def test_strings_of_code_and_templates_are_found_and_those_of_tests_are_not(messages):
    texts = messages.find_texts()
    assert set(texts) == {
        (None, "Save"),
        (None, "%(name)s has no e-mail."),
        (None, "%(n)d item"),
        (None, "One meeting"),
        (None, "Close"),
        (None, "Name"),
        ("of a door", "Open"),
        ("of a case", "Open"),
    }
    assert texts[None, "One meeting"].plural == "%(n)s meetings"
    assert texts[None, "%(n)d item"].plural == "%(n)d items"


def test_updating_twice_changes_nothing_and_keeps_what_is_translated(messages):
    messages.update()
    translate(messages, "Save", "Gem")
    messages.update()
    first = catalogue(messages)
    messages.update()
    assert catalogue(messages) == first
    assert 'msgid "Save"\nmsgstr "Gem"' in first
    assert "Date" not in first


def test_a_string_used_below_moves_down_with_its_translation(messages, tmp_path):
    messages.update()
    translate(messages, "Save", "Gem")
    write(tmp_path / "core/ui.py", '_("Save")')
    messages.update()
    assert 'msgid "Save"\nmsgstr "Gem"' in catalogue(messages, "core")
    assert '"Save"' not in catalogue(messages)


def fill(messages) -> None:
    """Translate everything."""
    messages.update()
    for path in [messages.place(room) for room in messages.ROOMS]:
        if path.exists():
            head, *entries = path.read_text(encoding="utf-8").split("\n\n")
            path.write_text("\n\n".join([head, *map(filled, entries)]), encoding="utf-8")


def filled(entry: str) -> str:
    ids = [line.partition(" ")[2] for line in entry.splitlines() if line.startswith("msgid")]
    for number, text in enumerate(ids):
        start = f"msgstr[{number}]" if len(ids) > 1 else "msgstr"
        entry = entry.replace(f'{start} ""', f"{start} {text}")
    return entry


def test_a_full_catalogue_passes(messages, capsys):
    fill(messages)
    assert messages.check() == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('msgid "Save"\nmsgstr "Save"', 'msgid "Save"\nmsgstr ""', "no Danish text"),
        ('msgid "Save"', '#, fuzzy\nmsgid "Save"', "fuzzy"),
        ('msgid "Save"\nmsgstr "Save"', 'msgid "Gone"\nmsgstr "Væk"', "no longer used"),
        (
            'msgid "Save"\nmsgstr',
            '#~ msgid "Gone"\n#~ msgstr "Væk"\n\nmsgid "Save"\nmsgstr',
            "no longer",
        ),
        ('msgstr "%(name)s has', 'msgstr "%(navn)s har', "placeholders"),
        ('msgstr "%(name)s has', 'msgstr "Uden navn har', "placeholders"),
        ('msgstr[1] "%(n)d items"', 'msgstr[1] "mange"', "placeholders"),
        ('msgstr[0] "%(n)d item"', 'msgstr[0] "%(m)d punkt"', "placeholders"),
        ('msgstr "Save"', 'msgstr "Hvor slemt er det?"', "write 'alvorlig', not 'slemt': 'Save'"),
        ('msgstr "Save"', 'msgstr "Tag “den” ud"', "write '”', not '“': 'Save'"),
        ('msgstr[1] "%(n)d items"', 'msgstr[1] "%(n)d pligter"', "opgave i årshjulet"),
    ],
)
def test_every_kind_of_fault_is_found(messages, capsys, was, becomes, fault):
    fill(messages)
    path = messages.place("meetings")
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes), encoding="utf-8")
    capsys.readouterr()
    assert messages.check() == 1
    assert fault in capsys.readouterr().out


@pytest.mark.parametrize(
    "right",
    [
        "Producenten er stoppet",
        "Kommunens notatpligt",
        "Pladsen er ubesat",
        "Forseglet i beviskæden",
        "En risikoaccept, som nogen accepterer",
        "Kom for sent",
        "Registrene og registeret",
        "Punktet er godkendt af formanden mellem møderne",
    ],
)
def test_a_word_that_is_out_in_one_sense_may_stand_in_another(messages, capsys, right):
    fill(messages)
    path = messages.place("meetings")
    text = path.read_text(encoding="utf-8").replace('msgstr "Save"', f'msgstr "{right}"')
    path.write_text(text, encoding="utf-8")
    assert messages.check() == 0, capsys.readouterr().out


def test_one_may_leave_its_number_out(messages):
    fill(messages)
    path = messages.place("meetings")
    text = path.read_text(encoding="utf-8").replace(
        'msgstr[0] "%(n)d item"', 'msgstr[0] "Et punkt"'
    )
    path.write_text(text, encoding="utf-8")
    assert messages.check() == 0


def test_merging_fills_what_is_empty_and_says_what_nobody_asked_for(messages, tmp_path, capsys):
    messages.update()
    translate(messages, "Close", "Luk")
    one = write(
        tmp_path / "1.po", 'msgid "Save"\nmsgstr "Bevar"\n\nmsgid "Close"\nmsgstr "Afslut"\n'
    )
    two = write(tmp_path / "2.po", 'msgid "Save"\nmsgstr "Gem"\n\nmsgid "Nobody"\nmsgstr "Ingen"\n')
    messages.merge([one, two])
    told = capsys.readouterr().out
    text = catalogue(messages)
    assert 'msgid "Save"\nmsgstr "Gem"' in text
    assert 'msgid "Close"\nmsgstr "Luk"' in text
    assert "not used by the program: 'Nobody'" in told
    assert "kept as it was: 'Close'" in told


def test_what_is_compiled_is_what_gettext_reads(messages):
    fill(messages)
    messages.compile_all()
    with messages.place("meetings").with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.ngettext("%(n)d item", "%(n)d items", 1) == "%(n)d item"
    assert read.ngettext("%(n)d item", "%(n)d items", 0) == "%(n)d items"
    assert read.pgettext("of a door", "Open") == "Open"
