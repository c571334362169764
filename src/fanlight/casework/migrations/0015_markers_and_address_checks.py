"""Markers on a home, and each time that somebody asked before acting at an address."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanlight.casework.models.sealed


def _to(model: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=model, **more)


class Migration(migrations.Migration):
    dependencies = [("casework", "0014_tried_and_not_answered")]

    operations = [
        migrations.CreateModel(
            name="AddressCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("noise", "Noise"),
                            ("arrears", "Arrears"),
                            ("recharge", "Charging for a repair"),
                            ("damage", "Damage"),
                            ("tenancy", "Any other action on the tenancy"),
                            ("visit", "A visit, a call or a delivery"),
                        ],
                        max_length=12,
                    ),
                ),
                ("speak_first", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("by", _to(settings.AUTH_USER_MODEL, related_name="+")),
                ("home", _to("casework.home", null=True, related_name="+")),
                ("landlord", _to("casework.landlord", related_name="+")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("home", None), _negated=True),
                        fields=["home", "-at"],
                        name="checks_of_a_home",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purpose__in", ["noise", "arrears", "recharge", "damage", "tenancy", "visit"])
                        ),
                        name="a_purpose_of_asking_that_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Marker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("two_to_visit", "Two people to attend"),
                            ("contact_first", "Speak to somebody before any contact"),
                            ("no_post", "Do not leave post"),
                        ],
                        max_length=16,
                    ),
                ),
                ("sealed_reason", models.BinaryField(default=b"")),
                ("sealed_review", models.BinaryField(default=b"")),
                ("sealed_end_reason", models.BinaryField(default=b"")),
                ("until", models.DateField()),
                ("review_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("by", _to(settings.AUTH_USER_MODEL, related_name="+")),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="markers",
                        to="casework.case",
                    ),
                ),
                ("ended_by", _to(settings.AUTH_USER_MODEL, null=True, related_name="+")),
                ("home", _to("casework.home", related_name="markers")),
                ("landlord", _to("casework.landlord", related_name="+")),
                ("reviewed_by", _to(settings.AUTH_USER_MODEL, null=True, related_name="+")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["home", "kind"], name="markers_of_a_home"
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["landlord", "review_on"],
                        name="markers_to_review",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["two_to_visit", "contact_first", "no_post"])),
                        name="a_marker_that_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_on__lte", models.F("until"))),
                        name="a_marker_is_reviewed_before_it_ends",
                    ),
                ],
            },
        ),
    ]
