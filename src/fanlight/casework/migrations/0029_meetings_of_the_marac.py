"""Meetings of the MARAC: cases heard, who goes, actions, minutes."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanlight.casework.models.sealed


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("casework", "0028_referrals_to_the_marac"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="MaracMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("area", models.CharField(max_length=80)),
                ("meets_at", models.DateTimeField()),
                ("returns_on", models.DateField()),
                ("sealed_note", models.BinaryField(default=b"")),
                ("at", models.DateTimeField()),
                ("cancelled_at", models.DateTimeField(null=True)),
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
                    "landlord",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.landlord",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MaracListing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                (
                    "brought_by",
                    models.CharField(choices=[("us", "We did"), ("agency", "Another agency")], max_length=6),
                ),
                ("sealed_who", models.BinaryField(default=b"")),
                (
                    "settled",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nothing_known", "We know nothing that helps"),
                            ("taken_off", "Not heard at this meeting"),
                        ],
                        default="",
                        max_length=13,
                    ),
                ),
                ("sealed_why", models.BinaryField(default=b"")),
                ("at", models.DateTimeField()),
                ("let_go_at", models.DateTimeField(null=True)),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marac_listings",
                        to="casework.case",
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
                    "share",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marac_listings",
                        to="casework.share",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="listings", to="casework.maracmeeting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MaracAttendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "came",
                    models.CharField(
                        choices=[("goes", "Goes"), ("came", "Came"), ("away", "Could not come")], max_length=4
                    ),
                ),
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
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="casework.maracmeeting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MaracAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("sealed_what", models.BinaryField()),
                ("due_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True, choices=[("done", "Done"), ("not_done", "Cannot be done")], default="", max_length=8
                    ),
                ),
                ("done_on", models.DateField(null=True)),
                ("sealed_done", models.BinaryField(default=b"")),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marac_actions",
                        to="casework.case",
                    ),
                ),
                (
                    "done_by",
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
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="casework.maraclisting",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="casework.maracmeeting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MaracMinutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("sealed_said", models.BinaryField()),
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
                    "landlord",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.landlord",
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="minutes", to="casework.maraclisting"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="maracmeeting",
            index=models.Index(fields=["landlord", "meets_at"], name="marac_meetings_by_date"),
        ),
        migrations.AddConstraint(
            model_name="maracmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("area", ""), _negated=True), name="a_marac_is_of_an_area"
            ),
        ),
        migrations.AddConstraint(
            model_name="maraclisting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("case__isnull", False), models.Q(("settled", "taken_off"), _negated=True)),
                fields=("meeting", "case"),
                name="a_case_is_heard_once_at_a_meeting",
            ),
        ),
        migrations.AddConstraint(
            model_name="maraclisting",
            constraint=models.CheckConstraint(
                condition=models.Q(("settled__in", ["", "nothing_known", "taken_off"])),
                name="a_listing_is_settled_in_a_known_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="maraclisting",
            constraint=models.CheckConstraint(
                condition=models.Q(("share", None), ("case__isnull", False), _connector="OR"),
                name="a_research_return_is_of_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="maracattendance",
            constraint=models.UniqueConstraint(fields=("meeting", "staff"), name="one_attendance_of_each_at_a_meeting"),
        ),
        migrations.AddConstraint(
            model_name="maracattendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("came__in", ["goes", "came", "away"])), name="an_attendance_that_is_known"
            ),
        ),
        migrations.AddIndex(
            model_name="maracaction",
            index=models.Index(fields=["landlord", "due_on"], name="marac_actions_by_day"),
        ),
        migrations.AddIndex(
            model_name="maracaction",
            index=models.Index(
                condition=models.Q(("outcome", "")), fields=["owner", "due_on"], name="marac_actions_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="maracaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_by", None), ("done_on", None), ("outcome", "")),
                    models.Q(
                        ("done_by__isnull", False), ("done_on__isnull", False), ("outcome__in", ["done", "not_done"])
                    ),
                    _connector="OR",
                ),
                name="an_action_that_is_over_says_when_and_by_whom",
            ),
        ),
    ]
