"""Keep the Danish catalogues: `messages.py update | check | compile | merge FILE...`.

update   write every English string of the program into its room's catalogue, keep what is translated
check    fail for strings that are missing, fuzzy, no longer used, lose a placeholder, or have a
         Danish word that is out (words_out.csv: what is out, and what to write instead)
compile  make the .mo files the program reads
merge    fill empty translations from other .po files; the last file wins

A string used in several rooms stands once, in the lowest of them. Babel reads and writes;
no gettext programs are needed.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

LANGUAGE = "da"
PACKAGE = Path(__file__).resolve().parent.parent / "kommissorium"
WORDS_OUT = Path(__file__).with_name("words_out.csv")
GROUND = "core"  # what belongs to no room (settings, demo, the command) is its
ROOMS = (  # the lowest first
    "measures",
    "core",
    "accounts",
    "committees",
    "tasks",
    "meetings",
    "yearwheel",
    "registers",
    "assets",
    "risks",
    "objectives",
    "incidents",
    "policies",
    "readings",
    "rulings",
    "texts",
    "awareness",
    "handbook",
    "controls",
    "audits",
    "projects",
    "continuity",
    "compliance",
    "reports",
    "secretariat",
)
HEADER = """\
# Danish texts of Kommissorium. Written by scripts/messages.py update.
msgid ""
msgstr ""
"Language: da\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
PLAIN, PLURAL, CONTEXT, BOTH = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), PLAIN),
    **dict.fromkeys(("ngettext", "ngettext_lazy", "plural"), PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), BOTH),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")

Key = tuple[str | None, str]  # context and English text (the singular)


@dataclass
class Text:
    """An English string of the program and the files that use it."""

    singular: str
    plural: str = ""
    context: str | None = None
    files: set[Path] = field(default_factory=set)

    @property
    def room(self) -> str:
        """Return the lowest room that uses the string."""
        rooms = {path.parts[0] for path in self.files}
        return next((room for room in ROOMS if room in rooms), GROUND)

    @property
    def id(self) -> str | tuple[str, str]:
        return (self.singular, self.plural) if self.plural else self.singular


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("command", choices=["update", "check", "compile", "merge"])
    parser.add_argument("files", nargs="*", type=Path, help="for merge: .po files to take from")
    arguments = parser.parse_args()
    if not settings.configured:
        settings.configure()
    match arguments.command:
        case "update":
            return update()
        case "check":
            return check()
        case "compile":
            return compile_all()
    return merge(arguments.files)


def update() -> int:
    texts, known = find_texts(), translations(read_all())
    for room in ROOMS:
        own = [text for text in texts.values() if text.room == room]
        write(room, own, known)
    print(f"messages: {len(texts)} strings, {len(known.keys() & texts.keys())} translated")
    return 0


def check() -> int:
    texts, catalogues = find_texts(), read_all()
    faults = [*_missing(texts, catalogues), *_bad(texts, catalogues), *_out(catalogues)]
    for fault in faults:
        print(fault)
    print(f"messages: {len(texts)} strings, {len(faults)} faults")
    return 1 if faults else 0


def compile_all() -> int:
    catalogues = read_all()
    for room, catalogue in catalogues.items():
        target = io.BytesIO()
        write_mo(target, catalogue)
        place(room).with_suffix(".mo").write_bytes(target.getvalue())
    print(f"messages: {len(catalogues)} catalogues compiled")
    return 0


def merge(files: Iterable[Path]) -> int:
    texts, known = find_texts(), translations(read_all())
    given: dict[Key, Message] = {}
    for file in files:
        given |= translations({str(file): _read(file)})
    for key in sorted(given.keys() - texts.keys(), key=str):
        print(f"not used by the program: {_name(key)}")
    kept = [key for key in given.keys() & known.keys() if given[key].string != known[key].string]
    for key in sorted(kept, key=str):
        print(f"translated already, kept as it was: {_name(key)}")
    merged = given | known
    for room in ROOMS:
        write(room, [text for text in texts.values() if text.room == room], merged)
    missing = texts.keys() - merged.keys()
    print(f"messages: {len(given)} given, {len(missing)} of {len(texts)} strings still missing")
    return 0


def place(room: str) -> Path:
    return PACKAGE / room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def find_texts() -> dict[Key, Text]:
    """Return every translatable string in Python and templates."""
    texts: dict[Key, Text] = {}
    for path in _sources():
        for found in _strings(path):
            text = texts.setdefault((found.context, found.singular), found)
            text.plural = text.plural or found.plural
            text.files.add(path.relative_to(PACKAGE))
    return texts


