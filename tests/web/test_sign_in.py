"""Signing in: two steps, codes that count once, guesses that are stopped, sessions that end, and what an administrator may do."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from fanlight.casework.actions.give_code import give_code
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_password import set_password
from fanlight.casework.identity import factors
from fanlight.casework.models import FactorReset, Log, SignedIn, Staff, StaffRole
from tests.cast import APP_SECRET, PASSWORD, Cast, let_in, next_code
from tests.web.conftest import NOW

Clock = Callable[[datetime], None]


def anybody(address: str = "203.0.113.7") -> Client:
    """This function will give a browser of nobody's, at an address."""
    return Client(HTTP_HOST="localhost", REMOTE_ADDR=address)


def with_app(staff: Staff) -> Staff:
    """This function will give somebody an authenticator app that they have not used yet."""
    factors.keep_app(staff, APP_SECRET, 0, NOW)
    return staff


def type_password(browser: Client, staff: Staff, password: str = PASSWORD, **more: str) -> Any:
    """This function will type an address and a password."""
    return browser.post("/sign-in", {"email": staff.email, "password": password, **more})


def is_in(browser: Client) -> bool:
    """This function will say whether a browser is signed in, and may go where it likes."""
    return browser.get("/policy").status_code == 200


def rows(after: int = 0) -> list[tuple[str, str, int | None]]:
    """This function will give what the log says, from a row on."""
    return list(Log.objects.order_by("pk").values_list("what", "outcome", "staff_id")[after:])


# ── two steps ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_password_alone_lets_nobody_in_who_has_a_second_step(cast: Cast) -> None:
    browser, asha = anybody(), with_app(cast.asha)
    assert type_password(browser, asha, next="/duties").headers["Location"] == "/sign-in/second-step"
    assert not is_in(browser)
    assert browser.get("/sign-in/second-step").status_code == 200
    sent = browser.post("/sign-in/second-step", {"code": next_code(asha, now=NOW)})
    assert sent.headers["Location"] == "/duties"
    assert is_in(browser)
    assert rows() == [("sign_in", "done", asha.pk)]
    assert Log.objects.get().detail == {"how": "password"}


def test_a_code_counts_once_and_so_does_every_older_one(cast: Cast, the_clock: Clock) -> None:
    asha = with_app(cast.asha)
    code = next_code(asha, now=NOW)
    assert factors.prove_by_app(asha, code, NOW)
    assert not factors.prove_by_app(asha, code, NOW)
    newest = next_code(asha, now=NOW)
    assert factors.prove_by_app(asha, newest, NOW)
    assert not factors.prove_by_app(asha, code, NOW + timedelta(seconds=20))
    browser = anybody()
    type_password(browser, asha)
    again = browser.post("/sign-in/second-step", {"code": newest})
    assert "has been used" in again.content.decode()
    assert not is_in(browser)


def test_a_code_of_a_minute_ago_or_of_another_app_is_wrong(cast: Cast) -> None:
    asha = with_app(cast.asha)
    old = next_code(asha, now=NOW - timedelta(seconds=90))
    assert not factors.prove_by_app(asha, old, NOW)
    other = next_code(asha, secret=factors.new_secret(), now=NOW)
    assert not factors.prove_by_app(asha, other, NOW)
    assert not factors.prove_by_app(asha, "", NOW)
    assert not factors.prove_by_app(asha, "\uff11\uff12\uff13\uff14\uff15\uff16", NOW)


def test_a_recovery_code_stands_in_once(cast: Cast) -> None:
    asha = with_app(cast.asha)
    codes = factors.new_recovery_codes(asha, NOW)
    assert len(set(codes)) == 10
    for expected in (True, False):
        browser = anybody()
        type_password(browser, asha)
        browser.post("/sign-in/second-step", {"code": f"{codes[3][:5]} {codes[3][5:]}"})
        assert is_in(browser) is expected
    assert factors.recovery_codes_left(asha) == 9
    assert not factors.prove_by_recovery_code(cast.bronwen, codes[4], NOW)


