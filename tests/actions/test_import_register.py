"""The import of the register: what comes of an export, a second time, with less in it, with faults, and for the protected."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.change_person import change_person
from fanlight.casework.models import (
    Equality,
    FoundBy,
    Home,
    Log,
    Person,
    PersonDetails,
    Resident,
    Tenancy,
    Way,
)
from fanlight.casework.queries.register import register_home, register_person
from tests import make
from tests.cast import Cast
from tests.housing import (
    HOMES,
    PEOPLE,
    TENANCIES,
    bring_in,
    home_of,
    lives,
    person_of,
    the_register,
    write_export,
)
from tests.thief import holding

pytestmark = pytest.mark.django_db
NIGHT = make.later(days=1)
KEPT = (Person, Home, Tenancy, Resident, FoundBy)


def everything() -> list[list[tuple[Any, ...]]]:
    """This function will give every row of the register, as it stands in the database."""
    return [sorted(model._default_manager.values_list(), key=str) for model in KEPT]


def says(viewer: Any, reference: str) -> str:
    """This function will give all that the page of a home says."""
    return repr(register_home(viewer, home_of(reference).pk, now=NIGHT))


def test_an_export_becomes_people_homes_and_who_lives_where(cast: Cast, tmp_path: Path) -> None:
    done, faults = bring_in(write_export(tmp_path, the_register()), cast.huw)
    assert done is not None
    assert faults == []
    home = register_home(cast.asha, home_of("H1").pk, now=NIGHT)
    assert (home.lines, home.postcode, home.uprn, home.patch, home.area) == (
        ("3 Tansy Row",),
        "QA1 1AA",
        "999000000001",
        "Leeds East",
        "Leeds",
    )
    (tenancy,) = home.tenancies
    assert (tenancy.reference, tenancy.kind, tenancy.joint) == ("T1", "Assured", "Joint")
    assert [(one.name, one.holds) for one in tenancy.residents] == [
        ("Maria Quillbeck", True),
        ("Piotr Quillbeck", True),
        ("Lena Quillbeck", False),
    ]


def test_the_same_export_again_changes_nothing_at_all(cast: Cast, tmp_path: Path) -> None:
    folder = write_export(tmp_path, the_register())
    bring_in(folder, cast.huw)
    before = everything()
    done, _ = bring_in(folder, cast.huw, now=NIGHT)
    assert done is not None
    assert {(one.new, one.changed, one.ended) for one in done.counts.values()} == {(0, 0, 0)}
    assert everything() == before


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn"), exclude_characters="\ufeff\ufffd"),
    max_size=20,
)
REFERENCES = st.text("abcABC019/- ", min_size=1, max_size=8).filter(lambda word: any(map(str.isalnum, word)))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(
        st.fixed_dictionaries(
            {
                "Person reference": REFERENCES,
                "Given names": NAMES,
                "Family name": NAMES,
                "Former names": NAMES,
                "Mobile": NAMES,
                "Access needs": NAMES,
            }
        ),
        max_size=6,
    ),
    turned=st.randoms(use_true_random=False),
)
def test_whatever_an_export_says_and_in_whatever_order_a_second_run_changes_nothing(
    cast: Cast, tmp_path: Path, people: list[dict[str, str]], turned: Any
) -> None:
    rows = {**the_register(), "people": [*the_register()["people"], *people]}
    done, _ = bring_in(write_export(tmp_path, rows), cast.huw, skip_faulty=True)
    assert done is not None
    before = everything()
    again, _ = bring_in(write_export(tmp_path, rows), cast.huw, skip_faulty=True, now=NIGHT)
    assert again is not None
    assert everything() == before
    in_order = the_register()
    for kind in in_order.values():
        turned.shuffle(kind)
    bring_in(write_export(tmp_path, in_order), cast.huw, skip_faulty=True, now=NIGHT)
    assert everything() == before


def test_what_the_housing_system_dropped_is_ended_and_never_deleted(cast: Cast, tmp_path: Path) -> None:
    bring_in(write_export(tmp_path, the_register()), cast.huw)
    less = {**the_register(), "residents": the_register()["residents"][:2]}
    bring_in(write_export(tmp_path, less), cast.huw, now=NIGHT)
    gone = Resident.objects.get(person=person_of("P3"))
    assert gone.to_on == NIGHT.date()
    nothing = {**less, "tenancies": [], "residents": []}
    bring_in(write_export(tmp_path, nothing), cast.huw, now=NIGHT)
    assert Tenancy.objects.get().ended_on == NIGHT.date()
    assert not Resident.objects.filter(to_on=None).exists()
    assert (Person.objects.exclude(reference_index="").count(), Home.objects.count()) == (4, 2)
    bring_in(write_export(tmp_path, the_register()), cast.huw, now=make.later(days=2))
    assert Tenancy.objects.get().ended_on is None
    assert not Resident.objects.exclude(to_on=None).exists()


def test_a_tenancy_that_ended_ends_who_lived_by_it(cast: Cast, tmp_path: Path) -> None:
    bring_in(write_export(tmp_path, the_register()), cast.huw)
    ended = {"tenancies": [{**TENANCIES["old"], "End date": "28/02/2026"}]}
    bring_in(write_export(tmp_path / "one", ended) / "tenancies.csv", cast.huw, now=NIGHT)
    assert {f"{one.to_on}" for one in Resident.objects.all()} == {"2026-02-28"}


def test_an_export_that_is_cut_short_ends_nothing(cast: Cast, tmp_path: Path) -> None:
    many = [{**PEOPLE["olga"], "Person reference": f"X{number}"} for number in range(70)]
    lines = [{**lives("olga", "old"), "Person reference": one["Person reference"]} for one in many]
    rows = {**the_register(), "people": [*the_register()["people"], *many]}
    full = {**rows, "residents": [*the_register()["residents"], *lines]}
    assert bring_in(write_export(tmp_path, full), cast.huw)[0]
    done, (fault,) = bring_in(write_export(tmp_path, {**rows, "residents": lines[:5]}), cast.huw)
    assert done is None
    assert "may be missing" in str(fault)
    assert not Resident.objects.exclude(to_on=None).exists()
    assert bring_in(write_export(tmp_path, {**rows, "residents": lines[:5]}), cast.huw, skip_faulty=True)[0] is None
    assert bring_in(write_export(tmp_path, {**rows, "residents": lines[:5]}), cast.huw, fewer=True)[0]


def test_each_run_leaves_one_row_in_the_log_and_so_does_one_that_is_refused(cast: Cast, tmp_path: Path) -> None:
    folder = write_export(tmp_path, the_register())
    before = Log.objects.count()
    bring_in(folder, cast.huw)
    bring_in(folder, cast.huw, dry_run=True)
    (folder / "homes.csv").write_text("Nothing\n1\n")
    bring_in(folder, cast.huw)
    with pytest.raises(Refused):
        bring_in(folder, cast.asha)
    with pytest.raises(Refused):
        bring_in(folder, cast.asha, dry_run=True)
    rows = Log.objects.order_by("pk").values_list("what", "outcome", "staff_id")[before:]
    assert list(rows) == [
        ("import_register", "done", cast.huw.pk),
        ("import_register", "faulty", cast.huw.pk),
        ("import_register", "refused", cast.asha.pk),
        ("import_register", "refused", cast.asha.pk),
    ]
    said = repr(list(Log.objects.values_list("detail", flat=True)))
    assert not any(word in said for word in ("Quillbeck", "Tansy", "QA1", "P1"))


def test_nobody_imports_the_register_of_another_landlord(cast: Cast, tmp_path: Path) -> None:
    from fanlight.casework.actions.import_register import import_register
    from fanlight.casework.housing_system import default_mapping

    with pytest.raises(Refused):
        import_register(
            landlord_id="ongo",
            paths=[write_export(tmp_path, the_register())],
            mapping=default_mapping(),
            say=lambda _: None,
            progress=lambda *_: None,
            by=cast.huw,
            now=NIGHT,
        )
    assert not Home.objects.exists()


def test_faulty_lines_are_left_out_and_said_and_nothing_is_ended_for_their_sake(cast: Cast, tmp_path: Path) -> None:
    bring_in(write_export(tmp_path, the_register()), cast.huw)
    rows = the_register()
    rows["residents"][2]["From"] = "31/02/2020"
    rows["homes"][1]["Postcode"] = "QC3 3CC"
    done, faults = bring_in(write_export(tmp_path, rows), cast.huw, skip_faulty=True, now=NIGHT)
    assert done is not None
    assert [(fault.file, fault.line, fault.column) for fault in faults] == [("residents.csv", 4, "From")]
    assert done.checked.faulty["residents"] == {4}
    assert done.not_ended == ("residents",)
    assert Resident.objects.get(person=person_of("P3")).to_on is None
    assert home_of("H2").details.postcode == "QC3 3CC"


def test_what_looks_like_a_formula_is_the_text_that_it_is(cast: Cast, tmp_path: Path) -> None:
    rows = the_register()
    rows["people"][0]["Access needs"] = '=HYPERLINK("http://evil.example")'
    rows["people"][1]["Mobile"] = "+44 7700 900123"
    done, faults = bring_in(write_export(tmp_path, rows), cast.huw)
    assert faults == []
    assert done is not None
    assert done.checked.formulas == 1
    assert person_of("P1").details.access_needs == '=HYPERLINK("http://evil.example")'


def test_what_staff_said_stands_and_the_difference_is_shown(cast: Cast, tmp_path: Path) -> None:
    rows = the_register()
    rows["people"][0].update({"Language": "Polish", "Interpreter needed": "No"})
    bring_in(write_export(tmp_path, rows), cast.huw)
    maria = person_of("P1").pk
    said = {"language": "Ukrainian", "interpreter": True, "communication": "By text.", "access_needs": ""}
    assert change_person(number=maria, **said, by=cast.asha, now=make.later(hours=1))
    rows["people"][0].update({"Language": "Russian", "Family name": "Quillbeck-Orr"})
    bring_in(write_export(tmp_path, rows), cast.huw, now=NIGHT)
    found = register_person(cast.asha, maria, now=NIGHT)
    assert found.name == "Maria Quillbeck-Orr"
    assert (found.own.language, found.own.interpreter, found.own.communication) == ("Ukrainian", True, "By text.")
    assert [(one.title, one.here, one.housing_system) for one in found.differs] == [
        ("Language", "Ukrainian", "Russian"),
        ("Interpreter", True, False),
    ]
    assert [(one.title, one.before, one.after) for one in found.changes] == [
        ("Language", "Polish", "Ukrainian"),
        ("Interpreter", "No", "Yes"),
        ("Communication needs", "Nothing", "By text."),
    ]
    rows["people"][0].update({"Language": "Ukrainian", "Interpreter needed": "Yes"})
    bring_in(write_export(tmp_path, rows), cast.huw, now=NIGHT)
    assert register_person(cast.asha, maria, now=NIGHT).differs == ()


def test_an_import_touches_nothing_that_a_case_wrote(cast: Cast, tmp_path: Path) -> None:
    bring_in(write_export(tmp_path, the_register()), cast.huw)
    case = make.make_case(cast)
    maria, piotr = person_of("P1"), person_of("P2")
    way = Way(
        landlord_id="connect", person=maria, case=case, kind="phone", standing="unsafe", at=make.MORNING, by=cast.asha
    )
    way.value = "07700 900111"
    way.save()
    Resident.objects.filter(person=piotr).update(is_hidden=True)
    olga = person_of("P4")
    Person.objects.filter(pk=olga.pk).update(merged_into=maria)
    lodging = Resident.objects.create(landlord_id="connect", person=olga, home=home_of("H2"))
    FoundBy.objects.create(landlord_id="connect", person=maria, case=case, token="of-the-case")
    ways = list(Way.objects.values_list())
    rows = the_register()
    rows["people"][0].update({"Family name": "Moorcroft", "Mobile": "07700 900222"})
    rows["residents"] = [lives("maria", "old"), lives("piotr", "old", since="03/02/2020")]
    bring_in(write_export(tmp_path, rows), cast.huw, now=NIGHT)
    assert person_of("P1").details.family_name == "Moorcroft"
    assert list(Way.objects.values_list()) == ways
    assert FoundBy.objects.filter(case=case, token="of-the-case").exists()
    assert Person.objects.get(pk=olga.pk).merged_into_id == maria.pk
    assert Resident.objects.get(person=piotr).is_hidden
    lodging.refresh_from_db()
    assert (lodging.to_on, lodging.imported_as) == (None, "")


# --- Whose address is protected -----------------------------------------------------------------------------------------


def moved(*more: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """This function will give the export of the night after Maria has a new tenancy, and perhaps who lives there besides."""
    rows = the_register()
    rows["tenancies"].append(dict(TENANCIES["new"]))
    rows["residents"] = [
        *more,
        lives("maria", "old", until="28/02/2026"),
        lives("piotr", "old"),
        lives("lena", "old", "Household", until="28/02/2026" if more else ""),
        lives("maria", "new", since="01/03/2026"),
    ]
    return rows


@pytest.mark.parametrize("sign", ["person", "way", "merged"])
def test_a_new_tenancy_of_somebody_protected_is_seen_by_nobody_who_looks_into_the_register(
    sign: str, cast: Cast, tmp_path: Path
) -> None:
    bring_in(write_export(tmp_path, the_register()), cast.huw)
    maria, empty = person_of("P1"), says(cast.asha, "H2")
    page = repr(register_person(cast.asha, maria.pk, now=NIGHT))
    protect(sign, cast)
    bring_in(write_export(tmp_path, moved()), cast.huw, now=NIGHT)
    assert Resident.objects.get(person=maria, home=home_of("H2")).is_hidden
    assert says(cast.asha, "H2") == empty
    assert "Oxlip" not in repr(register_person(cast.asha, maria.pk, now=NIGHT))
    assert "3 Tansy Row" in page
    bring_in(write_export(tmp_path, moved()), cast.huw, now=make.later(days=2))
    assert says(cast.asha, "H2") == empty


def protect(sign: str, cast: Cast) -> None:
    """This function will let Maria's address be known to named people alone, in one of the ways in which that is seen."""
    maria = person_of("P1")
    if sign == "person":
        Person.objects.filter(pk=maria.pk).update(is_protected=True)
        return
    case = make.make_case(cast)
    if sign == "merged":
        other = Person(
            landlord_id="connect", first_case=case, is_protected=True, merged_into=maria, changed_at=make.MORNING
        )
        other.details = PersonDetails("Marysia", "Quillbeck")
        other.save()
        return
    way = Way(
        landlord_id="connect", person=maria, case=case, kind="post", is_protected=True, at=make.MORNING, by=cast.asha
    )
    way.value = "8 Oxlip Lane"
    way.save()


