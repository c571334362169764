"""Find people: by whatever is known of them, in the register and the cases that one may see, and nothing of any other."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fanlight.casework.access import Refused
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.register import enter_person, index_home
from fanlight.casework.actions.search import search
from fanlight.casework.actions.strike_entry import strike_entry
from fanlight.casework.likeness import Asked, split_name
from fanlight.casework.models import Case, Home, HomeDetails, Log, Person, PersonDetails, Resident, Staff, Tenancy
from fanlight.casework.queries.find_people import MOST, Found, find_people, likely_people
from tests import make
from tests.cast import OTHER_PATCH, Cast, again, hire

NOW = make.later(days=1)
SIAN = "Siân O'Neil-Price"


def name_in(case: Case, name: str, part: str, by: Staff, phone: str = "", **more: Any) -> None:
    """This function will name somebody in a case, whoever else is like them."""
    more = {"not_them": "They are two.", **more}
    add_part(case=case, name=name, part=part, phone=phone, by=by, now=make.later(hours=1), **more)


def find(viewer: Staff, *, reference: str = "", **asked: Any) -> Found:
    """This function will find people."""
    return find_people(viewer, Asked(**asked), reference=reference, now=NOW)


def where(found: Found) -> list[tuple[str, list[tuple[str, str]]]]:
    """This function will give whom a search found, and where as what."""
    return [(one.name, [(part.reference, part.part) for part in one.parts]) for one in found.people]


def let(details: PersonDetails, *lines: str, postcode: str = "LS1 4AP", hidden: bool = False, **more: Any) -> Person:
    """This function will enter a tenant of Connect's in the register, as the housing system has them."""
    person = enter_person("connect", details, reference=more.pop("reference", ""), now=NOW)
    home = Home(landlord_id="connect", changed_at=NOW)
    home.details = HomeDetails(lines, postcode, more.get("uprn", ""))
    if "uprn" in more:
        from fanlight.casework import keys

        home.uprn_index = keys.blind("uprn", more["uprn"], within="connect")
    home.reference = more.get("home", "")
    home.save()
    index_home(home)
    tenancy = Tenancy(landlord_id="connect", home=home, changed_at=NOW)
    tenancy.reference = more.get("tenancy", "")
    tenancy.save()
    Resident.objects.create(landlord_id="connect", person=person, home=home, tenancy=tenancy, is_hidden=hidden)
    return person


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case of Asha's in which Siân is at risk."""
    made = make.make_case(cast)
    name_in(made, SIAN, "person_at_risk", cast.asha, "07700 900123", born=date(1984, 3, 12))
    return made