def test_the_second_step_waits_ten_minutes_and_is_of_one_browser(cast: Cast, the_clock: Clock) -> None:
    asha = with_app(cast.asha)
    browser = anybody()
    type_password(browser, asha)
    other = anybody().post("/sign-in/second-step", {"code": next_code(asha, now=NOW)})
    assert other.headers["Location"] == "/sign-in"
    the_clock(NOW + timedelta(minutes=10))
    late = browser.post("/sign-in/second-step", {"code": next_code(asha, now=NOW + timedelta(minutes=10))})
    assert late.headers["Location"] == "/sign-in"
    assert not is_in(browser)


def test_whoever_may_do_more_than_report_and_has_no_second_step_can_do_nothing_but_set_one_up(cast: Cast) -> None:
    browser = anybody()
    type_password(browser, cast.asha)
    for page in ("/", "/duties", "/cases", "/report", "/policy", "/account", "/hand-overs"):
        assert browser.get(page).headers["Location"] == "/account/second-step", page
    assert browser.post("/report", {}).headers["Location"] == "/account/second-step"
    assert browser.get("/api/duties").status_code in (401, 404)
    body = browser.get("/account/second-step").content.decode()
    assert "app-nav" not in body
    shown = browser.get("/account/app").content.decode()
    secret = re.search(r'app-key">([A-Z2-7 ]+)<', shown)
    assert secret
    wrong = browser.post("/account/app", {"code": "000000"})
    assert "not the code" in wrong.content.decode()
    code = next_code(cast.asha, secret=secret[1].replace(" ", ""), now=NOW)
    assert browser.post("/account/app", {"code": code}).headers["Location"].startswith("/account/recovery-codes")
    codes = re.findall(r'<li class="app-key">([\d ]+)<', browser.post("/account/recovery-codes").content.decode())
    assert len(codes) == 10
    assert is_in(browser)
    assert [row.data.get("secret", "").find(secret[1].replace(" ", "")) for row in Authenticator.objects.all()] == [
        -1,
        -1,
    ]
    assert [what for what, _, _ in rows()] == ["sign_in", "add_factor", "add_factor", "add_factor"]


def test_somebody_who_only_reports_needs_no_second_step_until_a_role_shows_them_more(cast: Cast) -> None:
    browser = anybody()
    type_password(browser, cast.iris)
    assert is_in(browser)
    StaffRole.objects.create(landlord=cast.iris.landlord, staff=cast.iris, role="case_officer", patches=[])
    assert browser.get("/policy").headers["Location"] == "/account/second-step"


def test_nobody_removes_the_only_second_step_that_they_must_have(cast: Cast) -> None:
    browser = anybody()
    asha = with_app(cast.asha)
    let_in(browser, asha, NOW)
    (app,) = factors.factors_of(asha)
    assert browser.post(f"/account/remove/{app.id}").status_code == 403
    assert browser.post(f"/account/remove/{app.id + 900}").status_code == 404
    factors.keep_passkey(asha, {}, NOW)
    assert browser.post(f"/account/remove/{app.id}").status_code == 302
    assert [factor.kind for factor in factors.factors_of(asha)] == [factors.PASSKEY]


def test_nobody_removes_the_second_step_of_a_colleague(cast: Cast) -> None:
    (app,) = factors.factors_of(with_app(cast.asha))
    browser = anybody()
    let_in(browser, cast.carys, NOW)
    assert browser.post(f"/account/remove/{app.id}").status_code == 404
    assert factors.factors_of(cast.asha) == (app,)


@pytest.mark.parametrize("page", ["/account/app", "/account/passkey", "/account/recovery-codes", "/account/password"])
def test_how_somebody_signs_in_is_changed_only_shortly_after_they_have_shown_who_they_are(
    page: str, cast: Cast, the_clock: Clock
) -> None:
    browser, asha = anybody(), with_app(cast.asha)
    let_in(browser, asha, NOW)
    assert browser.get(page).status_code == 200
    the_clock(NOW + timedelta(minutes=11))
    assert browser.get(page).headers["Location"] == f"/account/confirm?next={page.replace('/', '%2F')}"
    assert browser.post(page, {"password": "a long walk by the sea"}).headers["Location"].startswith("/account/confirm")
    assert "That is not right" in browser.post("/account/confirm", {"password": "no", "next": page}).content.decode()
    assert browser.post("/account/confirm", {"password": PASSWORD, "next": page}).headers["Location"] == page
    assert browser.get(page).status_code == 200
    assert ("confirm", "done", asha.pk) in rows()


