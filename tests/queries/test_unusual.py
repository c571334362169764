"""Unusual reach: what is found, what is not, and the sentence that says why."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.check_address import check_address
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.log_view import log_view, log_view_refused
from fanlight.casework.actions.open_in_emergency import open_in_emergency
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.register import index_home
from fanlight.casework.actions.say_postcode import say_postcode
from fanlight.casework.actions.search import search
from fanlight.casework.models import Case, Home, Log, Person, Staff, Way
from fanlight.casework.queries.address_check import Address
from fanlight.casework.queries.unusual import KINDS, Finding, unusual
from fanlight.casework.queries.who_saw import Period
from tests import make
from tests.cast import HOME_PATCH, Cast, again, hire
from tests.homes import a_home, a_part, a_person, lives_in

# A Tuesday, soon after noon.
NOW = make.MORNING.replace(day=10, hour=12)
WEEK = Period(7, NOW.date())


@pytest.fixture
def pia(cast: Cast) -> Staff:
    """This function will take on a data protection officer."""
    return hire("Pia", "connect", data_protection_officer=[])


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case of Asha's, a week old."""
    return make.make_case(cast)


def look(staff: Staff, *cases: Case, at: datetime = NOW) -> None:
    """This function will have somebody look at cases at a moment."""
    for case in cases:
        log_view(reference=case.reference, page="case", by=staff, now=at)


def found(viewer: Staff, kind: str, period: Period = WEEK) -> list[Finding]:
    """This function will give the findings of one kind."""
    return list(unusual(viewer, period, kind=kind, now=NOW).findings.items)


def a_known_home() -> Home:
    """This function will make a home that is found by its postcode."""
    home = a_home()
    index_home(home)
    return home


