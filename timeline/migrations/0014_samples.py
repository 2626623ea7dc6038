from django.db import migrations

_OF_512 = "WHERE state = 'published' AND mod(id, 512) = 0"
_OF_8 = "WHERE state = 'published' AND mod(id, 8) = 0"


class Migration(migrations.Migration):
    """What the two samples are found by: words in both; in the finer one actors, and kinds and dates with all that is
    counted (queries/tallies.py). The planner takes a remainder for rare as long as it has no statistics of it."""

    dependencies = [("timeline", "0013_new_articles")]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX event_sample_words ON timeline_event USING gin (search) {_OF_512}",
            "DROP INDEX event_sample_words",
        ),
        migrations.RunSQL(
            f"CREATE INDEX event_eighth_words ON timeline_event USING gin (search) {_OF_8}",
            "DROP INDEX event_eighth_words",
        ),
        migrations.RunSQL(
            f"CREATE INDEX event_eighth_actors ON timeline_event USING gin (actor_ids) {_OF_8}",
            "DROP INDEX event_eighth_actors",
        ),
        migrations.RunSQL(
            'CREATE INDEX event_eighth ON timeline_event (kind, "on") INCLUDE (id, status, dispute_id, actor_ids)'
            f" {_OF_8}",
            "DROP INDEX event_eighth",
        ),
        migrations.RunSQL(
            "CREATE STATISTICS event_shares ON (mod(id, 512)), (mod(id, 8)) FROM timeline_event",
            "DROP STATISTICS event_shares",
        ),
    ]