@pytest.mark.parametrize("first", [True, False])
def test_a_child_who_moves_with_them_does_not_give_the_new_home_away(first: bool, cast: Cast, tmp_path: Path) -> None:
    bring_in(write_export(tmp_path, the_register()), cast.huw)
    empty = says(cast.asha, "H2")
    Person.objects.filter(pk=person_of("P1").pk).update(is_protected=True)
    rows = moved(lives("lena", "new", "Household", since="01/03/2026"))
    if not first:
        rows["residents"].append(rows["residents"].pop(0))
    bring_in(write_export(tmp_path, rows), cast.huw, now=NIGHT)
    assert says(cast.asha, "H2") == empty
    assert "Oxlip" not in repr(register_person(cast.asha, person_of("P3").pk, now=NIGHT))


def test_who_moves_in_later_with_somebody_protected_does_not_give_the_home_away(cast: Cast, tmp_path: Path) -> None:
    bring_in(write_export(tmp_path, the_register()), cast.huw)
    empty = says(cast.asha, "H2")
    Person.objects.filter(pk=person_of("P1").pk).update(is_protected=True)
    bring_in(write_export(tmp_path, moved()), cast.huw, now=NIGHT)
    rows = moved(lives("olga", "new", "Household", since="05/03/2026"))
    bring_in(write_export(tmp_path, rows), cast.huw, now=make.later(days=3))
    assert says(cast.asha, "H2") == empty


