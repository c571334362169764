"""Keys: what is sealed opens in its place alone, what is destroyed opens nowhere, and a new master key changes nothing."""

import io

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from fanlight.casework import keys
from fanlight.casework.keys import Damaged, MasterKeyProblem, Place, Subject, Unreadable
from fanlight.casework.keystore.models import DataKey
from fanlight.present import present
from tests.cast import the_cast
from tests.conftest import MASTER_KEY

CASE, OTHER = Subject("case", "1"), Subject("case", "2")
NAME = Place("part", "1:1", "name")


@pytest.mark.django_db
def test_what_is_sealed_opens_in_its_own_place_and_in_no_other():
    sealed = keys.seal(CASE, NAME, "Siân Ó Dálaigh")
    assert keys.unseal(CASE, NAME, sealed) == "Siân Ó Dálaigh"
    keys.make(OTHER)
    for subject, place in (
        (OTHER, NAME),
        (CASE, Place("part", "1:2", "name")),
        (CASE, Place("part", "1:1", "phone")),
        (CASE, Place("entry", "1:1", "name")),
    ):
        with pytest.raises(Unreadable):
            keys.unseal(subject, place, sealed)


@pytest.mark.django_db
def test_every_changed_byte_of_a_sealed_value_is_noticed():
    sealed = keys.seal(CASE, NAME, "Maria")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Unreadable):
            keys.unseal(CASE, NAME, bytes(changed))
    for cut in range(len(sealed)):
        with pytest.raises(Unreadable):
            keys.unseal(CASE, NAME, sealed[:cut])


@pytest.mark.django_db
def test_the_same_value_is_never_sealed_twice_alike():
    assert len({keys.seal(CASE, NAME, "Maria") for _ in range(50)}) == 50


@pytest.mark.django_db
def test_what_was_sealed_under_a_destroyed_key_is_gone_and_the_key_is_never_made_again():
    sealed = keys.seal(CASE, NAME, "Maria")
    keys.destroy(CASE, present())
    for attempt in (lambda: keys.unseal(CASE, NAME, sealed), lambda: keys.seal(CASE, NAME, "again")):
        with pytest.raises(Unreadable):
            attempt()
        keys.forget()
    row = DataKey.objects.get(kind="case", subject="1")
    assert row.wrapped is None
    assert row.destroyed_at is not None


@pytest.mark.django_db
def test_the_key_store_holds_no_key_that_opens_anything_without_the_master_key():
    sealed = keys.seal(CASE, NAME, "Maria")
    keys.forget()
    with override_settings(MASTER_KEY=keys.make_master_key()), pytest.raises(MasterKeyProblem, match="was not given"):
        keys.unseal(CASE, NAME, sealed)
    row = DataKey.objects.get(kind="case", subject="1")
    row.subject = "2"
    row.save()
    keys.forget()
    with pytest.raises(MasterKeyProblem, match="was changed"):
        keys.unseal(OTHER, NAME, sealed)


@pytest.mark.django_db
def test_a_new_master_key_wraps_every_key_anew_and_can_be_stopped_and_begun_again(monkeypatch):
    monkeypatch.setattr("fanlight.casework.keys.store.AT_ONCE", 2)
    subjects = [Subject("case", str(number)) for number in range(5)]
    sealed = {subject: keys.seal(subject, NAME, f"name {subject.id}") for subject in subjects}
    keys.destroy(subjects[4], present())
    new = keys.make_master_key()
    with override_settings(MASTER_KEY=f"{new}\n{MASTER_KEY}"):
        steps = keys.rewrap()
        assert next(steps) == (2, 4)
        steps.close()
        keys.forget()
        assert [keys.unseal(subject, NAME, sealed[subject]) for subject in subjects[:4]] == [
            f"name {number}" for number in range(4)
        ]
        assert list(keys.rewrap()) == [(2, 2)]
        assert list(keys.rewrap()) == []
    keys.forget()
    with override_settings(MASTER_KEY=new):
        assert keys.unseal(subjects[0], NAME, sealed[subjects[0]]) == "name 0"
        with pytest.raises(Unreadable):
            keys.unseal(subjects[4], NAME, sealed[subjects[4]])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "holds no key"),
        ("fanlight-key:short", "Line 1 is not a key"),
        (f"{MASTER_KEY}\nsomething else", "Line 2 is not a key"),
        (f"{MASTER_KEY}\n{MASTER_KEY}", "the same key twice"),
    ],
)
def test_a_master_key_that_is_not_understood_is_refused_with_a_sentence_that_does_not_show_it(text, sentence):
    with pytest.raises(MasterKeyProblem, match=sentence) as refused:
        keys.read_master_keys(text)
    assert "short" not in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "one", "another"),
    [
        ("name", "Siân O'Neil", "  SIAN   oneil "),
        ("name", "Anne-Marie Szabó", "anne marie szabo"),
        ("phone", "+44 (0)7700 900123", "07700900123"),
        ("phone", "0044 7700 900123", "07700 900 123"),
        ("phone", "0113 496 0123", "(0113) 4960123"),
        ("email", "Maria@Example.com ", "maria@example.com"),
    ],
)
def test_one_who_writes_it_another_way_finds_the_same(kind, one, another):
    assert keys.blind(kind, one) == keys.blind(kind, another) != ""


