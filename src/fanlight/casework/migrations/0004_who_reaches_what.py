"""Deputies, who is kept from a case, emergency access, roles asked for; and whether a case is restricted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_forms_carried_out_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="restricted",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("named_at", models.DateTimeField()),
                (
                    "deputy",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
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
                    "named_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["deputy", "until"], name="who_stands_in_for_whom"),
                    models.Index(fields=["staff", "until"], name="deputies_of_somebody"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("staff", models.F("deputy")), _negated=True),
                        name="nobody_is_their_own_deputy",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("danger", "Somebody is in danger, or may be before the day is out"),
                            ("caller", "Somebody in the case, or an agency, needs an answer now"),
                            ("cover", "Whoever works on it cannot be reached, and it cannot wait"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("right", "It was right"),
                            ("not_needed", "It was not needed, and nothing follows"),
                            ("taken_further", "It should not have happened, and is being taken further"),
                        ],
                        default="",
                        max_length=14,
                    ),
                ),
                ("review", models.TextField(blank=True, default="")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="emergencies", to="casework.case"
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
                    "reviewed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["staff", "until"], name="emergencies_of_somebody"),
                    models.Index(
                        condition=models.Q(("reviewed_at", None)),
                        fields=["landlord", "at"],
                        name="emergencies_to_review",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("staff", models.F("reviewed_by")), _negated=True),
                        name="nobody_reviews_their_own_emergency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["danger", "caller", "cover"])),
                        name="a_purpose_that_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("reviewed_at", None)),
                            models.Q(
                                ("outcome__in", ["right", "not_needed", "taken_further"]),
                                ("reviewed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_outcome_of_a_review_that_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptFrom",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "why",
                    models.CharField(
                        choices=[("related", "Related to somebody in it"), ("set_aside", "Set aside")], max_length=10
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("partner", "Partner or former partner"),
                            ("parent", "Parent"),
                            ("child", "Son or daughter"),
                            ("sibling", "Brother or sister"),
                            ("family", "Other family, by blood or by marriage"),
                            ("household", "Somebody in the same home"),
                            ("friend", "Friend"),
                            ("neighbour", "Neighbour"),
                            ("other", "Something else that comes too close"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.TextField(blank=True, default="")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="kept_from", to="casework.case"
                    ),
                ),
                (
                    "ended_by",
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
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("relation", ""), ("why", "set_aside")),
                            models.Q(
                                (
                                    "relation__in",
                                    [
                                        "partner",
                                        "parent",
                                        "child",
                                        "sibling",
                                        "family",
                                        "household",
                                        "friend",
                                        "neighbour",
                                        "other",
                                    ],
                                ),
                                ("why", "related"),
                            ),
                            _connector="OR",
                        ),
                        name="a_reason_to_be_kept_away_that_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("case", "staff", "why"),
                        name="kept_from_a_case_once_for_each_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleAsked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=60)),
                ("patches", models.JSONField(blank=True, default=list)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("granted", "Granted"), ("refused", "Refused"), ("lapsed", "Lapsed")],
                        default="",
                        max_length=8,
                    ),
                ),
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
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roles_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "")), fields=["landlord", "asked_at"], name="roles_to_approve"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("staff", models.F("asked_by")), _negated=True),
                            models.Q(("staff", models.F("decided_by")), _negated=True),
                        ),
                        name="nobody_grants_a_role_to_themselves",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")),
                        fields=("staff", "role"),
                        name="a_role_is_asked_for_once_at_a_time",
                    ),
                ],
            },
        ),
    ]
