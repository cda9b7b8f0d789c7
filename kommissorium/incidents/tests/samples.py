"""Incidents: one the employee reported and a member handles, one that few may know of."""

from __future__ import annotations

from django.utils import timezone

from kommissorium.assets.actions.handing_in import GivenFile
from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, secret
from kommissorium.incidents.actions.awareness import ask_awareness_change
from kommissorium.incidents.actions.concerned import add_names
from kommissorium.incidents.actions.handling import (
    add_handler,
    begin_checklist,
    begin_handling,
    write_line,
)
from kommissorium.incidents.actions.settings import change_settings
from kommissorium.incidents.models import Incident
from kommissorium.incidents.tests.cases import closed, notification, reported, triage

SETTINGS = {"open_reports": True, "evaluated_from": 2, "names_days": 30}
OWN = "incident_triage incident_line incident_handler incident_begin incident_close"
MORE = "incident_reopen incident_task incident_checklist incident_names incident_history"
NOTIFIED = "incident_notification incident_notification_need incident_notification_advice"
WRITTEN = "incident_notification_draft incident_notification_sent incident_notification_status"
FILE = GivenFile("note.txt", b"en note")


def add(samples: Samples, cast: Cast) -> None:
    """Name cases in all states, and what belongs to them."""
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
    samples.add("incident_reported", receipt=own.receipt)
    samples.add("incident_handler_end", pk=handler.pk)
    samples.add("incident_file", pk=own.entries.get(kind="evidence").pk)
    samples.add("incident_step", pk=own.steps.first().pk)  # type: ignore[union-attr]
    samples.add("incident_name_remove", pk=own.concerned.get().pk)
    samples.add("incident_awareness", pk=own.pk, law="gdpr")
    samples.add("incident_awareness_word", pk=change.pk)
    waiting = reported(cast, by=cast.coordinator, what=secret("ny"), place=secret("sted"))
    samples.add("incident/reported incident_triage/reported", pk=waiting.pk)
    over = closed(cast, **_secret())
    samples.add("incident/closed incident_reopen/closed", pk=over.pk)
    handling = reported(cast, by=cast.coordinator, what=secret("gang"))
    triage(cast, handling, **_secret(), is_significant="yes")
    begin_handling(handling, by=cast.coordinator)
    samples.add("incident_notification_status/final", pk=notification(handling, "nis2_final").pk)


def _of(samples: Samples, own: Incident, few: Incident) -> None:
    for found, variant in ((own, ""), (few, "/restricted")):
        names = ("incident", "incident_clocks", *OWN.split(), *MORE.split())
        samples.add(" ".join(f"{name}{variant}" for name in names), pk=found.pk)
        names = (*NOTIFIED.split(), *WRITTEN.split())
        pk = notification(found).pk
        samples.add(" ".join(f"{name}{variant}" for name in names), pk=pk)


def _secret() -> dict[str, str]:
    words = ("title", "person_groups", "data_groups")
    return {word: secret(word) for word in words}
