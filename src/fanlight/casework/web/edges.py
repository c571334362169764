"""What is let in at all, before anybody is asked who they are: no more than a form holds, and nothing that no record can hold."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from fanlight.casework.web.views import errors

Respond = Callable[[HttpRequest], HttpResponse]

NOTHING = "\x00"
"""A null character: no database holds one, and no address of ours has one."""


def let_in(respond: Respond) -> Respond:
    """This function will answer for a request that names no host of ours, is too long, or has a null character in its address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.get_host()
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()) or int(length[:20]) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return errors.too_long(request)
        if NOTHING in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return errors.bad_request(request)
        if any(NOTHING in value for value in request.COOKIES.values()):
            return errors.bad_request(request)
        return respond(request)

    return middleware


def own_origin(respond: Respond) -> Respond:
    """This function will say of a form from a page of ours that it is, where the browser says so in another header.

    Our pages send no referrer, and browsers then withhold the origin too: they send `Origin: null` with a form. That it came
    from the same origin they say in Sec-Fetch-Site, which no page can set. A browser too old for that header says nothing, and
    is left to the token of the form, which is asked for in every case.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        where_from = request.META.get("HTTP_SEC_FETCH_SITE", "same-origin")
        if request.META.get("HTTP_ORIGIN") == "null" and where_from == "same-origin":
            request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
        return respond(request)

    return middleware
