import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models.functions import Lower

FILL = """
UPDATE timeline_event e SET actor_ids = p.actor_ids
FROM (SELECT event_id, array_agg(DISTINCT actor_id ORDER BY actor_id) AS actor_ids
      FROM timeline_participation GROUP BY event_id) p
WHERE p.event_id = e.id
"""


class Migration(migrations.Migration):
    """What keeps questions at the same time while the record grows a thousandfold; measured by bench/database.py.

    Statistics: by default the planner knows the 100 most frequent elements of an array, and takes every other actor or
    word to be as rare as the rarest of them.
    """

    dependencies = [("timeline", "0006_desk")]

    operations = [
        migrations.AddField(
            "event",
            "actor_ids",
            django.contrib.postgres.fields.ArrayField(models.BigIntegerField(), default=list, editable=False),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(
            "ALTER TABLE timeline_event ALTER COLUMN actor_ids SET STATISTICS 1000",
            "ALTER TABLE timeline_event ALTER COLUMN actor_ids SET STATISTICS -1",
        ),
        migrations.AddIndex(
            "event", django.contrib.postgres.indexes.GinIndex(fields=["actor_ids"], name="event_actors")
        ),
        migrations.AddIndex(
            "event",
            models.Index(
                models.F("updated_at").desc(),
                models.F("id").desc(),
                name="event_published_by_update",
                condition=models.Q(state="published"),
            ),
        ),
        migrations.AddIndex("event", models.Index(fields=["created_at"], name="event_by_creation")),
        # One event in 256, for what is counted by sample (queries/tallies.py).
        migrations.RunSQL(
            "CREATE INDEX event_sample ON timeline_event (\"on\", kind) WHERE state = 'published' AND mod(id, 256) = 0",
            "DROP INDEX event_sample",
        ),
        migrations.AddIndex("actor", models.Index(Lower("name"), models.F("id"), name="actor_by_name")),
        migrations.AddIndex(
            "quote",
            django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("text", config="english"), name="quote_words"
            ),
        ),
        migrations.RunSQL(
            "ALTER INDEX quote_words ALTER COLUMN 1 SET STATISTICS 1000",
            "ALTER INDEX quote_words ALTER COLUMN 1 SET STATISTICS -1",
        ),
    ]
