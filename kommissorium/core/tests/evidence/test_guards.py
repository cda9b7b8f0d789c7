"""The check sees what else guards a database, and of many faults each table's first five."""

from __future__ import annotations

import os
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from kommissorium.core.evidence import guards
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.daily_anchor import anchor_today
from kommissorium.core.evidence.models import Event
from kommissorium.core.evidence.sealing import seal_database
from kommissorium.core.evidence.verifier import CHANGED, NoAnchor, anchors_in, in_words
from kommissorium.core.files import leftovers
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.leftovers import FORGOTTEN_AFTER, STRANGE_AFTER, forget_leftovers
from kommissorium.core.files.models import FileDamaged, StoredFile
from kommissorium.core.tests.evidence.tampering import tamper

pytestmark = pytest.mark.both("asks the database's own catalogue")

Person = get_user_model()
ON_SQLITE = connection.vendor == "sqlite"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    settings.ANCHOR_FILE = tmp_path / "anchors.txt"
    return settings.FILES_DIR


def faults() -> list[str]:
    return check_database().faults


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        if not ON_SQLITE:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in statements:
            cursor.execute(statement)


def test_a_unique_index_that_is_gone_is_named(cast):
    run("DROP INDEX one_person_per_email")
    assert faults() == ["accounts_person: the constraint one_person_per_email is missing"]


def test_a_unique_index_that_holds_less_is_named(cast):
    run(
        "DROP INDEX one_person_per_email",
        "CREATE UNIQUE INDEX one_person_per_email ON accounts_person (email) WHERE id > 1000",
    )
    [fault] = faults()
    assert fault.endswith("one_person_per_email is not the one that was made")


def test_an_index_that_guards_nothing_may_come_and_go(cast):
    run("CREATE INDEX quicker ON accounts_person (name)")
    assert faults() == []
    run("CREATE UNIQUE INDEX own_rule ON accounts_person (pseudonym)")
    assert faults() == ["accounts_person: the constraint own_rule is none that the program made"]


def test_a_column_that_may_be_empty_now_is_told(cast):
    if ON_SQLITE:
        run(
            "PRAGMA writable_schema = 1",
            "UPDATE sqlite_master SET sql = replace(sql, '\"title\" varchar(200) NOT NULL',"
            " '\"title\" varchar(200) NULL') WHERE name = 'meetings_agendaitem'",
            "PRAGMA writable_schema = 0",
        )
    else:
        run("ALTER TABLE meetings_agendaitem ALTER COLUMN title DROP NOT NULL")
    assert faults() == [
        "meetings_agendaitem: the table with its columns is not the one that was made"
    ]


@pytest.mark.skipif(ON_SQLITE, reason="SQLite has the constraints within the table")
def test_a_constraint_or_its_trigger_that_is_gone_is_named(cast):
    run("ALTER TABLE core_record DROP CONSTRAINT core_record_event_id_key")
    assert faults() == ["core_record: the constraint core_record_event_id_key is missing"]


def test_a_check_reads_the_same_after_postgresql_worded_it_anew():
    before = (
        "CHECK (kind::text = ANY (ARRAY['a'::character varying, 'b'::character varying]::text[]))"
    )
    after = "CHECK (kind::text = ANY (ARRAY['a'::character varying::text, ('b'::text)]))"
    assert guards._CASTS.sub("", before) == guards._CASTS.sub("", after)
    other = after.replace("'b'", "'c'")
    assert guards._CASTS.sub("", before) != guards._CASTS.sub("", other)


def test_another_signing_key_is_told_until_somebody_says_that_it_was_meant(cast, settings):
    settings.SECRET_KEY = "another" * 10
    assert faults() == ["the signing key (secret.key) is not the one that the chain knows"]
    seal_database()  # as an update does
    assert len(faults()) == 1
    seal_database(new_key=True)
    assert faults() == []
    last = Event.objects.order_by("-seq")[0]
    assert (last.act, "another" in last.facts) == (CHANGED, False)


def test_of_many_faults_each_table_has_its_first_and_all_are_counted(cast):
    ids = list(Person.objects.values_list("pk", flat=True)[:7])
    tamper(f"UPDATE accounts_person SET name = 'x' WHERE id IN ({', '.join(map(str, ids))})")
    first = "SELECT min(id) FROM committees_seat"
    tamper(f"UPDATE committees_seat SET function = 'x' WHERE id = ({first})")
    report = check_database()
    assert {about: group.number for about, group in report.groups.items()} == {
        "accounts_person": 7,
        "committees_seat": 1,
    }
    assert (len(report.faults), report.number_of_faults) == (6, 8)
    assert "FAULT: accounts_person: 7 in all, 2 are not named." in in_words(report)


