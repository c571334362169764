"""Somebody in a case is reached through the safe-contact gate and in no other way: on the pages, through the API, on any form."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.describe_child import describe_child
from fanlight.casework.actions.end_way import end_way
from fanlight.casework.actions.moving import person_of
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.actions.unsaid import EVERYBODY_READS_IT
from fanlight.casework.commands.check_projections import differences_of
from fanlight.casework.models import Case, Log, Part, Person, PersonDetails, Terms, Way
from fanlight.casework.queries.case_page import case_page
from fanlight.casework.queries.reach_page import contact_checks, ways_page
from fanlight.casework.queries.referrals import referral_form
from fanlight.casework.safe_contact import WHYS
from tests import make
from tests.cast import Cast, hire
from tests.homes import a_home, lives_in
from tests.web.conftest import NOW

As = Callable[[Any], Client]
NUMBER, OTHER_NUMBER = "07700 900456", "07700 900789"
ADDRESS = "1 Alder Court, Exampleton, ZZ1 1ZZ"


@dataclass(frozen=True, slots=True)
class Scene:
    """A case with Maria in it, and what the tests say of how she is reached."""

    cast: Cast
    case: Case
    maria: int

    def way(self, kind: str = "phone", value: str = NUMBER, standing: str = "safe", **terms: Any) -> str:
        """This function will write down a way of hers, and give its key."""
        said = {"terms": Terms(**terms), "told_by_them": standing == "safe"}
        number = say_way(
            case=self.case, part=self.maria, kind=kind, value=value, standing=standing, **said, by=self.cast.asha,
            now=make.later(hours=1),
        )  # fmt: skip
        return f"w{number}"

    def named(self, part: str, name: str, phone: str = "") -> int:
        """This function will name somebody else in the case."""
        return add_part(case=self.case, name=name, part=part, phone=phone, by=self.cast.carys, now=make.later(hours=1))

    def lives_at(self, part: int) -> None:
        """This function will say in the register that somebody in the case lives at the address of the tests."""
        lives_in(self.person(part), a_home())

    def person(self, part: int) -> Person:
        """This function will give who somebody in the case is in the register."""
        return person_of(Part.objects.select_related("person").get(pk=part), make.MORNING)

    def details(self, **changed: Any) -> None:
        """This function will change what the register has of Maria."""
        person = self.person(self.maria)
        person.details = replace(person.details, **changed)
        person.save()


@pytest.fixture
def scene(cast: Cast, db: None) -> Scene:
    """This function will make a case in which Maria alone is named."""
    case = make.make_case(cast)
    maria = add_part(case=case, name="Maria Novak", part="person_at_risk", by=cast.carys, now=make.later(minutes=20))
    return Scene(cast, make.fresh(case), maria)


def _tried(scene: Scene) -> dict[str, Any]:
    key = scene.way(standing="not_known")
    make.make_entry(
        scene.case, "contact", scene.cast.asha, now=make.later(hours=2), result="no_answer",
        reach=make.Reach("phone", scene.maria, key),
    )  # fmt: skip
    return {"way": key}


def _preferred(scene: Scene) -> dict[str, Any]:
    facts = {"preferred_contact_at": make.later(days=1)}
    make.make_entry(scene.case, "learned", scene.cast.asha, now=make.later(hours=1), facts=facts)
    return {"way": scene.way()}


def _his_too(scene: Scene) -> dict[str, Any]:
    scene.named("causing_harm", "Ivan Novak", NUMBER)
    return {"way": scene.way()}


def _his_home(scene: Scene, means: str) -> dict[str, Any]:
    scene.lives_at(scene.named("causing_harm", "Ivan Novak"))
    return {"way": scene.way(means, ADDRESS.replace("1 Alder Court", "1  alder COURT"))}


def _with_him(scene: Scene) -> dict[str, Any]:
    scene.lives_at(scene.maria)
    facts = {"lives_with_perpetrator": True}
    make.make_entry(scene.case, "learned", scene.cast.asha, now=make.later(hours=1), facts=facts)
    return {"means": "visit", "value": ADDRESS}


def _her_mother(scene: Scene) -> dict[str, Any]:
    scene.named("other", "Ludmila Novak", NUMBER)
    return {"way": scene.way(must_not_learn="Her mother Ludmila")}


def _of_a_witness(scene: Scene) -> dict[str, Any]:
    scene.named("witness", "Tom Fielding", OTHER_NUMBER)
    return {"means": "phone", "value": OTHER_NUMBER}


def _ended(scene: Scene) -> dict[str, Any]:
    key = scene.way()
    end_way(case=scene.case, part=scene.maria, way=int(key[1:]), by=scene.cast.asha, now=make.later(hours=2))
    return {"means": "phone", "value": NUMBER}


def _protected(scene: Scene) -> dict[str, Any]:
    key = scene.way("post", ADDRESS)
    Way.objects.filter(pk=int(key[1:])).update(is_protected=True)
    return {"means": "post", "value": ADDRESS}


def _two_attend(scene: Scene) -> dict[str, Any]:
    make.make_entry(scene.case, "marker", scene.cast.asha, now=make.later(hours=1), kind="two_to_visit")
    return {"way": scene.way("visit", ADDRESS)}


def _no_interpreter(scene: Scene) -> dict[str, Any]:
    scene.details(interpreter=True)
    return {"way": scene.way()}


def _a_child(scene: Scene) -> dict[str, Any]:
    scene.details(born=date(2012, 5, 1))
    return {"way": scene.way()}


def _closed(scene: Scene) -> dict[str, Any]:
    key = scene.way()
    close_case(case=scene.case, reason="She has moved.", by=scene.cast.carys, now=make.later(hours=2))
    return {"way": key}


def _elsewhere(scene: Scene) -> dict[str, Any]:
    other = make.make_case(scene.cast, lead=scene.cast.bronwen, patch="Leeds East")
    part = add_part(case=other, name="Somebody", part="person_at_risk", by=scene.cast.carys, now=make.later(hours=1))
    Part.objects.filter(pk=part).update(person=scene.person(scene.maria))
    say_way(
        case=other,
        part=part,
        kind="phone",
        value=NUMBER,
        standing="unsafe",
        by=scene.cast.carys,
        now=make.later(hours=1),
    )
    return {"way": scene.way()}


UNSAFE: dict[str, tuple[str, Callable[[Scene], dict[str, Any]]]] = {
    "a way that is not safe": ("unsafe", lambda s: {"way": s.way(standing="unsafe")}),
    "an unsafe number, typed as if it were another": (
        "unsafe",
        lambda s: {"means": "phone", "value": "+44 7700 900456"} if s.way(standing="unsafe") else {},
    ),
    "a letter to an address of which nobody has asked": (
        "not_known_written",
        lambda _: {"means": "post", "value": ADDRESS},
    ),
    "a text to a number that is safe to ring": (
        "not_known_written",
        lambda s: {"means": "text", "value": NUMBER} if s.way() else {},
    ),
    "an e-mail": ("not_known_written", lambda _: {"means": "email", "value": "maria@novak.example"}),
    "her online account": ("not_known_written", lambda _: {"means": "portal"}),
    "a message where nobody knows": (
        "not_known_message",
        lambda _: {"means": "phone", "value": NUMBER, "leaves_message": True},
    ),
    "a number that shows": ("number_shown", lambda _: {"means": "phone", "value": NUMBER, "number_shown": True}),
    "a second attempt": ("tried_once", _tried),
    "no word of which number": ("which", lambda s: {"means": "phone"} if s.way() else {}),
    "outside her times": ("outside_times", lambda s: {"way": s.way(since="09:30", until="12:00")}),
    "on another day": ("outside_times", lambda s: {"way": s.way(days=("fri",))}),
    "a message on a safe way of which nobody has said": ("message", lambda s: {"way": s.way(), "leaves_message": True}),
    "a message where none may be left": (
        "message",
        lambda s: {"way": s.way(may_leave_message=False), "leaves_message": True},
    ),
    "a number that he has too": ("shared", _his_too),
    "a letter to where he lives": ("shared", lambda s: _his_home(s, "post")),
    "a visit to where he lives": ("shared", lambda s: _his_home(s, "visit")),
    "a visit while she lives with him": ("shared", _with_him),
    "the number of her mother, who must not learn of it": ("must_not_learn", _her_mother),
    "the number of a witness": ("another", _of_a_witness),
    "before the time that she asked for": ("too_early", _preferred),
    "word given to whoever answers": ("somebody_else", lambda s: {"way": s.way(), "to": "somebody_else"}),
    "a number that is hers no more": ("ended", _ended),
    "a protected address": ("protected", _protected),
    "a visit by one alone": ("two_to_visit", _two_attend),
    "a relative who interprets": ("interpreter_relative", lambda s: {**_no_interpreter(s), "interpreter": "other"}),
    "no interpreter": ("interpreter", _no_interpreter),
    "a child": ("child", _a_child),
    "a closed case": ("closed", _closed),
    "what another case knows": ("elsewhere", _elsewhere),
}


@pytest.mark.parametrize("what", UNSAFE)
def test_an_unsafe_contact_is_refused_by_the_page_and_by_the_api_and_each_is_in_the_log(
    what: str, scene: Scene, as_: As
) -> None:
    because, tell = UNSAFE[what]
    said = tell(scene)
    case = make.fresh(scene.case)
    before, rows = case.last_sequence, Log.objects.count()
    browser = as_(scene.cast.asha)

    asked = _send(browser, "may-reach", scene, said)
    told = _send(browser, "reach", scene, {"reach": said, "result": "spoke", "expected_sequence": before})
    for answer in (asked, told):
        assert answer.status_code == 403, answer.content
        assert answer.json()["gate"]["because"] == because
        assert answer.json()["detail"] == WHYS[because].says
        assert answer.json()["gate"]["instead"] == WHYS[because].instead

    if because != "closed":  # which the page of a closed case does not offer
        page = reverse("reach", args=[case.reference, scene.maria])
        for do in ("ask", "record"):
            shown = html.unescape(
                browser.post(page, {**_typed(said), "do": do, "result": "spoke", "seen": before}).content.decode()
            )
            assert WHYS[because].says in shown, do
            assert WHYS[because].instead in shown, do

    assert make.fresh(case).last_sequence == before
    refused = [row.detail for row in Log.objects.order_by("pk")[rows:] if row.outcome == "refused"]
    assert [detail["contact"] for detail in refused] == [because] * (2 if because == "closed" else 4)
    assert not any(word in json.dumps(refused) for word in ("Maria", NUMBER, "900456", "Alder"))


OTHERWISE = (
    *("1, Alder Court, ZZ1 1ZZ", "1 Alder Ct, ZZ1 1ZZ", "Ms Novak, 1 Alder Court, ZZ11ZZ", "1 alder court exampleton zz1 1zz"),
    *("Flat 2, 1 Alder Court, ZZ1 1ZZ", "1 Elder Court\nExampleton\nZZ1 1ZZ"),
)  # fmt: skip
NUMBERS = (
    "447700900456",
    "7700900456",
    "(+44) 7700 900456",
    "+ 44 (0)7700 900456",
    "07700 900456 ext 1",
    "07700.900.456",
)


@pytest.mark.parametrize(
    ("kind", "value", "typed"),
    [*(("visit", ADDRESS, typed) for typed in OTHERWISE), *(("phone", NUMBER, typed) for typed in NUMBERS)],
)
def test_an_unsafe_way_and_one_that_was_tried_are_known_however_they_are_typed(
    kind: str, value: str, typed: str, scene: Scene, as_: As
) -> None:
    scene.way(kind, value, standing="unsafe")
    answer = _send(as_(scene.cast.asha), "may-reach", scene, {"means": kind, "value": typed})
    assert answer.json()["gate"]["because"] == "unsafe"


@pytest.mark.parametrize("typed", OTHERWISE)
def test_where_he_lives_is_no_way_to_reach_her_however_it_is_written_down(typed: str, scene: Scene, as_: As) -> None:
    scene.lives_at(scene.named("causing_harm", "Ivan Novak"))
    asked = _send(as_(scene.cast.asha), "may-reach", scene, {"means": "visit", "value": typed})
    assert asked.json()["gate"]["because"] == "shared"
    if "Flat" not in typed:
        key = scene.way("post", typed)
        assert (
            _send(as_(scene.cast.asha), "may-reach", scene, {"way": key, "means": "post"}).json()["gate"]["because"]
            == "shared"
        )


@pytest.mark.parametrize(
    ("kind", "value"), [("visit", "1 Alder Court"), ("phone", "07700 900456 or 07700 900789"), ("email", "maria")]
)
def test_what_could_not_be_known_again_is_asked_for_once_more(kind: str, value: str, scene: Scene, as_: As) -> None:
    answer = _send(as_(scene.cast.asha), "may-reach", scene, {"means": kind, "value": value})
    assert answer.status_code == 422
    assert "Write" in answer.content.decode()
    with pytest.raises(Faulty):
        scene.way(kind, value)


def test_no_guess_at_a_protected_address_is_confirmed_to_somebody_who_may_not_know_it(scene: Scene, as_: As) -> None:
    _protected(scene)
    browser = as_(scene.cast.asha)
    answers = [
        _send(browser, "may-reach", scene, {"means": means, "value": value}).json()["gate"]["because"]
        for means in ("visit", "post")
        for value in (ADDRESS, "9 Beech Road, ZZ9 9ZZ")
    ]
    assert answers == ["protected"] * 4


def _send(browser: Client, name: str, scene: Scene, body: dict[str, Any]) -> Any:
    address = reverse(f"api:{name}", args=[scene.case.reference, scene.maria])
    return browser.generic("POST", address, json.dumps(body), "application/json")


def _typed(said: dict[str, Any]) -> dict[str, Any]:
    """The same, as it is typed into the page."""
    choice = said.get("way") or f"other:{said['means']}"
    typed = {"reach": choice, "reach_value": said.get("value", ""), "reach_to": said.get("to", "themselves")}
    if "interpreter" in said:
        typed["reach_interpreter"] = said["interpreter"]
    yes = {"leaves_message": "reach_message", "number_shown": "reach_shown"}
    return typed | {name: "yes" for word, name in yes.items() if said.get(word)}


def test_an_entry_that_reaches_out_and_does_not_say_how_is_refused_with_what_to_do(scene: Scene, as_: As) -> None:
    browser = as_(scene.cast.asha)
    address = reverse("api:record", args=[scene.case.reference])
    for kind in ("contact", "visit", "perpetrator_contact", "family_contact"):
        sent = browser.generic("POST", address, json.dumps({"kind": kind, "expected_sequence": 99}), "application/json")
        assert sent.status_code == 422
        assert "Say whom you reached and how" in sent.json()["faults"]["reach"][0]
    shown = browser.post(
        reverse("record-kind", args=[scene.case.reference, "contact"]), {"own-result": "spoke", "seen": "99"}
    )
    assert "Say whom you reached, and how" in shown.content.decode()


@pytest.mark.parametrize("reach", [{"means": "phone"}, {"means": "visit", "value": ADDRESS}, {"means": "in_person"}])
def test_a_contact_that_names_nobody_does_not_go_round_the_gate_where_somebody_is_named(
    reach: dict[str, str], scene: Scene, as_: As
) -> None:
    scene.way(standing="unsafe")
    address = reverse("api:record", args=[scene.case.reference])
    body = {"kind": "contact", "fields": {"result": "spoke"}, "reach": reach, "expected_sequence": 99}
    sent = as_(scene.cast.asha).generic("POST", address, json.dumps(body), "application/json")
    assert sent.status_code == 422, sent.content
    assert sent.json()["faults"]["part"] == ["Say whom of those who are named in the case it reaches."]


def test_the_form_of_an_entry_goes_through_the_same_gate(scene: Scene, as_: As) -> None:
    key = scene.way(standing="unsafe")
    typed = {"reach": f"{scene.maria}/{key}", "own-result": "spoke", "seen": "99"}
    shown = as_(scene.cast.asha).post(reverse("record-kind", args=[scene.case.reference, "contact"]), typed)
    assert "Not safe. That way is not safe." in html.unescape(shown.content.decode())


@pytest.mark.parametrize(
    "sent", ["{maria}/w999999", "{maria}/elsewhere", "{maria}/ such", "no/such/form", "/post office"]
)
def test_a_form_with_a_way_that_is_not_theirs_is_shown_again_with_all_that_are(
    sent: str, scene: Scene, as_: As
) -> None:
    key = scene.way()
    typed = {"reach": sent.format(maria=scene.maria), "own-result": "spoke", "note": "We spoke.", "seen": "99"}
    shown = as_(scene.cast.asha).post(reverse("record-kind", args=[scene.case.reference, "contact"]), typed)
    page = html.unescape(shown.content.decode())
    assert "There is a problem" in page
    assert f'value="{scene.maria}/{key}"' in page
    assert f'value="{scene.maria}/in_person"' in page
    assert "We spoke." in page


def test_a_form_that_is_shown_again_says_still_what_was_seen_when_it_was_opened(scene: Scene, as_: As) -> None:
    browser, page = as_(scene.cast.asha), reverse("record-kind", args=[scene.case.reference, "contact"])
    before = make.fresh(scene.case).last_sequence
    make.make_entry(scene.case, "learned", scene.cast.carys, now=make.later(hours=1), weapons=True)
    shown = browser.post(page, {"own-result": "spoke", "seen": str(before)}).content.decode()
    assert f'name="seen" value="{before}"' in shown
    since = browser.post(page, {"own-result": "spoke", "reach": f"{scene.maria}/they_reached_us", "seen": str(before)})
    assert since.status_code == 409
    assert f'name="seen" value="{before + 1}"' in since.content.decode()


def test_a_form_that_is_sent_and_in_order_reads_the_ways_of_a_case_once(scene: Scene, as_: As) -> None:
    key = scene.way()
    typed = {"reach": f"{scene.maria}/{key}", "own-result": "spoke", "note": "We spoke.", "seen": "99"}
    with CaptureQueriesContext(connection) as asked:
        done = as_(scene.cast.asha).post(reverse("record-kind", args=[scene.case.reference, "contact"]), typed)
    assert done.status_code == 302, done.content
    read = [one["sql"] for one in asked.captured_queries if "from casework_way way" in one["sql"]]
    assert len(read) == 1


def test_an_allowed_call_is_on_the_record_with_its_way_and_the_engine_sees_nothing_of_it(scene: Scene, as_: As) -> None:
    key = scene.way(words="The boiler")
    browser = as_(scene.cast.asha)
    page = reverse("reach", args=[scene.case.reference, scene.maria])
    asked = html.unescape(browser.post(page, {"reach": key, "do": "ask"}).content.decode())
    assert "Yes, you may" in asked
    assert "Say: The boiler" in asked
    done = browser.post(
        page, {"reach": key, "result": "spoke", "safe": "yes", "note": "Well.", "do": "record", "seen": "99"}
    )
    assert done.status_code == 302
    row = make.told_last(scene.case, "contact").told
    assert row.payload["fields"] == {"method": "phone", "result": "spoke", "safe": True}
    assert row.payload["reach"]["standing"] == "safe"
    line = case_page(scene.cast.asha, scene.case.reference, now=NOW).story[0]
    assert line.reached == ("By telephone, a way that was safe.",)
    assert make.fresh(scene.case).first_contact_at == NOW


def test_what_was_done_already_is_recorded_as_it_was_and_put_to_whoever_leads(scene: Scene, as_: As) -> None:
    key = scene.way(standing="unsafe")
    said = {"reach": {"way": key, "done": True}, "result": "spoke", "expected_sequence": 99}
    browser = as_(scene.cast.asha)
    without = _send(browser, "reach", scene, said)
    assert without.json()["faults"]["reach_reason"] == ["Say why it was done all the same."]
    said["reach"]["reason"] = "Rang the old number before reading the page."
    assert _send(browser, "reach", scene, said).status_code == 201
    page = case_page(scene.cast.asha, scene.case.reference, now=NOW)
    assert page.waits.past_the_gate_since == NOW
    assert (
        "Past the safe-contact gate, since it had been done already. That way is not safe. Rang the old"
        in page.story[0].reached[1]
    )
    assert Log.objects.latest("pk").detail["past_the_gate"] == "unsafe"
    assert [(one.what, one.reference) for one in contact_checks(scene.cast.carys, now=NOW)] == [
        ("gate", scene.case.reference)
    ]
    assert contact_checks(scene.cast.asha, now=NOW) == ()

    # Carys looks at it; somebody who did it themselves could not.
    settle = reverse("settle-contact", args=[scene.case.reference, "gate"])
    assert browser.get(settle).status_code == 403
    assert as_(scene.cast.carys).post(settle, {"note": "Spoken with Asha.", "seen": "99"}).status_code == 302
    assert contact_checks(scene.cast.carys, now=NOW) == ()
    assert differences_of(scene.case.pk) == []


def test_immediate_danger_sets_a_refusal_aside_with_a_reason_and_nobody_looks_at_their_own(
    scene: Scene, as_: As
) -> None:
    key = scene.way(standing="unsafe")
    said = {
        "reach": {"way": key, "danger": True, "reason": "He was on his way to her."},
        "result": "spoke",
        "expected_sequence": 99,
    }
    browser = as_(scene.cast.carys)
    assert _send(browser, "reach", scene, said).status_code == 201
    assert "immediate danger" in case_page(scene.cast.asha, scene.case.reference, now=NOW).story[0].reached[1]
    settle = browser.generic(
        "POST", reverse("api:settle-contact", args=[scene.case.reference]),
        json.dumps({"what": "gate", "note": "It was right.", "expected_sequence": 99}), "application/json",
    )  # fmt: skip
    assert (settle.status_code, settle.json()["detail"]) == (403, "You did it yourself: somebody else looks at it.")


def test_after_the_landlords_number_of_attempts_a_welfare_check_waits_for_the_manager(scene: Scene, as_: As) -> None:
    key = scene.way()
    tried = make.Reach("phone", scene.maria, key)
    for hour in (1.5, 2):
        make.make_entry(
            scene.case, "contact", scene.cast.asha, now=make.later(hours=hour), result="no_answer", reach=tried
        )
    assert (make.fresh(scene.case).unanswered, make.fresh(scene.case).welfare_since) == (2, None)
    make.make_entry(scene.case, "contact", scene.cast.asha, now=make.later(hours=2.5), result="no_answer", reach=tried)
    case = make.fresh(scene.case)
    assert (case.unanswered, case.welfare_since) == (3, make.later(hours=2.5))
    assert differences_of(case.pk) == []
    shown = as_(scene.cast.carys).get(reverse("team-duties")).content.decode()
    assert "A welfare check" in shown
    assert case.reference in as_(scene.cast.carys).get(reverse("handovers")).content.decode()
    assert (
        "A welfare check waits for the manager."
        in as_(scene.cast.asha).get(f"/cases/{case.reference}").content.decode()
    )
    # Whoever does not see the case is shown nothing of it.
    other = hire("Nia", "connect", line_manager=["Leeds East"])
    assert contact_checks(other, now=NOW) == ()

    settle = reverse("settle-contact", args=[case.reference, "welfare"])
    typed = {"outcome": "seen", "note": "The police saw her at the school.", "seen": "99"}
    assert as_(scene.cast.carys).post(settle, typed).status_code == 302
    case = make.fresh(scene.case)
    assert (case.unanswered, case.welfare_since) == (0, None)
    assert (
        "They were seen, and are safe for now."
        in case_page(scene.cast.asha, case.reference, now=make.later(days=1)).story[0].reached
    )


def test_a_conversation_ends_the_count_and_meets_the_welfare_check(scene: Scene) -> None:
    for hour in (2, 3, 4):
        make.make_entry(
            scene.case, "contact", scene.cast.asha, now=make.later(hours=hour), result="no_answer",
            reach=make.Reach("phone", scene.maria, scene.way()),
        )  # fmt: skip
    make.make_entry(scene.case, "contact", scene.cast.asha, now=make.later(hours=5), result="spoke", safe=True)
    case = make.fresh(scene.case)
    assert (case.unanswered, case.welfare_since) == (0, None)


def test_what_is_said_anew_ends_what_was_said_before_and_both_stay(scene: Scene) -> None:
    scene.way(words="The boiler")
    scene.way(standing="unsafe")
    page = ways_page(scene.cast.asha, scene.case.reference, scene.maria, now=NOW)
    assert [(way.standing, way.value) for way in page.hold] == [("unsafe", NUMBER)]
    assert [(way.standing, way.terms) for way in page.before] == [("safe", ("Say: The boiler",))]


def test_a_way_is_safe_only_in_their_own_word(scene: Scene, as_: As) -> None:
    typed = {"kind": "phone", "value": NUMBER, "standing": "safe"}
    shown = as_(scene.cast.asha).post(reverse("say-way", args=[scene.case.reference, scene.maria]), typed)
    assert "Only they can say that it is safe." in shown.content.decode()
    assert not Way.objects.exists()


def test_a_safe_way_that_nobody_confirmed_for_too_long_counts_as_not_known_and_says_so(
    scene: Scene, as_: As, the_clock: Callable[[datetime], None]
) -> None:
    scene.way()
    the_clock(make.later(days=100))
    shown = html.unescape(as_(scene.cast.asha).get(f"/cases/{scene.case.reference}").content.decode())
    assert "Nobody has confirmed it since 3 March 2026: it counts as not known." in shown


def test_what_was_noted_before_and_what_the_housing_system_has_are_not_known(cast: Cast, case: Case) -> None:
    maria = case.parts.get(part="person_at_risk")
    scene = Scene(cast, case, maria.pk)
    (noted,) = ways_page(scene.cast.asha, case.reference, maria.pk, now=NOW).hold
    assert (noted.source, noted.standing, noted.value, noted.note) == (
        "noted",
        "not_known",
        "07700 900123",
        "Mornings only.",
    )
    scene.lives_at(maria.pk)
    person = Part.objects.get(pk=maria.pk).person
    assert person is not None
    person.details = PersonDetails("Maria", "Novak", emails=("maria@novak.example",))
    person.first_case = None
    person.save()
    page = ways_page(scene.cast.asha, case.reference, maria.pk, now=NOW)
    assert {(way.source, way.kind, way.standing) for way in page.hold} == {
        ("noted", "phone", "not_known"),
        ("register", "email", "not_known"),
        ("register", "post", "not_known"),
        ("register", "visit", "not_known"),
    }


def test_safe_contact_heads_every_page_and_form_of_a_case(scene: Scene, as_: As) -> None:
    scene.way(words="The boiler")
    browser = as_(scene.cast.carys)
    reference = scene.case.reference
    pages = {
        "case": [], "record": [], "record-kind": ["contact"], "answer": ["weapons"], "people": [], "assign": [],
        "hand-over": [], "strike": [1], "close": [], "kept-from": [], "ways": [scene.maria], "say-way": [scene.maria],
        "reach": [scene.maria], "person-in-case": [scene.maria],
    }  # fmt: skip
    for name, more in pages.items():
        shown = html.unescape(browser.get(reverse(name, args=[reference, *more])).content.decode())
        assert "Say: The boiler" in shown, name
        assert re.search(r"Safe:</strong>\s*Telephone", shown), name


def test_a_duty_that_is_due_at_her_own_time_says_so(cast: Cast, as_: As) -> None:
    officer = hire("Megan", "tai-calon", community_housing_officer=[])
    from fanlight.casework.actions.report_abuse import report_abuse

    report = report_abuse(
        fields={"source": "survivor", "channel": "phone"},
        facts={"about": "customer", "preferred_contact_at": make.later(days=3)},
        by=officer,
        now=make.MORNING,
    )
    from fanlight.casework import rulings
    from fanlight.casework.queries.duty_lines import duty_line

    ruling = rulings.rule_on("tai-calon", rulings.story_of("tai-calon", rulings.told(report)), NOW)
    lines = [duty_line("tai-calon", duty) for duty in ruling.duties]
    own = [line for line in lines if line.own_time]
    assert [line.due for line in own] == [make.later(days=3)]
    assert len(lines) > len(own)


SAYING_IT = "She is at 1, Alder Court now."


def test_what_everybody_reads_says_no_protected_address_whoever_types_it(scene: Scene, as_: As) -> None:
    child = scene.named("child", "Petr Novak")
    describe_child(
        case=scene.case, part=child, lives=SAYING_IT, school="Hill Primary", by=scene.cast.asha, now=make.later(hours=1)
    )
    make.make_entry(
        scene.case, "learned", scene.cast.asha, now=make.later(hours=3), note=SAYING_IT, facts={"children": True}
    )
    _protected(scene)
    with pytest.raises(Faulty) as found:
        make.make_entry(
            scene.case, "learned", scene.cast.asha, now=make.later(hours=3), note=SAYING_IT, facts={"children": True}
        )
    assert found.value.faults == {"note": (EVERYBODY_READS_IT,)}
    with pytest.raises(Faulty) as found:
        describe_child(case=scene.case, part=child, lives=SAYING_IT, by=scene.cast.asha, now=make.later(hours=3))
    assert found.value.faults == {"lives": (EVERYBODY_READS_IT,)}
    make.make_entry(
        scene.case,
        "learned",
        scene.cast.asha,
        now=make.later(hours=3),
        note="She is at 1 Beech Road now.",
        facts={"children": True},
    )
    form = referral_form(scene.cast.asha, scene.case.reference, purpose="marac", now=make.later(hours=3))
    filled = [text for _, text in form.fields]
    assert any("Petr Novak" in text for text in filled)
    assert not any("Alder" in text for text in filled)
