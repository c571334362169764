"""A protected address is planted, and every answer of the product is read by everybody: those who are named alone find it.

Two people have moved without a trace: Maria out of the landlord's homes, Sian into another of them. Of Sian it is looked for
whether an answer says both who she is and where that home is: each by itself is in the register, and says nothing.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.core import mail
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.answer_move_step import answer_move_step
from fanlight.casework.actions.ask_for_move import ask_for_move
from fanlight.casework.actions.copy_plan import copy_plan
from fanlight.casework.actions.decide_on_move import decide_on_move
from fanlight.casework.actions.finish_move import finish_move
from fanlight.casework.actions.make_action_plan import Item, make_action_plan
from fanlight.casework.actions.name_deputy import name_deputy
from fanlight.casework.actions.open_in_emergency import open_in_emergency
from fanlight.casework.actions.reaching import Reach
from fanlight.casework.actions.relate_staff import relate_staff
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.actions.set_aside import set_aside
from fanlight.casework.actions.write_letter import write_letter
from fanlight.casework.models import (
    Assessment,
    Case,
    Home,
    KeptFrom,
    Letter,
    Log,
    MaracAction,
    MaracListing,
    MaracMeeting,
    MayKnow,
    Move,
    Part,
    Person,
    Plan,
    PlanCopy,
    Resident,
    Staff,
    Way,
)
from tests import homes, make
from tests.addresses import Address, addresses
from tests.cast import HOME_PATCH, OTHER_PATCH, hire
from tests.meetings import held
from tests.pdf import text_of
from tests.web.forms_of_a_page import forms_of

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpResponse
    from django.test import Client

    from tests.cast import Cast

ADDRESS = "Flat 9, Quillfeather House\nZephyr Lane\nYonderby\nZZ9 9QQ"
WORDS = ("quillfeather", "zephyr lane", "yonderby", "zz9 9qq", "zz99qq")
NEW_HOME = 88
MARIA, SIAN, PIOTR = "Maria Novak", "Sian Pryce", "Piotr Novak"
KNOWN_TO_ANYBODY = (MARIA, "Sian", "1 Alder Court", "ZZ1 1ZZ", "T000001", "H000001", homes.uprn_of(1), "07700 900123")
"""What somebody may look for who knew them before: never where they went."""


class Told(NamedTuple):
    """What somebody was answered: to which question, with which status, and everything in it that can be read."""

    question: str
    status: int
    text: str

    def says_where(self) -> bool:
        """Whether the answer says where Maria lives, or who has moved to Sian's home."""
        says_home = f"{NEW_HOME}aldercourt" in self.text.replace(" ", "") or f"h{NEW_HOME:06}" in self.text
        return any(word in self.text for word in WORDS) or (says_home and "sian" in self.text)


class Planted(NamedTuple):
    """Two who have moved, the people of the landlord, and who of them is named."""

    case: Case
    people: dict[str, Staff]

    def is_named(self, staff: Staff) -> bool:
        """Whether somebody may know where one of the two lives, at this moment: named, and not kept from the case."""
        is_kept_away = KeptFrom.objects.filter(case=self.case, staff=staff, ended_at=None).exists()
        return not is_kept_away and MayKnow.objects.filter(staff=staff, ended_at=None).exists()


def read(question: str, response: HttpResponse) -> Told:
    """This function will read an answer: its headers, its words, and what a document says when it is opened."""
    body = response.content
    said = text_of(body) if body.startswith(b"%PDF") else body.decode("utf-8", "replace")
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    cookies = " ".join(str(cookie) for cookie in response.cookies.values())
    plain = html.unescape(said)
    if "json" in response.headers.get("Content-Type", ""):
        plain = json.dumps(json.loads(said), ensure_ascii=False)
    return Told(question, response.status_code, " ".join(f"{headers} {cookies} {plain}".lower().split()))


