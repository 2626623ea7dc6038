from django.db import migrations, models

import timeline.models.common


class Migration(migrations.Migration):
    """Forms refuse days in a year that is a slip of the keyboard; the database is left as it is."""

    dependencies = [("timeline", "0020_shares")]

    operations = [
        migrations.AlterField(
            "announceddate", "on", models.DateField(validators=[timeline.models.common.validate_day])
        ),
        migrations.AlterField("event", "on", models.DateField(validators=[timeline.models.common.validate_day])),
    ]
