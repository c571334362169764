"""Plans: agreed with the person at risk, with items, owners and dates; in sections; a copy only where it is safe to keep one."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.agree_plan import agree_plan
from fanlight.casework.actions.answer_plan_item import answer_plan_item
from fanlight.casework.actions.copy_plan import COPIED_BY, copy_plan
from fanlight.casework.actions.disposal import clear
from fanlight.casework.actions.make_action_plan import Item, make_action_plan
from fanlight.casework.actions.make_safety_plan import make_safety_plan
from fanlight.casework.actions.reaching import NotSafe, Reach
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.refusals import Conflict, Faulty
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.actions.strike_entry import strike_entry
from fanlight.casework.models import Case, Log, Plan, PlanAnswer, PlanCopy, PlanItem
from fanlight.casework.models.contact import Terms
from fanlight.casework.plan_forms import PlanFormFaults, form_on, forms_of, read_forms, titles_of
from fanlight.casework.queries.plans import copy_choices, plan_copy, plan_form, plans_page
from tests import make
from tests.cast import Cast

NOW = make.later(hours=1)
ITEMS = (Item("Change the locks", "us", "Asha", date(2026, 3, 6)), Item("Ring the solicitor", "them"))
SECTIONS = {"danger": "Ring 999.\nThen 55.", "home": "The back door."}


@pytest.fixture
def told(cast: Cast) -> tuple[Case, int]:
    """This function will make a case with somebody at risk."""
    case = make.make_case(cast)
    return case, add_part(case=case, name="Maria Novak", part="person_at_risk", by=cast.asha, now=NOW)


def an_action_plan(told: tuple[Case, int], cast: Cast, *items: Item, agreed: bool = True, days: float = 0) -> int:
    """This function will make an action plan some days after the first."""
    case, part = told
    now = make.later(days=days, hours=1)
    return make_action_plan(case=case, part=part, items=items or ITEMS, agreed=agreed, by=cast.asha, now=now)


def a_safety_plan(told: tuple[Case, int], cast: Cast, *, may_keep: bool | None = True, **sections: str) -> int:
    """This function will make a safety plan."""
    case, part = told
    return make_safety_plan(
        case=case, part=part, sections=sections or SECTIONS, agreed=True, may_keep=may_keep, by=cast.asha, now=NOW
    )


# ── Action plans ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_plan_says_what_is_to_be_done_by_whom_by_when_and_that_they_agreed_it(
    told: tuple[Case, int], cast: Cast
) -> None:
    an_action_plan(told, cast)
    page = plans_page(cast.asha, told[0].reference, now=make.later(days=1))
    assert page.action_plan is not None
    assert [(item.what, item.does, item.due) for item in page.action_plan.items] == [
        ("Change the locks", "We do: Asha", date(2026, 3, 6)),
        ("Ring the solicitor", "They do", None),
    ]
    assert (page.action_plan.agreed_at, page.action_plan.by, page.action_plan.name) == (NOW, "Asha", "Maria Novak")
    assert make.told_last(told[0], "action_plan").told.payload["fields"] == {"agreed": True}
    assert all(b"lock" not in bytes(row.sealed_what) for row in PlanItem.objects.all())


def test_each_item_is_answered_for_and_what_was_said_before_stays(told: tuple[Case, int], cast: Cast) -> None:
    number = an_action_plan(told, cast)
    case = told[0]
    with pytest.raises(Faulty):
        answer_plan_item(case=case, number=number, item=1, answer="not_done", by=cast.asha, now=NOW)
    with pytest.raises(NotFound):
        answer_plan_item(case=case, number=number, item=3, answer="done", by=cast.asha, now=NOW)
    for day, (answer, note) in enumerate((("not_done", "No locksmith came."), ("done", "Fitted.")), 1):
        answer_plan_item(
            case=case, number=number, item=1, answer=answer, note=note, by=cast.asha, now=make.later(days=day)
        )
    page = plans_page(cast.asha, case.reference, now=make.later(days=30))
    assert page.action_plan is not None
    locks, solicitor = page.action_plan.items
    assert locks.said is not None
    assert (locks.said.title, locks.said.note, locks.is_late) == ("Done", "Fitted.", False)
    assert [one.note for one in locks.before] == ["No locksmith came."]
    assert (solicitor.said, solicitor.is_late, page.action_plan.left) == (None, False, 1)


def test_an_item_is_late_the_day_after_its_day_and_not_on_it(told: tuple[Case, int], cast: Cast) -> None:
    an_action_plan(told, cast)
    late = []
    for day in (3, 4):
        page = plans_page(cast.asha, told[0].reference, now=make.later(days=day))
        assert page.action_plan is not None
        late.append(page.action_plan.items[0].is_late)
    assert late == [False, True]


def test_a_new_plan_takes_the_place_of_the_one_before_and_begins_with_what_was_left_open(
    told: tuple[Case, int], cast: Cast
) -> None:
    first = an_action_plan(told, cast)
    answer_plan_item(case=told[0], number=first, item=1, answer="done", by=cast.asha, now=NOW)
    begins = plan_form(cast.asha, told[0].reference, "action_plan", now=make.later(days=1))
    assert [item.what for item in begins.items] == ["Ring the solicitor"]
    second = an_action_plan(told, cast, Item("Move", "other", "The council"), days=1)
    page = plans_page(cast.asha, told[0].reference, now=make.later(days=2))
    assert page.action_plan is not None
    assert (page.action_plan.number, [plan.number for plan in page.before]) == (second, [first])
    with pytest.raises(Refused, match="taken the place"):
        answer_plan_item(case=told[0], number=first, item=2, answer="done", by=cast.asha, now=NOW)
    strike_entry(case=told[0], sequence=Plan.objects.get(pk=second).sequence, reason="Wrong case", by=cast.carys, now=make.later(days=2))  # fmt: skip
    page = plans_page(cast.asha, told[0].reference, now=make.later(days=3))
    assert page.action_plan is not None
    assert page.action_plan.number == first


def test_a_plan_that_was_not_agreed_is_agreed_later_and_the_policy_counts_it_from_then(
    told: tuple[Case, int], cast: Cast
) -> None:
    number = an_action_plan(told, cast, agreed=False)
    assert make.told_last(told[0], "action_plan").told.payload["fields"] == {"agreed": False}
    agree_plan(case=told[0], number=number, by=cast.asha, now=make.later(days=2))
    plan = Plan.objects.get(pk=number)
    assert (plan.agreed_at, plan.agreed_by) == (make.later(days=2), cast.asha)
    assert make.told_last(told[0], "action_plan").told.payload["fields"] == {"agreed": True}
    with pytest.raises(Refused, match="already"):
        agree_plan(case=told[0], number=number, by=cast.asha, now=make.later(days=3))


@pytest.mark.parametrize(
    ("items", "at"),
    [
        ((), "what-1"),
        ((Item(" ", "us"),), "what-1"),
        ((Item("x" * 301, "us"),), "what-1"),
        ((Item("Locks", ""),), "owner-1"),
        ((Item("Locks", "us"), Item("Form", "other")), "who-2"),
        ((Item("Locks", "us", due=date(2026, 3, 2)),), "due-1"),
        ((Item("Locks", "us"),) * 31, "what-1"),
    ],
)
def test_what_is_wrong_with_an_item_is_said_at_that_item_and_nothing_is_saved(
    items: tuple[Item, ...], at: str, told: tuple[Case, int], cast: Cast
) -> None:
    with pytest.raises(Faulty) as faulty:
        make_action_plan(case=told[0], items=items, agreed=True, by=cast.asha, now=NOW)
    assert set(faulty.value.faults) == {at}
    assert not Plan.objects.exists()


def test_two_who_plan_at_once_do_not_overwrite_each_other(told: tuple[Case, int], cast: Cast) -> None:
    with pytest.raises(Conflict):
        make_action_plan(case=told[0], items=ITEMS, agreed=True, expected_sequence=1, by=cast.asha, now=NOW)
    assert not Plan.objects.exists()


def test_plans_are_written_down_in_no_other_way_and_by_nobody_who_does_not_see_the_case(
    told: tuple[Case, int], cast: Cast
) -> None:
    for kind in ("action_plan", "safety_plan"):
        with pytest.raises(Refused, match="Plans"):
            record_entry(case=told[0], kind=kind, fields={"agreed": True}, by=cast.asha, now=NOW)
    for stranger in (cast.bronwen, cast.dev, cast.gwen):
        with pytest.raises(NotFound):
            make_action_plan(case=told[0], items=ITEMS, agreed=True, by=stranger, now=NOW)
        with pytest.raises(NotFound):
            plans_page(stranger, told[0].reference, now=NOW)


# ── Safety plans ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_safety_plan_is_kept_section_by_section_under_the_form_of_its_day(told: tuple[Case, int], cast: Cast) -> None:
    a_safety_plan(told, cast)
    page = plans_page(cast.asha, told[0].reference, now=make.later(days=1))
    assert page.safety_plan is not None
    assert page.safety_plan.sections == (
        ("If I am in danger now", "Ring 999.\nThen 55."),
        ("Safer at home", "The back door."),
    )
    begins = plan_form(cast.asha, told[0].reference, "safety_plan", now=make.later(days=1))
    assert begins.said == SECTIONS
    assert make.told_last(told[0], "safety_plan").told.payload["fields"] == {"agreed": True}


def test_a_section_that_is_not_in_the_form_and_a_plan_that_says_nothing_are_refused(
    told: tuple[Case, int], cast: Cast
) -> None:
    for sections in ({"elsewhere": "A word."}, {"danger": " "}, {"danger": "x" * 4001}):
        with pytest.raises(Faulty):
            a_safety_plan(told, cast, **sections)
    assert not Plan.objects.exists()


# ── A copy ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def words_of(pdf: bytes) -> str:
    """This function will read a document."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_copy_put_into_their_hand_says_the_plan_and_nothing_of_whose_it_is(
    told: tuple[Case, int], cast: Cast
) -> None:
    case, part = told
    number = a_safety_plan(told, cast)
    copy = copy_plan(case=case, number=number, reach=Reach("in_person", part), safe_to_keep=True, by=cast.asha, now=NOW)
    pdf = plan_copy(cast.asha, case.reference, number, copy, now=NOW)
    said = words_of(pdf)
    assert "If I am in danger now" in said
    assert "Then 55." in said
    assert not any(word in said for word in ("Maria", "Novak", case.reference))
    assert b"pdfuaid:part" in pdf
    assert b"back door" not in bytes(PlanCopy.objects.get().sealed_document)
    action = an_action_plan(told, cast)
    copy = copy_plan(case=case, number=action, reach=Reach("in_person", part), safe_to_keep=True, by=cast.asha, now=NOW)
    said = words_of(plan_copy(cast.asha, case.reference, action, copy, now=NOW))
    assert "1. Change the locks" in said
    assert "By 6 March 2026." in said
    with pytest.raises(NotFound):
        plan_copy(cast.bronwen, case.reference, number, copy, now=NOW)