# ── guessing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ten_wrong_passwords_lock_an_account_for_one_address_and_for_no_other(cast: Cast, the_clock: Clock) -> None:
    browser = anybody()
    for turn in range(10):
        assert type_password(browser, cast.iris, f"wrong {turn}").status_code == 200
    assert [what for what, _, _ in rows()] == ["sign_in"] * 9 + ["lock_out"]
    assert type_password(browser, cast.iris).status_code == 429
    assert not is_in(browser)
    elsewhere = anybody("198.51.100.20")
    type_password(elsewhere, cast.iris)
    assert is_in(elsewhere)
    beside = anybody()
    type_password(beside, cast.gwen)
    assert beside.get("/account/second-step").status_code == 200
    the_clock(NOW + timedelta(minutes=16))
    later = anybody()
    type_password(later, cast.iris)
    assert is_in(later)


def test_codes_of_the_second_step_are_no_easier_to_guess(cast: Cast) -> None:
    asha = with_app(cast.asha)
    browser = anybody()
    type_password(browser, asha)
    for turn in range(10):
        browser.post("/sign-in/second-step", {"code": f"{turn:06}"})
    assert browser.post("/sign-in/second-step", {"code": next_code(asha, now=NOW)}).status_code == 429
    # A right password does not forget the wrong codes.
    assert type_password(anybody(), asha).status_code == 429


def test_an_address_that_tries_everybody_is_slowed_and_never_shut(cast: Cast, the_clock: Clock) -> None:
    browser = anybody()
    for turn in range(25):
        browser.post("/sign-in", {"email": f"somebody{turn}@connect.example", "password": "wrong"})
    waits = type_password(anybody(), cast.iris)
    assert waits.status_code == 429
    assert re.search(r"Wait \d+ seconds", waits.content.decode())
    the_clock(NOW + timedelta(seconds=31))
    patient = anybody()
    type_password(patient, cast.iris)
    assert is_in(patient)


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(cast: Cast, settings: Any) -> None:
    settings.BEHIND_PROXY = True
    for turn in range(10):
        guesser = Client(HTTP_HOST="localhost", HTTP_X_FORWARDED_FOR=f"10.0.0.{turn}, 203.0.113.7")
        type_password(guesser, cast.iris, "wrong")
    assert (
        type_password(Client(HTTP_HOST="localhost", HTTP_X_FORWARDED_FOR="203.0.113.7"), cast.iris).status_code == 429
    )
    type_password(elsewhere := Client(HTTP_HOST="localhost", HTTP_X_FORWARDED_FOR="198.51.100.20"), cast.iris)
    assert is_in(elsewhere)


def test_neither_the_answer_nor_the_work_done_tells_whether_somebody_has_an_account(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    Staff.objects.filter(pk=cast.gwen.pk).update(is_active=False)
    cast.huw.set_unusable_password()
    cast.huw.save()
    answers, work = set(), set()
    for email in (cast.asha.email, cast.gwen.email, cast.huw.email, "nobody@connect.example"):
        hashed.clear()
        sent = anybody().post("/sign-in", {"email": email, "password": "not it at all"})
        body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", sent.content.decode()).replace(email, "")
        answers.add((sent.status_code, body))
        work.add(len(hashed))
    assert len(answers) == 1
    assert work == {1}


def test_the_log_says_who_failed_where_it_is_somebody_of_ours_and_nothing_that_was_typed(cast: Cast) -> None:
    type_password(anybody(), cast.asha, "wrong")
    anybody().post("/sign-in", {"email": "nobody@connect.example", "password": "wrong"})
    assert rows() == [("sign_in", "refused", cast.asha.pk), ("sign_in", "refused", None)]
    assert [row.detail for row in Log.objects.all()] == [{"because": "password"}] * 2


HOSTILE = (
    "\x00", "\uff11\uff12\uff13\uff14\uff15\uff16", "\u202e123456", "' or 1=1 --", "{{7*7}}", "9" * 5000, "\ud800", "{}", "[]", "null",
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA", "attestationObject": "oA"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AA"}}',
)  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_what_nobody_would_type_proves_nothing_and_breaks_nothing(hostile: str, cast: Cast) -> None:
    asha = with_app(cast.asha)
    factors.keep_passkey(asha, {}, NOW)
    factors.new_recovery_codes(asha, NOW)
    Authenticator.objects.filter(user_id=asha.pk, type=factors.PASSKEY).delete()
    said = hostile.encode("utf-8", "replace").decode()
    browser = anybody()
    type_password(browser, asha)
    browser.get("/sign-in/second-step")
    for sent in ({"code": said}, {"credential": said}):
        assert browser.post("/sign-in/second-step", sent).status_code in (200, 429)
    assert not is_in(browser)
    assert browser.post("/sign-in", {"email": said, "password": said, "next": said}).status_code in (200, 429)
    assert browser.post("/set-password", {"code": said, "password": said}).status_code in (200, 429)
    let_in(browser, asha, NOW)
    browser.get("/account/passkey")
    assert browser.post("/account/passkey", {"credential": said}).status_code == 200
    assert browser.post("/account/app", {"code": said}).status_code == 200
    assert browser.post("/account/end-session", {"which": said}).status_code == 404
    assert [factor.kind for factor in factors.factors_of(asha)] == [factors.APP]