@pytest.mark.parametrize(
    "typed",
    [
        SIAN, "sian oneil price", "  SIAN   O'NEIL  PRICE ", "Siân O\u2019Neil-Price", "SHAN ONEIL", "Sean Prise", "Price, Sian",
        "S. O'Neil", "Mrs Price", "Sain Pirce", "Sian Priec", "Siân Price", "O Neil Sian", "Siân Oneill-Pryce",
    ],
)  # fmt: skip
def test_one_who_writes_the_name_another_way_finds_the_same_person(cast: Cast, case: Case, typed: str) -> None:
    assert where(find(cast.asha, name=typed)) == [(SIAN, [(case.reference, "person_at_risk")])]


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("Elizabeth Davies", "Liz Davis"), ("Bob Smith", "Robert Smyth"), ("Dafydd Llewellyn", "Dave Lewelyn"),
        ("Peggy Thomson", "Margaret Thompson"), ("Jack MacDonald", "John McDonald"), ("Kathryn Wright", "Cathy Right"),
        ("Mohammed Hussain", "Muhammad Hussein"), ("Shaun Knight", "Siôn Nite"), ("Agnieszka Wójcik", "Agnieszka Wojcik"),
        ("Rhys Gruffydd", "Reece Griffith"), ("Mary Ann van der Berg", "Maryann Vanderberg"), ("Li Wei", "Wei Li"),
        ("Steph O'Connor", "Stephanie OConnor"), ("Oluwaseun Adeyemi", "Seun Adeyemi"), ("José García", "Jose Garcia"),
    ],
)  # fmt: skip
def test_a_name_is_found_by_its_sound_and_by_its_short_form(cast: Cast, known: str, typed: str) -> None:
    report = make.make_case(cast)
    name_in(report, known, "witness", cast.asha)
    assert [one.name for one in find(cast.asha, name=typed).people] == [known]


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("Tirion Hywel", "Tirion Howells"), ("Mali ap Rhys", "Mali Preece"), ("Elen Siencyn", "Ellen Shenkin"),
        ("Beata Rębowska", "Beata Rembovska"), ("Beata Rebowska", "Beata Rembovska"), ("Zenon Wąsik", "Zenon Wonsik"),
        ("Marta Szczygielska", "Marta Shchigielska"), ("Piotr Jastrzębski", "Peter Yastzhembski"),
        ("Orla Ní Cheallacháin", "Orla O'Callaghan"), ("Fiadh O'Halloran", "Fia Halloran"), ("Cillian Mac Aodha", "Killian McHugh"),
        ("Rupert Marjoribanks", "Rupert Marchbanks"), ("Rupert Fetherstonhaugh", "Rupert Fanshawe"), ("Ann Cholmondely", "Ann Chumley"),
        ("Odile de la Croix", "Odile Lacroix"), ("Odile de la Croix", "Odile Delacroix"), ("Odile Delacroix", "Odile de la Croix"),
        ("Oluwadamilola Ojo", "Dami Ojo"), ("Olusegun Ojo", "Segun Ojo"), ("Chukwuemeka Obi", "Emeka Obi"), ("Somtochukwu Obi", "Somto Obi"),
        ("Kulwant Bhogal", "Kulvant Bogal"), ("Tahira Mukhopadhyay", "Tahira Mukherjee"), ("Abdulrahman Said", "Abdurrahman Said"),
        ("Rasa Kazlauskienė", "Rasa Kazlauskas"), ("Shabnam Jahan Begum", "Shabnam Jehan"), ("Xasan Faarax", "Hassan Farah"),
        ("St John Beauchamp", "Sinjin Beecham"), ("Li Xiu", "Lee Hsiu"),
    ],
)  # fmt: skip
def test_a_name_of_another_language_is_found_as_it_is_heard_here(cast: Cast, known: str, typed: str) -> None:
    let(PersonDetails(*split_name(known)), "1 Mill Lane")
    assert [one.name for one in find(cast.asha, name=typed).people] == [known]


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("Eluned Prys-Jones", "E Prys-Jones"), ("Odile de la Croix", "Odile Lacroix"),
        ("Peregrine Featherstonehaugh", "Perry Fetherstonhaugh"), ("Beata Rębowska", "Beata Rembovska"),
    ],
)  # fmt: skip
def test_whoever_may_be_meant_is_proposed_before_somebody_is_entered_anew(cast: Cast, known: str, typed: str) -> None:
    let(PersonDetails(*split_name(known)), "1 Mill Lane")
    assert [one.name for one in likely_people(cast.asha, Asked(name=typed), now=NOW)] == [known]


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("Eluned Jones", "E Jones"), ("Mary Ann Smith", "Mary Ann Brown"), ("Linda Anderson", "Lydia Addison"), ("Sara Sandhu", "Sara Sadler"),
        ("Becky Wicks", "Becky Vickers"), ("Derek Hart", "Adele Hart"), ("Nusrat Jahan Begum", "Nusrat Jahan"),
    ],
)  # fmt: skip
def test_one_who_is_only_a_little_like_another_is_not_proposed(cast: Cast, known: str, typed: str) -> None:
    let(PersonDetails(*split_name(known)), "1 Mill Lane")
    assert likely_people(cast.asha, Asked(name=typed), now=NOW) == ()


def test_a_given_name_alone_finds_nobody_until_a_date_comes_with_it(cast: Cast) -> None:
    let(PersonDetails("Tegid", "Hywel", born=date(1988, 10, 10)), "1 Mill Lane")
    assert find(cast.asha, name="Tegid") == Found()
    assert [one.name for one in find(cast.asha, name="Tegid", born=date(1988, 10, 10)).people] == ["Tegid Hywel"]


@pytest.mark.parametrize("typed", ["07700900123", "+44 7700 900 123", "0044 (0)7700 900123", "07700 900132", "900123"])
def test_one_who_writes_the_number_another_way_finds_the_same_person(cast: Cast, case: Case, typed: str) -> None:
    assert [one.name for one in find(cast.asha, phone=typed).people] == [SIAN]