@pytest.fixture
def planted(cast: Cast) -> Planted:
    """This function will let two people of a case move without a trace, through the actions that do it."""
    now = make.later(hours=1)
    people = {name: getattr(cast, name) for name in cast.__dataclass_fields__} | {
        "olwen": hire("Olwen", "connect", specialist_team=[]),
        "nia": hire("Nia", "connect", line_manager=[HOME_PATCH]),
        "mair": hire("Mair", "connect", case_officer=[OTHER_PATCH]),
        "rhian": hire("Rhian", "connect", case_officer=[OTHER_PATCH]),
        "sioned": hire("Sioned", "connect", specialist_team=[]),
        "pia": hire("Pia", "connect", data_protection_officer=[]),
    }
    case = make.make_case(cast, children=True)
    old, new = homes.a_home(1), homes.a_home(NEW_HOME)
    together = homes.a_tenancy(old)
    for name, part in ((MARIA, "person_at_risk"), (PIOTR, "causing_harm"), (SIAN, "adult_at_risk")):
        person = homes.a_person(name)
        person.reference = f"P{person.pk:06}"
        person.save()
        homes.lives_in(person, old, tenancy=together, holds=True, imported_as="as it came")
        homes.a_part(case, person, part, cast.asha)
    add_part(case=case, name="Eve", part="witness", staff_email=cast.eve.email, by=cast.carys, now=now)
    say_way(case=case, part=part_of(case, "Maria").pk, kind="phone", value="07700 900123", by=cast.asha, now=now)
    named = [people["olwen"].pk, people["nia"].pk]
    for name, where in (("Maria", {"address": ADDRESS}), ("Sian", {"home": f"H{NEW_HOME:06}"})):
        part_id = part_of(case, name).pk
        number = ask_for_move(
            case=case, part=part_id, reason="He waits.", may_write=True, named=named, **where, by=cast.asha, now=now
        )
        decide_on_move(case=case, number=number, authorise=True, named=named, by=cast.carys, now=now)
        for step in Move.objects.get(pk=number).steps.all():
            answer_move_step(case=case, number=number, step=step.number, answer="done", by=cast.asha, now=now)
        finish_move(case=case, number=number, by=cast.asha, now=now)
        write_letter(
            case=case,
            part=part_id,
            way=Way.objects.get(is_protected=True, person=part_of(case, name).person).pk,
            kind="please_ring",
            said={"ring": "01632 960000", "times": "on weekdays"},
            by=cast.asha,
            now=now,
        )
    # As the next import would bring it.
    Resident.objects.filter(home=new).update(tenancy=homes.a_tenancy(new, "T000088"), imported_as="as it came")
    maria = part_of(case, "Maria").pk
    plan = make_action_plan(case=case, part=maria, items=[Item("Locks", "us")], agreed=False, by=cast.asha, now=now)
    # The copy is from when she had agreed it; the pages are asked for as if she had not.
    Plan.objects.filter(pk=plan).update(agreed_at=now)
    copy_plan(case=case, number=plan, reach=Reach("in_person", maria), safe_to_keep=True, by=cast.asha, now=now)
    Plan.objects.filter(pk=plan).update(agreed_at=None)
    say_way(case=case, part=part_of(case, "Maria").pk, kind="visit", value=ADDRESS, by=cast.asha, now=now)
    held(case, by=cast.carys, owner=cast.asha, now=now)
    relate_staff(case=case, staff=people["nia"], relation="friend", by=cast.carys, now=now)
    set_aside(case=case, staff=people["sioned"], reason="Lives there too.", by=cast.carys, now=now)
    open_in_emergency(reference=case.reference, purpose="danger", reason="She rang.", by=people["rhian"], now=now)
    day = now.date()
    name_deputy(staff=cast.asha, deputy=people["mair"], first_day=day, last_day=day, by=cast.asha, now=now)
    return Planted(make.fresh(case), people)


def part_of(case: Case, name: str) -> Part:
    """This function will give somebody in the case by their first name."""
    return next(part for part in Part.objects.filter(case=case) if part.name.startswith(name))


