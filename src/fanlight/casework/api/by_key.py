"""A program that asks with a key, and not as somebody who is signed in: about addresses, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fanlight.casework.actions.give_key import digest_of
from fanlight.casework.models import Staff

SCHEME = "Bearer "


def asking_by_key(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """This function will let a program in that brings a key, where it asks about an address: middleware, once sessions are seen to.

    A key comes with the request and with no cookie, so that no other site can have it sent: no CSRF token is asked for. Whoever brings
    another key is told what somebody is told who is not signed in.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        said = request.META.get("HTTP_AUTHORIZATION", "")
        if said.startswith(SCHEME) and request.path_info == reverse("api:address-check"):
            program = _program(said.removeprefix(SCHEME))
            if program is None:
                return HttpResponse(status=401)
            request.user = program
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # noqa: SLF001 - as Django's own test client says it
        return respond(request)

    return middleware


def _program(key: str) -> Staff | None:
    return Staff.objects.filter(program_key__digest=digest_of(key), is_active=True).first()
