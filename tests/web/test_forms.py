"""Forms made from the vocabulary: every kind has one, they keep what was typed, and they say what is wrong."""

import re
from datetime import datetime

import pytest
from django.forms.boundfield import BoundField
from django.http import QueryDict

from fanlight.casework.queries.entry_form import EntryForm as Asked
from fanlight.casework.queries.entry_form import OfCandidate
from fanlight.casework.queries.lines import FieldLine
from fanlight.casework.web.forms.entry import EntryForm
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.forms.kinds import GROUPS, MUST_ASK, OWN_PAGES
from fanlight.casework.web.forms.pages import RedirectForm
from fanlight.casework.web.forms.vocabulary import field_of
from fanlight.policy.vocabulary import ENTRY_KINDS, FACTS, VERSION_1, Term
from fanlight.present import LONDON


def line(term: Term, *, is_fact: bool, value: object = None) -> FieldLine:
    titles = VERSION_1.titles_of(term)
    choices = tuple(titles.items()) if titles is not None else None
    return FieldLine(term, choices, tuple((word, word) for word in term.suggested), value, is_fact)


def asked_for(name: str, *, of_required: bool = False, **values: object) -> Asked:
    kind = ENTRY_KINDS[name]
    usual = [fact for fact in kind.states if fact not in kind.fields]
    others = [fact for fact in FACTS if fact not in usual and fact not in kind.fields]
    return Asked(
        kind=kind,
        fields=tuple(line(term, is_fact=False, value=values.get(term.name)) for term in kind.fields.values()),
        facts=tuple(line(FACTS[fact], is_fact=True) for fact in usual),
        more_facts=tuple(line(FACTS[fact], is_fact=True) for fact in others),
        of_candidates=(OfCandidate(3, "Referral to the MARAC, 24 November"),) if kind.of else (),
        of=None,
        of_required=of_required,
        duty=None,
        advice=(),
        last_sequence=5,
    )


def form(name: str, typed: str | None = None, **values: object) -> EntryForm:
    return EntryForm(None if typed is None else QueryDict(typed), asked=asked_for(name, **values))


def html(shown: EntryForm) -> str:
    fields = [*shown.opening(), *shown.usual(), *shown.others(), shown["note"], shown["at"]]
    return "".join(field.as_field_group() for field in fields)


def test_every_kind_is_on_the_page_that_asks_what_to_record_or_has_a_page_of_its_own():
    grouped = [kind for kinds in GROUPS.values() for kind in kinds]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) | set(OWN_PAGES) == set(ENTRY_KINDS)
    assert not set(grouped) & set(OWN_PAGES)


def test_what_a_kind_must_say_is_among_its_own_fields():
    for kind, must in MUST_ASK.items():
        assert set(must) <= set(ENTRY_KINDS[kind].fields), kind


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_every_kind_has_a_form_that_asks_its_own_questions_and_every_fact(kind):
    shown = html(form(kind))
    fields = ENTRY_KINDS[kind].fields
    facts = (fact for fact in FACTS.values() if fact.name not in fields)
    for term in (*fields.values(), *facts):
        assert term.ask.replace("'", "&#39;") in shown
    assert "style=" not in shown


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_an_empty_form_says_nothing_that_nobody_typed(kind):
    empty = form(kind, "")
    if empty.is_valid():
        typed = empty.typed()
        assert not typed.fields
        assert not typed.facts
        assert typed.at is None
    else:
        assert empty.problems()


def test_a_question_that_nobody_answered_is_not_a_no():
    given = form("learned", "fact-children=&fact-damage=no&note=x")
    assert given.is_valid()
    assert given.typed().facts == {"damage": False}


def test_every_type_of_the_vocabulary_comes_out_as_the_engine_takes_it():
    given = form(
        "assessment",
        "own-by=us&own-instrument=other:&own-instrument-other=local tool&fact-score=14&fact-judged_high=yes"
        "&fact-survivor_age=34.5&fact-preferred_contact_at-day=27&fact-preferred_contact_at-month=3"
        "&fact-preferred_contact_at-year=2026&fact-preferred_contact_at-time=2.30pm&fact-choice=ends&note=Seen at the office",
    )
    assert given.is_valid(), given.problems()
    taken = given.typed()
    assert taken.fields == {"by": "us", "instrument": "local tool"}
    assert taken.facts == {
        "score": 14,
        "judged_high": True,
        "survivor_age": 34.5,
        "preferred_contact_at": datetime(2026, 3, 27, 14, 30, tzinfo=LONDON),
        "choice": "ends",
    }
    assert taken.note == "Seen at the office"


def test_a_word_that_was_typed_as_people_write_it_is_the_word_of_the_policy():
    given = form("measure_requested", "own-measure=other:&own-measure-other=Door  Alarm")
    assert given.is_valid()
    assert given.typed().fields == {"measure": "door_alarm"}


def test_a_set_takes_words_with_commas_between_them():
    given = form("discussion", "own-with=line_manager&own-topics-other=safety plan, money")
    assert given.is_valid(), given.problems()
    assert given.typed().fields["topics"] == ["safety plan", "money"]


def test_a_set_asks_for_the_words_of_the_policy_and_takes_any_other():
    topics = ENTRY_KINDS["briefing"].fields["topics"]
    words = (("two_to_visit", "Two to visit"), ("emergency_agencies", "Emergency agencies"))
    field = field_of(FieldLine(topics, None, words, frozenset({"two_to_visit"})))
    shown = BoundField(EntryForm(asked=asked_for("briefing")), field, "own-topics")
    shown.initial = frozenset({"two_to_visit"})
    box = shown.as_field_group()
    assert 'value="two_to_visit" checked' in box
    assert 'value="emergency_agencies">' in " ".join(box.split()).replace('" >', '">')
    assert "Something else" in box
    assert field.clean({"ticked": ["two_to_visit"], "other": "Emergency agencies, the dog"}) == [
        "two_to_visit",
        "emergency_agencies",
        "the dog",
    ]


