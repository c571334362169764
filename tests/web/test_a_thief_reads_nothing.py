"""A word of its own is put into every field that a person can fill; whoever copies what the product writes finds none of them."""

import base64
import tempfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from fanlight.casework.access import Refused
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.add_staff import add_staff
from fanlight.casework.actions.answer_move_step import answer_move_step
from fanlight.casework.actions.answer_offer import answer_offer
from fanlight.casework.actions.answer_plan_item import answer_plan_item
from fanlight.casework.actions.ask_for_move import ask_for_move
from fanlight.casework.actions.ask_to_lift import ask_to_lift
from fanlight.casework.actions.bar_receiver import bar_receiver
from fanlight.casework.actions.cancel_move import cancel_move
from fanlight.casework.actions.change_service import change_service
from fanlight.casework.actions.complete_marac_action import complete_marac_action
from fanlight.casework.actions.confirm_share import confirm_share
from fanlight.casework.actions.copy_plan import copy_plan
from fanlight.casework.actions.correct_move import correct_move
from fanlight.casework.actions.decide_on_lifting import decide_on_lifting
from fanlight.casework.actions.decide_on_move import decide_on_move
from fanlight.casework.actions.decide_on_share import decide_on_share
from fanlight.casework.actions.draft_referral import draft_referral
from fanlight.casework.actions.end_agreement import end_agreement
from fanlight.casework.actions.give_marac_action import give_marac_action
from fanlight.casework.actions.make_action_plan import Item, make_action_plan
from fanlight.casework.actions.make_agreement import make_agreement
from fanlight.casework.actions.make_safety_plan import make_safety_plan
from fanlight.casework.actions.note_marac_referral import note_marac_referral
from fanlight.casework.actions.reaching import Reach
from fanlight.casework.actions.record_choice import record_choice
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.record_interview import record_interview
from fanlight.casework.actions.refer import refer
from fanlight.casework.actions.refusals import Faulty, Stopped
from fanlight.casework.actions.review_agreement import review_agreement
from fanlight.casework.actions.say_of_referral import say_of_referral
from fanlight.casework.actions.settle_marac_listing import settle_marac_listing
from fanlight.casework.actions.sharing import Beside
from fanlight.casework.actions.take_share_back import take_share_back
from fanlight.casework.actions.unbar_receiver import unbar_receiver
from fanlight.casework.actions.write_letter import write_letter
from fanlight.casework.actions.write_marac_minutes import write_marac_minutes
from fanlight.casework.actions.write_wishes import write_wishes
from fanlight.casework.models import Case, ConsentSaid, Move, OnwardReferral, Staff
from fanlight.policy.vocabulary import ENTRY_KINDS, FACTS, Term
from tests import make
from tests.addresses import addresses
from tests.cast import Cast, hire
from tests.meetings import a_meeting, came, heard
from tests.referring import grounds, to_marac
from tests.sharing import consents, share, whole
from tests.thief import backups, cells, dumps, memory

TYPED = ("text", "search", "email", "tel", "password", "url")
# A part of a date or of a time has to be one, or nothing of the form is taken.
DATED = {"day": "3", "month": "3", "year": "2026", "time": "11.00"}


class Canaries:
    """Words that stand nowhere else, each told apart, and where each was put."""

    def __init__(self) -> None:
        self.put: dict[str, str] = {}

    def new(self, where: str) -> str:
        """This function will give a word for a field."""
        word = f"zyxquil{len(self.put):04d}vim"
        self.put[word] = where
        return word

    def found(self, text: str) -> list[str]:
        """This function will say in which fields the words were put that stand in a text."""
        lower = text.lower()
        return [where for word, where in self.put.items() if word in lower] if "zyxquil" in lower else []


