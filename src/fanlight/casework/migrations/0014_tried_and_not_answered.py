"""What lists need of how a person at risk was tried: how often without an answer, and what waits for the manager."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Three more columns that are projected from the story of a case; each row is right as soon as the projections are made anew."""

    dependencies: ClassVar = [("casework", "0013_what_staff_learn_of_a_tenant")]
    operations: ClassVar = [
        migrations.AddField("case", "unanswered", models.PositiveSmallIntegerField(default=0, db_default=0)),
        migrations.AddField("case", "welfare_since", models.DateTimeField(null=True)),
        migrations.AddField("case", "past_the_gate_since", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["landlord", "welfare_since"], condition=~Q(welfare_since=None), name="cases_to_be_seen_to"
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["landlord", "past_the_gate_since"],
                condition=~Q(past_the_gate_since=None),
                name="cases_past_the_gate",
            ),
        ),
    ]
