"""Who was hidden when two people were said to be one."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column, empty: of those who were merged before, nobody is shown again."""

    dependencies: ClassVar = [("casework", "0022_a_postcode_in_common")]
    operations: ClassVar = [migrations.AddField("merge", "hidden", models.JSONField(default=list))]
