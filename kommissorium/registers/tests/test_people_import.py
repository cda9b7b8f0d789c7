"""The import of people: found again, added without access, never given an e-mail to sign in by."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from kommissorium.accounts.actions import add_person, change_person, choose_language, invite
from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.imports import (
    choose_names,
    hand_in,
    map_columns,
    take_in,
    undo_import,
)
from kommissorium.registers.importing.kinds import plan_of
from kommissorium.registers.models import ImportRun
from kommissorium.tasks.actions import give_task

pytestmark = pytest.mark.django_db

HEADINGS = "Navn;Mail;Afdeling;Stilling"
ROWS = (
    "Agnete Fuglsang;Agnete.Fuglsang@tryllerup.example;Børn og unge;Skoleleder",
    "Holm, Viggo;viggo@tryllerup.example;Teknik;Vejingeniør",
    "Rigmor Uden Mail;;Kultur;Bibliotekar",
)


def read(cast, *rows, headings=HEADINGS, by=None, language="da"):
    data = "\n".join([headings, *(rows or ROWS)]).encode()
    with override(language):
        return hand_in("people", data, "personale.csv", by=by or cast.coordinator)


def taken_in(cast, *rows, **more):
    run = read(cast, *rows, **more)
    take_in(run, by=run.by, mark=plan_of(run).mark)
    run.refresh_from_db()
    return run


def choose(run, choices):
    choose_names(run, by=run.by, choices=choices, edit_version=run.edit_version)


def states(run):
    return [str(row.state) for row in plan_of(run).rows]


def told(run):
    """Return what is wrong and what is noted, row by row."""
    return [[fault.sentence for fault in row.faults] + row.notes for row in plan_of(run).rows]


def named(name):
    return Person.objects.get(name=name)


def test_people_come_in_without_access(cast):
    roles, mails = OrganisationRole.objects.count(), OutboxMail.objects.count()
    run = taken_in(cast)
    assert (run.added, run.changed, run.same) == (3, 0, 0)
    viggo = named("Viggo Holm")
    assert (viggo.email, viggo.job_title, viggo.department) == (
        "viggo@tryllerup.example",
        "Vejingeniør",
        "Teknik",
    )
    assert named("Agnete Fuglsang").email == "agnete.fuglsang@tryllerup.example"
    assert named("Rigmor Uden Mail").email is None
    added = Person.objects.filter(name__in=["Viggo Holm", "Agnete Fuglsang", "Rigmor Uden Mail"])
    assert not any(one.has_login or one.invitations.exists() for one in added)
    assert (OrganisationRole.objects.count(), OutboxMail.objects.count()) == (roles, mails)


def test_the_same_file_again_changes_nothing(cast):
    taken_in(cast)
    before = Person.objects.count()
    again = read(cast)
    assert states(again) == ["same"] * 3
    with pytest.raises(Refused):
        take_in(again, by=cast.coordinator, mark=plan_of(again).mark)
    assert Person.objects.count() == before


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("Fornavn;Efternavn;E-mail;Stillingsbetegnelse;Enhed", "Ulla;Rask;ulla@x.example;Chef;IT"),
        ("Navn;Efternavn;E-mail;Titel;Organisationsenhed", "Ulla;Rask;ulla@x.example;Chef;IT"),
        ("displayName;userPrincipalName;title;department", "Ulla Rask;ulla@x.example;Chef;IT"),
        ("Medarbejder;Arbejdsmail;Jobtitel;Center", "Rask, Ulla;<ULLA@x.example>;Chef;IT"),
    ],
)
def test_headings_of_other_programs_are_known(cast, headings, row):
    taken_in(cast, row, headings=headings)
    ulla = Person.objects.get(email="ulla@x.example")
    assert (ulla.name, ulla.job_title, ulla.department) == ("Ulla Rask", "Chef", "IT")


def test_a_column_of_names_is_asked_for(cast):
    run = read(cast, "a@x.example;Chef", headings="Mail;Stilling")
    with override("en"), pytest.raises(Refused) as refused:
        map_columns(run, by=cast.coordinator, mapping={"0": "email"}, edit_version=1)
    assert "names" in str(next(iter(refused.value.errors.values())))


def test_title_and_department_follow_and_roles_and_logins_stay(cast):
    row = "Anne Tvedegaard;system_owner@tryllerup.example;Borgerservice;Borgerservicechef"
    run = taken_in(cast, row)
    cast.system_owner.refresh_from_db()
    assert (run.changed, run.added) == (1, 0)
    assert cast.system_owner.job_title == "Borgerservicechef"
    undo_import(run, by=cast.coordinator)
    cast.system_owner.refresh_from_db()
    assert cast.system_owner.job_title == "Leder af borgerservice"


def test_no_import_changes_the_email_somebody_signs_in_by(cast):
    link = f"{settings.SITE_URL}{cast.member.get_absolute_url()}"
    with_link = "Link;Navn;Mail"
    run = read(cast, f"{link};Søren Ødum;angriber@evil.example", headings=with_link)
    assert states(run) == ["same"]
    with override("en"):
        assert "Change it on the card" in told(run)[0][0]


def test_an_attacker_s_email_for_a_namesake_is_asked_about_and_never_taken(cast):
    run = read(cast, "Søren Ødum;angriber@evil.example;;Ny titel")
    assert states(run) == ["wrong"]
    [key] = plan_of(run).unknown["word_same_name"]
    choose(run, {"word_same_name": {key: str(cast.member.pk)}})
    [row] = plan_of(run).rows
    assert [change.code for change in row.changes] == ["job_title"]
    assert "member@tryllerup.example" in row.notes[0]
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    cast.member.refresh_from_db()
    assert cast.member.email == "member@tryllerup.example"


def test_a_namesake_who_has_left_is_not_taken_for_the_new_one(cast):
    gone = add_person(by=cast.coordinator, name="Viggo Holm")
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    run = read(cast, ROWS[1])
    assert states(run) == ["wrong"]
    [key] = plan_of(run).unknown["word_same_name"]
    choose(run, {"word_same_name": {key: "new"}})
    assert states(run) == ["new"]


@pytest.mark.parametrize(
    "email",
    ["member@tryllerup.example\u200b", "member@tryll\u0435rup.example", "memb\u00ader@x.example"],
)
def test_no_email_passes_for_another_s(cast, email):
    assert states(read(cast, f"En Anden;{email};;")) == ["wrong"]
    with pytest.raises(Refused):
        add_person(by=cast.coordinator, name="En Anden", email=email)


def test_a_namesake_can_be_somebody_else(cast):
    run = read(cast, "Søren Ødum;den.anden@tryllerup.example;;")
    [key] = plan_of(run).unknown["word_same_name"]
    choose(run, {"word_same_name": {key: "new"}})
    assert states(run) == ["new"]


def test_the_email_of_who_was_known_by_name_alone_is_filled_in(cast):
    known = add_person(by=cast.coordinator, name="Viggo Holm")
    run = taken_in(cast, ROWS[1])
    known.refresh_from_db()
    assert (run.changed, known.email) == (1, "viggo@tryllerup.example")
    assert known.has_login is False
    undo_import(run, by=cast.coordinator)
    known.refresh_from_db()
    assert known.email is None


def test_who_is_invited_keeps_the_email(cast):
    known = add_person(by=cast.coordinator, name="Viggo Holm", email="v@tryllerup.example")
    invite(known, by=cast.coordinator)
    run = read(cast, ROWS[1])
    [key] = plan_of(run).unknown["word_same_name"]
    choose(run, {"word_same_name": {key: str(known.pk)}})
    [row] = plan_of(run).rows
    assert "email" not in row.values
    assert row.notes


def test_two_of_a_name_without_email_are_asked_about(cast):
    for title in ("Skoleleder", "Vejmand"):
        add_person(by=cast.coordinator, name="Bo Bang", job_title=title)
    run = read(cast, "Bo Bang;;IT;")
    assert states(run) == ["wrong"]
    [one] = plan_of(run).unknown["word_same_name"].values()
    assert [label for _key, label in one.options][:2] == ["Bo Bang, Skoleleder", "Bo Bang, Vejmand"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Bo Bang;bo.bang(a)tryllerup.dk;;", "“bo.bang(a)tryllerup.dk” is not an e-mail address."),
        (f"{'x' * 300};x@x.example;;", "The text can be 120 characters long."),
        (f"Bo Bang;b@x.example;{'x' * 300};", "The text can be 120 characters long."),
        (";bo@x.example;;", "The name is missing."),
        (";;IT;Chef", "There is neither a name nor an e-mail."),
        ("Bo Bang;;IT;", "Without an e-mail: gets no mails, and cannot be invited yet."),
    ],
)
def test_bad_cells_are_told_in_words(cast, row, sentence):
    with override("en"):
        assert told(read(cast, row)) == [[sentence]]


def test_a_bad_email_can_be_left_empty_or_put_right(cast):
    run = read(cast, "Bo Bang;bo.bang;;", "Ib Bang;ib.bang;;")
    keys = list(plan_of(run).unknown["word_email"])
    choose(run, {"word_email": {keys[0]: "", keys[1]: "ib@tryllerup.example"}})
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    assert named("Bo Bang").email is None
    assert named("Ib Bang").email == "ib@tryllerup.example"


def test_the_same_email_twice_is_asked_about(cast):
    rows = ("Bo Bang;bo@x.example;IT;", "Bo B. Bang;BO@x.example;HR;")
    run = read(cast, *rows)
    assert states(run) == ["wrong", "wrong"]
    choose(run, {"word_twice": {"bo x example": "first"}})
    assert states(run) == ["new", "left_out"]


def test_the_same_name_twice_without_email_is_asked_about(cast):
    rows = ("Bo Bang;;IT;", "Bo Bang;;HR;")
    run = read(cast, *rows)
    assert states(run) == ["wrong", "wrong"]
    choose(run, {"word_twice": {"bo bang": "each"}})
    assert states(run) == ["new", "new"]
    choose(run, {"word_twice": {"bo bang": "first"}})
    assert states(run) == ["new", "left_out"]


def test_undoing_removes_those_nobody_has_used(cast):
    run = taken_in(cast)
    due = cast.since + timedelta(days=730)
    give_task(by=cast.coordinator, title="Find arkivet", owner=named("Viggo Holm"), due=due)
    agnete = named("Agnete Fuglsang")
    change_person(
        agnete,
        by=cast.coordinator,
        name="Agnete Fugl",
        email=agnete.email,
        job_title="",
        department="",
        language="da",
        edit_version=1,
    )
    undo_import(run, by=cast.coordinator)
    left = Person.objects.filter(name__in=["Viggo Holm", "Agnete Fugl", "Rigmor Uden Mail"])
    assert {one.name for one in left} == {"Viggo Holm", "Agnete Fugl"}
    assert Event.objects.filter(act="accounts.person_removed").count() == 1
    assert '"removed":1' in Event.objects.get(act="registers.import_undone").facts


def test_what_was_undone_can_be_taken_in_again(cast):
    run = taken_in(cast)
    undo_import(run, by=cast.coordinator)
    assert not Person.objects.filter(name="Viggo Holm").exists()
    assert taken_in(cast).added == 3


def test_nothing_left_to_undo_is_said(cast):
    run = taken_in(cast, ROWS[1])
    invite(named("Viggo Holm"), by=cast.coordinator)
    with pytest.raises(Refused):
        undo_import(run, by=cast.coordinator)
    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE


@pytest.mark.parametrize("language", ["da", "en"])
def test_our_own_list_changes_nothing(cast, client_of, language):
    for name in ("=1+1", "Bo Bang", "Bo Bang"):
        add_person(by=cast.coordinator, name=name, job_title="-")
    choose_language(cast.coordinator, language, by=cast.coordinator)
    answer = client_of("coordinator").get("/people/export/")
    with override(language):
        run = hand_in("people", answer.content, "personer.csv", by=cast.coordinator)
        assert set(states(run)) == {"same"}
        assert len(plan_of(run).rows) == Person.objects.count()


@pytest.mark.parametrize(
    ("who", "seen", "made"),
    [
        ("employee", 404, 404),
        ("chair", 404, 404),
        ("executive", 404, 404),
        ("system_owner", 404, 404),
        ("auditor", 200, 403),
        ("coordinator", 200, 200),
        ("administrator", 200, 200),
    ],
)
def test_who_may_import_people(cast, client_of, who, seen, made):
    run = read(cast)
    browser = client_of(who)
    assert browser.get(reverse("imports", args=["people"])).status_code == seen
    assert browser.get(run.get_absolute_url()).status_code == seen
    assert browser.get(reverse("import_new", args=["people"])).status_code == made
    taking = browser.post(run.address("import_take_in"), {"mark": plan_of(run).mark})
    assert taking.status_code == (302 if made == 200 else made)


def test_administrators_see_no_imports_of_the_registers(cast, client_of):
    browser = client_of("administrator")
    assert browser.get(reverse("imports", args=["assets"])).status_code == 404


def test_readers_are_refused_by_the_action_too(cast):
    for who in (cast.auditor, cast.chair):
        with pytest.raises(PermissionDenied):
            hand_in("people", b"Navn\nBo", "x.csv", by=who)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_whole_way_on_the_pages(cast, client_of, language):
    choose_language(cast.administrator, language, by=cast.administrator)
    browser = client_of("administrator")
    new = reverse("import_new", args=["people"])
    file = SimpleUploadedFile("personale.csv", "\n".join([HEADINGS, *ROWS]).encode())
    answer = browser.post(new, {"file": file})
    run = ImportRun.objects.get()
    assert answer.url == run.address("import_columns")
    columns = browser.get(answer.url)
    assert columns.status_code == 200
    posted = {f"column_{n}": code for n, code in run.mapping.items()}
    answer = browser.post(run.address("import_columns"), {**posted, "edit_version": 1})
    assert answer.url == run.get_absolute_url()
    preview = browser.get(answer.url)
    browser.post(run.address("import_take_in"), {"mark": preview.context["plan"].mark})
    result = browser.get(run.get_absolute_url())
    assert named("Viggo Holm").get_absolute_url() in result.content.decode()
    assert browser.post(run.address("import_undo")).status_code == 302
    assert browser.get(run.get_absolute_url()).status_code == 200
    template = reverse("import_template", args=["people", "people"])
    assert browser.get(template).status_code == 200


@pytest.mark.parametrize("language", ["da", "en"])
def test_its_own_example_is_taken_in_whole(cast, client_of, language):
    address = reverse("import_template", args=["people", "people"])
    choose_language(cast.coordinator, language, by=cast.coordinator)
    answer = client_of("coordinator").get(address)
    with override(language):
        run = hand_in("people", answer.content, "Skabelon.xlsx", by=cast.coordinator)
        assert len(run.mapping) == len(run.headings), "each heading is recognised"
        assert states(run) == ["new"]


def test_the_list_of_people_leads_to_it(client_of):
    address = reverse("imports", args=["people"])
    assert address in client_of("coordinator").get("/people/").content.decode()
    assert address not in client_of("auditor").get("/people/").content.decode()
