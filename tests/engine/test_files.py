"""Policy files that are wrong: every fault at once, with row, line, what, and how to mend it."""

from __future__ import annotations

import pytest

from fanlight.policy import Faults
from fanlight.policy.file import read_policy

from .telling import duty, gate, policy


def faults(rows: str = "", **head: str) -> list[str]:
    with pytest.raises(Faults) as found:
        policy(rows, **head)
    return [str(fault) for fault in found.value.faults]


def the_fault(rows: str = "", **head: str) -> str:
    (only,) = faults(rows, **head)
    return only


def test_every_fault_is_told_at_once() -> None:
    found = faults(duty(when='"childern"', within='"soon"', who='"boss"') + gate(before='"shair"'))
    assert len(found) == 4
    assert [fault.split("line ")[1][:2] for fault in found] == ["19", "20", "21", "26"]


def test_a_fault_names_file_line_row_and_mend() -> None:
    assert the_fault(duty(when='"childern"')) == (
        "larch/1.toml, line 20: duty 'call': in 'when': 'childern' (in 'childern') is not a fact."
        " Did you mean 'children'?"
    )


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (duty(upon='"reprot"'), "'reprot' (in 'reprot') is not a kind of entry. Did you mean 'report'?"),
        (duty(met_by='"contact where result is spoken"'), "Did you mean 'spoke'?"),
        (duty(met_by='"referral where to is mrac"'), "Did you mean 'marac'?"),
        (duty(met_by='"contact where reslt is spoke"'), "Did you mean 'result'?"),
        (duty(when='"score"'), "'score' is not a yes/no fact. Write 'score >= …'."),
        (duty(when='"children is yes"'), "'children' is not a word. Write 'children' or 'not children'."),
        (duty(when='"area >= 4"'), "'area' is not a number."),
        (duty(when='"score >= many"'), "'many' is not a number."),
        (duty(when='"score >= nan"'), "'nan' is not a number."),
        (duty(when='"score >= inf"'), "'inf' is not a number."),
        (duty(when='"score >= 1_4"'), "'1_4' is not a number."),
        (duty(**{"when" + ".not" * 200: '"children"'}, upon='"report"'), "nested too deeply"),
        ("[facts.of]\ntype = 'word'\nask = 'A?'\n", "it is a word of every entry"),
        (duty(when='"choice is flees"'), "'flees' (in 'choice is flees') is not a word of 'choice'."),
        (duty(when='"score > it.score"'), "may stand only in a gate"),
        (duty(when='{ happened = "contact" }'), "may stand only in what a gate needs"),
        (duty(when='{ some = ["children"] }'), "is not a word of a condition"),
        (duty(when="[]"), "A list of conditions is empty."),
        (duty(when="3"), "'3' is not a condition."),
        (duty(upon='"report of it"'), "nothing has started yet"),
        (duty(within='"3 fortnights"'), "is not a time allowed"),
        (duty(or_at='"score"'), "is not a fact that is a moment"),
        (duty(force='"might"'), "'force' is 'might'."),
        (duty(who='"case_oficer"'), "Did you mean 'case_officer'?"),
        (duty(lasting='"yes"'), "neither true nor false"),
        (duty(colour='"red"'), "'colour' is not a key of a duty."),
        (duty("Call Her"), "not in kebab-case"),
        (duty() + gate("call"), "its id is that of another row (duty)"),
        ('[[duty]]\nid = "x"\nclause = "1"\nupon = "report"\nwho = "case_officer"\n', "'must' is missing."),
        ('[[duty]]\nid = "x"\nupon = "report"\nmust = "M"\nwho = "case_officer"\n', "which clause"),
        ('[[duty]]\nid = "x"\nclause = "1"\nmust = "M"\nwho = "case_officer"\n', "nothing starts it"),
        (gate(needs='"it.to"'), "is not a test"),
        (gate(needs='"consented_to includes it.too"'), "Did you mean 'to'?"),
        (gate(override='"anyone"'), "'anyone' may not override."),
        ('[[gate]]\nid = "x"\nclause = "1"\nbefore = "share"\nrefuse = "No."\n', "what it needs"),
        ('[[option]]\nid = "x"\nclause = "1"\ntitle = "T"\noffer = []\n', "it offers nothing"),
        ('[[advice]]\nid = "x"\nclause = "1"\nat = "interveiw"\nsay = "S"\n', "Did you mean 'interview'?"),
        ('[[elsewhere]]\nclause = "1"\nanswers = ["L-1"]\nhow = "magic"\nwhere = "W"\n', "'how' is 'magic'."),
        ("[dutys]\n", "'dutys' is not a table of a policy. Did you mean 'duty'?"),
        ("[facts.children]\ntype = 'yes/no'\nask = 'A?'\n", "has a fact of this name already"),
        ("[facts.pets]\ntype = 'animal'\nask = 'A?'\n", "its type is 'animal'"),
        ("[facts.pets]\ntype = 'word'\n", "it has no question"),
        ("[services]\nVets = 'Vets'\n", "not in snake_case"),
        ('[[risk.grade]]\ngrade = "high"\nwhen = "grade is low"\n', "cannot depend on the grade"),
        ('[[risk.grade]]\ngrade = "low"\n[[risk.grade]]\ngrade = "high"\nwhen = "weapons"\n', "the last resort"),
        (
            '[[risk.grade]]\ngrade = "high"\nwhen = "weapons"\n' + duty(when='"grade is higher"'),
            "'higher' (in 'grade is higher') is not a word of 'grade'. Did you mean 'high'?",
        ),
    ],
)
def test_a_fault_says_what_is_wrong_and_how_to_mend_it(rows: str, says: str) -> None:
    assert says in the_fault(rows)


