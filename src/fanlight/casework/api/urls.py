"""Every address of the API, and its description for whoever is signed in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from fanlight.casework.api import (
    addresses,
    assessing,
    cases,
    duties,
    marac_meetings,
    moving,
    people,
    plans,
    reaching,
    referrals,
    register,
    reports,
    sharing,
)
from fanlight.casework.api.answers import Escaped, SignedIn, Strict, answer_for_refusals

SignedIn.param_name = settings.SESSION_COOKIE_NAME

# No page of ninja's own: its scripts come from elsewhere, or stand inside the page.
api = NinjaAPI(
    title="Fanlight",
    version="1",
    description="The same reads and writes as the pages. Sign in to the pages first; send their cookie and the CSRF token.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    auth=SignedIn(),
    parser=Strict(),
    renderer=Escaped(),
)
answer_for_refusals(api)
api.add_router("", reports.router)
api.add_router("", duties.router)
api.add_router("", cases.router)
api.add_router("", assessing.router)
api.add_router("", reaching.router)
api.add_router("", referrals.router)
api.add_router("", people.router)
api.add_router("", plans.router)
api.add_router("", moving.router)
api.add_router("", addresses.router)
api.add_router("", register.router)
api.add_router("", sharing.router)
api.add_router("", marac_meetings.router)


@api.get("/openapi.json", url_name="openapi", include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponse:
    """This address will describe the API as OpenAPI, to whoever is signed in."""
    described: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/")
    return api.create_response(request, described, status=200)


# Its root is no address of ours.
urlpatterns = [address for address in api.urls[0] if getattr(address, "name", "") != "api-root"]
