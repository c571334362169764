"""A protection of an address is lifted: who asked, who decided, why."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanlight.casework.models.sealed


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("casework", "0029_meetings_of_the_marac"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Lifting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("sealed_reason", models.BinaryField(default=b"")),
                ("they_agree", models.BooleanField(null=True)),
                ("asked_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True, choices=[("lifted", "Lifted"), ("kept", "Kept")], default="", max_length=8
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("sealed_decision", models.BinaryField(default=b"")),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="liftings", to="casework.case"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.landlord",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="casework.person",
                    ),
                ),
                (
                    "way",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="casework.way",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("outcome", "")), fields=["landlord"], name="liftings_to_decide_on")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked_by", models.F("decided_by")), _negated=True),
                        name="a_protection_is_lifted_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("outcome", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("outcome__in", ["lifted", "kept"]),
                            ),
                            _connector="OR",
                        ),
                        name="a_protection_is_lifted_or_not_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")), fields=("way",), name="one_open_lifting_of_an_address"
                    ),
                ],
            },
        ),
    ]
