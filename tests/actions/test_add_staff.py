"""Taking somebody on."""

from io import StringIO

import pytest

from fanlight.casework.actions.add_staff import add_staff
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_password import set_password
from fanlight.casework.commands.add_staff import Command
from fanlight.casework.commands.load_landlords import load_landlord
from fanlight.casework.models import Log, Staff
from fanlight.policy.clock import read_moment
from fanlight.present import present

NOW = read_moment("2026-03-02T09:00")
assert NOW is not None
GOOD = "a long walk by the river"

pytestmark = pytest.mark.django_db


def test_somebody_taken_on_has_their_roles_and_no_password_yet_and_it_is_logged_once() -> None:
    staff = add_staff(
        landlord=load_landlord("connect"),
        name="Rhian Vale",
        email="Rhian@connect.example",
        roles={"case_officer": ["Leeds East"], "line_manager": []},
        by=None,
        now=NOW,
    )
    again = Staff.objects.get_by_natural_key("rhian@connect.example")
    assert not again.has_usable_password()
    assert again.roles_held == (("case_officer", ("Leeds East",)), ("line_manager", ()))
    assert [(row.what, row.landlord_id, row.detail) for row in Log.objects.all()] == [
        ("add_staff", "connect", {"staff": staff.pk, "roles": ["case_officer", "line_manager"], "from": "command line"})
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "nobody"}, "email"),
        ({"roles": {"case_oficer": []}}, "roles"),
        ({"roles": {"case_officer": ["Nowhere"]}}, "roles"),
        ({"roles": {}}, "roles"),
        ({"roles": {"case_officer": [], "system_administrator": []}}, "roles"),
        ({"name": "x" * 121}, "name"),
        ({"postcode": "Leeds"}, "postcode"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_taken_on(wrong: dict[str, object], field: str) -> None:
    said: dict[str, object] = {
        "name": "Rhian Vale",
        "email": "rhian@connect.example",
        "roles": {"case_officer": []},
        **wrong,
    }
    with pytest.raises(Faulty) as faulty:
        add_staff(landlord=load_landlord("connect"), by=None, now=NOW, **said)  # type: ignore[arg-type]  # some are wrong on purpose
    assert list(faulty.value.faults) == [field]
    assert not Staff.objects.exists()


def test_the_command_prints_a_code_with_which_they_set_a_password_once() -> None:
    load_landlord("connect")
    out = StringIO()
    Command(stdout=out).handle(
        landlord="connect",
        name="Rhian Vale",
        email="rhian@connect.example",
        roles=["case_officer=Leeds East,Leeds West"],
        postcode="LS1 4AP",
    )
    staff = Staff.objects.get()
    assert staff.postcode_index not in ("", "LS1 4AP")
    code = out.getvalue().split()[2]
    set_password(by=staff, password=GOOD, code=code, now=present())
    assert Staff.objects.get().check_password(GOOD)
    with pytest.raises(Faulty):
        set_password(by=staff, password="a long walk by the sea", code=code, now=present())
    assert staff.roles_held == (("case_officer", ("Leeds East", "Leeds West")),)
