"""How policies and procedures were written, approved and revised, by whoever approves them.

The overall policy is the council's. It followed the picture of risks too late at first, then in
time. One guideline is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from html import escape
from string import Template

from kommissorium.assets.actions.documents import GivenFile
from kommissorium.demo.agendas import paper
from kommissorium.demo.chapters.policies.chair import settled
from kommissorium.demo.sitting import put
from kommissorium.demo.story import Town
from kommissorium.demo.texts import Sheet, rows, text
from kommissorium.policies.actions.documents import add_document
from kommissorium.policies.actions.owner_approvals import approve_as_owner, lay_before_owner
from kommissorium.policies.actions.reviewing import (
    add_comment,
    answer_comment,
    ask_for_comments,
)
from kommissorium.policies.actions.upper_decisions import UpperValues, record_upper_decision
from kommissorium.policies.actions.versions import begin_version, write_version
from kommissorium.policies.models import Change, Document, FramePart, Level, Version
from kommissorium.policies.proposal import KIND
from kommissorium.policies.risk_basis import pictures

TABLE, OVERALL = "policies.csv", "Informationssikkerhedspolitik"
# How many meetings ago the overall policy was before the committee, and how much it changed.
REVISED = {9: "none", 5: "material", 2: "none"}
REVISED_SHORT = {3: "none"}
AGAIN = {3: 11, 2: 10}  # meetings at which what another one approved went on unchanged
COUNCIL = (40, 47, 61, 75)  # days after a meeting on which the council's decision can be noted
REVIEW = 4  # days ago comments were asked for on the newest draft
FRAME = {
    FramePart.ORGANISATION: "organisation",
    FramePart.RESPONSIBILITIES: "ansvar",
    FramePart.CONTROL: "retningslinjer-for-kontrol",
    FramePart.CONTINGENCY: "retningslinjer-for-beredskab",
}
SUPPLIERS = {
    "first": "Leverandører vælges også efter deres sikkerhed, og aftalerne siger, hvad vi kræver.",
    "later": "Leverandører vælges også efter deres sikkerhed. Afhænger flere kritiske opgaver af "
    "den samme leverandør, skal der være en plan for at kunne klare sig uden den.",
}
WHY = {
    "none": "Risikobilledet er gennemgået: intet i det ændrer rammen. Politikken fortsætter.",
    "material": "Risikovurderingen viser, at afhængigheden af få leverandører er vokset.",
}
QUESTION = "Gælder det også vikarer, der kun er her i en uge?"
ANSWER = "Ja. Det står nu i afsnittet om, hvad reglen er."


def tell_approvals(town: Town) -> None:
    """Tell when each text was written, put before the committee, and decided on above it."""
    days, first = town.almanac, town.almanac.span.first
    revised = REVISED if first >= max(REVISED) else REVISED_SHORT
    begun = max(
        days.span.yearly
    )  # it stands on a picture of risks, so it goes along with the first
    _before(town, begun, partial(_overall, town, begun, Change.MATERIAL.value))
    for ago, change in revised.items():
        _before(town, ago, partial(_overall, town, ago, change))
    for ago in (begun, *revised):
        for after in COUNCIL:
            town.tell_after(ago, after, partial(_council, town), "13.05")
    for row in rows(TABLE):
        ago = int(row["møde"])
        if ago < first and not row["titel"].startswith(OVERALL):
            _before(town, ago, partial(_guideline, town, ago, row))
    for ago, other in AGAIN.items():
        if other < first:
            _before(town, ago, partial(_again, town, ago, other))
    town.tell(days.days_ago(REVIEW, "9.45"), partial(_review, town))


def _before(town: Town, ago: int, deed: partial[None]) -> None:
    """Put something on the agenda of a meeting in time."""
    days = town.almanac
    called = days.call_day(days.held_day(ago))
    town.tell(days.moment(called - timedelta(days=3), "13.40"), deed)


def _overall(town: Town, ago: int, change: str) -> None:
    by = town.coordinator()
    found = Document.objects.filter(level=Level.OVERALL).first()
    is_first = found is None
    if found is None:
        found = add_document(by=by, values=_values(town, OVERALL, Level.OVERALL, None))
    made = begin_version(found, by=by, change=change)
    newest = pictures()
    suppliers = SUPPLIERS["first" if is_first else "later"]
    words = Template(text("policy.txt")).substitute({"suppliers": suppliers})
    _write(
        made,
        town,
        text=made.text if change == Change.NONE else words.replace("\n", ""),
        change=change,
        change_because="" if is_first else WHY[change],
        risk_picture=newest[0].record.pk if newest else None,
        frame=FRAME,
    )
    put(town, ago, made)


def _council(town: Town) -> None:
    """Note the council's decision, once there is a coordinator who can."""
    by = town.coordinator_today()
    if by is None:
        return
    waiting = Version.objects.recommended().select_related("document", "committee", "decision")
    for one in waiting:
        today = town.almanac.day_it_is()
        head = {"Titel": "Byrådets beslutning", "Sag": one.title}
        decision = paper(Sheet(head, "<h3>Beslutning</h3><p>Indstillingen blev tiltrådt.</p>"))
        decided = UpperValues(
            decided_on=today,
            case_number=f"{today.year}-{1000 + one.pk}",
            is_approved=True,
            text="Indstillingen blev tiltrådt.",
            file=GivenFile("Byrådets beslutning.pdf", decision),
        )
        record_upper_decision(one, decided, by=by)


