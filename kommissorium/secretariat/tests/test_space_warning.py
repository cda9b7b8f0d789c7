"""Administrators learn that the space for files is nearly used up: on pages, and once by mail."""

from __future__ import annotations

import pytest

from kommissorium.core.files.actions import store_file
from kommissorium.core.mail.models import OutboxMail
from kommissorium.secretariat.space_warning import warn_of_space

PDF = b"%PDF-1.7 ".ljust(850)


@pytest.fixture(autouse=True)
def scarce(cast, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    settings.STORAGE_QUOTA = 1000
    store_file(PDF, "bilag.pdf")


@pytest.mark.parametrize(("who", "told"), [("administrator", True), ("coordinator", False)])
def test_administrators_see_it_on_every_page(client_of, who, told):
    for path in ("/", "/people/"):
        assert ("85 % af pladsen til filer" in client_of(who).get(path).content.decode()) is told


def test_with_space_enough_nobody_is_told(client_of, settings):
    settings.STORAGE_QUOTA = 10_000
    assert "pladsen til filer" not in client_of("administrator").get("/").content.decode()
    assert warn_of_space() == 0


def test_each_administrator_gets_one_mail_of_one_quota(cast, settings):
    assert [warn_of_space(), warn_of_space()] == [1, 0]
    mail = OutboxMail.objects.get(kind="secretariat.space_scarce")
    assert mail.recipient == cast.administrator.email
    assert mail.subject == "85 % af pladsen til filer er brugt"
    settings.STORAGE_QUOTA = 1001
    assert warn_of_space() == 1


def test_the_health_page_says_so_and_is_well(client_of):
    answer = client_of("anonymous").get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok\nspace for files: 85 % used\n")