class Forms(HTMLParser):
    """The forms of a page: where each goes, and what it sends if everything in it is filled."""

    def __init__(self, canaries: Canaries, page: str) -> None:
        super().__init__()
        self.canaries, self.page = canaries, page
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """This function will fill a field that begins here."""
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "form":
            self.forms.append((said.get("action", ""), {}) if said.get("method", "").lower() == "post" else ("", {}))
        if not self.forms or (not name and tag != "option"):
            return
        fields = self.forms[-1][1]
        kind = said.get("type", "text").lower() if tag == "input" else tag
        if tag == "option":
            if self._select and said.get("value") and not fields.get(self._select):
                fields[self._select] = said["value"]
        elif tag == "select":
            self._select = name
            fields.setdefault(name, "")
        elif kind in TYPED or tag == "textarea":
            fields[name] = DATED.get(name.rpartition("-")[2]) or self._word(name, kind)
        elif kind in ("hidden", "number"):
            fields[name] = said.get("value", "") or "1"
        elif kind in ("radio", "checkbox"):
            fields.setdefault(name, said.get("value", "on"))

    def _word(self, name: str, kind: str) -> str:
        word = self.canaries.new(f"{self.page}: {name}")
        if kind == "email" or "email" in name:
            return f"{word}@connect.example"
        return f"{word} sixteen letters" if kind == "password" else word


def _open(term: Term) -> bool:
    return term.words is None and term.type in ("word", "set of words", "text", "either")


def _written(term: Term, word: str) -> object:
    return frozenset({word}) if term.type == "set of words" else word


def plant_in_entries(case: Case, by: Staff, canaries: Canaries) -> int:
    """This function will record an entry of every kind, with a word in each field and fact that takes words; how many stood."""
    stood = 0
    for number, (kind, of) in enumerate(ENTRY_KINDS.items()):
        for terms, where in ((of.fields, "fields"), (FACTS, "facts")):
            for name, term in terms.items():
                if not _open(term):
                    continue
                said = {where: {name: _written(term, canaries.new(f"entry {kind}.{name}"))}}
                try:
                    record_entry(
                        case=case, kind=kind, note=canaries.new(f"entry {kind}, note"), of_sequence=1,
                        duty=canaries.new(f"entry {kind}, duty"), reach=make.reached(kind, said.get("fields", {})), by=by,
                        now=make.later(days=1, minutes=number), **said,
                    )  # fmt: skip
                    stood += 1
                except (Faulty, Refused, Stopped):
                    continue
    with pytest.raises(Faulty):
        record_entry(
            case=case,
            kind="visit",
            facts={canaries.new("the name of a fact"): True},
            reach=make.reached("visit"),
            by=by,
            now=make.later(days=2),
        )
    return stood


def plant_in_pages(case: Case, report: Case, fresh: Callable[[], Client], canaries: Canaries, who: str) -> int:
    """This function will fill every form of every page that somebody sees, and send it; how many forms there were.

    Each page is asked for by a `fresh` browser: what a form does to a session is nothing to the next.
    """
    sent = 0
    for address in addresses():
        if address.name in ("sign-out", "end-session", "end-staff", "home"):
            continue
        new = address.name in ("triage-report", "receipt", "called-999")
        reference = report.reference if new else case.reference
        path = address.of(
            reference=reference, kind="contact", fact="weapons", sequence=4, person=1, role="case_officer"
        )
        browser = fresh()
        page = browser.get(path)
        if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
            continue
        forms = Forms(canaries, f"{who}, {address.name}")
        forms.feed(page.content.decode())
        for action, fields in forms.forms:
            if fields:
                browser.post(action or path, fields)
                sent += 1
    return sent