def elsewhere() -> dict[str, list[dict[str, str]]]:
    """This function will give the export of the night after the tenancy of the household went, under its reference, to another home."""
    rows = the_register()
    rows["tenancies"][0]["Home reference"] = HOMES["new"]["Home reference"]
    return rows


@pytest.mark.parametrize("file", ["", "tenancies.csv"], ids=["every file", "that of the tenancies alone"])
@pytest.mark.parametrize("sign", ["person", "way", "merged"])
def test_a_tenancy_that_goes_to_another_home_under_its_own_reference_does_not_give_that_home_away(
    sign: str, file: str, cast: Cast, tmp_path: Path
) -> None:
    bring_in(write_export(tmp_path / "before", the_register()), cast.huw)
    empty = says(cast.asha, "H2")
    assert "Quillbeck" in says(cast.asha, "H1")
    protect(sign, cast)
    for days in (1, 2):
        folder = write_export(tmp_path / "after", elsewhere())
        done, faults = bring_in(folder / file, cast.huw, now=make.later(days=days))
        assert (done is not None, faults) == (True, [])
        assert says(cast.asha, "H2") == empty
        for reference in ("P1", "P2", "P3"):
            page = repr(register_person(cast.asha, person_of(reference).pk, now=NIGHT))
            assert "Oxlip" not in page
            assert PEOPLE["maria"]["Given names"] in page or reference != "P1"
        assert set(Resident.objects.values_list("home", "is_hidden", "came_hidden")) == {(home_of("H2").pk, True, True)}