def candidates(planted: Planted) -> dict[str, list[object]]:
    """This function will give, for what an address takes, what there is of it; numbers by the last word that says of what."""

    def every(model: type[Model]) -> list[object]:
        return list(model._default_manager.values_list("pk", flat=True))

    return {
        "reference": [planted.case.reference],
        "part": [part_of(planted.case, name).pk for name in ("Maria", "Sian", "Piotr")],
        "way": every(Way),
        "moves": every(Move),
        "letters": every(Letter),
        "plans": every(Plan),
        "copies": every(PlanCopy),
        "homes": every(Home),
        "people": every(Person),
        "staff": [planted.people["olwen"].pk],
        "known": [planted.people["olwen"].pk],
        "kind": ["please_ring"],
        "instrument": ["dash"],
        "assessments": [one.sequence for one in Assessment.objects.all()],
        "meetings": every(MaracMeeting),
        "meeting": every(MaracMeeting),
        "listing": every(MaracListing),
        "action": every(MaracAction),
        "actions": every(MaracAction),
        "fact": ["weapons"],
        "role": ["case_officer"],
    }


def paths(address: Address, among: dict[str, list[object]]) -> Iterator[str]:
    """This function will give an address for everything that it can be asked for."""
    made: list[dict[str, object]] = [{}]
    for taken in address.takes:
        name = taken.rpartition(":")[2]
        of_what = address.route.partition(f"<{taken}>")[0].rstrip("/").rpartition("/")[2]
        kind = "contact" if of_what == "record" else None
        values = [kind] if kind else among.get(name) or among.get(of_what) or [1]
        made = [{**one, name: value} for one in made for value in values]
    for one in made:
        yield address.of(**one)


def answers_to(browser: Client, planted: Planted) -> Iterator[Told]:
    """This function will ask every address for everything, and look for what is known of them wherever one may search."""
    among = candidates(planted)
    for address in addresses():
        if address.name in ("sign-out", "to-provider", "provider-back"):
            continue
        for path in paths(address, among):
            yield read(f"{address.name} {path}", browser.get(path))
    for word in (*KNOWN_TO_ANYBODY, planted.case.reference):
        for path in ("/find", "/register", "/address-check"):
            for form in forms_of(browser.get(path).content.decode("utf-8", "replace"))[1:]:
                typed = {name: word if kind == "text" else value for name, (kind, value) in form.fields.items()}
                ask = browser.post if form.method == "post" else browser.get
                yield read(f"{path}, {word}", ask(form.action or path, typed))
        for path, body in (
            ("/api/find", {"name": word, "purpose": "working"}),
            ("/api/find", {"said": word, "purpose": "working"}),
            ("/api/address-check", {"address": word, "purpose": "repairs"}),
        ):
            yield read(f"{path}, {word}", browser.post(path, json.dumps(body), content_type="application/json"))


WHO = (
    *("nobody", "asha", "bronwen", "carys", "dev", "eve", "farah", "gwen", "huw", "iris"),
    *("olwen", "nia", "mair", "rhian", "sioned", "pia"),
)
NAMED = ("asha", "olwen")