# ── sessions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_after_a_quarter_of_an_hour_without_a_page_somebody_is_signed_out(cast: Cast, the_clock: Clock) -> None:
    browser = anybody()
    let_in(browser, cast.asha, NOW)
    assert "12:45" in browser.get("/duties").content.decode()
    the_clock(NOW + timedelta(minutes=14, seconds=59))
    assert is_in(browser)
    the_clock(NOW + timedelta(minutes=29, seconds=58))
    assert is_in(browser)
    the_clock(NOW + timedelta(minutes=44, seconds=58))
    assert browser.get("/duties").headers["Location"] == "/sign-in?next=%2Fduties&over=idle"
    assert not SignedIn.objects.filter(staff=cast.asha).exists()
    assert ("session_over", "done", cast.asha.pk) in rows()


def test_after_twelve_hours_somebody_signs_in_again_however_busy_they_were(cast: Cast, the_clock: Clock) -> None:
    browser = anybody()
    let_in(browser, cast.asha, NOW)
    for turn in range(1, 72):
        the_clock(NOW + timedelta(minutes=10 * turn))
        assert browser.get("/session").status_code == 200
        browser.post("/session")
    the_clock(NOW + timedelta(hours=12))
    assert browser.get("/duties").headers["Location"] == "/sign-in?next=%2Fduties&over=long"


def test_asking_how_long_a_session_lasts_does_not_make_it_last(cast: Cast, the_clock: Clock) -> None:
    browser = anybody()
    let_in(browser, cast.asha, NOW)
    the_clock(NOW + timedelta(minutes=14))
    assert browser.get("/session").json() == {"seconds": 60}
    assert browser.post("/session").json() == {"seconds": 900}
    the_clock(NOW + timedelta(minutes=28))
    assert browser.get("/session").json() == {"seconds": 60}
    the_clock(NOW + timedelta(minutes=29))
    assert browser.get("/session").json() == {"seconds": 0}
    assert browser.post("/session").json() == {"seconds": 0}
    assert not is_in(browser)


def test_what_was_typed_is_shown_to_somebody_whose_time_ran_out(cast: Cast, the_clock: Clock) -> None:
    browser = anybody()
    let_in(browser, cast.asha, NOW)
    the_clock(NOW + timedelta(minutes=20))
    late = browser.post("/report", {"note": "She rang <b>from</b> her sister's.", "own-source": "survivor"})
    body = late.content.decode()
    assert late.status_code == 403
    assert "She rang &lt;b&gt;from&lt;/b&gt; her sister&#39;s." in body
    assert late.headers["Cache-Control"] == "no-store"
    assert not is_in(browser)


def test_whoever_asks_the_api_after_that_is_told_to_sign_in(cast: Cast, the_clock: Clock) -> None:
    browser = anybody()
    let_in(browser, cast.asha, NOW)
    the_clock(NOW + timedelta(minutes=20))
    assert browser.post("/api/reports", {}, content_type="application/json").status_code == 401