def test_a_tenancy_of_nobody_protected_goes_to_another_home_and_is_seen_there(cast: Cast, tmp_path: Path) -> None:
    bring_in(write_export(tmp_path / "before", the_register()), cast.huw)
    bring_in(write_export(tmp_path / "after", elsewhere()), cast.huw, now=NIGHT)
    assert "Maria Quillbeck" in says(cast.asha, "H2")
    assert "Quillbeck" not in says(cast.asha, "H1")


def test_who_left_before_a_tenancy_went_elsewhere_lived_where_they_lived(cast: Cast, tmp_path: Path) -> None:
    rows = the_register()
    rows["residents"][2]["To"] = "28/02/2026"
    bring_in(write_export(tmp_path / "before", rows), cast.huw)
    bring_in(write_export(tmp_path / "after", elsewhere()) / "tenancies.csv", cast.huw, now=NIGHT)
    assert Resident.objects.get(person=person_of("P3")).home == home_of("H1")
    assert Resident.objects.get(person=person_of("P1")).home == home_of("H2")


def test_who_ended_before_a_tenancy_went_elsewhere_and_is_of_it_again_comes_there_once(
    cast: Cast, tmp_path: Path
) -> None:
    bring_in(write_export(tmp_path / "before", the_register()), cast.huw)
    gone = the_register()
    del gone["residents"][2]
    bring_in(write_export(tmp_path / "gone", gone), cast.huw, now=NIGHT)
    empty = says(cast.asha, "H2")
    Person.objects.filter(pk=person_of("P3").pk).update(is_protected=True)
    bring_in(write_export(tmp_path / "after", elsewhere()), cast.huw, now=make.later(days=2))
    back = Resident.objects.get(person=person_of("P3"))
    assert (back.home, back.to_on, back.is_hidden, back.came_hidden) == (home_of("H2"), None, True, True)
    assert "Lena" not in says(cast.asha, "H2")
    assert empty != says(cast.asha, "H2"), "Maria and Piotr had gone there before her"


