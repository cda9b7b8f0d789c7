"""Strangers keep nobody out, however many wrong passwords they send."""

from __future__ import annotations

import fcntl
import threading
from contextlib import ExitStack

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.test import Client

from kommissorium.accounts import attempts, password_hashers
from kommissorium.accounts.actions import change_password
from kommissorium.accounts.adapter import AccountAdapter
from kommissorium.accounts.attempts import LONGEST_DELAY, WITHOUT_DELAY, delay
from kommissorium.accounts.models import Person
from kommissorium.conftest import PASSWORD, address

pytestmark = pytest.mark.both("counts in one statement")

LOGIN = "/account/login/"
CHAIR = address("chair")


@pytest.fixture(autouse=True)
def waits(monkeypatch):
    """The delays of attempts, recorded instead of waited for."""
    waited = []
    monkeypatch.setattr(attempts, "sleep", waited.append)
    return waited


@pytest.fixture
def at_home(cast):
    """The chair's own browser, signed in before and signed out again."""
    browser = Client(REMOTE_ADDR="10.0.0.1")
    assert sign_in(browser).status_code == 302
    browser.post("/account/logout/")
    return browser


def sign_in(browser, password=PASSWORD, email=CHAIR):
    return browser.post(LOGIN, {"login": email, "password": password})


def strangers_guess(times=30):
    for one in range(times):
        assert sign_in(Client(REMOTE_ADDR=f"192.0.2.{one}"), "forkert").status_code == 400


def test_strangers_keep_the_chair_out_of_no_browser(at_home, waits):
    strangers_guess()
    del waits[:]
    assert sign_in(at_home).status_code == 302
    assert waits == [], "where the chair has signed in before nothing is slower"


def test_a_new_browser_waits_a_little_and_comes_in(cast, waits):
    strangers_guess()
    del waits[:]
    assert sign_in(Client(REMOTE_ADDR="10.0.0.2")).status_code == 302
    assert waits == [LONGEST_DELAY]
    assert sign_in(Client(REMOTE_ADDR="10.0.0.3")).status_code == 302
    assert waits == [LONGEST_DELAY], "the right password ends it"


def test_from_the_strangers_own_address_a_new_browser_is_told_what_to_do(cast, at_home):
    stranger = Client(REMOTE_ADDR="192.0.2.7")
    for _one in range(5):
        sign_in(stranger, "forkert")
    answer = sign_in(Client(REMOTE_ADDR="192.0.2.7"))
    assert answer.status_code == 400
    assert str(AccountAdapter.error_messages["too_many_login_attempts"]) in answer.content.decode()
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7"), email=address("member")).status_code == 302
    at_home.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert sign_in(at_home).status_code == 302


def test_a_known_browser_is_slowed_and_never_refused(at_home, waits):
    for _one in range(40):
        sign_in(at_home, "forkert")
    assert sorted(waits) == waits and waits[-1] == LONGEST_DELAY
    assert sign_in(at_home).status_code == 302


def test_waiting_grows_and_ends():
    grown = [delay(one) for one in range(1, 60)]
    assert grown[:WITHOUT_DELAY] == [0] * WITHOUT_DELAY
    assert sorted(grown) == grown and 0 < grown[WITHOUT_DELAY] < grown[-1] == LONGEST_DELAY


def test_only_some_wait_at_a_time_in_a_process(cast, waits):
    with attempts._waiting:
        strangers_guess(WITHOUT_DELAY + 3)
    assert waits == []


def test_a_known_browser_guesses_no_faster_by_guessing_beside_itself(at_home, waits):
    for _one in range(WITHOUT_DELAY):
        sign_in(at_home, "forkert")
    with attempts._known_waiting:  # another attempt waits
        answer = sign_in(at_home)
    assert answer.status_code == 400
    assert "Mange logger ind lige nu" in answer.content.decode()
    with attempts._waiting:  # a stranger's wait is no matter
        assert sign_in(at_home).status_code == 302


def test_another_account_knows_the_browser_of_none_but_its_own(at_home):
    for _one in range(5):
        sign_in(at_home, "forkert", address("member"))
    assert sign_in(at_home, email=address("member")).status_code == 400