def test_what_cannot_be_read_hides_nothing_else(cast):
    frozen = [freeze("core.try", cast.committee, by=None, content={"n": n}) for n in range(3)]
    moment = "'x'" if ON_SQLITE else "'infinity'"
    tamper(f"UPDATE core_record SET at = {moment} WHERE id = %s", frozen[0].pk)
    tamper("UPDATE core_record SET content = '{}' WHERE id = %s", frozen[2].pk)
    tamper(f"UPDATE core_event SET at = {moment} WHERE seq = %s", frozen[0].event_id)
    named = faults()
    for word in (f"record {frozen[0].pk} cannot be read", f"event {frozen[0].event_id} cannot be"):
        assert [fault for fault in named if fault.startswith(word)]
    assert f"record {frozen[2].pk}: its content is not what was frozen" in named


@pytest.mark.skipif(not ON_SQLITE, reason="PostgreSQL lets no such text in")
def test_a_row_that_cannot_be_read_hides_no_other_of_its_table(cast):
    first, second = Person.objects.order_by("pk")[:2]
    tamper("UPDATE accounts_person SET name = CAST(x'ff' AS TEXT) WHERE id = %s", first.pk)
    tamper("UPDATE accounts_person SET name = 'x' WHERE id = %s", second.pk)
    named = faults()
    assert any(fault.startswith(f"accounts_person {first.pk} ") for fault in named)
    assert any(fault.startswith(f"accounts_person {second.pk} is not what") for fault in named)


def test_a_link_in_place_of_a_file_is_told_and_not_followed(cast, tmp_path):
    stored = store_file(b"%PDF-1.7 whole", "bilag.pdf")
    record("core.tried", cast.committee, by=None)
    aside = tmp_path / "aside"
    stored.path.rename(aside)
    stored.path.symlink_to(aside)
    assert faults() == [f"file {stored.pk}: it is a link and no file"]
    with pytest.raises(FileDamaged):
        stored.read()
    stored.path.unlink()
    stored.path.parent.rmdir()
    aside.rename(tmp_path / stored.pk)
    stored.path.parent.symlink_to(tmp_path)
    assert f"file {stored.pk}: it is a link and no file" in faults()


def test_files_that_no_event_knows_are_told(cast, folder):
    store_file(b"%PDF-1.7 whole", "bilag.pdf")
    record("core.tried", cast.committee, by=None)
    (folder / "strange.txt").write_text("x")
    (folder / "ab").mkdir()
    (folder / "ab" / ("ab" + "0" * 62)).write_text("not what its name says")
    assert faults() == [
        f"files/ab/ab{'0' * 62} is nothing that an event knows",
        "files/strange.txt is nothing that an event knows",
    ]


def test_what_an_act_left_is_no_fault_and_goes_after_a_day(cast, monkeypatch):
    left = store_file(b"%PDF-1.7 taken back", "bilag.pdf")
    kept = store_file(b"%PDF-1.7 kept", "bilag.pdf")
    StoredFile.objects.filter(pk=left.pk).delete()
    record("core.tried", cast.committee, by=None)
    assert faults() == []
    forget_leftovers()
    assert left.path.exists()
    now = leftovers.disk_clock()
    monkeypatch.setattr(leftovers, "disk_clock", lambda: now + STRANGE_AFTER + 1)
    assert faults() == [f"files/{left.pk[:2]}/{left.pk} is nothing that an event knows"]
    monkeypatch.setattr(leftovers, "disk_clock", lambda: now + FORGOTTEN_AFTER + 1)
    forget_leftovers()
    assert (left.path.exists(), kept.path.exists(), faults()) == (False, True, [])


def test_anchors_are_read_from_a_text_a_file_and_a_mail(tmp_path):
    one, two = (412, "9f2c" * 16), (500, "ab01" * 16)
    text = "".join(f"2026-11-25 {seq}:{value}\n" for seq, value in (one, two))
    assert anchors_in(f"{one[0]}:{one[1]}") == [one]
    file = tmp_path / "anchors.txt"
    file.write_text(text)
    assert anchors_in(str(file)) == [one, two]
    for how in ("quoted-printable", "base64", "8bit"):
        mail = EmailMessage()
        mail["Subject"] = "Anker"
        mail.set_content(f"Gem denne mail, også i år.\n\n{text}", cte=how)
        file.write_bytes(mail.as_bytes())
        assert anchors_in(str(file)) == [one, two], how
    for none in ("", "412", "x" * 5000, str(tmp_path)):
        with pytest.raises(NoAnchor):
            anchors_in(none)


def test_a_database_put_back_to_yesterday_shows_against_a_head_kept_elsewhere(cast, tmp_path):
    """The anchors that lie beside the database are put back with it."""
    anchor_today(tmp_path / "anchors.txt", on=date(2026, 3, 1))
    yesterday = os.fspath(tmp_path / "anchors.txt")
    record("core.tried", cast.committee, by=None)
    today = tmp_path / "mail.eml"
    last = Event.objects.order_by("-seq")[0]
    today.write_text(f"Subject: Anker\n\n{last.seq}:{last.hash}\n")
    tamper("DELETE FROM core_event WHERE seq = %s", last.seq)
    assert check_database(anchors_in(yesterday)).holds
    [fault] = check_database(anchors_in(str(today))).faults
    assert "an older state was put back" in fault