def test_no_copy_is_made_of_a_plan_that_they_have_not_agreed(told: tuple[Case, int], cast: Cast) -> None:
    case, part = told
    number = make_safety_plan(
        case=case, part=part, sections=SECTIONS, agreed=False, may_keep=True, by=cast.asha, now=NOW
    )
    in_person = Reach("in_person", part)
    with pytest.raises(Refused, match="have not agreed"):
        copy_plan(case=case, number=number, reach=in_person, safe_to_keep=True, by=cast.asha, now=NOW)
    agree_plan(case=case, number=number, by=cast.asha, now=NOW)
    copy_plan(case=case, number=number, reach=in_person, safe_to_keep=True, by=cast.asha, now=NOW)
    assert PlanCopy.objects.count() == 1


def test_a_plan_says_of_an_item_without_a_day_that_none_is_agreed(told: tuple[Case, int], cast: Cast) -> None:
    case, part = told
    number = an_action_plan(told, cast, Item("Change the locks", "us"))
    copy = copy_plan(case=case, number=number, reach=Reach("in_person", part), safe_to_keep=True, by=cast.asha, now=NOW)
    assert "No day is agreed." in words_of(plan_copy(cast.asha, case.reference, number, copy, now=NOW))


def test_no_copy_is_made_where_it_is_not_safe_to_keep_one_or_they_do_not_say_so_now(
    told: tuple[Case, int], cast: Cast
) -> None:
    case, part = told
    in_person = Reach("in_person", part)
    asked = a_safety_plan(told, cast, may_keep=None)
    with pytest.raises(Faulty):
        copy_plan(case=case, number=asked, reach=in_person, safe_to_keep=False, by=cast.asha, now=NOW)
    no = a_safety_plan(told, cast, may_keep=False)
    with pytest.raises(Refused, match="not safe to keep"):
        copy_plan(case=case, number=no, reach=in_person, safe_to_keep=True, by=cast.asha, now=NOW)
    with pytest.raises(Refused, match="taken the place"):
        copy_plan(case=case, number=asked, reach=in_person, safe_to_keep=True, by=cast.asha, now=NOW)
    assert not PlanCopy.objects.exists()