def plant_in_a_move(case: Case, by: Staff, second: Staff, canaries: Canaries) -> None:
    """This function will let a child of the case move without a trace, and write to them, with a word wherever one may be typed."""
    now, new = make.later(days=3), canaries.new
    part = add_part(case=case, name=new("a part's name"), part="adult_at_risk", by=by, now=now)

    def where() -> str:
        return f"{new('move, address')} House, ZZ9 9ZZ"

    number = ask_for_move(case=case, part=part, reason=new("move, reason"), address=where(), by=by, now=now)
    said: dict[str, object] = {"reason": new("move, put right"), "address": where(), "may_write": True}
    correct_move(case=case, number=number, **said, by=by, now=now)  # type: ignore[arg-type]  # each is what the action takes
    decide_on_move(case=case, number=number, authorise=True, reason=new("move, decision"), by=second, now=now)
    note = new("move, note")
    answer_move_step(case=case, number=number, step=1, answer="done", note=note, by=by, now=now)
    move = Move.objects.get(pk=number)
    typed = {"ring": new("letter, ring"), "times": new("letter, times")}
    assert move.way_id
    write_letter(case=case, part=part, way=move.way_id, kind="please_ring", said=typed, by=by, now=now)
    lifting = ask_to_lift(case=case, part=part, way=move.way_id, reason=new("lifting, reason"), by=by, now=now)
    kept = new("lifting, decision")
    decide_on_lifting(case=case, number=lifting, lifts=False, reason=kept, by=second, now=now)
    cancel_move(case=case, number=number, reason=new("move, called off"), by=by, now=now)


def plant_in_plans(case: Case, by: Staff, canaries: Canaries) -> None:
    """This function will write down wishes, plans, a choice, an offer and an interview, with a word wherever one may be typed."""
    said: dict[str, Any] = {"case": case, "by": by, "now": make.later(days=3)}
    new = canaries.new
    her = add_part(name=new("whose plan it is"), part="person_at_risk", **said)
    write_wishes(part=her, words=new("wishes"), **said)
    items = [Item(new("item, what"), "other", new("item, who"))]
    plan = make_action_plan(part=her, items=items, agreed=True, note=new("plan, note"), **said)
    answer_plan_item(number=plan, item=1, answer="not_done", note=new("item, note"), **said)
    sections = {"danger": new("safety plan")}
    plan = make_safety_plan(part=her, sections=sections, agreed=True, note=new("safety plan, note"), **said)
    copy_plan(number=plan, reach=Reach("in_person", her), safe_to_keep=True, **said)
    record_choice(choice="leaves", note=new("choice, note"), **said)
    answer_offer(option="leaves", item="idva", answer="declined", note=new("offer, note"), **said)
    fields = {"private": False, "children_present": False, "interpreter": "professional", "interpreter_accepted": True}
    named = {name: new(f"interview, {name}") for name in ("with_them", "interpreted_by", "reason", "note")}
    record_interview(fields=fields, reach=Reach("in_person", her), **named, **said)


def plant_in_referrals(case: Case, by: Staff, second: Staff, canaries: Canaries) -> None:
    """This function will draft a referral, send another that is declined, and add a service, with a word wherever one may be typed."""
    now, new = make.later(days=3), canaries.new
    answers = {"happened": new("referral, answer")}
    draft_referral(case=case, to="police", name=new("referral, draft"), answers=answers, by=by, now=now)
    said = {"reason": new("referral, reason"), "note": new("referral, note")}
    refer(
        case=case,
        to="police",
        name=new("referral, name"),
        way="phone",
        share=grounds(case, by=by),
        **said,
        by=by,
        now=now,
    )  # type: ignore[arg-type]  # each is a text
    note_marac_referral(case=case, agency=new("marac, agency"), on=now.date(), note=new("marac, note"), by=by, now=now)
    her = add_part(case=case, name=new("whom the marac hears of"), part="person_at_risk", by=by, now=now)
    words = {name: new(f"marac, {name}") for name in ("why", "necessity", "proportion", "why_without")}
    told = grounds(case, about=(her,), named={}, **words)
    answers = {"why_marac": new("marac, answer")}
    to_marac(case, by, answers=answers, share=told, note=new("marac, note of ours"), now=now)
    number = OnwardReferral.objects.get(case=case, state="sent", to="police").pk
    heard = {"note": new("referral, declined"), "heard_from": new("referral, heard from")}
    say_of_referral(case=case, number=number, what="declined", **heard, by=by, now=now)  # type: ignore[arg-type]  # each is a text
    names = ("name", "organisation", "for_whom", "phone", "hours", "note", "form", "challenge", "escalate_to")
    service = {"kinds": ["idva"], **{name: new(f"service, {name}") for name in names}}
    change_service(said=service, by=second, now=now)


