"""How the API answers: always in JSON, a refusal with a sentence, and nothing of what was sent repeated."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import JSONRenderer
from ninja.responses import NinjaJSONEncoder
from ninja.security import APIKeyCookie

from fanlight.casework import access, keys
from fanlight.casework.actions.log_view import log_view_refused
from fanlight.casework.actions.reaching import NotSafe
from fanlight.casework.actions.refusals import Alike, Conflict, Faulty, Stopped
from fanlight.casework.api.asking import now_of
from fanlight.casework.api.bodies import Faults, InTheWay, MayReach, Problem
from fanlight.casework.models import Staff
from fanlight.casework.safe_contact import Answer

ADDRESS = "/api/"

# Of each status one sentence, whatever the address: what is not there and what may not be seen are told alike.
SENTENCES: Mapping[int, str] = {
    400: "That cannot be read: send one JSON object, in UTF-8, without null characters. Nothing was saved.",
    401: "Sign in first.",
    403: "We could not be sure that this came from you: send the CSRF token. Nothing was saved.",
    404: "There is nothing here that you can see.",
    405: "That cannot be done here.",
    413: "That is too long: nothing was saved.",
    415: "Fanlight takes no files: nothing was saved.",
    500: "Something went wrong on our side. Look before you send it again.",
}


class SignedIn(APIKeyCookie):
    """The session of the pages. The CSRF token is asked for with every request but GET and HEAD."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Staff | None:
        """This function will give who is signed in."""
        return request.user if isinstance(request.user, Staff) else None


