"""Referrals to the MARAC, and the referral by which a share goes."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import fanlight.casework.models.sealed


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("casework", "0027_risk_assessments"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="share",
            name="referral",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shares",
                to="casework.onwardreferral",
            ),
        ),
        migrations.CreateModel(
            name="MaracReferral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("area", models.CharField(blank=True, default="", max_length=80)),
                ("criteria", models.CharField(blank=True, default="", max_length=80)),
                ("is_repeat", models.BooleanField(default=False)),
                ("previous_on", models.DateField(null=True)),
                ("referred_on", models.DateField(null=True)),
                ("sealed_said", models.BinaryField(default=b"")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="marac_referrals", to="casework.case"
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
                    "previous",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="casework.maracreferral",
                    ),
                ),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marac", to="casework.onwardreferral"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["landlord", "referred_on"], name="marac_referrals_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("referred_on", None), models.Q(("criteria", ""), _negated=True), _connector="OR"
                        ),
                        name="a_marac_referral_meets_a_criterion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("criteria__contains", "repeat"), ("is_repeat", True)),
                            models.Q(("is_repeat", False), models.Q(("criteria__contains", "repeat"), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_repeat_is_among_the_criteria",
                    ),
                ],
            },
        ),
    ]