def plant_in_sharing(case: Case, by: Staff, second: Staff, canaries: Canaries) -> None:
    """This function will take consent, share, say who must not receive anything and keep an agreement, with a word wherever one goes."""
    now, new = make.later(days=3), canaries.new
    her = add_part(case=case, name=new("who shares are about"), part="person_at_risk", by=by, now=now)
    names = ("organisation", "conditions", "own_words", "taken_by", "limits", "capacity", "giver")
    said = ConsentSaid(**{name: new(f"consent, {name}") for name in names})
    whom = {"to": "police", "service": "", "purpose": "prevent_crime"}
    consents(case, by, "refused", part=her, said=said, capacity="found", giver="attorney", now=now, **whom)
    words = ("why", "necessity", "proportion", "why_without", "conditions_kept")
    texts = {name: new(f"share, {name}") for name in words}
    proposed = whole(
        case, about=(her,), items=(f"who.{her}.name",), service="", organisation=said.organisation, **texts
    )
    beside = Beside(new("share, attention"), new("share, where"), (new("share, taken out"),))
    numbers = [share(case, by, proposed=proposed, beside=beside, now=now) for _ in range(2)]
    decide_on_share(case=case, number=numbers[0], authorise=True, reason=new("share, decision"), by=second, now=now)
    confirm_share(case=case, number=numbers[0], confirmed_by=new("share, received"), by=by, now=now)
    take_share_back(case=case, number=numbers[1], reason=new("share, taken back"), by=by, now=now)
    number = bar_receiver(case=case, name=new("barred, name"), reason=new("barred, reason"), by=by, now=now)
    unbar_receiver(case=case, number=number, reason=new("barred, ended"), by=by, now=now)
    terms = {"to": ["police"], "purposes": ["prevent_crime"], "made_on": now.date()}
    kept = make_agreement(title=new("agreement, title"), note=new("agreement, note"), **terms, by=second, now=now)
    review_agreement(number=kept, note=new("agreement, review"), by=second, now=now)
    end_agreement(number=kept, reason=new("agreement, ended"), by=second, now=now)


def plant_at_a_marac(case: Case, by: Staff, canaries: Canaries) -> None:
    """This function will hold a meeting of the MARAC, with a word wherever one may be typed."""
    now, new = make.later(days=3), canaries.new
    meeting = a_meeting(by, meets_at=make.later(days=2), note=new("meeting, note"), now=now)
    ours = heard(meeting, case, by, brought_by="us", now=now)
    theirs, gone = (heard(meeting, None, by, who=new("on a list"), now=now) for _ in range(2))
    why = new("on a list, settled")
    settle_marac_listing(meeting=meeting, listing=gone, outcome="nothing_known", why=why, by=by, now=now)
    came(meeting, by, by, now=now)
    for listing in (ours, theirs):
        write_marac_minutes(meeting=meeting, listing=listing, text=new("minutes"), by=by, now=now)
        said = {"meeting": meeting, "listing": listing, "owner": by, "due_on": now.date(), "by": by, "now": now}
        number = give_marac_action(what=new("action, what"), **said)  # type: ignore[arg-type]  # each is what the action takes
        complete_marac_action(action=number, note=new("action, note"), by=by, now=now)


