"""The agenda of the next meeting: drafted, edited, and written by hand where no register tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from string import Template

from django.db.models import Q

from kommissorium.demo.agendas import add_sheet, attach_incidents, follow_up, paper, write_item
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows_of, sheet, text, words_for
from kommissorium.meetings.actions.advice import give_advice
from kommissorium.meetings.actions.agenda import attach
from kommissorium.meetings.actions.reading import Mark, ask_question, mark_item, write_note
from kommissorium.meetings.models import AgendaItem
from kommissorium.secretariat.actions.agendas import compose_agenda

# The papers of each item of the mandate, by what measures it: file of the folder, name.
PAPERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "agenda_ongoing": (
        ("papers/projects.html", "Projekter i informationssikkerhed.pdf"),
        ("actions.csv", "Handlingsplan.csv"),
    ),
    "agenda_incidents": (("papers/incidents.html", "Forløb af hændelser.pdf"),),
    "agenda_year_wheel": (
        ("papers/oversight.html", "Tilsyn med databehandlere.pdf"),
        ("papers/continuity.html", "Afprøvning af reetablering.pdf"),
    ),
    "agenda_coming_tasks": (("papers/workplan.html", "Arbejdsplan.pdf"),),
    "agenda_policies": (
        ("papers/logging.html", "Retningslinje for logning og opslag.pdf"),
        ("papers/travel.html", "Vejledning i møder og rejser.pdf"),
        ("council.txt", "Udtalelse fra hovedudvalget.txt"),
    ),
    "executive_reporting": (("papers/report.html", "Rapport til direktionen, udkast.pdf"),),
}
BY_HAND = "agenda_policies"
EDITED = ("agenda_ongoing", "agenda_incidents")
ADVISED = "extra-1"
READ = {"head_of_it": 7, "member": 4}  # how many items each has read
QUESTION = "Hvor længe kan plejen klare sig på papir, hvis systemet er nede?"
NOTE = "Spørg på mødet, om lederne får besked inden jul."
EXTRAS = {
    "next/extra-1.html": ("papers/risk.html", "Risikovurdering af omsorgssystemet.pdf"),
    "next/extra-2.html": ("papers/audit.html", "Auditrapport om lønsystemet.pdf"),
}


def tell_upcoming(town: Town) -> None:
    """Tell how the next agenda was written over the last days."""
    days = town.almanac
    lately = [days.today - timedelta(days=ago) for ago in (6, 5, 1)]
    town.tell(days.moment(lately[0], "9.10"), partial(_write, town))
    town.tell(days.moment(lately[0], "10.05"), partial(_edit, town))
    town.tell(days.moment(lately[1], "10.20"), partial(_add_extras, town))
    town.tell(days.moment(lately[2], "11.30"), partial(_attach, town))
    town.tell(days.moment(lately[2], "14.45"), partial(_advise, town))
    town.tell(days.moment(lately[2], "15.10"), partial(_draft, town))
    town.tell(days.moment(lately[2], "16.20"), partial(_read, town))


def _write(town: Town) -> None:
    """Have the agenda drafted, and write the texts for which no register has facts."""
    _draft(town)
    words = words_for(town.almanac, 0)
    item = town.meetings[0].items.get(clause__measure=BY_HAND)
    write_item(town, item, sheet(f"next/{BY_HAND}.html", words).parts())


def _draft(town: Town) -> None:
    compose_agenda(town.meetings[0], by=town.coordinator())


def _edit(town: Town) -> None:
    """Let the coordinator put something before the drafted text."""
    for measure in EDITED:
        item = town.meetings[0].items.get(clause__measure=measure)
        added = sheet(f"next/{measure}.html", words_for(town.almanac, 0)).parts()[1]
        write_item(town, item, (item.recommendation, f"{added}{item.presentation}"))


def _add_extras(town: Town) -> None:
    follow_up(town, 0)
    for name, (source, called) in EXTRAS.items():
        extra = sheet(name, words_for(town.almanac, 0))
        item = add_sheet(town, town.meetings[0], extra)
        _attach_text(town, item, source, called)


def _attach(town: Town) -> None:
    items = town.meetings[0].items
    for measure, papers in PAPERS.items():
        for source, called in papers:
            _attach_text(town, items.get(clause__measure=measure), source, called)
    attach_incidents(town, 0)


def _advise(town: Town) -> None:
    """Let the data protection officer advise on the agenda, which is not called yet."""
    items = town.meetings[0].items
    own = sheet(f"next/{ADVISED}.html", words_for(town.almanac, 0)).title
    for row in rows_of("advice.csv", 0):
        about = Q(title=own) if row["punkt"] == ADVISED else Q(clause__measure=row["punkt"])
        give_advice(items.get(about), by=town.person("dpo"), text=row["råd"])


def _read(town: Town) -> None:
    """Let two members read some of it; one asks a question and notes something for herself."""
    meeting = town.meeting(0)
    items = list(meeting.items.standing().select_related("meeting__committee"))
    for who, number in READ.items():
        for item in items[:number]:
            mark: Mark = "agree" if item.asks_for_agreement else "read"
            mark_item(item, by=town.person(who), mark=mark)
    own = sheet(f"next/{ADVISED}.html", words_for(town.almanac, 0)).title
    asked = next(item for item in items if item.title == own)
    ask_question(asked, by=town.person("member"), text=QUESTION)
    write_note(items[0], by=town.person("member"), text=NOTE)


def _attach_text(town: Town, item: AgendaItem, source: str, called: str) -> None:
    words = words_for(town.almanac, 0)
    if source.endswith(".html"):
        data = paper(sheet(source, words))
    else:
        mark = "\ufeff" if source.endswith(".csv") else ""
        data = (mark + Template(text(source)).substitute(words)).encode()
    attach(item, by=town.coordinator(), name=called, data=data)