def test_a_copy_is_sent_by_a_way_that_they_called_safe_and_by_no_other(told: tuple[Case, int], cast: Cast) -> None:
    case, part = told
    number = a_safety_plan(told, cast)
    ways = {
        standing: say_way(
            case=case, part=part, kind="email", value=f"{standing}@example.org", standing=standing,
            told_by_them=True, by=cast.asha, now=NOW,
        )
        for standing in ("safe", "unsafe", "not_known")
    }  # fmt: skip
    for standing in ("unsafe", "not_known"):
        with pytest.raises(NotSafe):
            copy_plan(
                case=case, number=number, reach=Reach("", part, f"w{ways[standing]}"), safe_to_keep=True,
                by=cast.asha, now=NOW,
            )  # fmt: skip
        assert Log.objects.order_by("-pk").first().detail["contact"]  # type: ignore[union-attr]  # there is one
    choices = copy_choices(cast.asha, case.reference, number, COPIED_BY, now=NOW)
    assert {choice.value for choice in choices if choice.is_open} == {"in_person", f"w{ways['safe']}"}
    copy_plan(
        case=case, number=number, reach=Reach("", part, f"w{ways['safe']}"), safe_to_keep=True, by=cast.asha, now=NOW
    )
    assert PlanCopy.objects.get().way_id == ways["safe"]
    danger = Reach("", part, f"w{ways['unsafe']}", danger=True, reason="Now.")
    with pytest.raises(NotSafe):
        copy_plan(case=case, number=number, reach=danger, safe_to_keep=True, by=cast.asha, now=NOW)


