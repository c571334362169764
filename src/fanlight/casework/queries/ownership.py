"""Whose case it is: who is proposed by the landlord's own rule, and why; the officer who gives it to somebody decides."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fanlight.casework import sql
from fanlight.casework.access import can, is_visible, roles_of
from fanlight.casework.landlords import Ownership, settings_of
from fanlight.casework.models import Case, Home, Staff
from fanlight.casework.queries.colleagues import Lead, people_to_lead
from fanlight.casework.queries.lines import Colleague
from fanlight.casework.queries.words import role_titles
from fanlight.present import day_of

ASKED_FOR_WOMEN = "female_staff_wanted"


@dataclass(frozen=True, slots=True)
class Proposed:
    """Somebody who is proposed for a case, in a role, and why. `for_whom` is the colleague who is away and whose deputy they are."""

    id: int
    name: str
    role: str
    role_title: str
    because: str
    for_whom: str


@dataclass(frozen=True, slots=True)
class WhoseCase:
    """What the landlord's rule says of a case: the rule in a sentence, its clause, who is proposed (the likeliest first).

    `doubts` are what whoever decides should know. `women_only`: the person at risk asked for female staff.
    """

    rule: str
    clause: str
    proposed: tuple[Proposed, ...]
    doubts: tuple[str, ...]
    women_only: bool
    colleagues: tuple[Colleague, ...]

    @property
    def choice(self) -> str:
        """The choice in a form that stands for whoever is proposed first; nothing where nobody is."""
        return f"{self.proposed[0].id}:{self.proposed[0].role}" if self.proposed else ""


def whose_case(viewer: Staff, case: Case, facts: Mapping[str, object], *, now: datetime) -> WhoseCase:
    """This function will say whose a case is by the landlord's rule. `facts` are what is known of the case."""
    landlord = settings_of(case.landlord_id)
    rule = landlord.ownership
    people = people_to_lead(case)
    women_only = facts.get(ASKED_FOR_WOMEN) is True
    patch, doubts = _patch(viewer, case, now)
    candidates = _candidates(rule, people, patch, women_only=women_only)
    ordered = _fewest_first(viewer, candidates, now=now) if rule.by != "chosen" or women_only else []
    proposed = _with_deputies(case, rule, ordered, people, patch, women_only=women_only, now=now)
    if rule.by == "patch" and not patch:
        doubts = (*doubts, "The patch of the home is not known yet: ask, and the officer of the patch is proposed.")
    if women_only and not proposed:
        doubts = (
            *doubts,
            "Nobody who could take the case has said that they may be given one where women are asked for.",
        )
    return WhoseCase(
        rule=_in_a_sentence(landlord.id, rule),
        clause=rule.clause,
        proposed=proposed,
        doubts=doubts,
        women_only=women_only,
        colleagues=tuple(one.colleague for one in people),
    )


def _in_a_sentence(landlord_id: str, rule: Ownership) -> str:
    titles = [_lower(title) for title in role_titles(landlord_id, rule.roles)]
    who = " or ".join(_each_once(titles))
    match rule.by:
        case "patch":
            return f"The case belongs to the {who} in whose patch the home of the person at risk lies."
        case "handed":
            by = " or ".join(role_titles(landlord_id, rule.handed_by)) or "Whoever triages"
            return f"{by} hands the case to {' or '.join(_a(title) for title in _each_once(titles))}."
        case "team":
            return f"The case belongs to the {who}."
    return f"Whoever triages chooses{f': {who}' if who else ''}."


def _lower(title: str) -> str:
    """A title as it stands in a sentence; a name, which has capitals further on, stands as it is."""
    first, *others = title.split()
    is_name = first[1:2].isupper() or any(word[:1].isupper() for word in others)
    return title if is_name else title[:1].lower() + title[1:]


def _each_once(titles: Sequence[str]) -> tuple[str, ...]:
    """The titles but those that stand in another: one title may be for several roles, one of which has a role of its own."""
    return tuple(one for one in titles if not any(one != other and other.endswith(f" or {one}") for other in titles))


def _a(title: str) -> str:
    return f"{'an' if title[:1].lower() in 'aeiou' else 'a'} {title}"


def _candidates(rule: Ownership, people: Sequence[Lead], patch: str, *, women_only: bool) -> list[Lead]:
    """Those whom the rule could mean; of whom female staff are asked, only those who have said that they may be given such a case."""
    roles = [one for one in people if set(one.colleague.role_ids) & set(rule.roles)]
    if rule.by in ("patch", "handed"):
        roles = [one for one in roles if patch and _covers(one.staff, rule.roles, patch)]
    return [one for one in roles if one.staff.is_female_staff is True] if women_only else roles


def _covers(staff: Staff, roles: Sequence[str], patch: str) -> bool:
    """Whether a patch is somebody's by name: a role that is held everywhere is nobody's patch."""
    return any(held.role in roles and patch in held.patches for held in roles_of(staff))