@pytest.mark.parametrize("typed", [date(1984, 3, 12), date(1984, 12, 3), date(1985, 3, 12), date(1984, 3, 11)])
def test_a_slip_in_the_date_of_birth_still_finds_them_and_says_so(cast: Cast, case: Case, typed: date) -> None:
    (found,) = find(cast.asha, born=typed).people
    assert found.name == SIAN
    assert "ate of birth" in found.why[0]
    assert (found.why == ("The same date of birth",)) == (typed == date(1984, 3, 12))


@pytest.mark.parametrize("typed", ["%", "_", "' or ''='", "*", "\x00", "Bob Jones", "1=1", "\u202e"])
def test_another_name_or_a_pattern_finds_nobody(cast: Cast, case: Case, typed: str) -> None:
    assert find(cast.asha, name=typed) == Found()


def test_a_tenant_is_found_by_address_postcode_uprn_tenancy_home_and_reference(cast: Cast) -> None:
    who = PersonDetails("Tirion", "Bevan", former_names=("Tirion Maddox",), phones=("01632 960111",))
    let(
        who,
        "Flat 3",
        "12 Acacia Avenue",
        "Leeds",
        uprn="100012345678",
        tenancy="TN/0042",
        reference="P-77",
        home="H/9-1",
    )
    for asked in (
        {"address": "12 acacia ave"}, {"address": "Flat 3, 12 Acacia Avenue, Leeds"}, {"address": "ls14ap"},
        {"postcode": "LS1 4AP"}, {"reference": "100012345678"}, {"reference": "tn-0042"}, {"reference": "p77"},
        {"name": "Tirion Maddox"}, {"address": "Acacia Avenue"}, {"reference": "0100012345678"}, {"reference": "100012345678.0"},
        {"reference": "h91"},
    ):  # fmt: skip
        (found,) = find(cast.asha, **asked).people
        assert (found.name, found.address) == ("Tirion Bevan", "Flat 3, 12 Acacia Avenue, Leeds, LS1 4AP"), asked
        assert found.why, asked


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("12 Park Road", "12 Park Rd"),
        ("3 The Avenue", "3 the avenue"),
        ("5 Grove Road", "5 Grove Road, Leeds"),
        ("19 The Rise", "19 The Rise"),
        ("8 Oak Street", "8 Oak St"),
        ("9 Church St", "9 Church Street Leeds"),
    ],
)
def test_a_street_that_is_called_after_a_kind_of_street_is_found(line: str, asked: str, cast: Cast) -> None:
    let(PersonDetails("Tirion", "Bevan"), line, "Leeds")
    assert [one.name for one in find(cast.asha, address=asked).people] == ["Tirion Bevan"]


def test_one_who_has_left_is_not_found_at_the_address_that_was_left(cast: Cast) -> None:
    let(PersonDetails("Tirion", "Bevan"), "12 Acacia Avenue", tenancy="TN1", uprn="1000", home="H91", hidden=True)
    for asked in (
        {"address": "12 Acacia Avenue, LS1 4AP"},
        {"reference": "TN1"},
        {"reference": "1000"},
        {"reference": "H91"},
    ):
        assert find(cast.carys, **asked) == Found()
    (found,) = find(cast.carys, name="Tirion Bevan").people
    assert found.address == ""


def test_the_likeliest_comes_first_and_says_why(cast: Cast) -> None:
    let(PersonDetails("David", "Jones", born=date(1970, 5, 1)), "1 Mill Lane", postcode="LS2 8AA")
    let(PersonDetails("David", "Jones", born=date(1991, 2, 3)), "2 Mill Lane", postcode="LS2 8AA")
    let(PersonDetails("Dafydd", "Jones", born=date(1970, 1, 5)), "3 Mill Lane", postcode="LS2 8AA")
    found = find(cast.asha, name="Dave Jones", born=date(1970, 5, 1), address="LS2 8AA").people
    assert [one.address[:6] for one in found] == ["1 Mill", "3 Mill", "2 Mill"]
    assert found[0].why == ("A short form of the name", "The same date of birth", "The same postcode")
    assert found[1].why[1] == "Date of birth with day and month the other way round"


