"""Single sign-on: sends somebody to the identity provider, and reads the token with which they come back.

The protocol is django-allauth's: code with PKCE, a state and a nonce of this browser's session, and a token whose
signature, issuer, audience and time are checked. Nothing of it is kept but in that session, until they are back.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from fanlight.casework import keys

PROVIDER = "provider"
"""The one identity provider of an installation."""
TWICE = frozenset({"mfa", "hwk", "otp", "fido", "sc"})
"""What a token's `amr` says where a second step was taken."""


class NotSent(Exception):
    """The identity provider cannot be reached, or what came back is not a sign-in of this browser's."""


class Adapter(OpenIDConnectOAuth2Adapter):
    """Our provider, whose way back is an address of ours."""

    def get_callback_url(self, request: HttpRequest, app: object) -> str:
        """This function will give the address to which the provider sends somebody back."""
        return request.build_absolute_uri(reverse("provider-back"))


def way_there(request: HttpRequest, wanted: str) -> str:
    """This function will give the provider's address for this browser, and keep what it must come back with. Raises NotSent."""
    adapter, provider = _ours(request)
    nonce = secrets.token_urlsafe(32)
    proof = provider.get_pkce_params()
    state = {"next": wanted, "nonce": nonce, "pkce_code_verifier": proof.pop("code_verifier")}
    try:
        client, where = adapter.get_client(request, provider.app), adapter.authorize_url
    except (requests.RequestException, ValueError, KeyError) as error:
        raise NotSent("The provider did not answer.") from error
    client.state = statekit.stash_state(request, provider_id=PROVIDER, state=state)
    return str(client.get_redirect_url(where, provider.get_scope(), {**proof, "nonce": nonce}))


def came_back(request: HttpRequest) -> tuple[Mapping[str, Any], str]:
    """This function will give the claims of the token with which a browser came back, and where it wanted to go. Raises NotSent."""
    adapter, provider = _ours(request)
    state = statekit.unstash_state(request, state_id=request.GET.get("state", ""), provider_id=PROVIDER)
    if state is None or not request.GET.get("code"):
        raise NotSent("It is not a sign-in that this browser began, or it was given up.")
    try:
        client = adapter.get_client(request, provider.app)
        given = adapter.get_access_token_data(
            request, provider.app, client, pkce_code_verifier=state["pkce_code_verifier"]
        )
        # It would take the token on trust, having fetched it itself; its signature is checked all the same.
        adapter.did_fetch_access_token = False
        claims = adapter._decode_id_token(provider.app, given["id_token"])  # noqa: SLF001 - allauth has no other name for it
    except (requests.RequestException, OAuth2Error, ValueError, KeyError) as error:
        raise NotSent("The provider's answer cannot be used.") from error
    if not secrets.compare_digest(str(claims.get("nonce", "")), state["nonce"]) or not claims.get("sub"):
        raise NotSent("The token was made for another sign-in.")
    return claims, str(state["next"])


def took_second_step(claims: Mapping[str, Any]) -> bool:
    """This function will say whether the provider answers for a second step."""
    said = claims.get("amr") or ()
    methods = {said} if isinstance(said, str) else set(map(str, said))
    answers_always = bool(settings.IDENTITY_PROVIDER and settings.IDENTITY_PROVIDER["second_factor"] == "provider")
    return answers_always or bool(methods & TWICE)


def known_as_of(issuer: str, tenant: str, subject: str) -> str:
    """This function will give what is kept of an identity: a blind index of issuer, tenant and object."""
    # Digested first: an object's id may differ from another's by case alone, which a blind index would not tell apart.
    said = "\0".join((issuer.rstrip("/"), tenant, subject))
    return keys.blind("login", sha256(said.encode()).hexdigest())


def _ours(request: HttpRequest) -> tuple[Adapter, Any]:
    return Adapter(request, PROVIDER), get_adapter(request).get_provider(request, provider=PROVIDER)