def test_a_landlords_own_file_may_have_no_answers_at_all() -> None:
    larch = policy(duty() + '[[elsewhere]]\nid = "page"\nclause = "2"\nhow = "feature"\nwhere = "On a page."\n')
    assert [row.answers for row in larch.rows] == [(), ()]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("closd = []", "Did you mean 'closed'?"),
        ('closed = ["today"]', "is not a day"),
        ('working_week = ["monday"]', "Did you mean 'mon'?"),
        ("working_week = []", "The working week has no day."),
        ('at_once = "now"', "is not a time allowed"),
        ("in_force_to = 2019-01-01", "It ends before it is in force."),
        ('review_by = "soon"', "is not a day"),
    ],
)
def test_a_fault_in_the_head_is_told(more: str, says: str) -> None:
    assert says in the_fault(more=more)


def test_the_nation_is_one_of_four() -> None:
    assert "Did you mean 'wales'?" in the_fault(nation="whales")


def test_a_file_that_is_not_toml_names_the_line() -> None:
    with pytest.raises(Faults) as found:
        read_policy("[policy]\nid = \n", "x.toml", {})
    assert str(found.value.faults[0]).startswith("x.toml, line 2: The file cannot be read as TOML")


def test_an_empty_file_lacks_what_every_policy_has() -> None:
    with pytest.raises(Faults) as found:
        read_policy("", "x.toml", {})
    assert len(found.value.faults) == 6


def test_a_landlords_own_words_count_as_the_vocabularys() -> None:
    own = (
        '[facts.pets]\ntype = "yes/no"\nask = "Are there animals?"\n'
        '[facts.wing]\ntype = "word"\nask = "Which wing?"\nwords = ["east", "west"]\n'
        '[services]\nvets = "Vets"\n'
    )
    larch = policy(own + duty(when='{ all = ["pets", "wing is east"] }', met_by='"referral where to is vets"'))
    assert larch.vocabulary.services["vets"] == "Vets"
    assert "is not a word of 'wing'" in the_fault(own + duty(when='"wing is north"'))


def test_a_file_needs_no_answers() -> None:
    assert policy(duty()).duties[0].answers == ()
