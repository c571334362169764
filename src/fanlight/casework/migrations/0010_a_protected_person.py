"""A person whose address is known to named people alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0009_the_register")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="is_protected",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