@pytest.mark.parametrize("spoil", [lambda value: value[:-1] + "x", lambda _value: "sludder"])
def test_a_forged_cookie_makes_no_browser_known(at_home, spoil):
    cookie = at_home.cookies["device"].value
    browser = Client(REMOTE_ADDR="192.0.2.9")
    browser.cookies["device"] = spoil(cookie)
    for _one in range(5):
        sign_in(browser, "forkert")
    assert sign_in(browser).status_code == 400


def test_a_new_password_makes_every_browser_a_stranger(cast, at_home):
    change_password(cast.chair, "fire helt andre ord her")
    for _one in range(5):
        sign_in(at_home, "forkert")
    assert sign_in(at_home, "fire helt andre ord her").status_code == 400


def test_the_cookie_is_for_the_program_alone(at_home):
    cookie = at_home.cookies["device"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert cookie["max-age"] > 300 * 24 * 3600 and CHAIR not in cookie.value


def test_the_password_alone_makes_no_browser_known(cast):
    TOTP.activate(cast.chair, generate_totp_secret())
    browser = Client()
    assert sign_in(browser).url.startswith("/account/second-step/sign-in/")
    assert "device" not in browser.cookies


def test_passkeys_are_never_too_many(nobody):
    tried = {
        nobody.post("/account/second-step/passkeys/sign-in/", {"credential": "{}"}).status_code
    }
    for _one in range(40):
        answer = nobody.post("/account/second-step/passkeys/sign-in/", {"credential": "{}"})
        tried.add(answer.status_code)
    assert tried == {302}


@pytest.fixture
def real_hashes(settings):
    hashers = "kommissorium.accounts.password_hashers"
    settings.PASSWORD_HASHERS = [f"{hashers}.Argon2idHasher", f"{hashers}.OldHasher"]


def test_a_password_is_kept_as_argon2id(cast, real_hashes):
    kept = make_password(PASSWORD)
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    cast.chair.password = kept
    assert cast.chair.check_password(PASSWORD) and not cast.chair.check_password(PASSWORD + " ")


@pytest.mark.parametrize("old", ["pbkdf2", "cheaper"])
def test_an_old_hash_becomes_a_new_one_at_sign_in(cast, real_hashes, monkeypatch, old):
    kept = PBKDF2PasswordHasher().encode(PASSWORD, "salt", 1000)
    if old == "cheaper":
        with monkeypatch.context() as before:
            before.setattr(password_hashers, "PASSES", 1)
            kept = make_password(PASSWORD)
    Person.objects.filter(email=CHAIR).update(password=kept)
    browser = Client()
    assert sign_in(browser, "forkert").status_code == 400
    assert Person.objects.get(email=CHAIR).password == kept
    assert sign_in(browser).status_code == 302
    assert "$m=19456,t=2,p=1$" in Person.objects.get(email=CHAIR).password
    assert browser.get("/account/").status_code == 200


def test_no_more_than_two_are_checked_at_once(monkeypatch, cast):
    monkeypatch.setattr(password_hashers, "_room", threading.BoundedSemaphore(20))
    now, most, lock = [0], [0], threading.Lock()

    def check():
        with password_hashers._turn():
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            threading.Event().wait(0.01)
            with lock:
                now[0] -= 1

    threads = [threading.Thread(target=check) for _one in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= most[0] <= 2


def test_when_others_are_checked_too_long_the_page_says_so(
    cast, real_hashes, settings, monkeypatch
):
    monkeypatch.setattr(password_hashers, "LONGEST_WAIT", 0.05)
    folder = settings.DATA_DIR / "locks"
    folder.mkdir(exist_ok=True)
    with ExitStack() as held:
        for one in range(2):
            place = held.enter_context((folder / f"password-{one}").open("w"))
            fcntl.flock(place, fcntl.LOCK_EX)
        answer = sign_in(Client())
    assert answer.status_code == 400
    assert "Mange logger ind lige nu" in answer.content.decode()
    assert CHAIR in answer.content.decode()


def test_the_button_says_that_it_takes_a_moment(nobody):
    assert 'data-sending="Et øjeblik …"' in nobody.get(LOGIN).content.decode()
