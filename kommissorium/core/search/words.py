"""Words without their endings, and the index over those of passages: FTS5 or GIN."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

from django.db import connection, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.expressions import RawSQL

from kommissorium.core.evidence.freeze_triggers import Triggers

WORD: Final = re.compile(r"[^\W_]+")
IRREGULAR: Final = {"risici": "risiko", "risicis": "risiko", "risiciene": "risiko"}
# Words that lose an e in other forms, at the end of longer ones too: trusler, cybertruslen.
SHORTENED: Final = {"trusl": "trussel", "regl": "regel", "artikl": "artikel"}
# What snowball does not know of: a text that has one is found by the other, at the end of longer
# words too: håndbøger, næstformænd. Both are kept, so that neither stops what is being typed.
SIBLINGS: Final = (
    *(("bog", "boeg"), ("mand", "maend"), ("barn", "boern"), ("haand", "haend")),
    *(("kraft", "kraeft"), ("konto", "konti"), ("kriterium", "kriteri"), ("medium", "medi")),
    *(("museum", "muse"), ("regist", "registr"), ("num", "numr"), ("cent", "centr")),
    *(("paramet", "parametr"), ("filt", "filtr"), ("kapitel", "kapitl"), ("titel", "titl")),
    *(("eksempel", "eksempl"), ("middel", "midl"), ("sik", "sikr")),
)
OF_VERB: Final = re.compile(r"(?<=\w{4})ering$")  # kryptering is of krypteret
ABBREVIATED: Final = re.compile(r"([^\W\d_]{2,})([0-9]+)")  # NIS2 is NIS 2
# Letters that some keyboards lack: however one spells Aagaard or haendelse, it is one word.
# Before an ending, as in skemaet and risikoen, they are letters of their own.
SPELLED: Final = re.compile("aa|[ao]e(?!(?:ns?|ts?|rs?|rnes?|nes?)?$)")
LETTERS: Final = {"aa": "å", "ae": "æ", "oe": "ø"}
LONGEST: Final = 60  # letters of a word; what is longer is no word
# 2026/3-5 and 2026-003: words parted by strokes, which end in a number, are one word of its own;
# it-chef is itchef.
PARTING: Final = re.compile("[/-]")
PARTED: Final = re.compile(r"(?<![^\W_])[^\W_]++(?:[/-][^\W_]++)++")


def words_of(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the start and end of each word of a text, and the stems it is kept by.

    The text is to be in composed form, as all texts of ours are.
    """
    for match in WORD.finditer(text):
        yield match.start(), match.end(), kept_by(match.group().lower())


def stems_of(text: str) -> list[str]:
    """Return the stems of the words of a text, in order; then its compound words, each as one."""
    small = small_of(text)
    kept = [one for word in WORD.findall(small) for one in kept_by(word)]
    return [*kept, *filter(None, map(_whole, PARTED.findall(small)))]


def stems_asked(question: str) -> list[str]:
    """Return the stems that a question demands; a compound word is asked for as a whole."""
    small = small_of(question)
    whole = map(_whole, PARTED.findall(small))
    without = PARTED.sub(lambda found: " " if _whole(found[0]) else found[0], small)
    return list(dict.fromkeys([*filter(None, whole), *_words_asked(without)]))


def stems_marked(question: str) -> set[str]:
    """Return the stems whose words are shown as hits: the parts of it-chef, too, not of numbers."""
    small = PARTED.sub(lambda found: " " if _is_number(found[0]) else found[0], small_of(question))
    return {*stems_asked(question), *_words_asked(small)}


def _words_asked(small: str) -> Iterator[str]:
    for word in WORD.findall(small):
        parts = ABBREVIATED.fullmatch(word)
        yield from map(stem, parts.groups() if parts else [word])