def test_a_page_writes_the_session_once_a_minute_at_most_and_reads_no_more_for_it(
    cast: Cast, the_clock: Clock, django_assert_num_queries: Any
) -> None:
    browser = anybody()
    let_in(browser, cast.asha, NOW)
    browser.get("/policy")
    the_clock(NOW + timedelta(seconds=30))
    # The session, the person, and their roles.
    with django_assert_num_queries(3):
        browser.get("/policy")
    the_clock(NOW + timedelta(seconds=61))
    with django_assert_num_queries(4):
        browser.get("/policy")


def test_signing_in_gives_the_session_a_new_key_that_is_nowhere_in_the_database(cast: Cast) -> None:
    browser, asha = anybody(), with_app(cast.asha)
    type_password(browser, asha)
    before = browser.cookies["sessionid"].value
    browser.post("/sign-in/second-step", {"code": next_code(asha, now=NOW)})
    after = browser.cookies["sessionid"].value
    assert after != before
    (row,) = SignedIn.objects.all()
    assert after not in (row.session_key, row.session_data)
    thief = anybody()
    thief.cookies["sessionid"] = row.session_key
    assert not is_in(thief)


def test_somebody_sees_where_they_are_signed_in_and_ends_one_or_all(cast: Cast) -> None:
    here, home, work = anybody(), anybody(), anybody()
    windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    for browser in (here, home, work):
        asha = with_app(cast.asha)
        type_password(browser, asha)
        browser.post("/sign-in/second-step", {"code": next_code(asha, now=NOW)}, HTTP_USER_AGENT=windows)
    others = anybody()
    let_in(others, cast.bronwen, NOW)
    body = here.get("/account").content.decode()
    assert body.count("Firefox on Windows") == 5
    assert "Sign out everywhere else" in body
    hers = SignedIn.objects.get(staff=cast.bronwen).session_key
    assert here.post("/account/end-session", {"which": hers}).status_code == 404
    which = re.search(r'name="which" value="(\w+)"', body)
    assert which
    here.post("/account/end-session", {"which": which[1]})
    assert [is_in(browser) for browser in (here, home, work)].count(True) == 2
    here.post("/account/end-session", {})
    assert [is_in(browser) for browser in (here, home, work, others)] == [True, False, False, True]


def test_a_new_password_ends_every_other_session(cast: Cast) -> None:
    here, elsewhere = anybody(), anybody()
    for browser in (here, elsewhere):
        let_in(browser, cast.asha, NOW)
    weak = here.post("/account/password", {"password": "password1234"})
    assert "too common" in weak.content.decode()
    assert "asha" in cast.asha.email
    alike = here.post("/account/password", {"password": cast.asha.email.upper()})
    assert "too similar" in alike.content.decode()
    assert here.post("/account/password", {"password": "a long walk by the sea"}).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)


def test_a_leaver_is_nobody_on_their_next_page(cast: Cast) -> None:
    browser, asha = anybody(), with_app(cast.asha)
    let_in(browser, asha, NOW)
    assert is_in(browser)
    Staff.objects.filter(pk=asha.pk).update(is_active=False)
    assert browser.get("/duties").headers["Location"] == "/sign-in?next=/duties"
    assert "is not right" in type_password(anybody(), asha).content.decode()


def test_signing_out_leaves_nothing_in_the_browser(cast: Cast) -> None:
    browser = anybody()
    let_in(browser, cast.asha, NOW)
    gone = browser.post("/sign-out")
    assert gone.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not SignedIn.objects.filter(staff=cast.asha).exists()
    assert not is_in(browser)


# ── codes, and a lost second step ────────────────────────────────────────────────────────────────────────────────────


def test_a_code_sets_a_password_once_within_three_days(cast: Cast, the_clock: Clock) -> None:
    code = give_code(staff=cast.iris, by=cast.huw, now=NOW)
    assert re.fullmatch(r"([A-Z2-9]{4}-){4}[A-Z2-9]{4}", code)
    browser = anybody()
    weak = browser.post("/set-password", {"code": code, "password": "short"})
    assert "too short" in weak.content.decode()
    new = {"code": code.lower().replace("-", " "), "password": "a long walk by the sea"}
    assert browser.post("/set-password", new).headers["Location"] == "/sign-in?set=1"
    assert "has been used" in browser.post("/set-password", new).content.decode()
    type_password(browser, cast.iris, "a long walk by the sea")
    assert is_in(browser)
    late = give_code(staff=cast.iris, by=cast.huw, now=NOW)
    the_clock(NOW + timedelta(hours=72))
    refused = anybody().post("/set-password", {"code": late, "password": "a long walk by the sea"})
    assert "too old" in refused.content.decode()


