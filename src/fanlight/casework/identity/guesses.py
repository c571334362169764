"""Guessing is slowed and stopped: by account and address together, and more softly by address alone.

django-axes counts. It is told nothing but a blind index of what was typed as the account, and the address that it came
from: nobody who reads its tables learns whom somebody tried to be. A lock holds for that account from that address; the
same person signs in from anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest

from fanlight.casework import keys

FREE = 20
"""So many failures within five minutes an address has before it is slowed: an office may share one."""
WITHIN = timedelta(minutes=5)
LONGEST_WAIT = 30
"""Seconds: nobody is made to wait longer for the next attempt from an address."""


def account_of(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """This function will give what django-axes keeps of the account that was typed: a blind index."""
    return keys.blind("login", str((credentials or {}).get("username") or ""))


def address_of(request: HttpRequest) -> str:
    """This function will give the address that a request came from; behind a proxy, the one that the proxy saw."""
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or seen
    try:
        return str(ip_address(seen))
    except ValueError:
        return "127.0.0.1"


def bare(request: HttpRequest, now: datetime) -> HttpRequest:
    """This function will give django-axes a request that says nothing but when it came, and from which address."""
    told = HttpRequest()
    told.method = "POST"
    told.axes_updated = True  # type: ignore[attr-defined]  # what its handler would set by itself
    told.axes_locked_out = False  # type: ignore[attr-defined]  # as above
    told.axes_attempt_time = now  # type: ignore[attr-defined]  # as above
    told.axes_ip_address = address_of(request)  # type: ignore[attr-defined]  # as above
    told.axes_user_agent = ""  # type: ignore[attr-defined]  # as above
    told.axes_path_info = ""  # type: ignore[attr-defined]  # as above
    told.axes_http_accept = ""  # type: ignore[attr-defined]  # as above
    told.axes_failures_since_start = None  # type: ignore[attr-defined]  # as above
    told.axes_credentials = None  # type: ignore[attr-defined]  # as above
    return told


def is_locked(request: HttpRequest, account: str, now: datetime) -> bool:
    """This function will say whether an account is locked for the address that a request came from."""
    return not AxesProxyHandler.is_allowed(bare(request, now), {"username": account})


def failed(request: HttpRequest, account: str, now: datetime) -> bool:
    """This function will count a failure, and say whether the account is locked for that address now."""
    told = bare(request, now)
    AxesProxyHandler.user_login_failed("fanlight", {"username": account}, told)
    # It reads a clock of its own for the first failure of an account from an address.
    index = account_of(request, {"username": account})
    AccessAttempt.objects.filter(username=index, ip_address=address_of(request)).update(attempt_time=now)
    return bool(told.axes_locked_out)  # type: ignore[attr-defined]  # set by the handler


def succeeded(request: HttpRequest, account: str, now: datetime) -> None:
    """This function will forget the failures of an account from an address, and those of anybody that are a day old."""
    index = account_of(request, {"username": account})
    AccessAttempt.objects.filter(username=index, ip_address=address_of(request)).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - timedelta(days=1)).delete()


def seconds_to_wait(request: HttpRequest, now: datetime) -> int:
    """This function will say how long an address must wait for its next attempt: a little longer with each failure."""
    lately = AccessAttempt.objects.filter(ip_address=address_of(request), attempt_time__gte=now - WITHIN)
    found = lately.aggregate(count=Sum("failures_since_start"), last=Max("attempt_time"))
    over = (found["count"] or 0) - FREE
    last: datetime | None = found["last"]
    if over <= 0 or last is None:
        return 0
    wait = timedelta(seconds=min(over, LONGEST_WAIT))
    return max(0, round((last + wait - now).total_seconds()))
