"""Compute the answer from an export of the evidence: python3 measures.pyz evidence.zip --on 2026-06-30.

It says for each clause of a committee's mandate how it stood on the day, by what was known when
another day ended, and whether the program showed the same. Facts are held against the texts of
their rows; what the texts and the chain are worth verify.py tells, from the same export.

Exit code 0: the answer is given, and nothing speaks against it. 1: a fact or an answer is other
than the export's own texts, or than what the program showed. 2: the file cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kommissorium.measures.answer import find
from kommissorium.measures.clauses import Clause, is_promise
from kommissorium.measures.export import Export, NotCounted, Unreadable
from kommissorium.measures.findings import Finding, State, unmeasured
from kommissorium.measures.frozen import FrozenAnswer
from kommissorium.measures.history import History
from kommissorium.measures.proof import LACKING, UNKNOWN, WITHHELD, as_proved
from kommissorium.measures.said import Day, Words, _, ngettext, speak_by
from kommissorium.measures.voices import Danish, Local

MARKS = {
    State.FULFILLED: "●",
    State.DUE_SOON: "◐",
    State.NOT_FULFILLED: "✕",
    State.NOT_YET_DUE: "○",
    State.NO_OCCASION: "·",
    State.OPEN_ROW: "□",
    State.UNMEASURED: "–",
}
OF_TABLES = {  # what is said of facts that are not proved, table by table
    WITHHELD: (
        "  ",
        _("%(number)d of %(table)s: the text is withheld; its seal is in the chain."),
    ),
    UNKNOWN: ("  ", _("%(number)d of %(table)s: the export has no such row.")),
    LACKING: ("! ", _("%(number)d of %(table)s: the export has the rows and no facts of them.")),
}
MOST = 20  # facts that are named where they are other than their rows say


@dataclass(frozen=True)
class Answered:
    """A clause, what is found of it, and what the program showed or froze where that is other.

    What it rests on and nothing proves, `lacks`, is said in the finding: it is not green then.
    """

    clause: Clause
    finding: Finding
    lacks: Sequence[Words] = ()
    shown: tuple[str, str] | None = None
    frozen: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Told:
    """The answer for a committee on a day by what was known on another; `kept` was frozen of it."""

    name: str
    on: date
    known: date
    rows: Sequence[Answered]
    kept: FrozenAnswer | None

    @property
    def differs(self) -> bool:
        """Return whether the same rules say other than was frozen."""
        is_bound = self.kept is not None and self.kept.has_these_rules
        return is_bound and any(one.frozen for one in self.rows)


def told_of(export: Export, committee: int, on: date, known: date) -> Told:
    """Return the answer for the committee, with what was frozen of it."""
    kept = export.frozen.of(committee, on) if known == on else None
    rows = answers(export, committee, on, known)
    return Told(export.committees[committee], on, known, rows, kept)


def answers(export: Export, committee: int, on: date, known: date) -> list[Answered]:
    """Return the answer for each clause of the mandate in force on the day."""
    history = export.history(committee).as_known(known)
    shown = export.shown(committee, on, known)
    kept = export.frozen.of(committee, on) if known == on else None
    found = []
    for clause in filter(is_promise, history.clauses_on(on)):
        finding = found_of(clause, history, on)
        told = shown.get(clause.number)
        is_same = told in (None, (str(finding.state), str(finding.sentence)))
        frozen = kept.other_than(clause.number, finding) if kept else None
        lacks = export.lacks(clause, committee, on)
        proved = as_proved(finding, lacks)
        found.append(Answered(clause, proved, lacks, None if is_same else told, frozen))
    return found


def found_of(clause: Clause, history: History, on: date) -> Finding:
    """Return the finding; that it cannot be told where the export lacks figures of the day."""
    try:
        return find(clause, history, on)
    except NotCounted:
        return unmeasured(_("The export holds no figures of this day: ask for the end of a month."))


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _arguments(arguments)
    try:
        with zipfile.ZipFile(asked.export) as file:
            return _answer(Export(file), asked)
    except (OSError, zipfile.BadZipFile, Unreadable, KeyError, ValueError) as error:
        print(f"Filen kan ikke læses / The file cannot be read: {error}", file=sys.stderr)
        return 2


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("measures.pyz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("export", help="evidence.zip")
    parser.add_argument("--on", type=date.fromisoformat, help="YYYY-MM-DD; the export's day")
    parser.add_argument(
        "--known", type=date.fromisoformat, help="up to whose end facts count; the day itself"
    )
    parser.add_argument("--committee", help="its name or key; all")
    parser.add_argument("--lang", choices=["da", "en"], default="da")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


def _answer(export: Export, asked: argparse.Namespace) -> int:
    speak_by(Danish(export.zone) if asked.lang == "da" else Local(export.zone))
    on = asked.on or export.today
    known = asked.known or on
    if max(on, known) > export.today:
        print(_("The export was made on %(day)s.") % {"day": Day(export.today)}, file=sys.stderr)
        return 2
    wanted = {
        key: name
        for key, name in export.committees.items()
        if asked.committee in (None, name, str(key))
    }
    told = [told_of(export, key, on, known) for key in wanted]
    if asked.json:
        json.dump({"answers": [*map(_plain, told)]}, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        for one in told:
            _print(one, asked.lang)
        _print_frozen(export)
        _print_proof(export)
    differs = asked.lang == "da" and any(row.shown for one in told for row in one.rows)
    differs = differs or any(one.differs for one in told)
    return 1 if differs or export.frozen.changed or export.proof.speaks_against else 0


def _plain(told: Told) -> dict[str, Any]:
    kept = told.kept
    return {
        "committee": told.name,
        "on": told.on.isoformat(),
        "known": told.known.isoformat(),
        "frozen": kept
        and {
            "record": kept.record,
            "on": kept.frozen_on.isoformat(),
            "has_these_rules": kept.has_these_rules,
        },
        "clauses": [
            {
                "number": one.clause.number,
                "text": one.clause.text,
                "measure": one.clause.measure,
                "state": str(one.finding.state),
                "sentence": str(one.finding.sentence),
                "lacks": [str(it) for it in one.lacks],
                "shown": one.shown and dict(zip(("state", "sentence"), one.shown)),
                "frozen": one.frozen
                and {"state": one.frozen["state"], "sentence": one.frozen["sentence"]},
                "evidence": [
                    {
                        "label": str(it.label),
                        "reference": it.reference,
                        "record": it.record,
                        "event": it.event,
                        "fingerprint": it.fingerprint,
                        "on": it.on and it.on.isoformat(),
                    }
                    for it in one.finding.evidence
                ],
            }
            for one in told.rows
        ],
    }


def _print(told: Told, language: str) -> None:
    print(f"{told.name}, {Day(told.on)}")
    print(_("By what was known when %(day)s ended.") % {"day": Day(told.known)})
    kept = told.kept
    if kept:
        values = {"day": Day(kept.frozen_on), "number": kept.record}
        print(_("It was frozen on %(day)s as record %(number)d.") % values)
        if not kept.has_these_rules:
            print(_("It was frozen by other rules than these."))
    if not told.rows:
        print(_("No mandate was in force."))
    for one in told.rows:
        state = one.finding.state
        print(f"  {MARKS[state]} {one.clause.number:<4}{state.label}: {one.clause.text}")
        print(f"         {one.finding.sentence}")
        if one.shown:
            values = {"state": State(one.shown[0]).label, "sentence": one.shown[1]}
            print("       ! " + str(_("The program showed: %(state)s. %(sentence)s") % values))
        if one.frozen:
            sentence = one.frozen["sentence"][language]
            values = {"state": State(one.frozen["state"]).label, "sentence": sentence}
            print("       ! " + str(_("Frozen was: %(state)s. %(sentence)s") % values))
    print()


def _print_frozen(export: Export) -> None:
    frozen = export.frozen
    text = ngettext(
        "%(number)d frozen answer is what the chain sealed.",
        "%(number)d frozen answers are what the chain sealed.",
        len(frozen.found),
    )
    print(text % {"number": len(frozen.found)})
    if frozen.withheld:
        print(_("%(number)d frozen answers are withheld.") % {"number": frozen.withheld})
    for record in frozen.changed:
        changed = _("Record %(number)d: the frozen answer is not what the chain sealed.")
        print("! " + str(changed % {"number": record}))


def _print_proof(export: Export) -> None:
    proof = export.proof
    number = sum(proof.proved.values())
    text = ngettext(
        "%(number)d fact says what the text of its row says.",
        "%(number)d facts say what the texts of their rows say.",
        number,
    )
    print(text % {"number": number})
    for why, (mark, said) in OF_TABLES.items():
        for table, number in sorted(proof.number(why).items()):
            print(mark + str(said % {"number": number, "table": table}))
    for table, key in proof.otherwise[:MOST]:
        print(
            "! "
            + str(_("%(table)s %(key)s: its row says otherwise.") % {"table": table, "key": key})
        )
    print(_("What the texts and the chain are worth: python3 verify.py"))


if __name__ == "__main__":
    sys.exit(main())
