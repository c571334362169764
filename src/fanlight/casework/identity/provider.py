"""Single sign-on: sends somebody to the identity provider, and reads the token with which they come back.

The protocol is django-allauth's: code with PKCE, a state and a nonce of this browser's session, and a token whose
signature, issuer, audience and time are checked. Nothing of it is kept but in that session, until they are back.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import jwt
import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse

from fanlight.casework import keys

PROVIDER = "provider"
"""The one identity provider of an installation."""
TWICE = frozenset({"mfa", "hwk", "otp", "fido", "sc"})
"""What a token's `amr` says where a second step was taken."""


ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]
"""What a token may be signed with: by a key whose other half the provider alone has."""


class NotSent(Exception):
    """The identity provider cannot be reached, or what came back is not a sign-in of this browser's."""


class Adapter(OpenIDConnectOAuth2Adapter):
    """Our provider, whose way back is an address of ours."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """This function will give what the provider says of itself, asked for once in ten minutes."""
        place = f"openid:{self.get_provider().server_url}"
        said: dict[str, Any] | None = cache.get(place)
        if said is None:
            said = super().openid_config
            cache.set(place, said, 600)
        return said or {}

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
        claims = _read(adapter, given["id_token"])
    except (requests.RequestException, OAuth2Error, jwt.PyJWTError, ValueError, KeyError) as error:
        raise NotSent("The provider's answer cannot be used.") from error
    if not secrets.compare_digest(str(claims.get("nonce", "")), state["nonce"]) or not claims.get("sub"):
        raise NotSent("The token was made for another sign-in.")
    return claims, str(state["next"])


def _read(adapter: Adapter, token: str) -> Mapping[str, Any]:
    """This function will read a token, if the provider signed it, for us, and it is in time. Raises jwt.PyJWTError."""
    known, ours = adapter.openid_config, settings.IDENTITY_PROVIDER or {}
    if known["issuer"].rstrip("/") != ours["issuer"]:
        raise jwt.InvalidIssuerError("The provider calls itself by another name than ours for it.")
    with get_adapter().get_requests_session() as session:
        published = session.get(known["jwks_uri"])
        published.raise_for_status()
    name = jwt.get_unverified_header(token).get("kid")
    signing = [key for key in jwt.PyJWKSet.from_dict(published.json()).keys if key.public_key_use in (None, "sig")]
    fitting = [key for key in signing if name is None or key.key_id == name]
    if len(fitting) != 1:
        raise jwt.InvalidKeyError("It is not said by which key it was signed.")
    claims: Mapping[str, Any] = jwt.decode(
        token,
        fitting[0],
        algorithms=ALGORITHMS,
        audience=ours["client_id"],
        issuer=known["issuer"],
        leeway=60,
        options={"require": ["exp", "iat", "iss", "aud", "sub"]},
    )
    return claims


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
