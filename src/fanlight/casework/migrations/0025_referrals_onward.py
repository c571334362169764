"""Referrals to services outside, what became of them, their documents, and what staff know of the services."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanlight.casework.models.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0024_plans_wishes_and_interviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="OnwardReferral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("purpose", models.CharField(max_length=60)),
                ("to", models.CharField(max_length=60)),
                ("service", models.CharField(blank=True, default="", max_length=120)),
                ("way", models.CharField(blank=True, default="", max_length=10)),
                ("sealed_said", models.BinaryField(default=b"")),
                ("sealed_password", models.BinaryField(default=b"")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "Sent, not received"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("done", "Done"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("sequence", models.PositiveIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="onward_referrals", to="casework.case"
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
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReferralDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("protected", "PDF with a password"), ("word", "Word")], max_length=9
                    ),
                ),
                ("sealed_document", models.BinaryField(default=b"")),
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
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="casework.onwardreferral",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReferralStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("sent", "sent"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("challenged", "challenged"),
                            ("escalated", "escalated"),
                            ("done", "done"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
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
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="casework.onwardreferral"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DirectoryEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("service", models.CharField(max_length=120)),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("sealed_said", models.BinaryField(default=b"")),
                ("is_removed", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "by",
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
            ],
            options={
                "indexes": [models.Index(fields=["landlord", "service", "id"], name="directory_of_a_landlord")],
            },
        ),
        migrations.AddIndex(
            model_name="onwardreferral",
            index=models.Index(
                condition=models.Q(("state__in", ["draft", "declined"])),
                fields=["landlord", "state"],
                name="referrals_back_with_us",
            ),
        ),
        migrations.AddConstraint(
            model_name="onwardreferral",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "sent", "accepted", "declined", "done", "withdrawn"])),
                name="a_state_of_a_referral",
            ),
        ),
        migrations.AddConstraint(
            model_name="onwardreferral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sequence", None), ("state__in", ["draft", "withdrawn"])),
                    models.Q(("sequence__isnull", False), models.Q(("state", "draft"), _negated=True)),
                    _connector="OR",
                ),
                name="a_referral_is_sent_when_it_is_on_the_record",
            ),
        ),
        migrations.AddConstraint(
            model_name="onwardreferral",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sequence__isnull", False)),
                fields=("case", "sequence"),
                name="one_onward_referral_an_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="referraldocument",
            constraint=models.UniqueConstraint(fields=("referral", "form"), name="one_document_of_a_form"),
        ),
    ]
