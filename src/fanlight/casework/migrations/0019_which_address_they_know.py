"""Who may know an address may know that one, and no other of the same person."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("casework", "0018_two_people_or_one")]

    operations = [
        migrations.RemoveConstraint(model_name="mayknow", name="somebody_may_know_an_address_once"),
        migrations.AddField(
            model_name="mayknow",
            name="address",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddConstraint(
            model_name="mayknow",
            constraint=models.UniqueConstraint(
                condition=Q(("ended_at", None)),
                fields=("person", "staff", "address"),
                name="somebody_may_know_an_address_once",
            ),
        ),
    ]