def whose(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """This function will give of whom they are, and of which case."""
    return [(one.who, one.reference) for one in findings]


def test_nothing_is_unusual_about_somebody_who_works_on_their_case_by_day(cast: Cast, pia: Staff, case: Case) -> None:
    look(cast.asha, case)
    look(cast.carys, case)
    assert unusual(pia, WEEK, now=NOW).findings.items == ()


@pytest.mark.parametrize("written", ["Gareth Vale", "Mr VALE", "Siân Hill-Vale", "gareth  vâle"])
def test_one_who_opens_a_case_with_somebody_of_their_surname_in_it_is_found(
    cast: Cast, pia: Staff, case: Case, written: str
) -> None:
    add_part(case=case, name=written, part="causing_harm", by=cast.asha, now=make.later(hours=1))
    rhian = hire("Rhian Vale", "connect", line_manager=[HOME_PATCH])
    look(rhian, case)
    look(rhian, case, at=NOW + timedelta(minutes=1))
    look(hire("Vale Penrose", "connect", line_manager=[HOME_PATCH]), case)
    (one,) = found(pia, "surname")
    assert whose([one]) == [("Rhian Vale", case.reference)]
    assert one.at == NOW + timedelta(minutes=1)
    assert (one.days, one.last) == (1, NOW.date())
    assert one.sentence == "They opened a case in which somebody has the same surname as theirs."
    assert "vale" not in one.sentence.lower()


def test_the_same_surname_in_a_case_that_they_did_not_open_or_at_another_landlord_is_nothing(
    cast: Cast, pia: Staff, case: Case
) -> None:
    add_part(case=case, name="Gareth Vale", part="witness", by=cast.asha, now=make.later(hours=1))
    rhian = hire("Rhian Vale", "connect", line_manager=[HOME_PATCH])
    look(rhian, make.make_case(cast))
    log_view_refused(reference=case.reference, page="case", by=rhian, now=NOW)
    look(hire("Owen Vale", "ongo", safeguarding_lead=[]), make.make_report(cast.dev, patch=None))
    assert found(pia, "surname") == []


def test_a_surname_is_nowhere_in_the_clear(cast: Cast, case: Case) -> None:
    add_part(case=case, name="Gareth Vale", part="witness", by=cast.asha, now=make.later(hours=1))
    rhian = hire("Rhian Vale", "connect", line_manager=[])
    (part,) = case.parts.all()
    assert part.surname_index == rhian.surname_index
    assert "vale" not in part.surname_index
    elsewhere = hire("Mair Vale", "ongo", safeguarding_lead=[])
    assert elsewhere.surname_index != rhian.surname_index
    # Whoever takes another name has another fingerprint.
    before, rhian.name = rhian.surname_index, "Rhian Penrose"
    assert rhian.surname_index not in ("", before)


def test_one_who_opens_a_case_with_a_number_that_is_known_as_theirs_is_found(
    cast: Cast, pia: Staff, case: Case
) -> None:
    elsewhere = make.make_case(cast)
    add_part(
        case=elsewhere, name="Nia", part="reporter", phone="07700 900777", staff_email=cast.eve.email,
        by=cast.asha, now=make.later(hours=1),
    )  # fmt: skip
    add_part(case=case, name="Gareth", part="witness", phone="+44 7700 900 777", by=cast.asha, now=make.later(hours=1))
    look(cast.eve, case)
    look(cast.asha, case)
    assert whose(found(pia, "phone")) == [("Eve", case.reference)]


def test_that_a_colleague_is_a_party_somewhere_is_not_said_by_their_number(cast: Cast, pia: Staff, case: Case) -> None:
    about = make.make_case(cast, lead=cast.farah, about="colleague")
    add_part(
        case=about, name="Eve", part="person_at_risk", phone="07700 900777", staff_email=cast.eve.email,
        by=cast.farah, now=make.later(hours=1),
    )  # fmt: skip
    add_part(case=case, name="Gareth", part="witness", phone="07700 900777", by=cast.asha, now=make.later(hours=1))
    look(cast.eve, case)
    assert found(pia, "phone") == []


def neighbour(name: str, postcode: str = "zz1 1zz", **roles: list[str]) -> Staff:
    """This function will take somebody on who gives their postcode; it is that of Alder Court."""
    staff = hire(name, "connect", **(roles or {"line_manager": [HOME_PATCH]}))
    say_postcode(postcode=postcode, by=staff, now=make.MORNING)
    return staff


@pytest.mark.parametrize("part", ["person_at_risk", "causing_harm", "child", "household"])
def test_one_who_opens_a_case_of_a_neighbour_is_found(cast: Cast, pia: Staff, case: Case, part: str) -> None:
    maria = a_person()
    lives_in(maria, a_known_home())
    a_part(case, maria, part, cast.asha)
    rhian, far = neighbour("Rhian"), neighbour("Farrah", "ZZ1 1ZX")
    look(rhian, case)
    look(far, case)
    look(cast.asha, case)
    (one,) = found(pia, "postcode")
    assert whose([one]) == [("Rhian", case.reference)]
    assert one.sentence == "They opened a case with somebody in it who has the same postcode as theirs."
    # Whoever has it forgotten is found no more.
    say_postcode(postcode="", by=rhian, now=NOW)
    assert again(rhian).postcode_index == ""
    assert found(pia, "postcode") == []


def test_a_witness_a_home_that_was_left_and_a_home_of_another_case_are_nothing(
    cast: Cast, pia: Staff, case: Case
) -> None:
    home = a_known_home()
    witness, left, other = a_person("Wyn Witness"), a_person("Lena Left"), a_person("Otto Other")
    lives_in(witness, home)
    lives_in(left, home, to_on=WEEK.since.date() - timedelta(days=1))
    lives_in(other, home)
    a_part(case, witness, "witness", cast.asha)
    a_part(case, left, "person_at_risk", cast.asha)
    a_part(make.make_case(cast), other, "person_at_risk", cast.asha)
    look(neighbour("Rhian"), case)
    assert found(pia, "postcode") == []


def test_the_home_of_whoever_was_merged_counts(cast: Cast, pia: Staff, case: Case) -> None:
    own, same = a_person(), a_person("Maria Nowak")
    lives_in(same, a_known_home())
    a_part(case, own, "person_at_risk", cast.asha)
    Person.objects.filter(pk=same.pk).update(merged_into=own)
    look(neighbour("Rhian"), case)
    assert whose(found(pia, "postcode")) == [("Rhian", case.reference)]


@pytest.mark.parametrize("is_protected", [False, True])
def test_an_address_of_the_case_counts_and_a_protected_one_is_not_told(
    cast: Cast, pia: Staff, case: Case, is_protected: bool
) -> None:
    maria = a_person()
    a_part(case, maria, "person_at_risk", cast.asha)
    way = Way(landlord=case.landlord, person=maria, case=case, kind="post", at=NOW, by=cast.asha)
    way.value, way.is_protected = "3 Far Road, Exampleton ZZ9 9ZZ", is_protected
    way.save()
    look(neighbour("Rhian", "ZZ99ZZ"), case)
    (one,) = found(pia, "postcode")
    assert one.sentence == "They opened a case with somebody in it who has the same postcode as theirs."
    Way.objects.update(ended_at=NOW)
    assert found(pia, "postcode") == []


def test_nobody_learns_a_postcode_by_saying_one_after_another_of_themselves(cast: Cast, case: Case) -> None:
    maria = a_person()
    lives_in(maria, a_known_home(), is_hidden=True)
    a_part(case, maria, "person_at_risk", cast.asha)
    officer = neighbour("Olwen", line_manager=[HOME_PATCH], data_protection_officer=[])
    look(officer, case)
    assert found(officer, "postcode") == []
    assert whose(found(hire("Pia", "connect", data_protection_officer=[]), "postcode")) == [("Olwen", case.reference)]


def test_a_postcode_of_a_colleague_is_nowhere_in_the_clear_and_has_to_be_one(cast: Cast) -> None:
    rhian = neighbour("Rhian")
    assert rhian.postcode_index not in ("", "ZZ1 1ZZ", "zz11zz")
    elsewhere = hire("Mair", "ongo", safeguarding_lead=[])
    say_postcode(postcode="ZZ1 1ZZ", by=elsewhere, now=NOW)
    assert elsewhere.postcode_index not in ("", rhian.postcode_index)
    for wrong in ("Leeds", "ZZ1", "1 Alder Court ZZ1 1ZZ"):
        with pytest.raises(Faulty):
            say_postcode(postcode=wrong, by=rhian, now=NOW)
    assert "1zz" not in str([row.detail for row in Log.objects.filter(what="say_postcode")]).lower()


def test_one_who_was_refused_a_case_and_opens_it_in_an_emergency_is_found(cast: Cast, pia: Staff, case: Case) -> None:
    other, third = make.make_case(cast), make.make_case(cast)
    for matter, hours in ((case, 2), (other, 30)):
        log_view_refused(reference=matter.reference, page="case", by=cast.bronwen, now=NOW - timedelta(hours=hours))
    for matter in (case, other, third):
        open_in_emergency(reference=matter.reference, purpose="danger", reason="She rang", by=cast.bronwen, now=NOW)
    assert whose(found(pia, "refused_first")) == [("Bronwen", case.reference)]


def test_one_who_opens_many_more_cases_than_usual_is_found_with_what_is_usual(cast: Cast, pia: Staff) -> None:
    cases = [make.make_case(cast) for _ in range(14)]
    for day in range(1, 11):
        look(cast.asha, *cases[:2], at=NOW - timedelta(days=10 + day))
        look(cast.bronwen, *cases[:3], at=NOW - timedelta(days=10 + day))
    look(cast.asha, *cases)
    look(cast.bronwen, *cases[:9])
    (one,) = found(pia, "many_cases")
    assert one.who == "Asha"
    assert one.sentence == (
        "They opened 14 cases in a day; on a usual day they open 2, and colleagues in the same role open 3."
    )
    assert (one.days, one.last) == (1, NOW.date())


def test_one_who_always_opens_many_is_held_against_their_colleagues(cast: Cast, pia: Staff) -> None:
    cases = [make.make_case(cast) for _ in range(12)]
    for day in range(7):
        look(cast.asha, *cases, at=NOW - timedelta(days=day))
        look(cast.bronwen, *cases[:2], at=NOW - timedelta(days=day))
    assert {one.who for one in found(pia, "many_cases")} == {"Asha"}
    assert "they open 12, and colleagues in the same role open 2" in found(pia, "many_cases")[0].sentence


def test_where_nothing_is_usual_yet_only_very_many_are_many(cast: Cast, pia: Staff) -> None:
    cases = [make.make_case(cast) for _ in range(20)]
    look(cast.asha, *cases[:19])
    assert found(pia, "many_cases") == []
    look(cast.asha, cases[19])
    assert found(pia, "many_cases")[0].sentence == "They opened 20 cases in a day. It is not known yet what is usual."


def test_one_who_looks_for_many_people_in_a_day_is_found(cast: Cast, pia: Staff) -> None:
    for number in range(30):
        search(name=f"Maria {number}", purpose="other", by=cast.asha, now=NOW - timedelta(minutes=number))
    assert found(pia, "many_searches")[0].sentence == "They looked for a person 30 times on Tuesday 10 March 2026."


def test_one_who_asks_about_many_addresses_in_a_day_is_found_unless_that_is_usual_for_them(
    cast: Cast, pia: Staff
) -> None:
    def ask(staff: Staff, times: int, at: datetime) -> None:
        for number in range(times):
            address = Address(uprn=str(number + 1))
            check_address(address=address, purpose="arrears", by=staff, now=at - timedelta(minutes=number))

    ask(cast.asha, 29, NOW)
    ask(cast.iris, 30, NOW)
    # The housing system asks as many every day.
    for days in range(6):
        ask(cast.bronwen, 30, NOW - timedelta(days=days))
    (one,) = found(pia, "many_checks")
    assert (one.who, one.sentence) == ("Iris", "They asked about 30 addresses on Tuesday 10 March 2026.")


def test_one_who_opens_closed_cases_that_are_not_theirs_is_found(cast: Cast, pia: Staff, case: Case) -> None:
    for matter in (case, make.make_case(cast)):
        look(cast.eve, matter, at=NOW - timedelta(days=1))
        close_case(case=matter, reason="Moved", by=cast.asha, now=NOW - timedelta(hours=5))
        look(cast.eve, matter)
        look(cast.asha, matter)
        look(cast.carys, matter)
    (one,) = found(pia, "closed")
    assert (one.who, one.at) == ("Eve", NOW)
    assert one.sentence == "They opened 2 closed cases that they never led, and in which they have written nothing."
    assert (one.days, one.last) == (7, NOW.date())


@pytest.mark.parametrize(
    ("at", "is_out"),
    [
        ("2026-03-10 06:59", True), ("2026-03-10 07:00", False), ("2026-03-10 18:59", False), ("2026-03-10 19:00", True),
        ("2026-03-07 12:00", True), ("2026-03-08 12:00", True),  # a Saturday, a Sunday
        ("2026-05-04 12:00", True), ("2026-05-05 12:00", False),  # the early May bank holiday, and the day after
        ("2026-05-05 06:30", True),  # half past five in UTC
    ],
)  # fmt: skip
def test_out_of_hours_is_before_seven_after_seven_at_weekends_and_on_bank_holidays_in_london(
    cast: Cast, pia: Staff, case: Case, at: str, is_out: bool
) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=make.LONDON)
    look(cast.asha, case, at=moment)
    findings = found(pia, "out_of_hours", Period(1, moment.date()))
    assert [one.who for one in findings] == (["Asha"] if is_out else [])


