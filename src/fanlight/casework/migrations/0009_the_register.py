"""The register: people, homes, tenancies, who lives where; ways of reaching somebody; who somebody in a case is."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanlight.casework.models.sealed


class Migration(migrations.Migration):
    """The tables of the register."""

    dependencies: ClassVar = [
        ("casework", "0008_retention_and_disposal"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="FoundBy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=24)),
            ],
        ),
        migrations.CreateModel(
            name="Home",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("sealed_details", models.BinaryField(default=b"")),
                ("sealed_reference", models.BinaryField(default=b"")),
                ("reference_index", models.CharField(blank=True, default="", max_length=40)),
                ("uprn_index", models.CharField(blank=True, default="", max_length=40)),
                ("address_index", models.CharField(blank=True, default="", max_length=40)),
                ("imported_as", models.CharField(blank=True, default="", max_length=40)),
                ("patch", models.CharField(blank=True, default="", max_length=80)),
                ("area", models.CharField(blank=True, default="", max_length=80)),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("sealed_details", models.BinaryField(default=b"")),
                ("sealed_reference", models.BinaryField(default=b"")),
                ("reference_index", models.CharField(blank=True, default="", max_length=40)),
                ("imported_as", models.CharField(blank=True, default="", max_length=40)),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Resident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("holds", models.BooleanField(default=False)),
                ("from_on", models.DateField(null=True)),
                ("to_on", models.DateField(null=True)),
                ("is_hidden", models.BooleanField(db_default=False, default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Tenancy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("sealed_reference", models.BinaryField(default=b"")),
                ("reference_index", models.CharField(blank=True, default="", max_length=40)),
                ("imported_as", models.CharField(blank=True, default="", max_length=40)),
                ("kind", models.CharField(blank=True, default="", max_length=40)),
                ("tenure", models.CharField(blank=True, default="", max_length=40)),
                ("is_joint", models.BooleanField(null=True)),
                ("began_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Way",
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
                            ("phone", "Telephone"),
                            ("text", "Text message"),
                            ("email", "E-mail"),
                            ("post", "Post"),
                            ("visit", "Visit"),
                            ("portal", "Online account"),
                        ],
                        max_length=8,
                    ),
                ),
                ("sealed_value", models.BinaryField(default=b"")),
                ("value_index", models.CharField(blank=True, default="", max_length=40)),
                (
                    "standing",
                    models.CharField(
                        choices=[("safe", "Safe"), ("unsafe", "Not safe"), ("not_known", "Not known")],
                        default="not_known",
                        max_length=9,
                    ),
                ),
                ("sealed_terms", models.BinaryField(default=b"")),
                ("is_protected", models.BooleanField(default=False)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="part",
            name="a_part_that_is_known",
        ),
        migrations.AlterField(
            model_name="part",
            name="part",
            field=models.CharField(
                choices=[
                    ("person_at_risk", "Person at risk"),
                    ("causing_harm", "Person causing harm"),
                    ("child", "Child"),
                    ("adult_at_risk", "Adult at risk"),
                    ("witness", "Witness"),
                    ("reporter", "Reporter"),
                    ("household", "Household"),
                    ("other", "Other"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="foundby",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="foundby",
            name="landlord",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.landlord"
            ),
        ),
        migrations.AddField(
            model_name="home",
            name="landlord",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.landlord"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="first_case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="landlord",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.landlord"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="merged_into",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="casework.person"
            ),
        ),
        migrations.AddField(
            model_name="foundby",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="found_by", to="casework.person"
            ),
        ),
        migrations.AddField(
            model_name="part",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="casework.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "part__in",
                        [
                            "person_at_risk",
                            "causing_harm",
                            "child",
                            "adult_at_risk",
                            "witness",
                            "reporter",
                            "household",
                            "other",
                        ],
                    )
                ),
                name="a_part_that_is_known",
            ),
        ),
        migrations.AddField(
            model_name="resident",
            name="home",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="residents", to="casework.home"
            ),
        ),
        migrations.AddField(
            model_name="resident",
            name="landlord",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.landlord"
            ),
        ),
        migrations.AddField(
            model_name="resident",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="homes", to="casework.person"
            ),
        ),
        migrations.AddField(
            model_name="tenancy",
            name="home",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="tenancies", to="casework.home"
            ),
        ),
        migrations.AddField(
            model_name="tenancy",
            name="landlord",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.landlord"
            ),
        ),
        migrations.AddField(
            model_name="resident",
            name="tenancy",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="residents", to="casework.tenancy"
            ),
        ),
        migrations.AddField(
            model_name="way",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="way",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="ways", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="way",
            name="confirmed_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="way",
            name="ended_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="way",
            name="landlord",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.landlord"
            ),
        ),
        migrations.AddField(
            model_name="way",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="ways", to="casework.person"
            ),
        ),
        migrations.AddIndex(
            model_name="home",
            index=models.Index(
                condition=models.Q(("uprn_index", ""), _negated=True),
                fields=["landlord", "uprn_index"],
                name="homes_by_uprn",
            ),
        ),
        migrations.AddIndex(
            model_name="home",
            index=models.Index(
                condition=models.Q(("address_index", ""), _negated=True),
                fields=["landlord", "address_index"],
                name="homes_by_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference_index", ""), _negated=True),
                fields=("landlord", "reference_index"),
                name="one_home_for_each_reference",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference_index", ""), _negated=True),
                fields=("landlord", "reference_index"),
                name="one_person_for_each_reference",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="nobody_is_merged_with_themselves",
            ),
        ),
        migrations.AddIndex(
            model_name="foundby",
            index=models.Index(fields=["landlord", "token", "person"], name="people_by_fingerprint"),
        ),
        migrations.AddConstraint(
            model_name="tenancy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference_index", ""), _negated=True),
                fields=("landlord", "reference_index"),
                name="one_tenancy_for_each_reference",
            ),
        ),
        migrations.AddConstraint(
            model_name="resident",
            constraint=models.UniqueConstraint(fields=("tenancy", "person"), name="somebody_is_in_a_tenancy_once"),
        ),
        migrations.AddIndex(
            model_name="way",
            index=models.Index(condition=models.Q(("ended_at", None)), fields=["person"], name="ways_that_hold"),
        ),
        migrations.AddConstraint(
            model_name="way",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["phone", "text", "email", "post", "visit", "portal"])),
                name="a_way_that_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="way",
            constraint=models.CheckConstraint(
                condition=models.Q(("standing__in", ["safe", "unsafe", "not_known"])), name="a_standing_that_is_known"
            ),
        ),
    ]
