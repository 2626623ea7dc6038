from django.db import migrations, models

RANDOM = "('x' || left(replace(gen_random_uuid()::text, '-', ''), 16))::bit(64)::bigint"
FUNCTION = f"""
CREATE FUNCTION timeline_touch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fresh bigint := {RANDOM};
BEGIN
    UPDATE timeline_version SET stamp = fresh
    WHERE id = (SELECT id FROM timeline_version ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED);
    IF NOT FOUND THEN
        INSERT INTO timeline_version (stamp) VALUES (fresh);
    END IF;
    RETURN NULL;
END $$
"""
SHOWN = (
    "actor actorname citation clause dispute event evidence link participation quote redirect side"
).split()
CITED = ("article", "publisher")  # new ones are on no page before an event cites them


def make_triggers():
    """The statements that make the triggers and take them away."""
    for table in SHOWN:
        yield _write(table, "INSERT OR UPDATE OR DELETE OR TRUNCATE"), _drop(table)
    for table in CITED:
        yield _write(table, "UPDATE OR DELETE OR TRUNCATE"), _drop(table)
    # An event's page shows its own history only; polls note many new articles.
    yield (
        "CREATE TRIGGER timeline_change_touch AFTER INSERT ON timeline_change"
        " FOR EACH ROW WHEN (NEW.noun = 'event') EXECUTE FUNCTION timeline_touch()",
        _drop("change"),
    )


def _write(table, when):
    return (
        f"CREATE TRIGGER timeline_{table}_touch AFTER {when} ON timeline_{table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION timeline_touch()"
    )


def _drop(table):
    return f"DROP TRIGGER timeline_{table}_touch ON timeline_{table}"


class Migration(migrations.Migration):
    """The record's version, kept by the database itself: whoever writes, in whatever way, changes it by committing."""

    dependencies = [("timeline", "0004_article_key")]

    operations = [
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stamp", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION timeline_touch()"),
        migrations.RunSQL(  # a record that is there already begins with a version of its own
            f"INSERT INTO timeline_version (stamp) VALUES ({RANDOM})", migrations.RunSQL.noop
        ),
        *(migrations.RunSQL(make, drop) for make, drop in make_triggers()),
    ]
