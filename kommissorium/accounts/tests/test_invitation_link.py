"""The link of an invitation, shown to the inviter: nobody takes a login over with it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kommissorium.accounts.actions import (
    accept_role_nomination,
    add_person,
    change_person,
    close_login,
    give_role,
    invitation_link,
    invite,
    nominate_for_role,
    renew_waiting_invitations,
    show_invitation,
)
from kommissorium.accounts.actions.sign_in import set_first_password
from kommissorium.accounts.models import Municipality, Person
from kommissorium.accounts.tests.test_invitation import CHOSEN, choose
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.actions import send_due
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.mail.set_up import NOWHERE
from kommissorium.core.refusals import Refused

LINK = re.compile(r'value="(http[^"]+/invitation/[^"]+)"')


def path(person):
    return f"/people/{person.pk}/invitation/link/"


def shown(person, by):
    link = show_invitation(Person.objects.get(pk=person.pk), by=by)
    return link.removeprefix(site.SITE_URL)


def mailed():
    body = OutboxMail.objects.get(kind="accounts.invitation").body
    return re.search(r"http\S+", body).group().removeprefix(site.SITE_URL)


def test_who_invites_sees_the_link_and_it_works_once(cast, proven, newcomer, nobody, client):
    invite(newcomer, by=cast.coordinator)
    browser = proven("coordinator")
    assert path(newcomer) in browser.get(f"/people/{newcomer.pk}/").content.decode()
    answer = browser.post(path(newcomer))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    link = LINK.search(answer.content.decode()).group(1).removeprefix(site.SITE_URL)
    assert choose(nobody, link).status_code == 302
    assert client.get(link).status_code == 410


def test_it_is_not_shown_before_one_has_proven_who_one_is(cast, client_of, newcomer):
    invite(newcomer, by=cast.coordinator)
    answer = client_of("coordinator").post(path(newcomer))
    assert answer.status_code == 302
    assert "/account/confirmation/" in answer.url
    assert not Event.objects.filter(act="accounts.invitation_shown").exists()


def test_everybody_concerned_is_told_that_it_was_shown(cast, newcomer):
    invite(newcomer, by=cast.coordinator)
    shown(newcomer, cast.coordinator)
    event = Event.objects.get(act="accounts.invitation_shown")
    told = OutboxMail.objects.filter(kind="accounts.access_changed", key=str(event.seq))
    emails = {newcomer.email, cast.chair.email, cast.administrator.email}
    assert emails <= set(told.values_list("recipient", flat=True))
    assert "/invitation/" not in "".join(told.values_list("body", flat=True))


def test_without_an_open_invitation_there_is_nothing_to_show(cast, newcomer):
    with pytest.raises(Refused):
        shown(newcomer, cast.coordinator)
    invite(newcomer, by=cast.coordinator)
    close_login(newcomer, by=cast.administrator)
    with pytest.raises(Refused):
        shown(newcomer, cast.coordinator)


def test_who_has_a_password_is_not_taken_over_by_it(cast, newcomer):
    invite(newcomer, by=cast.coordinator)
    set_first_password(newcomer, CHOSEN)
    for setting_up in (False, True):
        if setting_up:
            Municipality.objects.update(setup_finished_at=None)
        with pytest.raises(Refused):
            shown(newcomer, cast.administrator)


def test_a_coordinator_sees_no_link_of_an_administrator(cast, newcomer):
    give_role(newcomer, "administrator", by=None, from_date=timezone.localdate())
    invite(newcomer, by=cast.administrator)
    Municipality.objects.update(setup_finished_at=None)
    with pytest.raises(PermissionDenied):
        shown(newcomer, cast.coordinator)


@pytest.fixture
def friend(cast):
    """Somebody with an e-mail who is to become executive, and has not signed in yet."""
    return add_person(by=cast.coordinator, name="Bo Lind", email="bo@tryllerup.example")


def asked_for(person, cast):
    return nominate_for_role(
        person, "executive", by=cast.coordinator, from_date=timezone.localdate()
    )


def test_where_a_second_yes_stands_behind_somebody_the_link_goes_to_the_mailbox_alone(
    cast, friend, proven
):
    person = friend
    accept_role_nomination(asked_for(person, cast), by=cast.chair)
    invite(person, by=cast.coordinator)
    browser = proven("coordinator")
    assert path(person) not in browser.get(f"/people/{person.pk}/").content.decode()
    assert browser.post(path(person)).status_code == 403
    Municipality.objects.update(setup_finished_at=None)
    assert browser.post(path(person)).status_code == 200, "until the set-up is finished"


def test_a_link_seen_before_the_second_yes_is_dead_after_it_and_the_mailed_one_lives(
    cast, friend, nobody, client
):
    person = friend
    invite(person, by=cast.coordinator)
    seen, sent = shown(person, cast.coordinator), mailed()
    assert client.get(seen).status_code == 302
    accept_role_nomination(asked_for(person, cast), by=cast.chair)
    assert client.get(seen).status_code == 410
    # Nor does a key help that was taken out of the address before.
    chosen = f"{seen.rsplit('/', 2)[0]}/choose/"
    assert client.get(chosen).status_code == 410
    assert choose(nobody, sent).status_code == 302


def test_a_waiting_invitation_gets_a_link_that_still_works(cast, newcomer, nobody, monkeypatch):
    invite(newcomer, by=cast.coordinator)
    later = timezone.localtime() + timedelta(days=30)
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)
    assert nobody.get(mailed()).status_code == 410
    renew_waiting_invitations()
    assert choose(nobody, mailed()).status_code == 302
    assert not OutboxMail.objects.filter(kind="accounts.invitation").exists(), "it is taken back"


def test_a_mailbox_that_was_mistyped_gets_no_new_link(cast, newcomer, nobody):
    invite(newcomer, by=cast.coordinator)
    before = mailed()
    values = {name: getattr(newcomer, name) for name in ("name", "job_title", "department")}
    change_person(
        newcomer,
        by=cast.coordinator,
        edit_version=newcomer.edit_version,
        language=newcomer.language,
        email="rettet@tryllerup.example",
        **values,
    )
    renew_waiting_invitations()
    assert mailed() == before
    assert nobody.get(before).status_code == 410


def test_a_new_invitation_takes_the_waiting_one_back(cast, newcomer, settings):
    settings.EMAIL_BACKEND = NOWHERE
    for _time in range(3):
        invite(newcomer, by=cast.coordinator)
    assert OutboxMail.objects.filter(kind="accounts.invitation").count() == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_due()
    invite(newcomer, by=cast.coordinator)
    assert OutboxMail.objects.filter(kind="accounts.invitation").count() == 2, "what left stays"


def test_the_person_page_says_that_the_mail_waits(cast, proven, newcomer, settings):
    settings.EMAIL_BACKEND = NOWHERE
    browser = proven("coordinator")
    answer = browser.post(f"/people/{newcomer.pk}/invitation/", follow=True).content.decode()
    assert "Mailen venter, til mail er sat op" in answer
    assert "det, der sendes nu, venter" in answer


def test_the_link_of_the_command_line_stays_as_it_was(newcomer, nobody):
    link = invitation_link(newcomer).removeprefix(site.SITE_URL)
    assert choose(nobody, link).status_code == 302


def test_a_password_chosen_by_a_link_somebody_saw_does_not_outlive_the_second_yes(
    cast, friend, nobody
):
    """The asker could have chosen it: after the yes only the mailbox lets anybody in."""
    person = friend
    invite(person, by=cast.coordinator)
    assert choose(nobody, shown(person, cast.coordinator)).status_code == 302
    assert nobody.get("/account/").status_code == 200
    accept_role_nomination(asked_for(person, cast), by=cast.chair)
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert nobody.get("/account/").status_code == 302
    assert Event.objects.filter(act="accounts.sign_in_dropped").count() == 1
    invitations = OutboxMail.objects.filter(kind="accounts.invitation").order_by("-pk")
    assert invitations[0].recipient == person.email


def test_a_password_chosen_by_the_mail_outlives_it(cast, friend, nobody):
    person = friend
    invite(person, by=cast.coordinator)
    assert choose(nobody, mailed()).status_code == 302
    accept_role_nomination(asked_for(person, cast), by=cast.chair)
    person.refresh_from_db()
    assert person.has_usable_password()
