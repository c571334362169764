"""Somebody whose new home was never shown to whoever looks without a case."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The column."""

    dependencies = [("casework", "0016_found_through_homes_and_cases")]

    operations = [
        migrations.AddField(
            model_name="resident",
            name="came_hidden",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
