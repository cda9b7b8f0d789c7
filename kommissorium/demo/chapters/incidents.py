"""Three years' reported incidents, as the committee was told of them, and their outcome."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Answer, Asset
from kommissorium.demo.chapters import Chapter
from kommissorium.demo.sitting import put
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows, rows_of
from kommissorium.incidents.actions.evaluations import add_lesson, draft_evaluation
from kommissorium.incidents.actions.handling import (
    add_handler,
    begin_checklist,
    begin_handling,
    close_incident,
    write_line,
)
from kommissorium.incidents.actions.notifications import (
    advise_on_notification,
    decide_notification,
    note_sent,
)
from kommissorium.incidents.actions.reports import report_incident, triage_incident
from kommissorium.incidents.evaluation import KIND
from kommissorium.incidents.models import (
    Evaluation,
    Incident,
    IncidentSettings,
    Notification,
    State,
)
from kommissorium.registers.actions.standard_proposals import change_draft
from kommissorium.registers.offered import foreseen

TABLE, SMALL = "incidents.csv", "reports.csv"
LATE = "Helligdage forsinkede den; vagtordningen er nu ændret."
LATE_EACH = 5  # of so many one is sent after its deadline
WITHIN = timedelta(hours=52)
FINISHED = 2  # of the newest quarter; the others are being handled
SETTLED = 21  # days after the start: then people and roles are there
APART = 18  # days between those of a quarter
SEVERITY = {"Lav": 1, "Mellem": 2, "Høj": 3}
# Meetings that evaluated nothing, by how many ago they were: late once, and once by two meetings.
WAITED = (10, 7, 6)
DUE = 150  # days after it was put forward
AGAIN = "Vurdér risikoen igen efter hændelsen"
# What was reported yesterday: its deadlines run.
RUNNING = {
    "hændelse": "En liste med 60 borgeres adresser blev sendt til en forkert leverandør",
    "alvor": "Høj",
    "persondata": "Ja",
}
# Words of what happened, and what kind of incident it was.
TYPES = {
    "mail": "phishing",
    "kode": "phishing",
    "sendt": "misdirected",
    "nede": "outage",
    "langsom": "outage",
    "strøm": "outage",
    "overbelast": "denial",
    "program": "malware",
    "leverandør": "supplier",
    "stjålet": "loss",
    "mistede": "loss",
    "tabte": "loss",
    "nøgle": "physical",
}


def _tell(town: Town) -> None:
    days = town.almanac
    begun = days.moment(days.start + timedelta(days=SETTLED), "0.00")
    for ago in range(days.span.first, -1, -1):
        for number, row in enumerate(rows_of(TABLE, ago)):
            before = -88 + number * APART
            if days.after(ago, before) < begun:
                continue
            town.tell_after(ago, before, partial(_report, town, row["hændelse"]), "9.20")
            town.tell_after(ago, before, partial(_triage, town, row), "13.10")
            if ago or number < FINISHED:
                town.tell_after(ago, before + 2, partial(_finish, town, row), "10.40")
        for number in range(2):
            words = rows(SMALL)[(2 * ago + number) % len(rows(SMALL))]
            before = -70 + number * APART
            if days.after(ago, before) < begun:
                continue
            town.tell_after(ago, before, partial(_small, town, words), "14.05")
            town.tell_after(ago, before + 1, partial(_none, town), "9.15")
        last = days.moment(days.last_workday, "9.10")
        town.tell(min(days.after(ago, -12, "9.10"), last), partial(_evaluate, town, ago))
    for hour, deed in (
        ("13.40", partial(_report, town, RUNNING["hændelse"])),
        ("14.30", partial(_triage, town, RUNNING)),
    ):
        town.tell(days.days_ago(1, hour), deed, at_work=False)  # the officer on duty
    late = rows(SMALL)[0]
    town.tell(days.days_ago(1, "15.20"), partial(_small, town, late))


def _report(town: Town, what: str) -> None:
    now = timezone.now()
    began = now - timedelta(hours=len(what) % 30)
    by = town.person(("head_of_it", "system_owner", "inge.haugsted")[len(what) % 3])
    report_incident(by=by, what=what, discovered_at=now, happened_at=began, place="")


def _small(town: Town, row: Mapping[str, str]) -> None:
    by, now = town.person("inge.haugsted"), timezone.now()
    report_incident(by=by, what=row["hændelse"], place=row["sted"], discovered_at=now)


def _triage(town: Town, row: Mapping[str, str]) -> None:
    by = town.coordinator_today()
    found = Incident.objects.get(what=row["hændelse"])
    if by is None:
        return
    breach = Answer.YES if row["persondata"].startswith("Ja") else Answer.NO
    triage_incident(
        found,
        by=by,
        values=_said(row, breach),
        assets=_assets(row["hændelse"]),
        edit_version=found.edit_version,
        aware_at=found.reported_at,
        aware_because="Indberetningen kom ind, og it bekræftede den.",
    )
    found.refresh_from_db()
    add_handler(found, by=by, person=town.person("head_of_it"), role="lead")
    begin_handling(found, by=by)


def _said(row: Mapping[str, str], breach: str) -> dict[str, object]:
    words = row["hændelse"].lower()
    kind = next((kind for word, kind in TYPES.items() if word in words), "error")
    is_outage = kind in ("outage", "denial")
    return {
        "title": row["hændelse"],
        "nature": "incident",
        "type": kind,
        "severity": SEVERITY[row["alvor"]],
        "hits_confidentiality": not is_outage,
        "hits_integrity": kind == "malware",
        "hits_availability": is_outage,
        "area": None,
        "persons": len(words) if breach == Answer.YES else None,
        "person_groups": "Borgere" if breach == Answer.YES else "",
        "data_groups": "Navne og CPR-numre" if breach == Answer.YES else "",
        "is_attack": Answer.YES if kind in ("phishing", "malware", "denial") else Answer.NO,
        "is_breach": breach,
        "is_significant": Answer.NO,
        "plan_activated": Answer.YES if row["alvor"] == "Høj" and is_outage else Answer.NO,
        "is_restricted": False,
        "processor_told_at": None,
    }


def _assets(what: str) -> list[Asset]:
    known = {"løn": "løn", "omsorg": "omsorg", "økonomi": "økonomi"}
    word = next((name for part, name in known.items() if part in what.lower()), "")
    found = Asset.objects.in_register().filter(kind="system", name__icontains=word)
    return list(found.order_by("pk")[:1]) if word else []


def _finish(town: Town, row: Mapping[str, str]) -> None:
    """Send the notifications the law asks for, and close the case."""
    found = Incident.objects.get(what=row["hændelse"])
    by = town.person("head_of_it")
    if found.state != State.HANDLING:
        return
    write_line(found, by=by, kind="containment", text=row["opfølgning"])
    if found.type == "phishing":
        begin_checklist(found, by=by, code="phished")
    is_told = row["persondata"] == "Ja, anmeldt"
    for one in found.notifications.filter(code__startswith="gdpr").select_related("incident"):
        if is_told and one.code == "gdpr_33":
            values = {"receipt": f"{found.year}-{4000 + found.number}", "late_because": LATE}
            at = timezone.now()
            if len(found.what) % LATE_EACH:  # the duty officer sent it, and it is noted by day
                at = min(at, found.reported_at + WITHIN)
            note_sent(one, by=by, sent_at=at, values=values, edit_version=one.edit_version)
            continue
        if one.due_at and one.due_at < timezone.now():
            _advise(town, one)
        words = {"needed": "no", "because": "Risikoen for de berørte er lav."}
        decide_notification(one, by=by, edit_version=one.edit_version, **words)
    found.refresh_from_db()
    words = {"effects": "Se tidslinjen.", "remedy": row["opfølgning"]}
    close_incident(found, by=by, edit_version=found.edit_version, **words)


def _advise(town: Town, one: Notification) -> None:
    """Let the data protection officer advise on what is decided after its deadline."""
    advise_on_notification(
        one,
        by=town.person("dpo"),
        advice="Enig: risikoen for de berørte er lav. Vurderingen burde være lavet før fristen.",
        edit_version=one.edit_version,
    )
    one.refresh_from_db()


def _none(town: Town) -> None:
    """Answer the small reports: they were no incidents."""
    if (by := town.coordinator_today()) is None:
        return
    for found in Incident.objects.filter(state=State.REPORTED, place__gt=""):
        said = _said({"hændelse": found.place, "alvor": "Lav"}, Answer.NO)
        values = {**said, "nature": "none", "severity": None}
        version = found.edit_version
        triage_incident(found, by=by, values=values, assets=[], edit_version=version)


def _evaluate(town: Town, ago: int) -> None:
    """Put the closed cases of the quarter before the committee; the newest wait as drafts.

    At some meetings there was no time for it, so the mandate's check turned yellow, and once red.
    """
    by = town.coordinator_today()
    least = IncidentSettings.current().evaluated_from
    found = Incident.objects.incidents().filter(state=State.CLOSED, severity__gte=least)
    if by is None or ago in WAITED:
        return
    for one in found.filter(evaluations=None).order_by("-severity", "pk"):
        made = _drafted(one, by)
        if ago:
            put(town, ago, made)


def _drafted(incident: Incident, by: Person) -> Evaluation:
    made = draft_evaluation(incident, by=by)
    risk = next(iter(foreseen(by, incident.assets.values_list("pk", flat=True))), None)
    values = {
        "summary": incident.title,
        "went_well": "Den blev indberettet samme dag, og it gik i gang med det samme.",
        "went_badly": "Vi brugte for lang tid på at finde ud af, hvem der skulle have besked.",
        "cause": "En arbejdsgang, som ingen havde beskrevet.",
        "contributing": "Travlhed op til en frist.",
        "scenario": risk.label if risk else "Fejl i en arbejdsgang",
        "scenario_key": risk.key if risk else "",
        "measures": "Foranstaltningerne virkede delvist.",
        "learning": incident.remedy,
    }
    change_draft(KIND, made, values, by=by, edit_version=made.edit_version)
    if incident.severity == SEVERITY["Høj"]:
        due = timezone.localdate() + timedelta(days=DUE)
        again = {"kind": "risk", "title": AGAIN, "owner": by, "due": due}
        add_lesson(made, by=by, values=again)
    return Evaluation.objects.get(pk=made.pk)


DECIDED = {KIND.kind: "Udvalget drøftede håndteringen og årsagen og godkendte evalueringen."}
CHAPTER = Chapter(_tell, budget=2_400, decided=DECIDED)