def test_looks_out_of_hours_are_one_finding_for_each_person(cast: Cast, pia: Staff, case: Case) -> None:
    for day, hour in ((8, 23), (9, 22), (9, 23)):
        look(cast.asha, case, at=NOW.replace(day=day, hour=hour))
    (one,) = found(pia, "out_of_hours")
    assert one.sentence == (
        "They looked at cases 3 times out of hours, on 2 days; the last time on Monday 9 March 2026 at 23:30."
    )


def test_the_days_before_the_period_and_after_it_are_not_in_it(cast: Cast, pia: Staff, case: Case) -> None:
    for day in (3, 11):
        look(cast.asha, case, at=NOW.replace(day=day, hour=23))
    assert found(pia, "out_of_hours") == []


def test_findings_of_every_kind_are_counted_and_the_most_telling_come_first(cast: Cast, pia: Staff, case: Case) -> None:
    add_part(case=case, name="Gareth Vale", part="witness", by=cast.asha, now=make.later(hours=1))
    look(hire("Rhian Vale", "connect", line_manager=[HOME_PATCH]), case, at=NOW.replace(hour=23))
    every = unusual(again(pia), WEEK, now=NOW)
    assert [one.kind for one in every.findings.items] == ["surname", "out_of_hours"]
    assert every.counts == {**dict.fromkeys(KINDS, 0), "surname": 1, "out_of_hours": 1}
    assert unusual(pia, WEEK, kind="no such kind", now=NOW).findings.total == 2