def test_a_case_is_found_by_its_reference_and_only_by_who_sees_it(cast: Cast, case: Case) -> None:
    found = find(cast.asha, reference=case.reference.lower())
    assert where(found) == [(SIAN, [(case.reference, "person_at_risk")])]
    assert [one.reference for one in found.cases] == [case.reference]
    assert find(cast.bronwen, reference=case.reference) == Found()


@pytest.mark.parametrize("by_register", [True, False])
def test_whoever_may_not_see_a_case_finds_nobody_in_it_and_asks_the_database_as_often(
    cast: Cast, case: Case, by_register: bool
) -> None:
    def ask(viewer: Staff, name: str) -> tuple[Found, int]:
        with CaptureQueriesContext(connection) as queries:
            found = find(again(viewer), name=name, phone="07700 900123", reference=case.reference)
        return found, len(queries)

    if by_register:
        let(PersonDetails("Sean", "Price", born=date(1961, 1, 1)), "9 Mill Lane")
    name_in(case, "Eve", "witness", cast.carys, staff_email=cast.eve.email)
    for viewer in (cast.bronwen, cast.dev, cast.eve, cast.farah, cast.gwen, cast.huw, cast.iris):
        ask(viewer, SIAN)  # what is read once in the life of a process
        hidden, of_hidden = ask(viewer, SIAN)
        with_nothing = _without(case, lambda viewer=viewer: ask(viewer, SIAN))
        assert (hidden, of_hidden) == with_nothing, viewer.name
        assert not hidden.cases


def _without(case: Case, ask: Any) -> Any:
    """What is answered where the people of a case were never named: their rows are taken out for as long as it takes."""
    from django.db import transaction

    from fanlight.casework.models import FoundBy, Part

    with transaction.atomic():
        FoundBy.objects.filter(case=case).delete()
        Part.objects.filter(case=case).exclude(name_index="").exclude(staff__isnull=False).update(person=None)
        Part.objects.filter(case=case, staff=None).delete()
        Person.objects.filter(first_case=case, parts=None).delete()
        answer = ask()
        transaction.set_rollback(True)
    return answer


def test_the_tenant_of_the_register_says_nothing_of_a_case_that_one_may_not_see(cast: Cast) -> None:
    tenant = let(PersonDetails("Tirion", "Bevan", born=date(1984, 3, 12)), "12 Acacia Avenue")
    before = find(cast.bronwen, name="Tirion Bevan")
    hidden = make.make_case(cast)
    name_in(hidden, "Tiri B", "person_at_risk", cast.asha, "07700 900999", same_as=tenant.pk)
    assert find(again(cast.bronwen), name="Tirion Bevan") == before
    assert find(again(cast.bronwen), phone="07700 900999") == Found()
    (found,) = find(cast.asha, phone="07700 900999").people
    assert (found.id, found.name, found.parts[0].name) == (tenant.pk, "Tirion Bevan", "Tiri B")


def test_a_person_at_risk_here_who_causes_harm_there_is_shown_as_both(cast: Cast, case: Case) -> None:
    other = make.make_case(cast)
    name_in(other, "Sian O'Neil-Price", "causing_harm", cast.asha)
    found = find(cast.asha, name=SIAN)
    assert found.confused
    said = {part.reference: part.elsewhere for one in found.people for part in one.parts}
    assert said == {
        case.reference: ((other.reference, "Perpetrator"),),
        other.reference: ((case.reference, "Survivor"),),
    }


def test_of_two_cases_the_one_that_is_hidden_confuses_nobody(cast: Cast, case: Case) -> None:
    other = make.make_case(cast, lead=cast.bronwen, patch=OTHER_PATCH)
    name_in(other, SIAN, "causing_harm", cast.bronwen)
    for viewer, seen in ((cast.asha, case), (cast.bronwen, other)):
        found = find(again(viewer), name=SIAN)
        assert [part.reference for one in found.people for part in one.parts] == [seen.reference]
        assert not found.confused
    assert find(cast.carys, name=SIAN).confused


def test_the_same_name_at_another_landlord_is_another_person(cast: Cast, case: Case) -> None:
    theirs = make.make_report(cast.dev, patch=None)
    name_in(theirs, SIAN, "person_at_risk", cast.dev)
    assert where(find(cast.dev, name=SIAN)) == [(SIAN, [(theirs.reference, "person_at_risk")])]
    assert where(find(cast.carys, name=SIAN)) == [(SIAN, [(case.reference, "person_at_risk")])]