def test_a_new_code_takes_the_place_of_the_last(cast: Cast) -> None:
    first = give_code(staff=cast.iris, by=cast.huw, now=NOW)
    give_code(staff=cast.iris, by=cast.huw, now=NOW)
    with pytest.raises(Faulty):
        set_password(by=cast.iris, password="a long walk by the sea", code=first, now=NOW)


def test_a_lost_second_step_is_taken_away_and_its_owner_is_told(cast: Cast) -> None:
    asha = with_app(cast.asha)
    theirs, browser = anybody(), anybody()
    let_in(theirs, asha, NOW)
    let_in(browser, cast.huw, NOW)
    page = f"/staff/{asha.pk}/sign-in"
    assert browser.post(page, {"do": "reset"}).status_code == 302
    assert not factors.factors_of(asha)
    assert not is_in(theirs)
    type_password(theirs, asha)
    told = theirs.get("/account/second-step").content.decode()
    assert "Your second step was taken away on 3 March 2026 at 12:30" in told
    assert "taken away" not in theirs.get("/account/second-step").content.decode()


def test_one_administrator_never_has_both_the_password_and_the_second_step_of_a_colleague(cast: Cast) -> None:
    from tests.cast import hire

    other = hire("Hilde", "connect", system_administrator=[])
    browser, second = anybody(), anybody()
    let_in(browser, cast.huw, NOW)
    let_in(second, other, NOW)
    asha, bronwen = with_app(cast.asha), with_app(cast.bronwen)
    # The second step first, and then a code: refused to the same person, and not to another.
    browser.post(f"/staff/{asha.pk}/sign-in", {"do": "reset"})
    assert browser.post(f"/staff/{asha.pk}/sign-in", {"do": "code"}).status_code == 403
    assert second.post(f"/staff/{asha.pk}/sign-in", {"do": "code"}).status_code == 200
    # A code first, used or not, and then the second step.
    shown = browser.post(f"/staff/{bronwen.pk}/sign-in", {"do": "code"}).content.decode()
    assert browser.post(f"/staff/{bronwen.pk}/sign-in", {"do": "reset"}).status_code == 403
    code = re.search(r"([A-Z2-9]{4}-){4}[A-Z2-9]{4}", shown)
    assert code
    set_password(by=bronwen, password="a long walk by the sea", code=code[0], now=NOW)
    assert browser.post(f"/staff/{bronwen.pk}/sign-in", {"do": "reset"}).status_code == 403
    # Once she has signed in with both, it is a new matter.
    hers = anybody()
    type_password(hers, bronwen, "a long walk by the sea")
    hers.post("/sign-in/second-step", {"code": next_code(bronwen, now=NOW)})
    assert browser.post(f"/staff/{bronwen.pk}/sign-in", {"do": "reset"}).status_code == 302
    assert FactorReset.objects.filter(staff=bronwen, by=cast.huw).exists()


def test_nobody_does_it_for_themselves_or_at_another_landlord(cast: Cast) -> None:
    browser = anybody()
    let_in(browser, cast.huw, NOW)
    for deed in ("code", "reset"):
        assert browser.post(f"/staff/{cast.huw.pk}/sign-in", {"do": deed}).status_code == 403
    for deed in ("code", "reset", "end"):
        assert browser.post(f"/staff/{cast.dev.pk}/sign-in", {"do": deed}).status_code == 404


# ── what is not there ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/email/",
        "/accounts/2fa/",
        "/accounts/2fa/authenticate/",
        "/accounts/2fa/recovery-codes/download/",
        "/accounts/social/connections/",
        "/accounts/oidc/provider/login/",
        "/accounts/oidc/provider/login/callback/",
        "/admin/",
    ],
)
def test_no_page_of_the_libraries_is_there(address: str, cast: Cast) -> None:
    browser = anybody()
    assert browser.get(address).status_code == 404
    let_in(browser, cast.huw, NOW)
    assert browser.get(address).status_code == 404
