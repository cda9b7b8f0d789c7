"""Incidents: one the employee reported and a member handles, one that few may know of."""

from __future__ import annotations

from django.utils import timezone

from kommissorium.assets.actions.documents import GivenFile
from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, foreign, secret
from kommissorium.incidents.actions.awareness import ask_awareness_change
from kommissorium.incidents.actions.concerned import add_names
from kommissorium.incidents.actions.evaluations import add_lesson
from kommissorium.incidents.actions.handling import (
    add_handler,
    begin_checklist,
    begin_handling,
    write_line,
)
from kommissorium.incidents.actions.settings import change_settings
from kommissorium.incidents.models import Incident
from kommissorium.incidents.tests.cases import closed, evaluation, notification, reported, triage

SETTINGS = {"open_reports": True, "evaluated_from": 2, "names_days": 30}
PAGES = (
    "incident",
    "incident_handover",
    "incident_clocks",
    "incident_triage",
    "incident_names",
    "incident_history",
)
ACTS = ("line", "handler", "close", "reopen", "task", "checklist", "known")
NOTIFIED = ("need", "advice", "text", "sent", "status")
FILE = GivenFile("note.txt", b"en note")


def add(samples: Samples, cast: Cast) -> None:
    """Name cases in all states, and their rows."""
    change_settings(by=cast.coordinator, values=SETTINGS, edit_version=1)
    own = reported(cast)
    triage(cast, own, **_secret())
    handler = add_handler(own, by=cast.coordinator, person=cast.member, role="lead")
    line = {"kind": "evidence", "text": secret("linje"), "file": FILE}
    write_line(own, by=cast.member, **line)  # type: ignore[arg-type]
    begin_checklist(own, by=cast.member, code="phished")
    add_names(own, by=cast.member, names=secret("navn"))
    change = ask_awareness_change(
        own, "gdpr", by=cast.member, at=timezone.now(), because=secret("grund")
    )
    few = reported(cast, by=cast.system_owner, what="Mobilen er væk.")
    triage(cast, few, **_secret(), is_restricted=True)
    _of(samples, own, few)
    samples.add("continuity_activation_new", code="incidents", pk=own.pk)
    samples.add("continuity_activation_new/restricted", code="incidents", pk=few.pk)
    samples.add("incident_reported", receipt=own.receipt)
    samples.add("incident_part/handler", part="handler", pk=handler.pk)
    samples.add("incident_file", pk=own.entries.get(kind="evidence").pk)
    samples.add("incident_part/step", part="step", pk=own.steps.first().pk)  # type: ignore[union-attr]
    samples.add("incident_part/name", part="name", pk=own.concerned.get().pk)
    samples.add("incident_awareness_word", pk=change.pk)
    waiting = reported(cast, by=cast.coordinator, what=secret("ny"), place=secret("sted"))
    samples.add("incident/reported incident_triage/reported", pk=waiting.pk)
    over = closed(cast, **_secret())
    samples.add("incident/closed incident_handover/closed", pk=over.pk)
    handling = reported(cast, by=cast.coordinator, what=secret("gang"))
    triage(cast, handling, **_secret(), is_significant="yes")
    begin_handling(handling, by=cast.coordinator)
    draft = evaluation(cast, **_secret())
    samples.add("incident_evaluation incident_lesson_new", pk=draft.pk)
    due = timezone.localdate()
    coming = {"kind": "task", "title": secret("opgave"), "owner": cast.head_of_it, "due": due}
    lesson = add_lesson(draft, by=cast.coordinator, values=coming)
    samples.add("incident_lesson_removal", pk=lesson.pk)
    samples.add("incident_evaluation_new", pk=over.pk)
    for name in ("proposal", "proposal_file", "proposal_history", "proposal_drop"):
        samples.add(f"{name}/evaluation", slug="evaluation", pk=draft.pk)
    samples.add("proposal_change/evaluation", slug="evaluation", pk=draft.pk)
    final = notification(handling, "nis2_final")
    samples.add("incident_notification_act/final", act="status", pk=final.pk)


def _of(samples: Samples, own: Incident, few: Incident) -> None:
    for found, variant in ((own, ""), (few, "/restricted")):
        samples.add(" ".join(f"{name}{variant}" for name in PAGES), pk=found.pk)
        key = notification(found).pk
        samples.add(f"incident_notification{variant}", pk=key)
        for act in ACTS:
            samples.add(f"incident_act/{act}{variant}", act=act, pk=found.pk)
        for act in NOTIFIED:
            samples.add(f"incident_notification_act/{act}{variant}", act=act, pk=key)
    samples.add("incident_act/nonsense", act="nonsense", pk=own.pk)
    samples.add("incident_begin", pk=own.pk)


def _secret() -> dict[str, str]:
    return {
        "title": secret("titel"),
        "person_groups": secret("borgere"),
        "data_groups": foreign("data"),
    }
