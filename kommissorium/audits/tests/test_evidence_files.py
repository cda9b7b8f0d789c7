"""Files of evidence for findings: who hands them in, who reads them, and what is allowed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from kommissorium.accounts.models import Reading
from kommissorium.audits.actions.findings import MOST_FILES, judge_closure
from kommissorium.audits.models import Closure, ClosureFile
from kommissorium.audits.report import FiledReports
from kommissorium.audits.tests.cases import answered, audited, dressed, find, reported
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Event

LIST = b"Konto;Lukket\nanne;ja\n"


@pytest.fixture
def found(cast):
    """A finding of an outsider's audit that the system owner is to put right."""
    audit = audited(cast, title="Ekstern revision", auditor=cast.employee)
    return answered(cast, find(cast, audit, owner=cast.system_owner))


def ask(client, found, *files):
    given = [SimpleUploadedFile(name, data) for name, data in files]
    typed = {"evidence": "Listen er underskrevet.", "documents": given}
    return client.post(reverse("audit_closure", args=[found.pk]), typed)


def test_the_owner_hands_files_in_and_the_auditor_reads_them_before_accepting(
    cast, found, client_of
):
    page = client_of("system_owner").get(reverse("audit_closure", args=[found.pk]))
    assert 'enctype="multipart/form-data"' in page.content.decode()
    answer = ask(client_of("system_owner"), found, ("Liste.csv", LIST), ("Note.txt", b"Set."))
    assert answer.status_code == 302
    first, second = ClosureFile.objects.order_by("pk")
    assert (first.name, second.name) == ("Liste.csv", "Note.txt")
    told = Event.objects.filter(act="audits.closure_asked").latest("seq").facts
    assert first.file_id in told and "Liste" not in told
    verdict = client_of("employee").get(reverse("audit_verdict", args=[found.pk]))
    assert first.get_absolute_url() in verdict.content.decode()
    answer = client_of("employee").get(first.get_absolute_url())
    assert b"".join(answer.streaming_content) == LIST
    assert answer.headers["Content-Disposition"].startswith("attachment")
    client_of("employee").get(found.get_absolute_url())
    read = Reading.objects.filter(person=cast.employee).order_by("pk")
    assert [one.what for one in read] == ["file", "finding"], "each is logged as what it is"
    judge_closure(dressed(found), by=cast.employee, verdict="accepted", because="")
    assert first.get_absolute_url() in _page(client_of("system_owner"), found)
    assert check_database().faults == []


def _page(client, found):
    return client.get(found.get_absolute_url()).content.decode()


def test_who_does_not_read_the_finding_gets_none_of_its_files(cast, found, client_of):
    ask(client_of("system_owner"), found, ("Liste.csv", LIST))
    url = ClosureFile.objects.get().get_absolute_url()
    for who, status in (("member", 200), ("employee", 200), ("administrator", 404)):
        assert client_of(who).get(url).status_code == status, who


@pytest.mark.parametrize(
    ("name", "data"), [("virus.exe", b"MZ\x90\x00"), ("Liste.pdf", b"no pdf"), ("tom.txt", b"")]
)
def test_what_may_not_come_in_is_named_and_nothing_typed_is_lost(
    cast, found, client_of, name, data
):
    answer = ask(client_of("system_owner"), found, (name, data))
    assert answer.status_code == 400
    assert answer.context["form"].errors["documents"]
    assert "Listen er underskrevet." in answer.content.decode()
    assert not Closure.objects.exists() and dressed(found).task.is_open


def test_more_files_than_anybody_reads_are_refused(found, client_of):
    files = [(f"{number}.txt", f"{number}".encode()) for number in range(MOST_FILES + 1)]
    answer = ask(client_of("system_owner"), found, *files)
    assert answer.status_code == 400
    assert answer.context["form"].errors["documents"]
    assert not ClosureFile.objects.exists()


def test_what_was_handed_in_stays_and_nothing_comes_to_what_is_judged(cast, found, client_of):
    ask(client_of("system_owner"), found, ("Liste.csv", LIST))
    kept = ClosureFile.objects.get()
    for act in (
        lambda: ClosureFile.objects.update(name="Andet.csv"),
        lambda: ClosureFile.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    judge_closure(dressed(found), by=cast.employee, verdict="returned", because="Mangler.")
    with pytest.raises(DatabaseError), transaction.atomic():
        ClosureFile.objects.create(closure=kept.closure, file=kept.file, name="Sent.csv")


def test_a_report_that_is_issued_waits_to_be_filed(cast, found, client_of):
    kind = FiledReports()
    assert not kind.unfiled(cast.coordinator).exists()
    held = reported(cast, found.activity)
    [report] = kind.unfiled(cast.coordinator)
    assert held.title in kind.title(report)
    answer = client_of("coordinator").get(kind.url(report))
    assert answer.headers["Content-Type"] == "application/pdf"
    page = client_of("coordinator").get("/filing/", {"kind": kind.kind}).content.decode()
    assert held.title in page
    assert not kind.rows(cast.system_owner).exists()
