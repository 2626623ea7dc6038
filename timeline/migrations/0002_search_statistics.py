from django.db import migrations


class Migration(migrations.Migration):
    """With the default target the planner misjudges rare words of the search column by three orders of magnitude."""

    dependencies = [("timeline", "0001_record")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE timeline_event ALTER COLUMN search SET STATISTICS 1000",
            "ALTER TABLE timeline_event ALTER COLUMN search SET STATISTICS -1",
        )
    ]