def test_somebody_protected_who_goes_back_to_a_home_that_had_ended_is_not_seen_there(
    cast: Cast, tmp_path: Path
) -> None:
    rows = moved()
    rows["residents"][-1]["To"] = "05/03/2026"
    bring_in(write_export(tmp_path / "before", rows), cast.huw, now=make.later(days=10))
    before = says(cast.asha, "H2")
    assert "Maria" in before
    Person.objects.filter(pk=person_of("P1").pk).update(is_protected=True)
    back = moved(lives("lena", "new", "Household", since="01/03/2026"))
    bring_in(write_export(tmp_path / "after", back), cast.huw, now=make.later(days=11))
    shown = says(cast.asha, "H2")
    assert "Maria" not in shown
    assert "Lena" not in shown
    assert "Oxlip" not in repr(register_person(cast.asha, person_of("P3").pk, now=NIGHT))


def test_the_old_home_goes_on_as_it_is_for_those_who_stay_and_for_those_who_come(cast: Cast, tmp_path: Path) -> None:
    bring_in(write_export(tmp_path, the_register()), cast.huw)
    maria = person_of("P1")
    Person.objects.filter(pk=maria.pk).update(is_protected=True)
    Resident.objects.filter(person=maria).update(is_hidden=True)
    rows = moved()
    rows["residents"].append(lives("olga", "old", "Household", since="02/03/2026"))
    bring_in(write_export(tmp_path, rows), cast.huw, now=NIGHT)
    home = register_home(cast.asha, home_of("H1").pk, now=NIGHT)
    (tenancy,) = home.tenancies
    assert [one.name for one in tenancy.residents] == ["Piotr Quillbeck", "Lena Quillbeck", "Olga Varney"]
    assert tenancy.joint == "", "joint, with one holder shown, would say that there is another"


