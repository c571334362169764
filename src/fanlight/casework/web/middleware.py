"""What holds for every request: the moment it came, and that nothing of it is kept by a browser or a proxy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from fanlight.present import present

Respond = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
    # A case's address follows no link, neither to another site nor to a page of our own.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


class TimedRequest(HttpRequest):
    """A request that knows the moment it came. Views read `request.now` and never a clock."""

    now: datetime


def the_moment(respond: Respond) -> Respond:
    """This function will give every request its `now`, the one reading of the clock that its pages and actions use."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.now = present()  # type: ignore[attr-defined]  # TimedRequest tells the views of it
        return respond(request)

    return middleware


def kept_by_nobody(respond: Respond) -> Respond:
    """This function will forbid keeping, framing and sniffing on every answer but the static files, which name nobody."""
    static_path = settings.STATIC_URL if settings.STATIC_URL.startswith("/") else f"/{settings.STATIC_URL}"

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        for name, value in HEADERS.items():
            if name == "Cache-Control" and request.path.startswith(static_path):
                continue
            response.headers[name] = value
        return response

    return middleware
