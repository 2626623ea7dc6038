from django.db import migrations, models


class Migration(migrations.Migration):
    """Let a citation keep what its article alone tells of the event. No row is written anew: articles cited before have
    none, and are as if nobody had read them so."""

    dependencies = [("timeline", "0022_no_address")]

    operations = [
        migrations.AddField(
            model_name="citation", name="told", field=models.JSONField(blank=True, editable=False, null=True)
        ),
    ]