def test_the_page_of_a_home_asks_as_much_with_somebody_hidden_as_without(
    cast: Cast, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    bring_in(write_export(tmp_path, the_register()), cast.huw)
    number = home_of("H2").pk
    register_home(cast.asha, number, now=NIGHT)  # once for whoever looks: their roles are read
    with CaptureQueriesContext(connection) as empty:
        register_home(cast.asha, number, now=NIGHT)
    Person.objects.filter(pk=person_of("P1").pk).update(is_protected=True)
    bring_in(write_export(tmp_path, moved()), cast.huw, now=NIGHT)
    with django_assert_num_queries(len(empty.captured_queries)):
        register_home(cast.asha, number, now=NIGHT)


def test_somebody_who_was_first_named_in_a_case_is_not_in_the_register_for_anybody(cast: Cast) -> None:
    case = make.make_case(cast)
    add_part(case=case, name="Ruta Selwick", part="witness", by=cast.asha, now=make.later(hours=1))
    number = case.parts.get().person_id
    if number is None:
        number = Person.objects.create(landlord_id="connect", first_case=case, changed_at=make.MORNING).pk
    with pytest.raises(NotFound):
        register_person(cast.asha, number, now=NIGHT)


def test_answers_for_monitoring_stand_sealed_on_their_own_page(cast: Cast, tmp_path: Path) -> None:
    from fanlight.casework.actions.record_equality import record_equality
    from fanlight.casework.actions.refusals import Faulty
    from fanlight.casework.queries.equality import equality_of

    bring_in(write_export(tmp_path, the_register()), cast.huw)
    maria = person_of("P1").pk
    said = {"religion": "muslim", "sex": "prefer_not_to_say", "ethnicity": ""}
    record_equality(number=maria, answers=said, by=cast.asha, now=NIGHT)
    assert dict(equality_of(cast.asha, maria, now=NIGHT).answers) == {"religion": "muslim", "sex": "prefer_not_to_say"}
    assert b"muslim" not in bytes(Equality.objects.get().sealed_answers)
    assert "muslim" not in repr(register_person(cast.asha, maria, now=NIGHT))
    assert "muslim" not in repr(Log.objects.values_list("detail", flat=True))
    with pytest.raises(Refused):
        equality_of(cast.huw, maria, now=NIGHT)
    with pytest.raises(Refused):
        record_equality(number=maria, answers={}, by=cast.huw, now=NIGHT)
    with pytest.raises(NotFound):
        record_equality(number=maria, answers={}, by=cast.dev, now=NIGHT)
    with pytest.raises(Faulty):
        record_equality(number=maria, answers={"religion": "football"}, by=cast.asha, now=NIGHT)
    record_equality(number=maria, answers={}, by=cast.asha, now=NIGHT)
    assert dict(equality_of(cast.asha, maria, now=NIGHT).answers) == {}


def test_homes_are_put_in_their_patches_by_a_file_of_their_own(cast: Cast, tmp_path: Path) -> None:
    folder = write_export(tmp_path, the_register())
    (folder / "patches.csv").write_text("Home reference,Patch\nH1,Calderdale\nh-2,leeds west\n")
    done, faults = bring_in(folder, cast.huw)
    assert done is not None, faults
    assert [(home_of(one).patch, home_of(one).area) for one in ("H1", "H2")] == [
        ("Calderdale", "Calderdale"),
        ("Leeds West", "Leeds"),
    ]
    before = everything()
    bring_in(folder, cast.huw, now=NIGHT)
    assert everything() == before


def test_homes_of_another_landlord_with_the_same_references_stay_theirs(cast: Cast, tmp_path: Path) -> None:
    from tests.cast import hire

    theirs = hire("Ines", "ongo", system_administrator=[])
    rows = {**the_register(), "homes": [{**one, "Patch": ""} for one in HOMES.values()]}
    folder = write_export(tmp_path, rows)
    bring_in(folder, theirs)
    bring_in(folder, cast.huw)
    assert Home.objects.filter(landlord_id="ongo").count() == Home.objects.filter(landlord_id="connect").count() == 2
    with pytest.raises(NotFound):
        register_home(cast.asha, Home.objects.filter(landlord_id="ongo")[0].pk, now=NIGHT)


def test_whoever_copies_the_databases_reads_nothing_of_the_register(cast: Cast, tmp_path: Path) -> None:
    rows = the_register()
    rows["people"][0].update(
        {"Mobile": "07700 900123", "Email": "maria.q@example.org", "Access needs": "A canary sings"}
    )
    bring_in(write_export(tmp_path, rows), cast.huw)
    maria = person_of("P1").pk
    said = {"language": "Ukrainian", "communication": "By heron post"}
    change_person(number=maria, **said, by=cast.asha, now=make.later(hours=1))
    told = (
        "Quillbeck",
        "Tansy",
        "QA1 1AA",
        "999000000001",
        "900123",
        "maria.q",
        "canary",
        "Ukrainian",
        "heron",
        "2019-09-01",
    )
    assert holding(*told) == []