TELLS_THE_NAMED = frozenset(
    {
        *("case-moves", "move", "known-to", "letters", "letter", "write-letter", "ways", "api:ways"),
        *("say-way", "end-way", "reach", "api:may-reach", "case-markers", "set-marker"),
        *(
            "api:say-way",
            "copy-plan",
            "record-interview",
            "record-kind",
            "api:case-moves",
            "api:ask-for-move",
            "api:move",
            "api:ask-to-lift",
            "api:decide-on-lifting",
        ),
    }
)
"""The addresses at which those who are named are told where somebody lives."""
TELLS_NOBODY = frozenset(
    {
        *("api:same", "api:merge", "api:apart"),
        *("pairs", "pair", "postcode", "same", "apart", "api:decide-on-move", "api:move-step"),
        *("api:openapi", "api:report", "api:receipt", "api:called-999", "api:triage", "api:triage-report"),
        *(
            "api:triage-open",
            "api:triage-join",
            "api:triage-redirect",
            "api:triage-who",
            "api:my-duties",
            "api:team-duties",
        ),
        *("api:handovers", "api:policy", "api:cases", "api:find", "api:case", "api:assign-form", "api:record"),
        *("api:answer", "api:strike", "api:people", "api:assign", "api:hand-over", "api:received", "api:close"),
        *("api:reopen", "api:end-way", "api:reach", "api:settle-contact", "api:person-in-case"),
        *("api:relate", "api:end-relation", "api:strike-relation", "api:change-part", "api:describe-child"),
        *("api:female-staff", "api:address-check", "api:register-home", "api:register-person", "api:change-person"),
        *("api:equality", "api:record-equality", "home", "sign-in", "second-step", "to-provider", "provider-back"),
        *("first-password", "sign-out", "session", "account", "confirm", "change-password", "second-step-needed"),
        *("set-up-app", "add-passkey", "recovery-codes", "remove-factor", "end-session", "staff", "staff-member"),
        *("ask-for-role", "take-role-away", "name-deputy", "female-staff", "end-staff", "staff-sign-in"),
        *("decide-on-role", "deputy", "end-deputy", "emergency", "emergencies", "review-emergency", "find"),
        *("address-check", "markers", "set-home-marker", "review-marker", "end-marker", "moves", "register"),
        *("register-home", "register-person", "change-person", "equality", "log", "log-case", "log-staff"),
        *("log-refusals", "log-emergencies", "log-reach", "retention", "disposed", "certificate", "retention-case"),
        *("hold-back", "lift-hold", "review-disposal", "dispose", "report", "receipt", "called-999", "triage"),
        *("triage-report", "statutory-test", "my-duties", "team-duties", "handovers", "policy", "cases"),
        *("case", "record", "answer", "people", "ask-for-move", "decide-on-move", "move-step"),
        *("ask-to-lift", "decide-on-lifting"),
        *("finish-move", "correct-move", "cancel-move", "end-knowing", "person-in-case", "relate", "relation"),
        *("change-part", "describe-child", "settle-contact", "kept-from", "let-back-in", "related", "assign"),
        *("hand-over", "received", "strike", "close", "reopen", "wishes", "api:wishes", "api:write-wishes"),
        *(
            "interviews",
            "api:interviews",
            "api:record-interview",
            "pathways",
            "choice",
            "offer",
            "api:pathways",
            "api:choice",
            "api:offer",
        ),
        *("plans", "plan", "action-plan", "safety-plan", "plan-item", "agree-plan", "plan-copy", "api:plans"),
        *("api:action-plan", "api:safety-plan", "api:agree-plan", "api:plan-item", "api:copy-plan"),
        *("assessments", "assessment", "assess", "assess-step", "check-assessment", "drop-assessment"),
        *("other-assessment", "api:assessments", "api:assessment", "api:assess", "api:other-assessment"),
        *("referrals", "refer", "referral", "change-referral", "send-referral", "say-of-referral", "referral-document"),
        *("referred-elsewhere", "api:referred-elsewhere", "api:new-referral"),
        *("my-referrals", "directory", "export-directory", "add-service", "service", "assure-service"),
        *(
            "remove-service",
            "api:referrals",
            "api:refer",
            "api:say-of-referral",
            "api:directory",
            "api:import-directory",
        ),
        *("marac", "marac-figures", "new-marac-meeting", "marac-meeting", "change-marac-meeting", "list-for-marac"),
        *("match-listing", "settle-listing", "return-research", "marac-attendance", "give-marac-action"),
        *("marac-minutes", "write-marac-minutes", "marac-action", "pass-on-marac-action", "api:marac"),
        *("api:marac-figures", "api:arrange-marac-meeting", "api:marac-meeting", "api:list-for-marac"),
        *("api:return-research", "api:marac-attendance", "api:give-marac-action", "api:marac-actions"),
        *("api:complete-marac-action", "consent", "record-consent", "api:consent", "api:record-consent"),
        *("shares", "new-share", "share", "share-document", "decide-on-share", "take-share-back", "confirm-share"),
        *("bar", "unbar", "all-shares", "agreements", "new-agreement", "review-agreement", "end-agreement"),
        *("api:shares", "api:new-share", "api:share-information", "api:share", "api:decide-on-share"),
        *("api:take-share-back", "api:confirm-share", "api:bar", "api:unbar", "api:all-shares"),
        *("api:agreements", "api:make-agreement", "api:review-agreement", "api:end-agreement"),
    }
)
"""Every other address: it tells nobody, named or not."""


def test_every_address_is_in_one_of_the_two_lists() -> None:
    known = {address.name for address in addresses()}
    assert known - TELLS_THE_NAMED - TELLS_NOBODY == set()
    assert (TELLS_THE_NAMED | TELLS_NOBODY) - known == set()
    assert not TELLS_THE_NAMED & TELLS_NOBODY