@pytest.mark.django_db
def test_a_fingerprint_says_nothing_of_the_value_and_is_another_at_another_landlord():
    found = {
        keys.blind("name", "Maria Novak", within="connect"),
        keys.blind("name", "Maria Novak", within="ongo"),
        keys.blind("phone", "07700 900123", within="connect"),
        keys.blind("name", "Maria Nowak", within="connect"),
    }
    assert len(found) == 4
    assert all(len(one) == 40 and set(one) <= set("0123456789abcdef") for one in found)
    assert keys.blind("name", " - ' ") == ""


@pytest.mark.django_db
@given(
    st.lists(st.one_of(st.none(), st.text(), st.integers(), st.binary()), max_size=4),
    st.lists(st.one_of(st.none(), st.text(), st.integers(), st.binary()), max_size=4),
)
def test_rows_that_say_other_things_have_other_hashes(one, another):
    same = keys.link(keys.BEGINNING, one) == keys.link(keys.BEGINNING, another)
    assert same == (
        [part.hex() if isinstance(part, bytes) else part for part in one]
        == [part.hex() if isinstance(part, bytes) else part for part in another]
    )


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_a_sealed_file_opens_whole(size):
    content = bytes(number % 251 for number in range(1000)) * (size // 1000 + 1)
    file = io.BytesIO()
    keys.seal_file(iter([content[:size][:77], content[:size][77:]]), file, {"of": "a test"})
    file.seek(0)
    assert b"".join(keys.unseal_file(file)) == content[:size]
    assert content[:40] not in file.getvalue() or size < 40


def test_a_sealed_file_that_is_cut_changed_or_none_of_ours_is_refused():
    file = io.BytesIO()
    keys.seal_file([b"a" * (1 << 20), b"b" * (1 << 20), b"c"], file, {"of": "a test"})
    whole = file.getvalue()
    for damaged in (b"", b"PK", whole[:30], whole[: len(whole) // 2], whole[:-1], whole + b"x"):
        with pytest.raises(Damaged):
            list(keys.unseal_file(io.BytesIO(damaged)))
    for place in (40, 60, 150, 250, 1 << 20, len(whole) - 1):
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises((Damaged, MasterKeyProblem)):
            list(keys.unseal_file(io.BytesIO(bytes(changed))))


def test_an_empty_key_store_beside_a_record_that_is_not_empty_is_refused_and_no_new_keys_are_made(db):
    the_cast()
    keys.see_that_keys_are_there()
    DataKey.objects.all().delete()
    keys.forget()
    for attempt in (
        keys.see_that_keys_are_there,
        lambda: keys.blind("name", "Maria"),
        lambda: keys.link(bytes(32), []),
    ):
        with pytest.raises(keys.KeyStoreLost, match="fanlight restore --keys"):
            attempt()
    assert not DataKey.objects.exists()


def test_the_keys_of_an_installation_are_made_together_before_anybody_works_there(db):
    keys.blind("name", "Maria")
    assert set(DataKey.objects.values_list("kind", "subject")) == {("installation", "index"), ("installation", "chain")}