def test_whoever_sees_the_log_finds_which_cases_to_look_at_and_not_as_what_somebody_is_in_them(
    cast: Cast, case: Case
) -> None:
    about = make.make_case(cast, lead=cast.farah, about="colleague")
    name_in(about, SIAN, "other", cast.farah)
    officer = hire("Pia", "connect", data_protection_officer=[])
    found = find(officer, name=SIAN)
    assert found.people == ()
    assert [(one.reference, one.may_open) for one in found.cases] == [(case.reference, False)]
    name_in(case, "Pia", "other", cast.asha, staff_email=officer.email)
    assert find(again(officer), name=SIAN).cases == ()


def test_a_search_costs_the_same_number_of_queries_for_one_found_and_for_many(cast: Cast, case: Case) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            find(again(cast.carys), name=SIAN)
        return len(queries)

    cost()
    of_one = cost()
    for _ in range(6):
        name_in(make.make_case(cast), SIAN, "child", cast.asha)
    assert cost() == of_one


def test_of_very_many_the_likeliest_are_shown_and_it_is_said_that_there_are_more(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST == 20
    monkeypatch.setattr("fanlight.casework.queries.find_people.MOST", 2)
    for name in ("Sian Oneill", SIAN):
        name_in(make.make_case(cast), name, "child", cast.asha)
    found = find(cast.asha, name=SIAN)
    assert found.is_more
    assert [one.name for one in found.people] == [SIAN, SIAN]


def test_a_search_is_in_the_log_with_why_and_how_many_and_not_with_what_was_typed(cast: Cast, case: Case) -> None:
    before = Log.objects.count()
    search(name=SIAN, phone="07700 900123", purpose="caller", by=cast.asha, now=NOW)
    search(name="Nobody", born=date(2001, 1, 1), purpose="duplicate", by=cast.asha, now=NOW)
    rows = Log.objects.order_by("pk").values_list("what", "outcome", "case", "detail")[before:]
    assert list(rows) == [
        ("search", "done", None, {"purpose": "caller", "by": ["name", "phone"], "found": 1}),
        ("search", "done", None, {"purpose": "duplicate", "by": ["name", "born"], "found": 0}),
    ]


REFUSED: dict[str, tuple[dict[str, str], type[Exception]]] = {
    "nothing is typed": ({"purpose": "working"}, Faulty),
    "there is no purpose": ({"name": "Siân", "purpose": ""}, Faulty),
    "the purpose is none of the list": ({"name": "Siân", "purpose": "Siân O'Neil-Price"}, Faulty),
    "there is no letter in the name": ({"name": "!!", "purpose": "other"}, Faulty),
    "there is no figure in the number": ({"phone": "none", "purpose": "other"}, Faulty),
    "it is very long": ({"name": "S" * 1_000_000, "purpose": "other"}, Faulty),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_search_is_not_made_where(cast: Cast, why: str) -> None:
    typed, raised = REFUSED[why]
    before = Log.objects.count()
    with pytest.raises(raised):
        search(**{"purpose": "other", **typed}, by=cast.asha, now=NOW)
    ((what, outcome, detail),) = Log.objects.order_by("pk").values_list("what", "outcome", "detail")[before:]
    assert (what, outcome) == ("search", "faulty")
    assert "Si" not in str(detail)


@pytest.mark.parametrize("name", ["gwen", "huw", "iris"])
def test_whoever_has_nothing_to_do_with_cases_looks_for_nobody(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        search(name="Siân", purpose="other", by=getattr(cast, name), now=NOW)


def test_a_police_log_number_finds_who_is_in_the_case_for_whoever_sees_it_until_it_is_struck(
    cast: Cast, case: Case
) -> None:
    told = make.make_entry(case, "police_report", cast.asha, now=make.later(hours=5), log_number="WYP-20260303-0417")
    for typed in ("wyp 20260303 0417", "WYP202603030417"):
        (found,) = find(cast.asha, reference=typed).people
        assert (found.name, found.why) == (SIAN, ("Named in the case with that police log number",))
        assert find(cast.bronwen, reference=typed) == Found()
    assert find(cast.asha, reference="0417") == Found()
    strike_entry(case=case, sequence=told, reason="Another case", by=cast.carys, now=make.later(hours=6))
    assert find(cast.asha, reference="WYP-20260303-0417") == Found()
