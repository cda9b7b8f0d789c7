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
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kommissorium.measures.answer import find
from kommissorium.measures.clauses import Clause, is_promise
from kommissorium.measures.export import Export, NotCounted, Unreadable
from kommissorium.measures.findings import Finding, State, unmeasured
from kommissorium.measures.history import History
from kommissorium.measures.said import Day, _, ngettext, speak_by
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
MOST = 20  # facts that are named where they are other than their rows say


@dataclass(frozen=True)
class Answered:
    """A clause, what is found of it, and what the program showed where that is other."""

    clause: Clause
    finding: Finding
    shown: tuple[str, str] | None = None


def answers(export: Export, committee: int, on: date, known: date) -> list[Answered]:
    """Return the answer for each clause of the mandate in force on the day."""
    history = export.history(committee).as_known(known)
    shown = export.shown(committee, on, known)
    found = []
    for clause in filter(is_promise, history.clauses_on(on)):
        finding = found_of(clause, history, on)
        told = shown.get(clause.number)
        is_same = told in (None, (str(finding.state), str(finding.sentence)))
        found.append(Answered(clause, finding, None if is_same else told))
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
    told = {key: answers(export, key, on, known) for key in wanted}
    if asked.json:
        plain = [_plain(wanted[key], on, known, rows) for key, rows in told.items()]
        json.dump({"answers": plain}, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        for key, rows in told.items():
            _print(wanted[key], on, known, rows)
        _print_proof(export)
    differs = asked.lang == "da" and any(one.shown for rows in told.values() for one in rows)
    return 1 if differs or export.proof.speaks_against else 0


def _plain(name: str, on: date, known: date, rows: Sequence[Answered]) -> dict[str, Any]:
    return {
        "committee": name,
        "on": on.isoformat(),
        "known": known.isoformat(),
        "clauses": [
            {
                "number": one.clause.number,
                "text": one.clause.text,
                "measure": one.clause.measure,
                "state": str(one.finding.state),
                "sentence": str(one.finding.sentence),
                "shown": one.shown and dict(zip(("state", "sentence"), one.shown)),
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
            for one in rows
        ],
    }


def _print(name: str, on: date, known: date, rows: Sequence[Answered]) -> None:
    print(f"{name}, {Day(on)}")
    print(_("By what was known when %(day)s ended.") % {"day": Day(known)})
    if not rows:
        print(_("No mandate was in force."))
    for one in rows:
        state = one.finding.state
        print(f"  {MARKS[state]} {one.clause.number:<4}{state.label}: {one.clause.text}")
        print(f"         {one.finding.sentence}")
        if one.shown:
            values = {"state": State(one.shown[0]).label, "sentence": one.shown[1]}
            print("       ! " + str(_("The program showed: %(state)s. %(sentence)s") % values))
    print()


def _print_proof(export: Export) -> None:
    proof = export.proof
    number = sum(proof.proved.values())
    text = ngettext(
        "%(number)d fact says what the text of its row says.",
        "%(number)d facts say what the texts of their rows say.",
        number,
    )
    print(text % {"number": number})
    for table, number in sorted(proof.withheld.items()):
        withheld = _("%(number)d of %(table)s: the text is withheld; its seal is in the chain.")
        print("  " + str(withheld % {"number": number, "table": table}))
    for table, number in sorted(proof.others.items()):
        other = _("%(number)d of %(table)s: the export has no such row.")
        print("  " + str(other % {"number": number, "table": table}))
    for table, number in sorted(proof.lacking.items()):
        lacking = _("%(number)d of %(table)s: the export has the rows and no facts of them.")
        print("! " + str(lacking % {"number": number, "table": table}))
    for table, key in proof.otherwise[:MOST]:
        print(
            "! "
            + str(_("%(table)s %(key)s: its row says otherwise.") % {"table": table, "key": key})
        )
    print(_("What the texts and the chain are worth: python3 verify.py"))


if __name__ == "__main__":
    sys.exit(main())
