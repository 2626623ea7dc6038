from django.db import migrations

# The publisher that was made of what takes the place of an address. Where somebody is called so already, articles
# keep it under a name of its own.
NAMES = """
    UPDATE timeline_publisher SET host = '', name = CASE
        WHEN lower(name) <> 'file.invalid' THEN name
        WHEN EXISTS (SELECT FROM timeline_publisher WHERE lower(name) = 'unknown publisher') THEN 'Unknown publishers'
        ELSE 'Unknown publisher' END,
        slug = CASE WHEN slug = 'file-invalid' OR slug = 'fileinvalid' THEN 'unknown-publishers' ELSE slug END
    WHERE host = 'file.invalid'
"""


class Migration(migrations.Migration):
    """Pages without an address are no longer of a publisher at file.invalid."""

    dependencies = [("timeline", "0021_days_that_can_be")]

    operations = [migrations.RunSQL(NAMES, migrations.RunSQL.noop)]