def small_of(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


def _whole(parted: str) -> str:
    """Return a compound as one: 2026-003 is 2026x3, it-chef is itchef; "" for ja/nej, nis2-lov."""
    if _is_number(parted):
        return "x".join(part.lstrip("0") or "0" for part in PARTING.split(parted))
    joined = parted.replace("-", "")
    return stem(joined) if len(joined) <= LONGEST and joined.isalpha() else ""


def _is_number(text: str) -> bool:
    return len(text) <= LONGEST and any(sign.isdigit() for sign in PARTING.split(text)[-1])


@lru_cache(maxsize=50_000)
def kept_by(word: str) -> tuple[str, ...]:
    """Return the stems by which a lower-case word is kept: its own first, then its siblings'."""
    first, parts = stem(word), ABBREVIATED.fullmatch(word)
    found = [first, *(map(stem, parts.groups()) if parts else ())]
    if _spelled_out(word).startswith(of_verb := f"{first}ering"):
        found.append(of_verb)  # krypteri is being typed
    for pair in SIBLINGS:
        for one, other in (pair, pair[::-1]):
            found += [first.removesuffix(one) + other] if first.endswith(one) else []
    return tuple(found)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a lower-case word without its Danish ending, æ, ø and å spelled as two letters."""
    whole = SPELLED.sub(lambda found: LETTERS[found[0]], word[:LONGEST])
    # One stemmer for each word: it keeps the word it works on, and threads would share it.
    snowball = import_module("snowballstemmer")  # only here: it takes 10 MB
    found: str = snowball.stemmer("danish").stemWord(whole)
    found = OF_VERB.sub("", IRREGULAR.get(word, found))
    for short, full in SHORTENED.items():
        found = found.removesuffix(short) + full if found.endswith(short) else found
    return _spelled_out(found)


def _spelled_out(word: str) -> str:
    for two, letter in LETTERS.items():
        word = word.replace(letter, two)
    return word


# Stems hold nothing but letters and digits, so no word is cut in two or folded.
SQLITE: Final = (
    (
        "CREATE VIRTUAL TABLE core_passage_words USING fts5(words, content='core_passage',"
        " content_rowid='id', tokenize=\"unicode61 remove_diacritics 0\", detail='none')"
    ),
    (
        "CREATE TRIGGER core_passage_come AFTER INSERT ON core_passage BEGIN"
        " INSERT INTO core_passage_words(rowid, words) VALUES (new.id, new.words); END"
    ),
    (
        "CREATE TRIGGER core_passage_gone AFTER DELETE ON core_passage BEGIN"
        " INSERT INTO core_passage_words(core_passage_words, rowid, words)"
        " VALUES ('delete', old.id, old.words); END"
    ),
)
# The stems are kept as the database compares them. Were they made of the words each time, it would
# take that for cheap, and read whole tables rather than the index.
POSTGRESQL: Final = (
    (
        "ALTER TABLE core_passage ADD COLUMN stems tsvector"
        " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED"
    ),
    "CREATE INDEX core_passage_words ON core_passage USING gin (stems)",
)
AWAY: Final = {
    "sqlite": (
        "DROP TRIGGER core_passage_come",
        "DROP TRIGGER core_passage_gone",
        "DROP TABLE core_passage_words",
    ),
    "postgresql": ("ALTER TABLE core_passage DROP COLUMN stems",),
}
MATCHING: Final = "SELECT rowid FROM core_passage_words WHERE core_passage_words MATCH %s"
PREFIX_FROM: Final = 3  # letters: what begins so is found too, as Danish puts words together

# A word that is asked for, by its stem; then what stands for it as well, none of which begins others.
type Wanted = tuple[str, ...]


def word_index() -> Triggers:
    """Return the migration step that makes the index."""

    def forwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        is_sqlite = editor.connection.vendor == "sqlite"
        for statement in SQLITE if is_sqlite else POSTGRESQL:
            editor.execute(statement)

    def backwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in AWAY[editor.connection.vendor]:
            editor.execute(statement)

    return Triggers(forwards, backwards)


def has_all(wanted: Sequence[Wanted]) -> models.Q:
    """Return the condition that a passage has all these words."""
    if connection.vendor == "sqlite":
        return models.Q(pk__in=RawSQL(MATCHING, [_match(wanted)]))  # noqa: S611 stems are letters alone
    question = " & ".join(f"({' | '.join(_each(one, "'", ':*'))})" for one in wanted)
    holds = RawSQL(
        "core_passage.stems @@ %s::tsquery", [question], output_field=models.BooleanField()
    )
    return models.Q(holds)


def newest_with_all(wanted: Sequence[Wanted], most: int, before: int | None = None) -> models.Q:
    """Return the same for the newest of them, or the newest before one.

    PostgreSQL leaves it to the query to take so many.
    """
    older = models.Q() if before is None else models.Q(pk__lt=before)
    if connection.vendor != "sqlite":
        return has_all(wanted) & older
    newest = (
        f"{MATCHING} AND rowid < %s ORDER BY rowid DESC LIMIT %s"  # else it lists them all first
    )
    asked = [_match(wanted), before or sys.maxsize, most]
    return models.Q(pk__in=RawSQL(newest, asked))  # noqa: S611 as above


def reads_all(stems: Sequence[str]) -> models.Q:
    """Return the same for few passages: it reads each, and no index."""
    place = "instr" if connection.vendor == "sqlite" else "strpos"
    stands = f"{place}(' ' || core_passage.words || ' ', %s) > 0"
    found = models.Q()
    for one in stems:
        word = f" {one}" if _opens(one) else f" {one} "
        found &= models.Q(RawSQL(stands, [word], models.BooleanField()))  # noqa: S611 as above
    return found


def _match(wanted: Sequence[Wanted]) -> str:
    return " AND ".join(f"({' OR '.join(_each(one, '"', '*'))})" for one in wanted)


def _each(one: Wanted, quote: str, mark: str) -> list[str]:
    """Return a word and what stands for it, quoted; the word itself marked as a beginning."""
    first, *others = (f"{quote}{stem}{quote}" for stem in one)
    return [f"{first}{mark if _opens(one[0]) else ''}", *others]


def _opens(stem: str) -> bool:
    return len(stem) >= PREFIX_FROM
