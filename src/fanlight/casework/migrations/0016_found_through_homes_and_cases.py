"""A fingerprint may be that of a home or of a case as well, and is looked up by itself: it holds within its landlord already."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """The table of fingerprints, as searching needs it."""

    dependencies: ClassVar = [("casework", "0015_markers_and_address_checks")]
    operations: ClassVar = [
        migrations.AddField(
            "foundby",
            "home",
            models.ForeignKey(
                null=True,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="found_by",
                to="casework.home",
            ),
        ),
        migrations.AlterField(
            "foundby",
            "person",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="found_by",
                to="casework.person",
            ),
        ),
        migrations.AlterField(
            "foundby",
            "case",
            models.ForeignKey(
                null=True,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.case",
            ),
        ),
        migrations.RemoveIndex("foundby", "people_by_fingerprint"),
        migrations.AddIndex("foundby", models.Index(fields=["token", "person"], name="people_by_fingerprint")),
        migrations.AddIndex(
            "foundby",
            models.Index(fields=["home"], condition=Q(home__isnull=False), name="fingerprints_of_a_home"),
        ),
        migrations.AddIndex(
            "foundby",
            models.Index(fields=["case"], condition=Q(case__isnull=False), name="fingerprints_of_a_case"),
        ),
        migrations.AddConstraint(
            "foundby",
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(home__isnull=False) | Q(case__isnull=False),
                name="a_fingerprint_is_of_something",
            ),
        ),
    ]
