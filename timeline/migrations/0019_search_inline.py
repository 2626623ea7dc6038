from django.db import migrations


class Migration(migrations.Migration):
    """Let an event's words stand in its row, not in a table beside it, to which one event in four had to be followed:
    whoever ranks events or looks for a phrase reads them of each event that holds the words.

    The rows are written anew, each as long as it may be now, which no transaction can do; a million takes some minutes,
    in which nobody reads events. Run again, it does the same again and no harm.
    """

    atomic = False
    dependencies = [("timeline", "0018_quote_search")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE timeline_event SET (toast_tuple_target = 8160)",
            "ALTER TABLE timeline_event RESET (toast_tuple_target)",
        ),
        # Its indexes are made anew, of words too: ten times as long with the little memory that is usual.
        migrations.RunSQL("SET maintenance_work_mem = '512MB'", migrations.RunSQL.noop),
        migrations.RunSQL("VACUUM FULL timeline_event", migrations.RunSQL.noop),
        migrations.RunSQL("RESET maintenance_work_mem", migrations.RunSQL.noop),
        # Which pages all may see is to be found out again, else no index answers alone.
        migrations.RunSQL("VACUUM ANALYZE timeline_event", migrations.RunSQL.noop),
    ]
