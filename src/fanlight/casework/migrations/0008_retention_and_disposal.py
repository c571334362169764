"""How long a case is kept: holds, reviews and certificates; a case may be disposed of.

The table of cases has no trigger that SQLite could lose when it makes the table anew. What kind each case is for how long
it is kept is worked out by `fanlight rebuild_projections`; until then it counts as what is kept longest.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from fanlight.casework.models.sealed import new_mark

PROTECT = models.PROTECT
STATUSES = ["new", "open", "closed", "joined", "disposed"]


def made(name: str, *fields: tuple[str, Any], **options: Any) -> Any:
    """This function will make a table."""
    number = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
    landlord = models.ForeignKey("casework.landlord", PROTECT, related_name="+", db_index=False)
    return migrations.CreateModel(name, [("id", number), ("landlord", landlord), *fields], options=options)


def somebody(**said: Any) -> Any:
    """This function will refer to a member of staff."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, PROTECT, related_name="+", db_index=False, **said)


def of_a_case(name: str) -> tuple[str, Any]:
    """This function will refer to a case."""
    return "case", models.ForeignKey("casework.case", PROTECT, related_name=name)


MARK = ("mark", models.CharField(max_length=32, unique=True, default=new_mark, editable=False))


class Migration(migrations.Migration):
    """Holds, reviews, certificates, and a status of cases."""

    dependencies: ClassVar = [("casework", "0007_who_looked_at_what")]
    operations: ClassVar = [
        migrations.RemoveConstraint("case", "a_status_that_is_known"),
        migrations.AddField("case", "kept_as", models.CharField(max_length=24, default="", blank=True)),
        migrations.AddConstraint(
            "case", models.CheckConstraint(condition=Q(status__in=STATUSES), name="a_status_that_is_known")
        ),
        made(
            "Hold",
            of_a_case("holds"),
            MARK,
            ("sealed_reason", models.BinaryField(default=b"")),
            ("at", models.DateTimeField()),
            ("by", somebody()),
            ("until", models.DateField(null=True)),
            ("lifted_at", models.DateTimeField(null=True)),
            ("lifted_by", somebody(null=True)),
            ("sealed_lift_reason", models.BinaryField(default=b"")),
            indexes=[
                models.Index(fields=["landlord", "case"], condition=Q(lifted_at=None), name="holds_of_a_landlord")
            ],
        ),
        made(
            "DisposalReview",
            of_a_case("disposal_reviews"),
            MARK,
            (
                "outcome",
                models.CharField(max_length=8, choices=(("keep", "Keep it longer"), ("dispose", "Let it go"))),
            ),
            ("sealed_reason", models.BinaryField(default=b"")),
            ("keep_until", models.DateField(null=True)),
            ("last_sequence", models.PositiveIntegerField()),
            ("at", models.DateTimeField()),
            ("by", somebody()),
            constraints=[
                models.CheckConstraint(
                    condition=Q(outcome="keep", keep_until__isnull=False) | Q(outcome="dispose", keep_until=None),
                    name="an_outcome_of_a_disposal_review_that_is_known",
                )
            ],
        ),
        made(
            "Disposal",
            ("case", models.OneToOneField("casework.case", PROTECT, related_name="disposal")),
            ("reference", models.CharField(max_length=32)),
            ("kind", models.CharField(max_length=24, default="", blank=True)),
            ("rule", models.CharField(max_length=120, default="", blank=True)),
            ("closed_at", models.DateTimeField(null=True)),
            ("due_on", models.DateField(null=True)),
            ("entries", models.PositiveIntegerField()),
            ("head", models.CharField(max_length=64)),
            ("reviewed_by", somebody(null=True)),
            ("reviewed_at", models.DateTimeField(null=True)),
            ("ordered_by", somebody()),
            ("ordered_at", models.DateTimeField()),
            ("done_at", models.DateTimeField(null=True)),
            constraints=[
                models.CheckConstraint(
                    condition=~Q(reviewed_by=F("ordered_by")) | Q(reviewed_by=None),
                    name="nobody_disposes_of_what_they_reviewed",
                )
            ],
            indexes=[
                models.Index(fields=["landlord", "-ordered_at"], name="disposals_of_a_landlord"),
                models.Index(fields=["landlord"], condition=Q(done_at=None), name="disposals_not_done"),
            ],
        ),
    ]