@pytest.mark.parametrize("who", WHO)
def test_no_answer_of_the_product_says_where_they_live_but_to_those_who_are_named(
    who: str, planted: Planted, as_: Callable[[Staff | None], Client], caplog: pytest.LogCaptureFixture
) -> None:
    browser = as_(planted.people.get(who))
    browser.raise_request_exception = False
    told = list(answers_to(browser, planted))
    says = {answer.question.split()[0] for answer in told if answer.says_where()}
    if who in NAMED:
        # The probe is awake: it finds what they are told, in a page, in an answer of the API and in a document.
        assert {"move", "letter", "case-moves", "ways", "api:ways"} <= says
        assert says <= TELLS_THE_NAMED
    else:
        assert says == set()
    broken = [answer.question for answer in told if answer.status >= 500]
    assert broken == []
    for line in (*caplog.messages, *(str(row) for row in Log.objects.values_list("detail", "what"))):
        assert not any(word in line.lower() for word in WORDS), line
    assert mail.outbox == []


def test_what_left_the_building_before_shows_the_old_household_nothing(planted: Planted) -> None:
    joint = Resident.objects.get(person=part_of(planted.case, "Piotr").person)
    assert not joint.is_hidden
    others = Resident.objects.exclude(pk=joint.pk)
    assert all(row.is_hidden for row in others)


def test_the_register_shows_who_stayed_at_the_old_home_and_nobody_who_left(
    planted: Planted, as_: Callable[[Staff | None], Client]
) -> None:
    old, new = Home.objects.order_by("pk")
    browser = as_(planted.people["bronwen"])
    shown = browser.get(f"/register/homes/{old.pk}").content.decode()
    assert "Piotr" in shown
    assert "Maria" not in shown
    assert "Sian" not in shown
    assert "Sian" not in browser.get(f"/register/homes/{new.pk}").content.decode()


# Lifted by two people, an address is seen again: that is what they decide.
NEVER = (
    "decide-on-lifting",
    "sign-out",
    "end-session",
    "to-provider",
    "provider-back",
    "set-up-app",
    "add-passkey",
    "first-password",
)
UNNAMED = tuple(name for name in WHO if name not in ("nobody", *NAMED))
LOOKS = 6
"""So many pages somebody looks at until one of them has a form."""
STEPS = st.lists(
    st.tuples(
        st.sampled_from(UNNAMED),
        st.integers(0, 10_000),
        st.integers(0, 10_000),
        st.lists(st.integers(0, 10_000), min_size=3, max_size=3),
    ),
    min_size=4,
    max_size=14,
)


def test_no_sequence_of_what_others_do_makes_an_answer_say_it(
    planted: Planted, as_: Callable[[Staff | None], Client]
) -> None:
    where = [address for address in addresses() if address.name not in NEVER]
    sent: list[str] = []

    # Each sequence goes on from where the last one ended: none of them can be made smaller by itself.
    @settings(max_examples=12, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def carried_out(steps: list[tuple[str, int, int, list[int]]]) -> None:
        among = candidates(planted)
        for who, number, which, chances in steps:
            staff = planted.people[who]
            browser = as_(staff)
            browser.raise_request_exception = False
            was_named = planted.is_named(staff)
            answers, forms, path = [], [], ""
            for again in range(LOOKS):
                every = list(paths(where[(number + again) % len(where)], among))
                path = every[which % len(every)]
                page = browser.get(path)
                answers.append(read(path, page))
                # The first form of a page is that of signing out.
                if page.status_code == 200 and (forms := forms_of(page.content.decode("utf-8", "replace"))[1:]):
                    break
            for form in forms:
                typed = {name: form.chosen(name, chances, KNOWN_TO_ANYBODY) for name in form.fields}
                ask = browser.post if form.method == "post" else browser.get
                reply = ask(form.action or path, typed)
                sent.append(path)
                answers.append(read(f"{form.method} {path}", reply))
                if "Location" in reply.headers:
                    answers.append(read(reply.headers["Location"], browser.get(reply.headers["Location"])))
            for answer in answers:
                may_know = was_named or planted.is_named(staff)
                assert may_know or not answer.says_where(), (who, answer.question, sent)

    carried_out()
    assert len(sent) > 20