def _fewest_first(viewer: Staff, candidates: Sequence[Lead], *, now: datetime) -> list[Lead]:
    """Those who lead fewest open cases first, of the cases that the viewer may see: what is hidden changes nothing here."""
    led: Counter[int] = Counter()
    if len(candidates) > 1:
        is_seen, values = is_visible(viewer, "matter.id", now=now)
        leads = [one.staff.pk for one in candidates]
        which = f"""from casework_case matter where matter.lead_id in ({sql.marks(leads)}) and matter.status = 'open'
            and {is_seen} group by matter.lead_id"""
        led.update(dict(sql.select(which, [*leads, *values], also=("matter.lead_id", "count(*)"))))
    return sorted(candidates, key=lambda one: (led[one.staff.pk], one.colleague.name, one.staff.pk))


def _with_deputies(
    case: Case,
    rule: Ownership,
    ordered: Sequence[Lead],
    people: Sequence[Lead],
    patch: str,
    *,
    women_only: bool,
    now: datetime,
) -> tuple[Proposed, ...]:
    """Whoever is away is not proposed: their deputy is in their place, where the deputy may lead the case."""
    deputies = _deputies([one.staff.pk for one in ordered], now)
    by_id = {one.staff.pk: one for one in people}
    found: dict[int, Proposed] = {}
    for one in ordered:
        standing_in = [by_id[pk] for pk in deputies.get(one.staff.pk, ()) if pk in by_id]
        if women_only:
            standing_in = [deputy for deputy in standing_in if deputy.staff.is_female_staff is True]
        takers = standing_in if one.staff.pk in deputies else [one]
        for taker in takers:
            for_whom = "" if taker is one else one.colleague.name
            role = next((role for role in rule.roles if role in taker.colleague.role_ids), taker.colleague.role_ids[0])
            title = role_titles(case.landlord_id, (role,))[0]
            because = _because(rule, title, patch, for_whom, women_only=women_only, alone=len(ordered) == 1)
            found.setdefault(
                taker.staff.pk, Proposed(taker.staff.pk, taker.colleague.name, role, title, because, for_whom)
            )
    return tuple(found.values())


def _because(rule: Ownership, title: str, patch: str, for_whom: str, *, women_only: bool, alone: bool) -> str:
    reasons = []
    if for_whom:
        reasons.append(f"{for_whom}, whose case it would be, is away and they stand in")
    if rule.by in ("patch", "handed"):
        reasons.append(f"the home is in {patch}")
    if rule.by == "team" and not for_whom:
        reasons.append(f"they are in the {_lower(title)}")
    if women_only:
        reasons.append("female staff were asked for, and they have said that they may be given such a case")
    if not alone:
        reasons.append("of those who could take it they lead the fewest open cases that you can see")
    return f"because {', and '.join(reasons)}"


def _deputies(staff: Sequence[int], now: datetime) -> Mapping[int, tuple[int, ...]]:
    """Who stands in for whom at a moment, by whoever is away."""
    if not staff:
        return {}
    which = f"""from casework_deputy deputy where deputy.staff_id in ({sql.marks(staff)}) and deputy.since <= %s
        and deputy.until > %s order by deputy.id"""
    found: dict[int, tuple[int, ...]] = {}
    for absent, deputy in sql.select(which, [*staff, now, now], also=("deputy.staff_id", "deputy.deputy_id")):
        found[absent] = (*found.get(absent, ()), deputy)
    return found


def _patch(viewer: Staff, case: Case, now: datetime) -> tuple[str, tuple[str, ...]]:
    """The patch of the home of the person at risk: as the register has it, or else as the case does. Where they differ, it is said.

    Where somebody is protected, the register is not asked: their patch may give their new home away.
    """
    known = settings_of(case.landlord_id).patches
    asked = _registered_patches(case, now) if can(viewer, "register:see") else []
    registered = [patch for patch in asked if patch in known]
    if not registered or (case.patch and case.patch in registered):
        return case.patch, ()
    if not case.patch:
        return registered[0], ()
    doubt = (
        f"The register has the home of the person at risk in {registered[0]}; this case says {case.patch}. "
        "Put right whichever is wrong."
    )
    return registered[0], (doubt,)


def _registered_patches(case: Case, now: datetime) -> list[str]:
    today = day_of(now)
    rows: list[list[Any]] = sql.select(
        """from casework_part part
        join casework_person named on named.id = part.person_id
        join casework_person person on person.id = coalesce(named.merged_into_id, named.id)
        join casework_resident resident on resident.person_id = person.id or resident.person_id = named.id
        join casework_home home on home.id = resident.home_id
        where part.case_id = %s and part.part = 'person_at_risk' and resident.to_on is null
        and (resident.from_on is null or resident.from_on <= %s) and not resident.is_hidden and not person.is_protected
        order by resident.holds desc, resident.id desc""",
        [case.pk, today],
        _HOME,
    )
    return list(dict.fromkeys(patch for (patch,) in rows if patch))


_HOME: sql.Columns = (Home, "home", ("patch",))
