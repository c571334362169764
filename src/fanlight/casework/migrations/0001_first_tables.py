"""The first tables: landlords, staff, cases, the record, and what is projected from it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Staff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Landlord",
            fields=[
                ("id", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=32)),
                ("status", models.CharField(default="new", max_length=8)),
                ("area", models.CharField(blank=True, default="", max_length=80)),
                ("patch", models.CharField(blank=True, default="", max_length=80)),
                ("about", models.CharField(blank=True, default="", max_length=16)),
                ("grade", models.CharField(blank=True, default="", max_length=40)),
                ("danger", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("first_contact_at", models.DateTimeField(null=True)),
                ("next_at", models.DateTimeField(null=True)),
                ("next_is", models.CharField(blank=True, default="", max_length=10)),
                ("last_at", models.DateTimeField(null=True)),
                ("last_sequence", models.PositiveIntegerField(default=0)),
                (
                    "joined_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined_cases",
                        to="casework.case",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="casework.landlord"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.CharField(max_length=80)),
                ("version", models.CharField(max_length=40)),
                ("clause", models.CharField(max_length=80)),
                ("force", models.CharField(max_length=8)),
                ("who", models.JSONField(default=list)),
                ("since", models.DateTimeField()),
                ("due", models.DateTimeField(null=True)),
                ("state", models.CharField(max_length=8)),
                ("met_at", models.DateTimeField(null=True)),
                ("started_by", models.PositiveIntegerField(null=True)),
                ("desks", models.JSONField(default=list)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="duties", to="casework.case"
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="casework.landlord",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="staff",
            name="landlord",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="staff", to="casework.landlord"
            ),
        ),
        migrations.CreateModel(
            name="Log",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("what", models.CharField(max_length=40)),
                ("outcome", models.CharField(default="done", max_length=8)),
                ("detail", models.JSONField(default=dict)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.landlord",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("person_at_risk", "Person at risk"),
                            ("causing_harm", "Person causing harm"),
                            ("child", "Child"),
                            ("adult_at_risk", "Adult at risk"),
                            ("witness", "Witness"),
                            ("reporter", "Reporter"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                    ),
                ),
                ("safe_contact", models.TextField(blank=True, default="")),
                ("phone", models.CharField(blank=True, default="", max_length=40)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="casework.case"
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReferenceCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "landlord",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.landlord"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveIntegerField()),
                ("to", models.CharField(max_length=60)),
                ("sent_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="referrals", to="casework.case"
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="casework.landlord",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to_staff",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StaffRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=60)),
                ("patches", models.JSONField(blank=True, default=list)),
                (
                    "landlord",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.landlord"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roles", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("of_sequence", models.PositiveIntegerField(blank=True, null=True)),
                ("payload", models.JSONField(default=dict)),
                ("note", models.TextField(blank=True, default="")),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="casework.case",
                    ),
                ),
                (
                    "to_staff",
                    models.ForeignKey(
                        blank=True,
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "sequence"), name="one_entry_for_each_sequence")
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyDesk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("desk", models.CharField(max_length=240)),
                ("soonest", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casework.case"
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casework.duty"
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="casework.landlord",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["desk", "soonest", "duty", "case"], name="a_desk_soonest_first")],
                "constraints": [models.UniqueConstraint(fields=("desk", "duty"), name="a_duty_once_on_each_desk")],
            },
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "met", "late", "lifted"])), name="a_state_that_is_known"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["landlord", "next_at", "-id"], name="cases_soonest_first"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["landlord", "status", "next_at"], name="cases_by_next_date"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["landlord", "status", "patch", "next_at"], name="cases_of_a_patch"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["lead", "status", "next_is", "next_at"], name="cases_of_a_lead"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["landlord", "opened_at"], name="cases_by_opening"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(fields=("landlord", "reference"), name="one_case_for_each_reference"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["new", "open", "closed", "joined"])), name="a_status_that_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("next_is__in", ["", "triage", "duty", "look_again"])),
                name="a_next_date_that_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="log",
            index=models.Index(fields=["case", "at"], name="log_of_a_case"),
        ),
        migrations.AddIndex(
            model_name="log",
            index=models.Index(fields=["landlord", "at"], name="log_of_a_landlord"),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "part__in",
                        ["person_at_risk", "causing_harm", "child", "adult_at_risk", "witness", "reporter", "other"],
                    )
                ),
                name="a_part_that_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="referencecounter",
            constraint=models.UniqueConstraint(fields=("landlord", "year"), name="one_counter_for_each_year"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("received_at", None)), fields=["landlord", "sent_at"], name="referrals_not_received"
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("received_at", None)),
                fields=["to_staff", "sent_at"],
                name="referrals_waiting_for_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(fields=("case", "sequence"), name="one_referral_for_each_entry"),
        ),
        migrations.AddIndex(
            model_name="staffrole",
            index=models.Index(fields=["landlord", "role"], name="holders_of_a_role"),
        ),
        migrations.AddConstraint(
            model_name="staffrole",
            constraint=models.UniqueConstraint(fields=("staff", "role"), name="one_row_for_each_role_held"),
        ),
    ]
