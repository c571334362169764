"""The product behind gunicorn as it is served, with one page beside it that does as little as a Django page can.

`/bare/` goes to a second Django handler in the same worker: without middleware, with an address list of one
view that returns a constant. Choosing between the two costs one comparison, on either side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test.utils import override_settings
from django.urls import path

from bench.server import BARE
from fanlight.casework.wsgi import application as product


def constant(request: HttpRequest) -> HttpResponse:
    """This function will answer with the same few words every time."""
    return HttpResponse("A bare page.")


urlpatterns = [path(BARE.strip("/") + "/", constant)]


class BareHandler(WSGIHandler):
    """Django's own handler, made without middleware and with the addresses of this module."""

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        request.urlconf = __name__
        return super().get_response(request)


with override_settings(MIDDLEWARE=[]):
    bare = BareHandler()

StartResponse = Callable[..., Any]


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """This function will hand a request to the product, or to the bare page."""
    return (bare if environ["PATH_INFO"] == BARE else product)(environ, start_response)
