"""How the people of a case stand to one another, what was said of children, changes of a part, and who may be given a case where women are asked for."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanlight.casework.models.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0010_a_protected_person"),
    ]

    operations = [
        migrations.AddField(
            model_name="staff",
            name="is_female_staff",
            field=models.BooleanField(null=True),
        ),
        migrations.CreateModel(
            name="ChildSaid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("sealed_lives", models.BinaryField(default=b"")),
                ("sealed_school", models.BinaryField(default=b"")),
                ("sealed_responsibility", models.BinaryField(default=b"")),
                ("sealed_note", models.BinaryField(default=b"")),
                ("at", models.DateTimeField()),
                (
                    "by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
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
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="said_of_child", to="casework.part"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PartChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                (
                    "was",
                    models.CharField(
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
                (
                    "became",
                    models.CharField(
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
                (
                    "why",
                    models.CharField(
                        choices=[("learned", "We know more now"), ("error", "It was written down wrongly")],
                        max_length=8,
                    ),
                ),
                ("sealed_reason", models.BinaryField(default=b"")),
                ("at", models.DateTimeField()),
                (
                    "by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
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
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="casework.part"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("was", models.F("became")), _negated=True),
                        name="a_part_that_changes_becomes_another",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Relation",
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
                            ("married", "They are, or were, married to each other"),
                            ("civil_partners", "They are, or were, civil partners"),
                            ("agreed_to_marry", "They agreed to marry, whether or not it came to it"),
                            (
                                "agreed_civil_partnership",
                                "They agreed on a civil partnership, whether or not it came to it",
                            ),
                            ("intimate", "They are, or were, in an intimate relationship"),
                            ("same_child", "Each is, or was, a parent to the same child"),
                            ("relatives", "They are relatives"),
                            ("parental_responsibility", "Holds parental responsibility for them"),
                            ("cares_for", "Cares for them"),
                            ("household", "They live, or lived, in the same home"),
                            ("friend", "They are, or were, friends"),
                            ("neighbour", "They are, or were, neighbours"),
                            ("other", "In another way"),
                        ],
                        max_length=24,
                    ),
                ),
                ("is_past", models.BooleanField(null=True)),
                ("sealed_note", models.BinaryField(default=b"")),
                ("holds", models.BooleanField(default=True)),
                ("at", models.DateTimeField()),
                (
                    "answers",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answered_by",
                        to="casework.relation",
                    ),
                ),
                (
                    "by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="relations", to="casework.case"
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
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casework.part"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casework.part"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("one", models.F("other")), _negated=True),
                        name="nobody_is_related_to_themselves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "married",
                                    "civil_partners",
                                    "agreed_to_marry",
                                    "agreed_civil_partnership",
                                    "intimate",
                                    "same_child",
                                    "relatives",
                                    "parental_responsibility",
                                    "cares_for",
                                    "household",
                                    "friend",
                                    "neighbour",
                                    "other",
                                ],
                            )
                        ),
                        name="a_relation_that_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("holds", True), ("answers__isnull", False), _connector="OR"),
                        name="what_is_taken_back_was_said",
                    ),
                ],
            },
        ),
    ]
