from django.db import migrations


class Migration(migrations.Migration):
    """One index of words, actors, kind and month: where several are asked for, only rows that fit all are looked at.

    Two indexes, of words and of actors, had PostgreSQL note all that either finds, and look at each row for the rest.
    """

    dependencies = [("timeline", "0015_tally")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX event_found ON timeline_event USING gin (search, actor_ids, (ARRAY[kind]),"
            ' (ARRAY[(extract(year FROM "on") * 12 + extract(month FROM "on"))::int]))',
            "DROP INDEX event_found",
        ),
        # Of each month and kind, else the planner takes one that it does not know for as frequent as it pleases.
        migrations.RunSQL(
            "ALTER INDEX event_found ALTER COLUMN 4 SET STATISTICS 1000",
            "ALTER INDEX event_found ALTER COLUMN 4 SET STATISTICS -1",
        ),
        migrations.RemoveIndex("event", "event_search"),
        migrations.RemoveIndex("event", "event_actors"),
    ]
