"""Incidents are reported by mail: by whom our server proves, or by nobody, and never by a machine."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import pytest
from django.conf import LazySettings
from django.urls import reverse
from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.core.documents.letters import PASSED, Letter, read_letter
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.mailbox.models import ReceivedMail
from kommissorium.incidents import mailed_reports
from kommissorium.incidents.actions.settings import change_settings
from kommissorium.incidents.mailed_reports import take_report
from kommissorium.incidents.models import Channel, Incident
from kommissorium.incidents.models.incidents import TEXT_LENGTH
from kommissorium.registers.links import MAILED

ADDRESS = "Sikkerhed@tryllerup.example"
STRANGER = "borger@elsewhere.example"
Outcome = ReceivedMail.Outcome


def mail(sender: str, text: str = "Der ligger papirer ved printeren.", **headers: str) -> Letter:
    made = EmailMessage()
    made["From"] = f"Nogen <{sender}>"
    made["To"] = headers.pop("to", ADDRESS.lower())
    made["Subject"] = headers.pop("subject", "Fundet: æøå")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return read_letter(made.as_bytes())


@pytest.fixture
def taken(cast: Cast) -> Cast:
    change_settings(by=cast.coordinator, values={"report_address": ADDRESS}, edit_version=1)
    return cast


def opened(cast: Cast) -> None:
    change_settings(by=cast.coordinator, values={"open_reports": True}, edit_version=2)


def test_an_employees_mail_is_a_report_of_their_own_to_follow(taken, client_of):
    sender = str(taken.employee.email)
    assert take_report(mail(sender), PASSED) == Outcome.REPORTED
    found = Incident.objects.get()
    assert (found.reporter, found.channel, found.secret_hash) == (taken.employee, Channel.MAIL, "")
    assert found.what == "Fundet: æøå\n\nDer ligger papirer ved printeren."
    page = client_of("employee").get(reverse("incident_reported", args=[found.receipt]))
    text = page.content.decode()
    assert "papirer ved printeren" in text and sender not in text
    told = {one.kind: one.recipient for one in OutboxMail.objects.all()}
    assert told["incidents.reported"] == taken.coordinator.email
    assert told["incidents.receipt"] == sender
    assert sender in found.entries.get().text


@pytest.mark.parametrize("proof", ["", "none"])
def test_what_nobody_proves_is_the_report_of_nobody_and_its_bearer_is_told(taken, proof, client_of):
    assert take_report(mail(str(taken.employee.email)), proof) == Outcome.REPORTED
    found = Incident.objects.get()
    assert found.reporter is None
    assert taken.employee.email in found.entries.get().text
    assert OutboxMail.objects.filter(recipient=taken.employee.email).count() == 1
    page = client_of("employee").get(reverse("incident_reported", args=[found.receipt]))
    assert page.status_code == 404


@pytest.mark.parametrize(
    ("proof", "headers", "outcome"),
    [
        ("fail", {}, Outcome.OTHER_SENDER),
        (PASSED, {"Auto_Submitted": "auto-replied"}, Outcome.AUTOMATIC),
        (PASSED, {"Precedence": "bulk"}, Outcome.AUTOMATIC),
        (PASSED, {"Return_Path": "<>"}, Outcome.AUTOMATIC),
        (PASSED, {"to": "andre@tryllerup.example"}, None),
    ],
)
def test_false_senders_machines_and_other_mails_report_nothing(taken, proof, headers, outcome):
    assert take_report(mail(str(taken.employee.email), **headers), proof) == outcome
    assert not Incident.objects.exists()


def test_without_an_address_no_mail_is_a_report(cast):
    assert take_report(mail(str(cast.employee.email), to=""), PASSED) is None


def test_a_stranger_reports_only_where_reports_are_open_and_gets_no_mail(taken):
    assert take_report(mail(STRANGER), PASSED) == Outcome.STRANGER
    opened(taken)
    assert take_report(mail(STRANGER), PASSED) == Outcome.REPORTED
    assert Incident.objects.get().reporter is None
    assert not OutboxMail.objects.filter(recipient=STRANGER).exists()


def test_a_flood_waits_in_the_mailbox_and_holds_no_other_mail_back(taken, monkeypatch):
    monkeypatch.setattr(mailed_reports, "BY_SENDER", mailed_reports.BY_SENDER._replace(most=2))
    sender = str(taken.employee.email)
    said = [take_report(mail(sender), PASSED) for _ in range(3)]
    assert said == [Outcome.REPORTED, Outcome.REPORTED, Outcome.TOO_MANY]
    assert take_report(mail(str(taken.member.email)), PASSED) == Outcome.REPORTED


@pytest.mark.parametrize("text", ["", "x" * 30_000, "\x00\x08"])
def test_empty_and_endless_mails_are_reports_too(taken, text):
    letter = Letter(
        (str(taken.employee.email),), "", (), "", None, recipients=(ADDRESS.lower(),), text=text
    )
    assert take_report(letter, PASSED) == Outcome.REPORTED
    assert 0 < len(Incident.objects.get().what) <= TEXT_LENGTH


def test_the_clock_runs_from_when_our_server_took_the_mail(taken):
    yesterday = (timezone.now() - timedelta(days=1)).replace(microsecond=0)
    line = f"from elsewhere by mail.tryllerup.example; {format_datetime(yesterday)}"
    take_report(mail(str(taken.employee.email), Received=line), PASSED)
    long_ago = format_datetime(timezone.now() - timedelta(days=400))
    take_report(mail(str(taken.member.email), Received=f"by x; {long_ago}"), PASSED)
    late, odd = Incident.objects.order_by("pk")
    assert late.discovered_at == yesterday
    assert timezone.now() - odd.discovered_at < timedelta(minutes=5)


def test_html_alone_is_read_as_text_and_attachments_stay(taken):
    made = EmailMessage()
    made["From"], made["To"] = str(taken.employee.email), f"x@y.example, <{ADDRESS}>"
    made.set_content("<style>p{}</style><p>Klik <b>her</b></p><p>Kode:<br>1</p>", subtype="html")
    made.add_attachment(b"1", maintype="image", subtype="png", filename="skærm.png")
    take_report(read_letter(made.as_bytes()), PASSED)
    found = Incident.objects.get()
    assert found.what == "Klik her\nKode:\n1"
    assert "1 vedhæftet fil ligger" in found.entries.get().text


def test_a_register_takes_it_and_the_pages_name_the_address(
    taken, client_of, settings: LazySettings
):
    letter = mail(str(taken.employee.email))
    assert Outcome.REPORTED in [take(letter, PASSED) for take in MAILED.ask_all()]
    assert ADDRESS not in client_of("employee").get("/incidents/report/").content.decode()
    assert "IMAP_HOST" in client_of("coordinator").get("/incidents/settings/").content.decode()
    settings.IMAP_HOST = "mail.tryllerup.example"
    opened(taken)
    assert ADDRESS in client_of("employee").get("/incidents/report/").content.decode()
    assert ADDRESS in client_of("anonymous").get("/incidents/open/").content.decode()
    assert "IMAP_HOST" not in client_of("coordinator").get("/incidents/settings/").content.decode()