def _guideline(town: Town, ago: int, row: Mapping[str, str]) -> None:
    by = town.coordinator()
    title = row["titel"]
    level = Level.PROCEDURE if title.startswith("Procedure") else Level.GUIDELINE
    overall = Document.objects.filter(level=Level.OVERALL).first()
    found = add_document(by=by, values=_values(town, title, level, overall))
    made = begin_version(found, by=by)
    words = (
        f"<h2>Hvorfor</h2><p>{escape(row['hvorfor'])}</p>"
        f"<h2>Reglen</h2><p>{escape(row['indhold'])}</p>"
        "<h2>Hvem det gælder for</h2><p>Alle, der arbejder for kommunen.</p>"
    )
    _write(made, town, text=words)
    put(town, ago, made)


def _again(town: Town, ago: int, other: int) -> None:
    """Continue a guideline unchanged."""
    title = next(row["titel"] for row in rows(TABLE) if int(row["møde"]) == other)
    found = Document.objects.get(title=title)
    made = begin_version(found, by=town.coordinator(), change=Change.NONE)
    why = "Reglen virker, og ingen har bedt om en ændring."
    _write(made, town, text=made.text, change=Change.NONE, change_because=why)
    put(town, ago, made)


def _review(town: Town) -> None:
    """Draft a new version of a guideline and ask for comments; one is given and answered."""
    row = next(row for row in rows(TABLE) if int(row["møde"]) == 4)  # noqa: PLR2004 as there
    found = Document.objects.get(title=row["titel"])
    by = town.coordinator_today() or found.owner
    if by is None or found.versions.open().exists():
        return
    made = begin_version(found, by=by)
    words = made.text.replace("Alle, der", "Alle, også vikarer, der")
    _write(made, town, text=words, change_because="Vikarer har spurgt, om det gælder for dem.")
    asked = [town.person("dpo"), town.person("head_of_it")]
    ask_for_comments(made, asked, ends=town.almanac.today + timedelta(days=10), by=by)
    made.refresh_from_db()
    said = add_comment(made, heading="reglen", text=QUESTION, by=asked[0])
    answer_comment(said, answer=ANSWER, by=by)
    add_comment(made, heading="", text="Den er blevet lettere at læse.", by=asked[0])


def _values(town: Town, title: str, level: Level, parent: Document | None) -> dict[str, object]:
    is_overall = level == Level.OVERALL
    return {
        "title": title,
        "level": level.value,
        "parent": parent,
        "owner": town.person("executive" if is_overall else "head_of_it"),
        "audience": "Alle medarbejdere",
        "approval": "council" if is_overall else "committee",
        "review_months": 12 if is_overall else 24,
        "is_measure": is_overall,
        "tags": "ISO 27002 5.1",
    }


def _write(made: Version, town: Town, **values: object) -> None:
    given = {"title": made.title, "change": made.change, "begins_on": None, "change_because": ""}
    version = made.edit_version
    write_version(made, by=town.coordinator(), values={**given, **values}, edit_version=version)


DECIDED = {KIND.kind: "Udvalget drøftede teksten og tilsluttede sig den."}


PROCEDURES, OWNER = "procedures.csv", "head_of_it"
BEGUN = 80  # days after the start of a short story
WAITS = 2  # days ago the newest was laid before its owner, who has not answered


def tell_procedures(town: Town) -> None:
    """Tell when each was written and approved; the newest still waits for its owner."""
    for row in rows(PROCEDURES):
        if months := int(row["måneder"]):
            moment = settled(town, months, "10.20", BEGUN)
            town.tell(moment, partial(_lay, town, row))
            town.tell(moment + timedelta(days=3), partial(_approve, town, row["titel"]))
        else:
            town.tell(town.almanac.days_ago(WAITS, "10.20"), partial(_lay, town, row))


def _lay(town: Town, row: Mapping[str, str]) -> None:
    by = town.coordinator_today()
    if by is None:
        return
    values = {
        "title": row["titel"],
        "level": Level.PROCEDURE.value,
        "parent": Document.objects.filter(level=Level.OVERALL).first(),
        "owner": town.person(OWNER),
        "audience": "It-afdelingen",
        "approval": "",
        "review_months": 24,
        "is_measure": False,
        "tags": "ISO 27002 5.37",
    }
    made = begin_version(add_document(by=by, values=values), by=by)
    words = f"<h2>Hvorfor</h2><p>{escape(row['hvorfor'])}</p>"
    words += f"<h2>Sådan gør vi</h2><p>{escape(row['indhold'])}</p>"
    given = {"title": made.title, "change": made.change, "begins_on": None, "change_because": ""}
    version = made.edit_version
    write_version(made, by=by, values={**given, "text": words}, edit_version=version)
    lay_before_owner(made, by=by)


def _approve(town: Town, title: str) -> None:
    made = Version.objects.waiting_for_owner().filter(title=title).first()
    if made:
        approve_as_owner(made, fingerprint=made.fingerprint, by=town.person(OWNER))
