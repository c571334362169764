"""Finding a person and the pages over the log: what they show to whom, and that every look leaves its row."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connections
from django.urls import URLPattern, reverse

from fanlight.casework.api.urls import urlpatterns as addresses_of_the_api
from fanlight.casework.models import Log
from fanlight.casework.web.urls import urlpatterns
from tests.cast import hire
from tests.web.conftest import NOW
from tests.web.test_who_may_open_what import address

TYPED = {"name": "Maria Novak", "phone": "", "purpose": "caller"}

SHOW_PEOPLE = {"emergencies", "review-emergency"}
"""Pages that show something of people in cases and are not at the address of a case."""


@pytest.fixture
def pia(cast):
    """This function will take on a data protection officer."""
    return hire("Pia Underhay", "connect", data_protection_officer=[])


def rows_after(before: int) -> list[tuple[str, str, int | None, int | None]]:
    """This function will give what is new in the log: what, how it went, who, of which case."""
    return list(Log.objects.order_by("pk").values_list("what", "outcome", "staff_id", "case_id")[before:])


def with_a_case(patterns: list[URLPattern]) -> Iterator[URLPattern]:
    """This function will give the addresses that show a case, or somebody in one."""
    for one in patterns:
        if "reference" in one.pattern.converters or one.name in SHOW_PEOPLE:
            yield one


@pytest.mark.parametrize("member", ["carys", "asha", "bronwen", "dev", "eve", "gwen", "huw", "pia"])
def test_every_address_that_shows_a_case_leaves_one_row_of_a_look_or_of_a_refusal(member, cast, pia, case, report, as_):
    from fanlight.casework.actions.open_in_emergency import open_in_emergency

    viewer = pia if member == "pia" else getattr(cast, member)
    open_in_emergency(reference=case.reference, purpose="danger", reason="She rang", by=cast.bronwen, now=NOW)
    browser = as_(viewer)
    looked = 0
    for one in with_a_case(urlpatterns):
        before = Log.objects.count()
        status = browser.get(address(one.name, case, report)).status_code
        rows = rows_after(before)
        if status in (302, 405):
            assert rows == [], one.name
            continue
        looked += 1
        what = "see_log" if one.name == "log-case" and status == 200 else "view"
        assert [row[:3] for row in rows] == [(what, "done" if status == 200 else "refused", viewer.pk)], one.name
        if "reference" in one.pattern.converters and member != "dev":
            assert rows[0][3] in (case.pk, report.pk), one.name
    assert looked > 10


@pytest.mark.parametrize("member", ["carys", "asha", "bronwen", "dev", "gwen"])
def test_every_address_of_the_api_that_shows_a_case_leaves_one_row(member, cast, case, report, as_):
    browser = as_(getattr(cast, member))
    looked = 0
    for one in addresses_of_the_api:
        if "reference" not in one.pattern.converters:
            continue
        needed = {
            "reference": (report if "report" in str(one.pattern) or "triage" in str(one.pattern) else case).reference
        }
        needed |= {name: 4 for name in one.pattern.converters if name != "reference"}
        before = Log.objects.count()
        status = browser.get(reverse(f"api:{one.name}", kwargs=needed)).status_code
        if status == 405:
            assert rows_after(before) == []
            continue
        looked += 1
        assert [row[:2] for row in rows_after(before)] == [("view", "done" if status == 200 else "refused")], one.name
    assert looked >= 4


@pytest.mark.parametrize("name", ["log-case", "log-staff", "log-refusals", "log-emergencies", "log-reach"])
def test_a_look_at_the_log_is_in_the_log_and_so_is_one_that_was_refused(name, cast, pia, case, report, as_):
    for viewer, row in ((pia, ("see_log", "done")), (cast.carys, ("view", "refused")), (cast.huw, ("view", "refused"))):
        before = Log.objects.count()
        as_(viewer).get(address(name, case, report))
        assert [one[:3] for one in rows_after(before)] == [(*row, viewer.pk)]


def test_a_refusal_of_a_page_that_is_of_no_case_is_in_the_log(cast, as_):
    for path in ("/triage", "/staff", "/log", "/find"):
        before = Log.objects.count()
        assert as_(cast.iris).get(path).status_code == 403
        assert rows_after(before) == [("view", "refused", cast.iris.pk, None)]


def test_finding_somebody_shows_where_they_are_as_what_and_asks_why(cast, case, as_):
    browser = as_(cast.asha)
    unsaid = browser.post("/find", {**TYPED, "purpose": ""}).content.decode()
    assert "Say why you are looking" in unsaid
    assert "Maria Novak" in unsaid  # in the box, to be sent again
    assert case.reference not in unsaid
    nothing = browser.post("/find", {"name": "", "phone": "", "purpose": "other"}).content.decode()
    assert "Enter at least one thing that you know of them" in nothing
    found = browser.post("/find", TYPED).content.decode()
    assert "1 person found" in found
    assert f'href="/cases/{case.reference}"' in found
    assert "<strong>Survivor</strong> in" in found
    assert "The same name" in found
    assert "Mornings only" not in found


def test_one_who_may_not_see_the_case_gets_the_page_of_a_name_that_nobody_has(cast, case, as_):
    token = re.compile(r'value="[^"]*"')
    for viewer in (cast.bronwen, cast.dev, cast.eve, cast.farah):
        browser = as_(viewer)
        hidden = browser.post("/find", TYPED)
        nobody = browser.post("/find", {**TYPED, "name": "Nobody Atall"})
        assert hidden.status_code == nobody.status_code == 200
        assert token.sub("", hidden.content.decode()) == token.sub("", nobody.content.decode())
        assert "Nobody was found" in hidden.content.decode()
        assert [one.outcome for one in Log.objects.order_by("-pk")[:2]] == ["done", "done"]
        assert {one.detail["found"] for one in Log.objects.order_by("-pk")[:2]} == {0}


def test_what_was_typed_to_find_somebody_is_kept_nowhere(cast, case, as_, caplog):
    browser = as_(cast.asha)
    typed = {"name": "Zzyzxcanary Quuxbury", "phone": "07700 900555", "purpose": "other"}
    response = browser.post("/find", typed)
    assert not response.headers.get("Location")
    assert "<title>Find a person - Fanlight</title>" in response.content.decode()
    assert not re.search("zzyzx|quuxbury|900.?555", str(response.headers), re.IGNORECASE)
    assert not re.search("zzyzx|quuxbury|900.?555", caplog.text, re.IGNORECASE)
    kept = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table not in connections["default"].introspection.table_names():
            continue
        for row in model._default_manager.using("default").values_list():
            kept.append(" ".join(str(bytes(one) if isinstance(one, memoryview) else one) for one in row))
    assert kept
    assert not [row for row in kept if re.search("zzyzx|quuxbury|900.?555", row, re.IGNORECASE)]


def test_nothing_is_looked_for_by_an_address(cast, case, as_):
    before = Log.objects.filter(what="search").count()
    shown = as_(cast.asha).get("/find", TYPED).content.decode()
    assert case.reference not in shown
    assert "Novak" not in shown
    assert Log.objects.filter(what="search").count() == before


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "\x00"}, {"name": "\u202eMaria"}, {"name": "{{ 7*7 }}"}, {"name": "<script>alert(1)</script>"},
        {"name": "' or 1=1 --"}, {"name": "M" * 5000}, {"phone": "+" * 300}, {"phone": "=cmd|' /C calc'!A0"},
        {"name": ["a", "b"]}, {"purpose": "Maria Novak"}, {"name": "\U0001f600"},
    ],
)  # fmt: skip
def test_a_hostile_search_finds_nobody_and_breaks_nothing(typed, cast, case, as_):
    answer = as_(cast.asha).post("/find", {"name": "", "phone": "", "purpose": "other", **typed})
    assert answer.status_code == 200
    body = answer.content.decode()
    assert "<script>alert" not in body
    assert "7*7" in body or "7*7" not in str(typed)
    assert case.reference not in body


def test_the_menu_shows_the_log_to_those_who_may_see_it_and_finding_to_those_who_see_cases(cast, pia, as_):
    for viewer, finds, sees in ((cast.asha, True, False), (cast.gwen, False, False), (pia, True, True)):
        page = as_(viewer).get("/report").content.decode()
        assert ('href="/find"' in page, 'href="/log"' in page) == (finds, sees), viewer.name


def test_a_data_protection_officer_finds_who_saw_somebody_and_never_opens_the_case(cast, pia, case, as_):
    as_(cast.asha).get(f"/cases/{case.reference}")
    browser = as_(pia)
    found = browser.post("/find", {**TYPED, "purpose": "rights"}).content.decode()
    assert f'href="/log/cases/{case.reference}"' in found
    assert f'href="/cases/{case.reference}"' not in found
    assert "survivor" not in found.lower()
    shown = browser.get(f"/log/cases/{case.reference}").content.decode()
    assert "Looked: case" in shown
    assert f'href="/log/staff/{cast.asha.pk}"' in shown
    assert "Novak" not in shown
    assert browser.get(f"/cases/{case.reference}").status_code == 404


def test_the_log_is_asked_for_by_reference_and_a_name_typed_there_goes_into_no_address(cast, pia, case, as_):
    browser = as_(pia)
    there = browser.post("/log", {"do": "case", "reference": case.reference.lower()})
    assert there.headers["Location"] == f"/log/cases/{case.reference}"
    for typed in ("Maria Novak", "../staff", "CO-1999-999999", "//evil.example", ""):
        answer = browser.post("/log", {"do": "case", "reference": typed})
        assert answer.status_code == 200
        assert "Location" not in answer.headers
    assert browser.post("/log", {"do": "staff", "person": str(cast.asha.pk)}).headers["Location"] == (
        f"/log/staff/{cast.asha.pk}"
    )
    for typed in (str(cast.dev.pk), "x", "-1", ""):
        assert browser.post("/log", {"do": "staff", "person": typed}).status_code == 200
    assert "Novak" not in str(list(Log.objects.values_list("detail", flat=True)))


def test_a_data_protection_officer_who_is_in_the_case_is_told_that_it_is_not_there(cast, pia, case, as_):
    from fanlight.casework.actions.add_part import add_part

    add_part(case=case, name="Pia", part="other", staff_email=pia.email, by=cast.carys, now=NOW)
    browser = as_(pia)
    token = re.compile(r'(csrfmiddlewaretoken|name="mark"|name="reference")[^>]*value="[^"]+"')
    hidden, nothing = (browser.get(f"/log/cases/{one}") for one in (case.reference, "CO-1999-999999"))
    assert hidden.status_code == nothing.status_code == 404
    assert token.sub("", hidden.content.decode()) == token.sub("", nothing.content.decode())
    asked = [browser.post("/log", {"do": "case", "reference": one}) for one in (case.reference, "CO-1999-999999")]
    assert token.sub("", asked[0].content.decode()).replace(case.reference, "") == token.sub(
        "", asked[1].content.decode()
    ).replace("CO-1999-999999", "")
    assert case.reference not in browser.get(f"/log/staff/{cast.asha.pk}?days=365").content.decode()
    assert "Nobody was found" in browser.post("/find", TYPED).content.decode()


@pytest.mark.parametrize("path", ["/log/refusals", "/log/emergencies", "/log/unusual", "/log/staff/{}"])
@pytest.mark.parametrize(
    "query",
    ["days=1&last=2026-03-03", "days=x&last=x", "days=-7&last=9999-99-99", "page=0", "page=99999",
     "kind=surname", "kind=<b>", "last=%F0%9F%98%80", "days=7&days=8", "kind=out_of_hours&days=365&last=2026-03-03"],
)  # fmt: skip
def test_a_hostile_address_of_the_log_is_answered_with_a_page(path, query, cast, pia, case, as_):
    answer = as_(pia).get(f"{path.format(cast.asha.pk)}?{query}")
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()


def test_an_address_of_the_log_keeps_ids_and_days_alone(cast, pia, case, as_):
    as_(cast.asha).get(f"/cases/{case.reference}")
    for path in (f"/log/cases/{case.reference}", f"/log/staff/{cast.asha.pk}", "/log/unusual", "/log/refusals"):
        page = as_(pia).get(path).content.decode()
        for href in re.findall(r'(?:href|action)="([^"]*)"', page):
            assert not re.search("asha|carys|novak|maria", href, re.IGNORECASE), href
            assert re.fullmatch(r"[^?]*(\?[a-z]+=[0-9a-z_-]*(&amp;[a-z]+=[0-9a-z_-]*)*)?", href), href


def test_whoever_types_one_name_is_told_that_it_is_looked_for_as_a_family_name(cast, as_):
    browser, said = as_(cast.asha), "looked for as a family name"
    assert said in browser.post("/find", {**TYPED, "name": "Mrs Tegid"}).content.decode()
    for more in ({"name": "Tegid Hywel"}, {"name": "Tegid", "phone": "07700 900123"}):
        assert said not in browser.post("/find", {**TYPED, **more}).content.decode()