class Strict(Parser):
    """Reads JSON as it was meant: no name twice, no number that is none, no character that a record cannot hold."""

    def parse_body(self, request: HttpRequest) -> Any:
        """This function will read the body. ninja answers 400 for whatever is wrong with it."""
        said = json.loads(request.body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
        _check_characters(said)
        return said


def _check_characters(said: Any) -> None:
    """Half a character cannot be encoded, and no database holds the null character."""
    if isinstance(said, str):
        if b"\x00" in said.encode("utf-8"):
            raise ValueError("It holds a null character.")
    elif isinstance(said, dict):
        for name, value in said.items():
            _check_characters(name)
            _check_characters(value)
    elif isinstance(said, list):
        for value in said:
            _check_characters(value)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A name is said twice.")
    return found


def _no_number(_word: str) -> None:
    raise ValueError("That is no number.")


class Encoder(NinjaJSONEncoder):
    """Writes a set of words as a list, in their order."""

    def default(self, o: Any) -> Any:
        """This function will give what JSON has for a value that it has not."""
        return sorted(o) if isinstance(o, frozenset | set) else super().default(o)


class Escaped(JSONRenderer):
    """JSON in which no angle bracket stands, so that nothing in it is ever taken for a page."""

    encoder_class = Encoder

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> Any:
        """This function will write the answer."""
        text: str = super().render(request, data, response_status=response_status)
        return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def in_json(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """This function will say in JSON, under the API's addresses, what the rest of the product says with a page.

    Nobody is sent to a page from here: whoever would be is told to sign in.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if not request.path_info.startswith(ADDRESS) or "json" in response.headers.get("Content-Type", ""):
            return response
        status = 401 if 300 <= response.status_code < 400 else response.status_code  # the redirects
        said = _problem(status, getattr(request, "fault", ""))
        said.cookies = response.cookies
        if "Allow" in response.headers:
            said.headers["Allow"] = response.headers["Allow"]
        return said

    return middleware


def _problem(status: int, fault: str = "") -> HttpResponse:
    said = {"detail": SENTENCES.get(status, SENTENCES[400])} | ({"fault": fault} if fault else {})
    return HttpResponse(json.dumps(said), status=status, content_type="application/json")


def in_words(answer: Answer) -> dict[str, Any]:
    """This function will give what the safe-contact gate says, as it is answered here."""
    said = {name: getattr(answer, name) for name in ("allowed", "because", "set_aside", "next_at", "how")}
    return {**said, "says": answer.why.says if answer.why else "", "instead": answer.why.instead if answer.why else ""}


RESPONSES: Mapping[int, type] = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 413: Problem, 422: Faults}


def answers(given: Any, *, status: int = 200, stopped: bool = False) -> dict[int, Any]:
    """This function will say what an address may answer, for its description."""
    return {status: given, **RESPONSES} | ({409: InTheWay} if stopped else {})


def answer_for_refusals(api: NinjaAPI) -> None:
    """This function will let the API answer for everything that an action may raise."""

    def say(request: HttpRequest, status: int, data: Mapping[str, Any]) -> HttpResponse:
        return api.create_response(request, data, status=status)

    def not_found(request: HttpRequest, error: access.NotFound) -> HttpResponse:
        _log_refused(request, error)
        return say(request, 404, {"detail": SENTENCES[404]})

    def disposed_of(request: HttpRequest, error: keys.Destroyed) -> HttpResponse:
        return say(request, 404, {"detail": SENTENCES[404]})

    def refused(request: HttpRequest, error: access.Refused) -> HttpResponse:
        _log_refused(request, error)
        return say(request, 403, {"detail": error.sentence})

    def not_safe(request: HttpRequest, error: NotSafe) -> HttpResponse:
        gate = MayReach.model_validate(in_words(error.answer)).model_dump(mode="json")
        return say(request, 403, {"detail": error.sentence, "gate": gate})

    def faulty(request: HttpRequest, error: Faulty) -> HttpResponse:
        return say(request, 422, {"detail": "Something was not understood. Nothing was saved.", "faults": error.faults})

    def alike(request: HttpRequest, error: Alike) -> HttpResponse:
        detail = "Somebody like that is known already. Nothing was saved."
        found = Faults(
            detail=detail, faults={name: list(said) for name, said in error.faults.items()}, alike=list(error.people)
        )
        return say(request, 422, found.model_dump(mode="json"))

    def stopped(request: HttpRequest, error: Stopped) -> HttpResponse:
        detail = "The policy asks for something else first. Nothing was saved."
        gates = InTheWay(detail=detail, gates=list(error.gates))
        return say(request, 409, gates.model_dump(mode="json"))

    def conflict(request: HttpRequest, error: Conflict) -> HttpResponse:
        detail = "Somebody else has written since. Read what they wrote, and send it again with this last_sequence."
        since = InTheWay(detail=detail, since=list(error.since), last_sequence=error.last_sequence)
        return say(request, 409, since.model_dump(mode="json"))

    def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
        faults: dict[str, list[str]] = {}
        for one in error.errors:
            faults.setdefault(_place(one["loc"]), []).append(_sentence(one))
        return say(request, 422, {"detail": "Something was not understood. Nothing was saved.", "faults": faults})

    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        return say(request, error.status_code, {"detail": SENTENCES.get(error.status_code, SENTENCES[400])})

    handlers: Mapping[type[Exception], Callable[..., HttpResponse]] = {
        access.NotFound: not_found,
        keys.Destroyed: disposed_of,
        NotSafe: not_safe,
        access.Refused: refused,
        Alike: alike,
        Faulty: faulty,
        Stopped: stopped,
        Conflict: conflict,
        ValidationError: not_understood,
        HttpError: other,
    }
    for raised, handler in handlers.items():
        api.add_exception_handler(raised, handler)


def _log_refused(request: HttpRequest, error: access.NotFound | access.Refused) -> None:
    """Somebody who asked for what is not shown to them is in the log, whether or not it is there."""
    match = request.resolver_match
    if not error.is_logged and match and isinstance(request.user, Staff):
        page = (match.url_name or "").replace("-", " ")
        reference = match.kwargs.get("reference", "")
        log_view_refused(reference=reference, page=page, by=request.user, now=now_of(request))


def _place(where: tuple[Any, ...]) -> str:
    """`("body", "said", "overrides", 0, "reason")` is `overrides.0.reason`: where in what was sent."""
    return ".".join(str(part)[:80] for part in where[2:])


def _sentence(error: Mapping[str, Any]) -> str:
    if error["type"] == "missing":
        return "This is needed."
    if error["type"] == "extra_forbidden":
        return "This is not asked for here."
    said = str(error["msg"]).removeprefix("Value error, ")
    return said if said.endswith(".") else f"{said}."