def _sources() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*")):
        parts = path.relative_to(PACKAGE).parts
        if path.suffix == ".py":
            if "tests" not in parts and path.name != "conftest.py":
                yield path
        elif "templates" in parts and path.suffix in {".html", ".txt", ".xml", ".svg"}:
            yield path


def _strings(path: Path) -> Iterator[Text]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Indentation means nothing here, and would stop the tokenizer.
        source = "\n".join(line.lstrip() for line in templatize(source, str(path)).split("\n"))
    found = extract("python", io.BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"})
    for _line, message, _comments, context in found:
        singular, plural = message if isinstance(message, tuple) else (message, "")
        yield Text(singular, plural, context)


def read_all() -> dict[str, Catalog]:
    return {room: _read(place(room)) for room in ROOMS if place(room).exists()}


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, abort_invalid=True)


def translations(catalogues: dict[str, Catalog]) -> dict[Key, Message]:
    """Return the finished translations, complete and not fuzzy."""
    return {
        _key(message): message
        for catalogue in catalogues.values()
        for message in catalogue
        if message.id and not message.fuzzy and _is_full(message)
    }


def write(room: str, texts: Iterable[Text], known: dict[Key, Message]) -> None:
    """Write the room's catalogue: sorted, undated, the same for the same strings."""
    catalogue = Catalog(locale=LANGUAGE)
    for text in sorted(texts, key=lambda text: (text.singular, text.context or "")):
        old = known.get((text.context, text.singular))
        string = old.string if old and bool(old.pluralizable) == bool(text.plural) else ""
        files = [(path.as_posix(), 0) for path in sorted(text.files)]
        catalogue.add(
            text.id, string or ("", "") if text.plural else string, files, context=text.context
        )
    target = io.BytesIO()
    write_po(target, catalogue, width=96, omit_header=True, include_lineno=False)
    body = target.getvalue().decode().strip()
    if body or place(room).exists():
        place(room).parent.mkdir(parents=True, exist_ok=True)
        place(room).write_text(f"{HEADER}{body}\n" if body else HEADER, encoding="utf-8")


def _missing(texts: dict[Key, Text], catalogues: dict[str, Catalog]) -> Iterator[str]:
    known = translations(catalogues)
    for key in sorted(texts.keys() - known.keys(), key=str):
        files = ", ".join(path.as_posix() for path in sorted(texts[key].files))
        yield f"no Danish text: {_name(key)} ({files})"


def _bad(texts: dict[Key, Text], catalogues: dict[str, Catalog]) -> Iterator[str]:
    seen: set[Key] = set()
    for room, catalogue in catalogues.items():
        for message in [*catalogue, *catalogue.obsolete.values()]:
            if message.id:
                yield from (f"{room}: {fault}" for fault in _faults(message, texts, seen))
                seen.add(_key(message))


def _out(catalogues: dict[str, Catalog]) -> Iterator[str]:
    """Yield the Danish texts with a banned word, and the word to write instead."""
    with WORDS_OUT.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        words = [(re.compile(row["out"], re.IGNORECASE), row["instead"]) for row in rows]
    for key, message in translations(catalogues).items():
        for text in _forms(message.string):
            for word, instead in words:
                if found := word.search(text):
                    yield f"write {instead!r}, not {found[0]!r}: {_name(key)}"


def _faults(message: Message, texts: dict[Key, Text], seen: set[Key]) -> Iterator[str]:
    key = _key(message)
    if key not in texts:
        yield f"no longer used: {_name(key)}"
    elif bool(texts[key].plural) != bool(message.pluralizable):
        yield f"one form where there are two: {_name(key)}"
    if key in seen:
        yield f"stands in two rooms: {_name(key)}"
    if message.fuzzy:
        yield f"fuzzy: {_name(key)}"
    if _is_full(message) and not _keeps_placeholders(message):
        yield f"the placeholders differ: {_name(key)}"


def _keeps_placeholders(message: Message) -> bool:
    ids, strings = _forms(message.id), _forms(message.string)
    wanted = sorted(PLACEHOLDER.findall(ids[-1]))
    if sorted(PLACEHOLDER.findall(strings[-1])) != wanted:
        return False
    # "One item" may leave the number out.
    return all(set(PLACEHOLDER.findall(text)) <= set(wanted) for text in strings)


def _forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [""])


def _is_full(message: Message) -> bool:
    return all(_forms(message.string))


def _key(message: Message) -> Key:
    return message.context or None, _forms(message.id)[0]


def _name(key: Key) -> str:
    context, text = key
    return f"{text!r} in the sense of {context!r}" if context else repr(text)


if __name__ == "__main__":
    sys.exit(main())