def test_what_the_policy_asks_for_comes_first_in_a_long_list():
    to = ENTRY_KINDS["referral"].fields["to"]
    choices = tuple(VERSION_1.services.items())
    field = field_of(FieldLine(to, choices, (), None, False, ("refuge", "marac")))
    box = " ".join(BoundField(form("referral"), field, "own-to").as_field_group().split())
    asked, others = box.split("</optgroup>")[:2]
    assert '<optgroup label="What the policy asks for">' in asked
    assert re.findall(r'value="(\w+)"', asked) == ["marac", "refuge"]
    assert '<optgroup label="Others">' in others
    assert set(re.findall(r'value="(\w+)"', others)) == set(VERSION_1.services) - {"marac", "refuge"}
    assert field.clean("police") == "police"


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_no_form_asks_when_it_happened_twice(kind):
    assert html(form(kind)).count("When did it happen?") == 1


def test_where_a_report_goes_may_be_nowhere_but_is_never_not_known():
    shown = RedirectForm(outcomes={"not_domestic_abuse": "Not domestic abuse"}, places={"police": "Police"})
    box = shown["to"].as_field_group()
    assert "Not known" not in box
    assert "Nowhere else" in box


def test_either_takes_yes_no_or_a_few_words():
    assert form("repair", "own-priority=yes").is_valid()
    words = form("repair", "own-priority=emergency")
    assert words.is_valid()
    assert words.typed().fields == {"priority": "emergency"}
    yes = form("interview", "own-supporter=yes")
    assert yes.is_valid()
    assert yes.typed().fields == {"supporter": True}


@pytest.mark.parametrize(
    ("kind", "typed", "problem", "place"),
    [
        ("assessment", "fact-score=fourteen", "Enter a number, such as 14", "#fact-score"),
        ("assessment", "fact-score=nan", "Enter a number, such as 14", "#fact-score"),
        ("assessment", "fact-judged_high=maybe", "Select yes, no or not known", "#fact-judged_high"),
        ("contact", "own-result=shouted", "Select one of the answers in the list", "#own-result"),
        ("contact", "own-result=spoke&own-method=other:", "Say what, or select another answer", "#own-method"),
        (
            "incident",
            "own-occurred-day=31&own-occurred-month=2&own-occurred-year=2026",
            "Enter a real date and time",
            "#own-occurred-day",
        ),
        ("incident", "own-occurred-month=2&own-occurred-year=2026", "The date must include a day", "#own-occurred-day"),
        ("learned", "note=x&at-day=1&at-month=2&at-year=2026&at-time=25:00", "Enter a real date and time", "#at-day"),
        (
            "learned",
            "note=x&at-day=1&at-month=2&at-year=1066",
            "Enter the year in four figures, such as 2026",
            "#at-day",
        ),
        (
            "learned",
            "note=x&at-day=1&at-month=2&at-year=26",
            "Enter the year in four figures, such as 2026",
            "#at-day",
        ),
        ("referral", "", "Say to whom", "#own-to"),
        ("learned", "", "Answer at least one question, or write what you learned", "#note"),
    ],
)
def test_what_is_wrong_is_said_and_linked_to_its_place(kind, typed, problem, place):
    wrong = form(kind, typed)
    assert not wrong.is_valid()
    assert {"text": problem, "href": place} in wrong.problems()
    shown = html(wrong)
    assert problem in shown
    assert f'id="{place.removeprefix("#")}"' in shown


def test_what_was_typed_is_kept_whatever_is_wrong_with_it():
    wrong = form(
        "contact",
        "own-method=other:&own-method-other=by+pigeon&own-result=&own-safe=yes&note=A+%3Cb%3Enote%3C%2Fb%3E"
        "&at-day=99&at-month=1&at-year=2026&at-time=noon&fact-score=many&fact-children=no",
    )
    assert not wrong.is_valid()
    shown = html(wrong)
    for kept in ('value="by pigeon"', "A &lt;b&gt;note&lt;/b&gt;", 'value="99"', 'value="noon"', 'value="many"'):
        assert kept in shown
    assert wrong.opened()


def test_what_is_usual_for_the_duty_is_filled_in():
    shown = html(form("referral", to="marac"))
    assert '<option value="marac" selected>' in shown


def test_an_entry_that_must_say_what_it_answers_asks_for_it():
    wrong = form("receipt", "own-to=marac", of_required=True)
    assert not wrong.is_valid()
    assert {"text": "Say which entry this answers", "href": "#of"} in wrong.problems()
    right = form("receipt", "own-to=marac&of=3", of_required=True)
    assert right.is_valid()
    assert right.typed().of == 3


@pytest.mark.parametrize("kind", [name for name in ENTRY_KINDS if name not in OWN_PAGES])
def test_no_form_shows_its_own_markup(kind):
    assert "&lt;" not in html(form(kind))


def test_a_set_of_words_to_tick_shows_none_of_its_own_markup():
    term = ENTRY_KINDS["discussion"].fields["topics"]
    asked = FieldLine(term, None, (("marac", "MARAC"),), None, False)
    made = PageForm(None)
    made.fields["topics"] = field_of(asked)
    shown = str(made["topics"].as_field_group())
    assert "&lt;" not in shown
    assert 'Something else<span class="govuk-visually-hidden">: About what?</span>' in shown
