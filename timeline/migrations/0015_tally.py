from django.db import migrations, models

# What `timeline_tally` gains or loses by a statement: a row for each month, kind and status, and one for each actor, of
# which the number of public events changed. Rows are only added, so that no writer waits for another.
FUNCTION = """
CREATE FUNCTION timeline_tally_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO timeline_tally (month, kind, status, actor_id, number) {insert};
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO timeline_tally (month, kind, status, actor_id, number) {delete};
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO timeline_tally (month, kind, status, actor_id, number) {update};
    ELSE
        DELETE FROM timeline_tally;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION timeline_tally_all() RETURNS void LANGUAGE sql AS $$
    INSERT INTO timeline_tally (month, kind, status, actor_id, number) {all}
$$;
SELECT timeline_tally_all();
"""
TRIGGERS = """
CREATE TRIGGER timeline_event_tally_insert AFTER INSERT ON timeline_event
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION timeline_tally_change();
CREATE TRIGGER timeline_event_tally_update AFTER UPDATE ON timeline_event
    REFERENCING NEW TABLE AS fresh OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION timeline_tally_change();
CREATE TRIGGER timeline_event_tally_delete AFTER DELETE ON timeline_event
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION timeline_tally_change();
CREATE TRIGGER timeline_event_tally_truncate AFTER TRUNCATE ON timeline_event
    FOR EACH STATEMENT EXECUTE FUNCTION timeline_tally_change();
"""
DROP = """
DROP TRIGGER timeline_event_tally_insert ON timeline_event;
DROP TRIGGER timeline_event_tally_update ON timeline_event;
DROP TRIGGER timeline_event_tally_delete ON timeline_event;
DROP TRIGGER timeline_event_tally_truncate ON timeline_event;
DROP FUNCTION timeline_tally_change();
DROP FUNCTION timeline_tally_all();
"""


def sum_up(*tables):
    """The cells of the public events of tables of events, each with the sign of its count."""
    parts = []
    for table, sign in tables:
        parts += [
            "SELECT date_trunc('month', \"on\"::timestamp)::date AS month, kind, status, NULL::bigint AS actor_id,"
            f" {sign} AS number FROM {table} WHERE state = 'published'",
            f"SELECT NULL, '', '', actor, {sign} FROM {table}, unnest(actor_ids) AS actor WHERE state = 'published'",
        ]
    changes = " UNION ALL ".join(parts)
    return f"SELECT month, kind, status, actor_id, sum(number) FROM ({changes}) c GROUP BY 1, 2, 3, 4 HAVING sum(number) <> 0"


class Migration(migrations.Migration):
    """Numbers of public events by month, kind and status, and by actor, kept by the database itself."""

    dependencies = [("timeline", "0014_samples")]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(blank=True, null=True)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("status", models.CharField(blank=True, max_length=10)),
                ("actor_id", models.BigIntegerField(blank=True, null=True)),
                ("number", models.IntegerField()),
            ],
            options={"verbose_name_plural": "tallies"},
        ),
        migrations.RunSQL(
            FUNCTION.format(
                insert=sum_up(("fresh", 1)),
                delete=sum_up(("gone", -1)),
                update=sum_up(("fresh", 1), ("gone", -1)),
                all=sum_up(("timeline_event", 1)),
            )
            + TRIGGERS,
            DROP,
        ),
    ]