def plant_in_files(case: Case, fresh: Callable[[], Client], canaries: Canaries) -> None:
    """This function will send files, named and filled with words, one of them larger than a server keeps in memory."""
    for size in (1, 200_000):
        content = " ".join([canaries.new("a file")] * size).encode()
        sent = SimpleUploadedFile(f"{canaries.new('the name of a file')}.txt", content)
        for path in (f"/cases/{case.reference}/record/contact", "/report"):
            sent.seek(0)
            assert fresh().post(path, {"note": canaries.new(f"beside a file, {path}"), "file": sent}).status_code >= 400


def files(*more: Path) -> Iterator[tuple[str, str]]:
    """This function will read every file that the product has written: databases as they lie on the disk, and all else."""
    for folder in (Path(settings.HOME), *{_file(alias).parent for alias in connections if _file(alias).name}, *more):
        for file in folder.rglob("*"):
            if file.is_file() and "static" not in file.parts:
                yield file.name, file.read_bytes().decode("utf-8", "replace")


def _file(alias: str) -> Path:
    connection = connections[alias]
    return Path(str(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else "")


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_nothing_that_anybody_typed_stands_anywhere_in_the_clear(
    cast: Cast,
    case: Case,
    report: Case,
    as_: Callable[[Staff | None], Client],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    canaries = Canaries()
    # Whatever is put down for a moment is put down here.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert plant_in_entries(case, cast.carys, canaries) > 60
    name, email = canaries.new("name of staff"), canaries.new("email of staff")
    hired = add_staff(
        landlord=cast.huw.landlord, name=name, email=f"{email}@connect.example", roles={"case_officer": []},
        by=cast.huw, now=make.later(days=1),
    )  # fmt: skip
    sent = sum(
        plant_in_pages(case, report, lambda who=who: as_(getattr(cast, who)), canaries, who)
        for who in ("iris", "asha", "carys", "huw")
    )
    sent += plant_in_pages(case, report, lambda: as_(None), canaries, "nobody")
    assert sent > 40
    plant_in_files(case, lambda: as_(cast.asha), canaries)
    second = hire("Second", "connect", safeguarding_lead=[])
    plant_in_a_move(make.make_case(cast), cast.carys, second, canaries)
    plant_in_sharing(make.make_case(cast), cast.carys, second, canaries)
    plant_in_referrals(make.make_case(cast), cast.carys, second, canaries)
    plant_at_a_marac(make.make_case(cast), cast.carys, canaries)
    plant_in_plans(make.make_case(cast), cast.carys, canaries)
    # What was planted is there, for those who may read it.
    assert hired.name == name
    said = str([(one.told.payload, one.note) for one in make.told(case)])
    assert len(canaries.found(said)) > 100
    copies = (cells(), dumps(), backups(tmp_path), files(tmp_path), memory())
    found = [(where, field) for copy in copies for where, text in copy for field in canaries.found(text)]
    found += [("the log of the program", field) for field in canaries.found(caplog.text)]
    assert sorted(set(found)) == []


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_word_that_does_stand_in_the_clear_is_found_in_every_copy(cast: Cast) -> None:
    canaries = Canaries()
    cast.asha.landlord.name = canaries.new("a landlord's name")
    cast.asha.landlord.save()
    word = canaries.new("bytes that nobody sealed").encode()
    # Once as letters for bytes, and once as bytes.
    Staff.objects.filter(pk=cast.asha.pk).update(email_index=base64.b64encode(word).decode())
    Staff.objects.filter(pk=cast.dev.pk).update(sealed_name=word)
    put = sorted(canaries.put.values())
    assert sorted({field for _, cell in cells() for field in canaries.found(cell)}) == put
    opened = {form for form, _ in dumps() if not form.startswith("a pg_dump in its own format of")}
    found = {
        form: {field for which, text in dumps() if which == form for field in canaries.found(text)} for form in opened
    }
    assert {form: sorted(fields) for form, fields in found.items() if fields} == {
        form: put for form in opened if form.endswith("of default")
    }
