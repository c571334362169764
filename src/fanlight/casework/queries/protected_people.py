"""Whose address is known to named people alone: whatever the housing system says of where they live now is shown to nobody else."""

from fanlight.casework import sql


def protected_people(landlord_id: str) -> frozenset[int]:
    """This function will give the ids of the people of a landlord whose address is protected.

    By what their row says, by a protected way of reaching them that holds, and with everybody who was said to be the same person.
    """
    by_row, by_way, merged = sql.select_together(
        sql.Read(
            "from casework_person one where one.landlord_id = %s and one.is_protected", [landlord_id], also=("one.id",)
        ),
        sql.Read(
            "from casework_way way where way.landlord_id = %s and way.is_protected and way.ended_at is null",
            [landlord_id],
            also=("way.person_id",),
        ),
        sql.Read(
            "from casework_person one where one.landlord_id = %s and one.merged_into_id is not null",
            [landlord_id],
            also=("one.id", "one.merged_into_id"),
        ),
    )
    found = {row[0] for row in (*by_row, *by_way)}
    grown = True
    while grown:
        more = {one for pair in merged if found.intersection(pair) for one in pair}
        grown = not more <= found
        found |= more
    return frozenset(found)
