"""Consent, what leaves a landlord and on which grounds, who must not receive it, and agreements."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanlight.casework.models.sealed


class Migration(migrations.Migration):
    """Tables of its own: nothing that was there changes."""

    dependencies: ClassVar = [
        ("casework", "0025_referrals_onward"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("sealed_title", models.BinaryField(default=b"")),
                ("sealed_note", models.BinaryField(default=b"")),
                ("to", models.JSONField(default=list)),
                ("services", models.JSONField(default=list)),
                ("purposes", models.JSONField(default=list)),
                ("made_on", models.DateField()),
                ("review_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("sealed_end_reason", models.BinaryField(default=b"")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.landlord"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgreementReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("sealed_note", models.BinaryField(default=b"")),
                ("was_due_on", models.DateField()),
                ("review_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="casework.agreement"
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
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                ("to", models.CharField(max_length=40)),
                ("service", models.CharField(blank=True, default="", max_length=80)),
                ("purpose", models.CharField(max_length=40)),
                (
                    "answer",
                    models.CharField(
                        choices=[("given", "Agreed"), ("refused", "Did not agree"), ("withdrawn", "Took it back")],
                        max_length=9,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("in_person", "In person"),
                            ("by_phone", "By telephone or video"),
                            ("in_writing", "In writing"),
                            ("interpreter", "Through a professional interpreter"),
                            ("another_agency", "Another agency took it, and told us"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "giver",
                    models.CharField(
                        choices=[
                            ("themselves", "They themselves"),
                            ("parent", "A parent or guardian, for a child"),
                            ("attorney", "An attorney or deputy, where they lack capacity"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("assumed", "It is assumed: nobody has cause to doubt it"),
                            ("doubted", "There is cause to doubt it"),
                            ("found", "It was doubted, assessed, and found"),
                            ("lacking", "It was assessed, and they lack it for this decision"),
                        ],
                        max_length=8,
                    ),
                ),
                ("sealed_said", models.BinaryField(default=b"")),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
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
                        related_name="consents",
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
                    "part",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="casework.part",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MustNotReceive",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("service", models.CharField(blank=True, default="", max_length=80)),
                ("sealed_name", models.BinaryField(default=b"")),
                ("sealed_reason", models.BinaryField(default=b"")),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("sealed_end_reason", models.BinaryField(default=b"")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="must_not_receive", to="casework.case"
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
            ],
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("to", models.CharField(max_length=40)),
                ("service", models.CharField(blank=True, default="", max_length=80)),
                ("purpose", models.CharField(max_length=40)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("consent", "They agreed"),
                            ("immediate_harm", "Danger of immediate harm"),
                            ("safeguarding", "Safeguarding a child or an adult at risk"),
                            ("legal_duty", "A legal duty"),
                            ("crime_and_disorder_s115", "Crime and Disorder Act 1998, section 115"),
                            ("agreement", "An information sharing agreement"),
                        ],
                        max_length=24,
                    ),
                ),
                ("article_6", models.CharField(max_length=40)),
                ("article_9", models.CharField(max_length=40)),
                ("article_10", models.CharField(max_length=40)),
                ("common_law", models.CharField(max_length=40)),
                ("section_115", models.BooleanField()),
                ("consent", models.CharField(max_length=9)),
                ("without", models.CharField(blank=True, default="", max_length=24)),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("secure_email", "Secure e-mail"),
                            ("portal", "Their own portal or form"),
                            ("by_phone", "Told by telephone"),
                            ("in_person", "Told or handed over in person"),
                            ("post", "Post"),
                        ],
                        max_length=16,
                    ),
                ),
                ("about", models.JSONField(default=list)),
                ("law", models.DateField()),
                ("sealed_said", models.BinaryField()),
                ("sealed_content", models.BinaryField()),
                ("sealed_document", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("needs", models.JSONField(default=list)),
                ("is_to_be_authorised", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("authorised", "Authorised"), ("refused", "Refused")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("sealed_decision", models.BinaryField(default=b"")),
                ("gone_at", models.DateTimeField(null=True)),
                ("sequence", models.PositiveIntegerField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "stopped_because",
                    models.CharField(
                        blank=True,
                        choices=[("withdrawn", "Consent was withdrawn"), ("taken_back", "Taken back")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("received_at", models.DateTimeField(null=True)),
                ("sealed_received", models.BinaryField(default=b"")),
                (
                    "agreement",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="casework.agreement",
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="casework.case"
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
                    "received_noted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stopped_by",
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
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("review_on__gt", models.F("made_on"))),
                name="an_agreement_is_reviewed_after_it_is_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(fields=("case", "sequence"), name="one_consent_for_each_entry"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["given", "refused", "withdrawn"])),
                name="an_answer_to_consent_that_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("to", ""), _negated=True), models.Q(("purpose", ""), _negated=True)),
                name="consent_is_to_somebody_for_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "given"), _negated=True),
                    models.Q(("capacity__in", ["doubted", "lacking"]), _negated=True),
                    ("giver", "attorney"),
                    _connector="OR",
                ),
                name="consent_is_given_by_whoever_can",
            ),
        ),
        migrations.AddIndex(
            model_name="share",
            index=models.Index(fields=["landlord", "-asked_at"], name="shares_of_a_landlord"),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("to", ""), _negated=True),
                    models.Q(("purpose", ""), _negated=True),
                    models.Q(("article_6", ""), _negated=True),
                    models.Q(("article_9", ""), _negated=True),
                    models.Q(("article_10", ""), _negated=True),
                    models.Q(("common_law", ""), _negated=True),
                    models.Q(("digest", ""), _negated=True),
                ),
                name="a_share_has_its_whole_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ground__in",
                        [
                            "consent",
                            "immediate_harm",
                            "safeguarding",
                            "legal_duty",
                            "crime_and_disorder_s115",
                            "agreement",
                        ],
                    )
                ),
                name="a_ground_of_a_share_that_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(("consent", "given"), models.Q(("without", ""), _negated=True), _connector="OR"),
                name="a_share_without_consent_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ground", "agreement"), _negated=True), ("agreement__isnull", False), _connector="OR"
                ),
                name="an_agreement_that_is_relied_on_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_by", models.F("decided_by")), _negated=True),
                name="a_share_is_authorised_by_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gone_at", None), ("sequence", None)),
                    models.Q(("gone_at__isnull", False), ("sequence__isnull", False), ("stopped_at", None)),
                    _connector="OR",
                ),
                name="what_has_gone_is_on_the_record",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gone_at", None), ("is_to_be_authorised", False), ("outcome", "authorised"), _connector="OR"
                ),
                name="a_share_goes_when_it_is_authorised",
            ),
        ),
    ]