def test_a_copy_is_for_the_person_whose_plan_it_is_by_a_way_on_record(told: tuple[Case, int], cast: Cast) -> None:
    case, part = told
    other = add_part(case=case, name="Piotr Novak", part="causing_harm", by=cast.asha, now=NOW)
    number = a_safety_plan(told, cast)
    for reach in (
        Reach("in_person", other),
        Reach("in_person"),
        Reach("phone", part),
        Reach("post", part, value="1 Far Road, ZZ9 9ZZ"),
        Reach("they_reached_us", part),
        Reach("", part, "w999999"),
    ):
        with pytest.raises(Faulty):
            copy_plan(case=case, number=number, reach=reach, safe_to_keep=True, by=cast.asha, now=NOW)
    assert not PlanCopy.objects.exists()


def test_a_copy_never_says_what_must_not_be_said_by_that_way(told: tuple[Case, int], cast: Cast) -> None:
    case, part = told
    way = say_way(
        case=case, part=part, kind="email", value="maria@example.org", standing="safe",
        terms=Terms(not_words="refuge"), told_by_them=True, by=cast.asha, now=NOW,
    )  # fmt: skip
    number = a_safety_plan(told, cast, going="To the refuge, by bus.")
    with pytest.raises(Refused, match="never be said"):
        copy_plan(case=case, number=number, reach=Reach("", part, f"w{way}"), safe_to_keep=True, by=cast.asha, now=NOW)


def test_nothing_of_plans_is_left_when_the_case_is_disposed_of(told: tuple[Case, int], cast: Cast) -> None:
    case, part = told
    number = an_action_plan(told, cast)
    answer_plan_item(case=case, number=number, item=1, answer="done", by=cast.asha, now=NOW)
    copy_plan(case=case, number=number, reach=Reach("in_person", part), safe_to_keep=True, by=cast.asha, now=NOW)
    clear(case.pk)
    assert not any(model.objects.exists() for model in (Plan, PlanItem, PlanAnswer, PlanCopy))


# ── The forms of safety plans, as data ───────────────────────────────────────────────────────────────────────────────


def test_the_form_of_a_day_is_the_last_that_is_in_use_and_a_plan_keeps_its_own() -> None:
    forms = read_forms(
        """
        [[form]]
        id = "b"
        in_use_from = 2026-05-01
        section = [{ id = "way", title = "A way out" }]
        [[form]]
        id = "a"
        in_use_from = 2026-01-01
        section = [{ id = "way", title = "The way out", hint = "Which door" }]
        """,
        "x.toml",
    )
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 4, 30), date(2026, 5, 1)]
    assert [form.id if form else "" for form in (form_on(forms, day) for day in days)] == ["", "a", "a", "b"]
    assert (titles_of(forms, "a"), titles_of(forms, "c")) == ({"way": "The way out"}, {})
    assert all(form.sections for form in forms_of("connect"))


def test_every_fault_of_a_form_is_told_at_once_with_its_place() -> None:
    text = """
    extra = 1
    [[form]]
    id = "A b"
    in_use_from = "today"
    section = [{ id = "Way", title = "" }, { id = "way", title = "A way", hint = 3 }, { id = "way", title = "Another", more = 1 }]
    [[form]]
    id = "b"
    in_use_from = 2026-01-01
    """
    with pytest.raises(PlanFormFaults) as faults:
        read_forms(text, "x.toml")
    said = [what for _, what in faults.value.faults]
    assert len(said) == 9
    assert all(where == "x.toml" for where, _ in faults.value.faults)
    for text in ("", "form = 3", "form = [3]", "[[form"):
        with pytest.raises(PlanFormFaults):
            read_forms(text, "x.toml")
