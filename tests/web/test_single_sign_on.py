"""Single sign-on, tried against a real provider on this machine: who is let in, with which roles, and who is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse
from django.test import Client

from fanlight.casework.actions.link_sign_in import link_sign_in
from fanlight.casework.identity import factors
from fanlight.casework.landlords import AppRole, LandlordFault, forget, settings_of
from fanlight.casework.models import Log, Staff, StaffRole
from tests import identity_provider
from tests.cast import APP_SECRET, Cast, next_code
from tests.web.conftest import NOW

TENANT, OBJECT = "11111111-aaaa-4bbb-8ccc-000000000001", "22222222-aaaa-4bbb-8ccc-000000000002"
BACK = "http://localhost/sign-in/provider/back"


@dataclass
class Provider:
    """A provider that runs, and whom it signs in."""

    issuer: str

    def knows(self, sub: str, **claims: Any) -> None:
        """This function will have the provider know somebody, with what it says of them."""
        requests.put(f"{self.issuer}/users/{sub}", json=claims, timeout=10).raise_for_status()

    def signs_in(self, address: str, sub: str) -> str:
        """This function will sign somebody in at the provider, and give the address to which it sends them back."""
        sent = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
        assert sent.status_code == 302, sent.text[:500]
        return sent.headers["Location"]


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    """This function will run the provider."""
    with identity_provider.running() as address:
        yield address


@pytest.fixture
def provider(running: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """This function will have the installation use the provider, with app roles for Connect and for Ongo."""
    identity_provider.use(settings, running)
    connect, ongo = settings_of("connect").app_roles, settings_of("ongo").app_roles
    for found, roles in ((connect, CONNECT), (ongo, ONGO)):
        assert not found
        landlord = "connect" if roles is CONNECT else "ongo"
        object.__setattr__(settings_of(landlord), "app_roles", roles)
    yield Provider(running)
    forget()


CONNECT = {
    "Fanlight.Lead": AppRole("safeguarding_lead", ()),
    "Fanlight.Officer": AppRole("case_officer", ("Leeds East",)),
}
ONGO = {"Fanlight.Ongo": AppRole("safeguarding_lead", ())}


def comes_back(provider: Provider, sub: str, *, browser: Client | None = None, wanted: str = "") -> HttpResponse:
    """This function will take a browser to the provider and back, and give what Fanlight answers."""
    browser = browser or Client(HTTP_HOST="localhost")
    there = browser.post("/sign-in/provider", {"next": wanted})
    assert there.status_code == 302, there.content
    back = provider.signs_in(there.headers["Location"], sub)
    assert back.startswith(BACK)
    answer: HttpResponse = browser.get(back.removeprefix("http://localhost"))
    return answer


def link(staff: Staff, subject: str = OBJECT, tenant: str = TENANT) -> None:
    """This function will link somebody as an administrator does."""
    link_sign_in(staff=staff, tenant=tenant, subject=subject, by=None, now=NOW)


def of_entra(oid: str = OBJECT, **more: Any) -> dict[str, Any]:
    """This function will give what a token of Microsoft Entra says."""
    return {"tid": TENANT, "oid": oid, "amr": ["pwd", "mfa"], **more}


def test_somebody_who_was_linked_is_let_in_by_tenant_and_object(provider: Provider, cast: Cast) -> None:
    link(cast.asha)
    provider.knows("s1", **of_entra(email="another@connect.example", name="Not her name"))
    browser = Client(HTTP_HOST="localhost")
    answer = comes_back(provider, "s1", browser=browser, wanted="/duties")
    assert answer.headers["Location"] == "/duties"
    assert browser.get("/duties").status_code == 200
    again = Staff.objects.get(pk=cast.asha.pk)
    assert (again.name, again.email) == (cast.asha.name, cast.asha.email)
    assert [(row.what, row.outcome, row.staff_id) for row in Log.objects.order_by("pk")][1:] == [
        ("admit", "done", cast.asha.pk),
        ("sign_in", "done", cast.asha.pk),
    ]


def test_the_same_address_under_another_object_opens_nothing(provider: Provider, cast: Cast) -> None:
    link(cast.asha)
    for number, claims in enumerate(
        (
            of_entra("33333333-0000-4000-8000-000000000003", email=cast.asha.email, roles=["Fanlight.Lead"]),
            {**of_entra(email=cast.asha.email, roles=["Fanlight.Lead"]), "tid": "another-tenant"},
            {"email": cast.asha.email, "email_verified": True, "roles": ["Fanlight.Lead"], "amr": ["mfa"]},
            of_entra("33333333-0000-4000-8000-000000000004", email=cast.bronwen.email, roles=["Fanlight.Lead"]),
            of_entra("33333333-0000-4000-8000-000000000005", preferred_username=cast.carys.email.upper()),
        )
    ):
        provider.knows(f"other{number}", name="Somebody Else", **claims)
        browser = Client(HTTP_HOST="localhost")
        answer = comes_back(provider, f"other{number}", browser=browser)
        assert answer.status_code == 403, number
        assert "not linked" in answer.content.decode()
        assert browser.get("/policy").status_code == 302
    assert set(Log.objects.filter(what="admit").values_list("outcome", flat=True)) == {"refused"}
    assert Staff.objects.count() == len(cast.everybody())


def test_somebody_new_is_let_in_by_an_app_role_and_by_nothing_else(provider: Provider, cast: Cast) -> None:
    provider.knows("new", **of_entra(email="mared@connect.example", name="Mared Ellis", roles=["Fanlight.Officer"]))
    browser = Client(HTTP_HOST="localhost")
    assert comes_back(provider, "new", browser=browser).headers["Location"] == "/"
    staff = Staff.objects.with_email("mared@connect.example")
    assert staff is not None
    assert (staff.name, staff.landlord_id) == ("Mared Ellis", "connect")
    assert staff.roles_held == (("case_officer", ("Leeds East",)),)
    assert not staff.has_usable_password()
    for number, roles in enumerate(([], ["Fanlight.Unknown"], ["Fanlight.Lead", "Fanlight.Ongo"])):
        claims = of_entra(f"no-{number}", email=f"no{number}@connect.example", name="Nobody", roles=roles)
        provider.knows(f"no{number}", **claims)
        assert comes_back(provider, f"no{number}").status_code == 403, roles
    provider.knows("nameless", **of_entra("no-name", roles=["Fanlight.Lead"]))
    assert "no name" in comes_back(provider, "nameless").content.decode()


def test_roles_follow_the_app_roles_at_each_sign_in(provider: Provider, cast: Cast) -> None:
    link(cast.asha)
    provider.knows("s1", **of_entra(roles=["Fanlight.Lead", "Fanlight.Officer", "Fanlight.Ongo"]))
    comes_back(provider, "s1")
    held = dict(Staff.objects.get(pk=cast.asha.pk).roles_held)
    # What was given here stays as it is, patches and all; Ongo's role is not this landlord's.
    assert held == {"case_officer": ("Kirklees North",), "safeguarding_lead": ()}
    browser = Client(HTTP_HOST="localhost")
    provider.knows("s1", **of_entra(roles=["Fanlight.Officer"]))
    comes_back(provider, "s1", browser=browser)
    assert dict(Staff.objects.get(pk=cast.asha.pk).roles_held) == {"case_officer": ("Kirklees North",)}
    details = list(Log.objects.filter(what="admit").order_by("pk").values_list("detail", flat=True))
    assert [(row["added"], row["removed"]) for row in details] == [
        (["safeguarding_lead"], []),
        ([], ["safeguarding_lead"]),
    ]


def test_whoever_has_no_role_left_is_not_let_in_and_keeps_none(provider: Provider, cast: Cast) -> None:
    provider.knows("new", **of_entra(email="mared@connect.example", name="Mared Ellis", roles=["Fanlight.Lead"]))
    comes_back(provider, "new")
    provider.knows("new", **of_entra(email="mared@connect.example", name="Mared Ellis", roles=[]))
    browser = Client(HTTP_HOST="localhost")
    answer = comes_back(provider, "new", browser=browser)
    assert answer.status_code == 403
    assert "no role" in answer.content.decode()
    assert browser.get("/policy").status_code == 302
    assert not StaffRole.objects.filter(staff=Staff.objects.with_email("mared@connect.example")).exists()


def test_app_roles_that_together_manage_accounts_and_see_cases_let_nobody_in(provider: Provider, cast: Cast) -> None:
    object.__setattr__(
        settings_of("connect"), "app_roles", {**CONNECT, "Fanlight.Admin": AppRole("system_administrator", ())}
    )
    both = ["Fanlight.Admin", "Fanlight.Officer"]
    provider.knows("new", **of_entra("both", email="mared@connect.example", name="Mared Ellis", roles=both))
    assert "cannot hold both" in comes_back(provider, "new").content.decode()
    assert Staff.objects.with_email("mared@connect.example") is None
    # Whoever holds one of them here is not given the other there, and keeps what they had.
    link(cast.asha)
    provider.knows("s1", **of_entra(roles=["Fanlight.Admin"]))
    assert comes_back(provider, "s1").status_code == 403
    assert dict(Staff.objects.get(pk=cast.asha.pk).roles_held) == {"case_officer": ("Kirklees North",)}
    # And what the provider gave before goes, as it would without the other.
    link(cast.huw, subject="huw")
    provider.knows("s2", **of_entra("huw", roles=["Fanlight.Admin"]))
    assert comes_back(provider, "s2").status_code == 302
    provider.knows("s2", **of_entra("huw", roles=both))
    assert comes_back(provider, "s2").status_code == 403
    assert [role for role, _ in Staff.objects.get(pk=cast.huw.pk).roles_held] == ["system_administrator"]


def test_a_leaver_is_not_let_in(provider: Provider, cast: Cast) -> None:
    link(cast.asha)
    Staff.objects.filter(pk=cast.asha.pk).update(is_active=False)
    provider.knows("s1", **of_entra(roles=["Fanlight.Lead"]))
    assert comes_back(provider, "s1").status_code == 403


def test_a_linked_account_has_no_password(provider: Provider, cast: Cast) -> None:
    from tests.cast import PASSWORD

    link(cast.asha)
    sent = Client(HTTP_HOST="localhost").post("/sign-in", {"email": cast.asha.email, "password": PASSWORD})
    assert "is not right" in sent.content.decode()


def test_of_other_providers_somebody_is_known_by_subject_and_its_letters_count(provider: Provider, cast: Cast) -> None:
    link(cast.asha, subject="aBc", tenant="")
    provider.knows("aBc", amr=["mfa"])
    provider.knows("ABC", amr=["mfa"])
    assert comes_back(provider, "ABC").status_code == 403
    assert comes_back(provider, "aBc").status_code == 302


def test_the_second_step_is_asked_here_unless_the_provider_answers_for_it(
    provider: Provider, cast: Cast, settings: Any
) -> None:
    link(cast.asha)
    provider.knows("s1", **of_entra(amr=["pwd"]))
    browser = Client(HTTP_HOST="localhost")
    comes_back(provider, "s1", browser=browser)
    assert browser.get("/duties").headers["Location"] == "/account/second-step"
    factors.keep_app(cast.asha, APP_SECRET, 0, NOW)
    fresh = Client(HTTP_HOST="localhost")
    assert comes_back(provider, "s1", browser=fresh).headers["Location"] == "/sign-in/second-step"
    fresh.post("/sign-in/second-step", {"code": next_code(cast.asha, now=NOW)})
    assert fresh.get("/duties").status_code == 200
    settings.IDENTITY_PROVIDER = {**settings.IDENTITY_PROVIDER, "second_factor": "provider"}
    trusting = Client(HTTP_HOST="localhost")
    comes_back(provider, "s1", browser=trusting)
    assert trusting.get("/duties").status_code == 200


def test_an_answer_that_another_browser_asked_for_is_not_taken(provider: Provider, cast: Cast) -> None:
    link(cast.asha)
    provider.knows("s1", **of_entra())
    thief, victim = Client(HTTP_HOST="localhost"), Client(HTTP_HOST="localhost")
    back = provider.signs_in(thief.post("/sign-in/provider").headers["Location"], "s1").removeprefix("http://localhost")
    assert victim.get(back).status_code == 502
    assert thief.get(back).status_code == 302
    assert thief.get("/policy").status_code == 200
    replayed = Client(HTTP_HOST="localhost")
    assert replayed.get(back).status_code == 502
    assert victim.get("/sign-in/provider/back?error=access_denied&state=x").status_code == 502


def test_a_token_that_another_signed_or_that_is_not_for_us_is_refused(
    provider: Provider, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    link(cast.asha)
    provider.knows("s1", **of_entra())
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    given = requests.sessions.Session.request

    def forge(change: dict[str, Any], algorithm: str) -> Any:
        def answer(self: Any, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
            response = given(self, method, url, *args, **kwargs)
            if url.endswith("/token"):
                body = response.json()
                header = jwt.get_unverified_header(body["id_token"])
                claims = jwt.decode(body["id_token"], options={"verify_signature": False})
                signed = jwt.encode(
                    {**claims, **change},
                    key if algorithm == "RS256" else None,
                    algorithm=algorithm,
                    headers={"kid": header["kid"]},
                )
                monkeypatch.setattr(response, "json", lambda: {**body, "id_token": signed})
            return response

        return answer

    for change, algorithm in (({}, "RS256"), ({}, "none"), ({"aud": "another"}, "RS256")):
        monkeypatch.setattr(requests.sessions.Session, "request", forge(change, algorithm))
        browser = Client(HTTP_HOST="localhost")
        there = browser.post("/sign-in/provider")
        monkeypatch.setattr(requests.sessions.Session, "request", given)
        back = provider.signs_in(there.headers["Location"], "s1")
        monkeypatch.setattr(requests.sessions.Session, "request", forge(change, algorithm))
        assert browser.get(back.removeprefix("http://localhost")).status_code == 502, (change, algorithm)
        monkeypatch.setattr(requests.sessions.Session, "request", given)
        assert browser.get("/policy").status_code == 302


def test_what_is_asked_of_the_provider_has_a_proof_a_state_and_a_nonce_and_names_nobody(
    provider: Provider, cast: Cast
) -> None:
    browser = Client(HTTP_HOST="localhost")
    asked = parse_qs(urlsplit(browser.post("/sign-in/provider", {"next": "/duties"}).headers["Location"]).query)
    assert asked["redirect_uri"] == [BACK]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["state"][0]) >= 16
    assert len(asked["nonce"][0]) >= 32
    assert "/duties" not in str(asked)


def test_the_sign_in_page_offers_the_provider_and_its_policy_lets_the_form_go_there(
    provider: Provider, cast: Cast
) -> None:
    shown = Client(HTTP_HOST="localhost").get("/sign-in")
    assert "Sign in with Microsoft" in shown.content.decode()


def test_a_provider_that_does_not_answer_is_said_in_words(provider: Provider, cast: Cast, settings: Any) -> None:
    nowhere = {"server_url": "http://localhost:1"}
    (app,) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{**app, "settings": nowhere}]}
    }
    answer = Client(HTTP_HOST="localhost").post("/sign-in/provider")
    assert answer.status_code == 502
    assert "did not answer" in answer.content.decode()


def test_of_all_this_nothing_is_kept_but_a_blind_index(provider: Provider, cast: Cast) -> None:
    link(cast.asha)
    provider.knows("s1", **of_entra(email="canary@connect.example", name="Canary Bird"))
    comes_back(provider, "s1")
    (kept,) = SocialAccount.objects.all()
    assert re.fullmatch(r"[0-9a-f]{40}", kept.uid)
    assert kept.extra_data == {}
    assert not SocialToken.objects.exists()
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ('"Fanlight.Lead" = "safeguarding_led"', "it must give one of the landlord's roles"),
        ('"Fanlight.Lead" = 7', "it must give one of the landlord's roles"),
        ('"Fanlight.Lead" = { role = "lead", patches = ["Nowhere"] }', "Nowhere is not one of the landlord's patches"),
    ],
)
def test_an_app_role_that_gives_nothing_known_is_refused_with_its_place(
    said: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    text = (
        'name = "Ours"\nreference_prefix = "OU"\n[areas]\nHere = ["North"]\n[roles.lead]\n[single_sign_on.app_roles]\n'
    )
    (folder / "landlord.toml").write_text(text + said)
    monkeypatch.setenv("FANLIGHT_POLICIES", str(tmp_path))
    forget()
    with pytest.raises(LandlordFault) as fault:
        settings_of("ours")
    forget()
    assert sentence in str(fault.value)
    assert "Fanlight.Lead" in str(fault.value)
