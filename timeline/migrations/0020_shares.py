from django.db import migrations

_POWERS = "ARRAY[2, 4, 8, 16, 32, 64, 128, 256, 512]::bigint[]"
_SEARCHED = (
    "search, actor_ids, (ARRAY[kind]), (ARRAY[(extract(year FROM \"on\") * 12 + extract(month FROM \"on\"))::int])"
)
_SHARES = f"(({_POWERS})[1:width_bucket(id & -id, {_POWERS})])"
_OF_8 = "WHERE state = 'published' AND mod(id, 8) = 0"


def _make(name, condition=""):
    """An index of all by which events are found."""
    return (
        f"CREATE INDEX CONCURRENTLY {name} ON timeline_event USING gin ({_SEARCHED}, {_SHARES}) {condition}",
        f"ALTER INDEX {name} ALTER COLUMN 4 SET STATISTICS 1000",
    )


class Migration(migrations.Migration):
    """The index of words, actors, kinds and months also holds to which shares of all events one belongs: each second,
    fourth, ... 512th. So of what they find any share can be looked at. A second one, of the eighth, holds all of that
    where the smaller shares are, in place of one of words and one of actors.

    Pages are read and events written meanwhile. Run again, it does the same again and no harm.
    """

    atomic = False
    dependencies = [("timeline", "0019_search_inline")]

    operations = [
        *(
            migrations.RunSQL(statement, migrations.RunSQL.noop)
            for statement in (
                "SET maintenance_work_mem = '512MB'",
                "DROP INDEX IF EXISTS event_found_new, event_eighth_found",  # of a run that was broken off
                *_make("event_found_new"),
                "DROP INDEX CONCURRENTLY IF EXISTS event_found",
                "ALTER INDEX event_found_new RENAME TO event_found",
                *_make("event_eighth_found", _OF_8),
                "RESET maintenance_work_mem",
                "ANALYZE timeline_event",
            )
        ),
        migrations.RunSQL(
            "DROP INDEX IF EXISTS event_eighth_words",
            f"CREATE INDEX event_eighth_words ON timeline_event USING gin (search) {_OF_8};"
            "DROP INDEX event_eighth_found",
        ),
        migrations.RunSQL(
            "DROP INDEX IF EXISTS event_eighth_actors",
            f"CREATE INDEX event_eighth_actors ON timeline_event USING gin (actor_ids) {_OF_8}",
        ),
    ]
