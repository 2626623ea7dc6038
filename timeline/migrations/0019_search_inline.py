from django.db import migrations


class Migration(migrations.Migration):
    """Let an event's words stand in its row, not in a table beside it, to which one event in four had to be followed:
    whoever ranks events or looks for a phrase reads them of each event that holds the words.

    CLUSTER writes the rows anew, each as long as it may be now.
    """

    dependencies = [("timeline", "0018_quote_search")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE timeline_event SET (toast_tuple_target = 8160)",
            "ALTER TABLE timeline_event RESET (toast_tuple_target)",
        ),
        # Its indexes are made anew, of words too: ten times as long with the little memory that is usual.
        migrations.RunSQL("SET LOCAL maintenance_work_mem = '512MB'", migrations.RunSQL.noop),
        migrations.RunSQL("CLUSTER timeline_event USING timeline_event_pkey", migrations.RunSQL.noop),
        migrations.RunSQL("ALTER TABLE timeline_event SET WITHOUT CLUSTER", migrations.RunSQL.noop),
        migrations.RunSQL("ANALYZE timeline_event", migrations.RunSQL.noop),
    ]
