from django.db import migrations, models

# The order in which rows became visible, kept by the database itself: whoever writes, nothing is missed.
#
# A position is the number of the writing transaction. A reader takes only positions below the oldest transaction that
# still runs (the horizon): of those, nothing can appear any more. Numbers assigned by a sequence or a clock cannot
# promise that, because who takes the lower one may commit later. Rows are only added, so that writers never wait.
# In a database restored elsewhere the numbers of transactions begin anew; a base, kept with the cluster's own number,
# lifts them above all that there are.
FUNCTIONS = """
CREATE TABLE aiwatch_cluster (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), identifier bigint NOT NULL, base bigint NOT NULL
);
INSERT INTO aiwatch_cluster (identifier, base) SELECT system_identifier, 0 FROM pg_control_system();

CREATE FUNCTION timeline_position() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    ours bigint := (SELECT system_identifier FROM pg_control_system());
    found_base bigint := (SELECT base FROM aiwatch_cluster WHERE identifier = ours);
BEGIN
    IF found_base IS NULL THEN
        INSERT INTO aiwatch_cluster AS c (identifier, base)
        VALUES (ours, coalesce((SELECT max(position) FROM timeline_revision), 0))
        ON CONFLICT (one) DO UPDATE SET identifier = excluded.identifier, base = excluded.base
        WHERE c.identifier <> excluded.identifier;
        found_base := (SELECT base FROM aiwatch_cluster WHERE identifier = ours);
    END IF;
    RETURN found_base + pg_current_xact_id()::text::bigint;
END $$;

CREATE FUNCTION timeline_horizon() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT base FROM aiwatch_cluster WHERE identifier = (SELECT system_identifier FROM pg_control_system()))
            + pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
        9223372036854775807
    )
$$;

CREATE FUNCTION timeline_is_public(noun text, id_ bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE noun
        WHEN 'event' THEN EXISTS (SELECT 1 FROM timeline_event WHERE id = id_ AND state = 'published')
        WHEN 'actor' THEN EXISTS (SELECT 1 FROM timeline_actor WHERE id = id_ AND state = 'published')
        ELSE EXISTS (SELECT 1 FROM timeline_dispute WHERE id = id_)
    END
$$;

CREATE FUNCTION timeline_note(noun_ text, ids bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO timeline_revision (noun, row_id, position, at)
    SELECT noun_, i, timeline_position(), clock_timestamp()
    FROM (SELECT DISTINCT unnest(ids) AS i) AS named
    WHERE i IS NOT NULL AND (
        timeline_is_public(noun_, i)
        OR EXISTS (SELECT 1 FROM timeline_revision r WHERE r.noun = noun_ AND r.row_id = i)
    )
    ON CONFLICT (noun, position, row_id) DO NOTHING
$$;

CREATE FUNCTION timeline_events_of_actor(actor bigint) RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(event_id) FROM (
        SELECT event_id FROM timeline_participation WHERE actor_id = actor
        UNION SELECT event_id FROM timeline_quote WHERE speaker_id = actor OR on_behalf_of_id = actor
        UNION SELECT event_id FROM timeline_clause WHERE vendor_id = actor
    ) AS named
$$;

CREATE FUNCTION timeline_events_of_article(article bigint) RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(event_id) FROM (
        SELECT event_id FROM timeline_citation WHERE article_id = article
        UNION SELECT event_id FROM timeline_quote WHERE article_id = article
        UNION SELECT event_id FROM timeline_clause WHERE article_id = article
        UNION SELECT c.event_id FROM timeline_citation c JOIN timeline_article a ON a.id = c.article_id
        WHERE a.original_id = article
    ) AS named
$$;
"""

# What a change of a row of each table changes in what is shown of events, actors and disputes.
NOTES = {
    "event": """
        PERFORM timeline_note('event', ARRAY[OLD.id, NEW.id]);
        IF ROW(OLD.slug, OLD.title, OLD.on, OLD.precision, OLD.state)
            IS DISTINCT FROM ROW(NEW.slug, NEW.title, NEW.on, NEW.precision, NEW.state) THEN
            PERFORM timeline_note('event', ARRAY(
                SELECT event_id FROM timeline_link WHERE to_id = NEW.id
                UNION SELECT to_id FROM timeline_link WHERE event_id = NEW.id
            ));
        END IF;
        IF ROW(OLD.state, OLD.on, OLD.dispute_id) IS DISTINCT FROM ROW(NEW.state, NEW.on, NEW.dispute_id) THEN
            PERFORM timeline_note('dispute', ARRAY[OLD.dispute_id, NEW.dispute_id]);
        END IF;
        IF OLD.state IS DISTINCT FROM NEW.state THEN
            PERFORM timeline_note('actor', ARRAY(
                SELECT actor_id FROM timeline_participation WHERE event_id = NEW.id
            ));
        END IF;""",
    "participation": """
        PERFORM timeline_note('event', ARRAY[OLD.event_id, NEW.event_id]);
        PERFORM timeline_note('actor', ARRAY[OLD.actor_id, NEW.actor_id]);""",
    "quote": "PERFORM timeline_note('event', ARRAY[OLD.event_id, NEW.event_id]);",
    "clause": "PERFORM timeline_note('event', ARRAY[OLD.event_id, NEW.event_id]);",
    "citation": "PERFORM timeline_note('event', ARRAY[OLD.event_id, NEW.event_id]);",
    "link": "PERFORM timeline_note('event', ARRAY[OLD.event_id, NEW.event_id, OLD.to_id, NEW.to_id]);",
    "evidence": """
        PERFORM timeline_note('event', ARRAY(
            SELECT event_id FROM timeline_citation WHERE id IN (OLD.citation_id, NEW.citation_id)
        ));""",
    "article": """
        IF ROW(OLD.url, OLD.title, OLD.author, OLD.published_on, OLD.original_id, OLD.publisher_id)
            IS DISTINCT FROM
            ROW(NEW.url, NEW.title, NEW.author, NEW.published_on, NEW.original_id, NEW.publisher_id) THEN
            PERFORM timeline_note('event', timeline_events_of_article(NEW.id));
        END IF;""",
    "publisher": """
        IF OLD.name IS DISTINCT FROM NEW.name THEN
            PERFORM timeline_note('event', ARRAY(
                SELECT c.event_id FROM timeline_citation c JOIN timeline_article a ON a.id = c.article_id
                WHERE a.publisher_id = NEW.id
            ));
        END IF;""",
    "actor": """
        PERFORM timeline_note('actor', ARRAY[OLD.id, NEW.id]);
        IF ROW(OLD.slug, OLD.name, OLD.kind) IS DISTINCT FROM ROW(NEW.slug, NEW.name, NEW.kind) THEN
            PERFORM timeline_note('event', timeline_events_of_actor(NEW.id));
            PERFORM timeline_note('actor', ARRAY(SELECT id FROM timeline_actor WHERE parent_id = NEW.id));
            PERFORM timeline_note('dispute', ARRAY(SELECT dispute_id FROM timeline_side WHERE actor_id = NEW.id));
        END IF;""",
    "actorname": "PERFORM timeline_note('actor', ARRAY[OLD.actor_id, NEW.actor_id]);",
    "dispute": """
        PERFORM timeline_note('dispute', ARRAY[OLD.id, NEW.id]);
        IF ROW(OLD.slug, OLD.title) IS DISTINCT FROM ROW(NEW.slug, NEW.title) THEN
            PERFORM timeline_note('event', ARRAY(SELECT id FROM timeline_event WHERE dispute_id = NEW.id));
        END IF;""",
    "side": "PERFORM timeline_note('dispute', ARRAY[OLD.dispute_id, NEW.dispute_id]);",
}


def _make_trigger(table: str) -> str:
    return f"""
CREATE FUNCTION timeline_note_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {NOTES[table]}
    RETURN NULL;
END $$;
CREATE TRIGGER timeline_{table}_note AFTER INSERT OR UPDATE OR DELETE ON timeline_{table}
    FOR EACH ROW EXECUTE FUNCTION timeline_note_{table}();
"""


def _drop_trigger(table: str) -> str:
    return f"DROP TRIGGER timeline_{table}_note ON timeline_{table}; DROP FUNCTION timeline_note_{table}();"


# Rows that are there already count as changed when they last were.
FILL = """
INSERT INTO timeline_revision (noun, row_id, position, at)
SELECT 'event', id, timeline_position(), updated_at FROM timeline_event WHERE state = 'published'
UNION ALL SELECT 'actor', id, timeline_position(), updated_at FROM timeline_actor WHERE state = 'published'
UNION ALL SELECT 'dispute', id, timeline_position(), updated_at FROM timeline_dispute;
"""
DROP = """
DROP FUNCTION timeline_events_of_actor(bigint), timeline_events_of_article(bigint), timeline_note(text, bigint[]),
    timeline_is_public(text, bigint), timeline_horizon(), timeline_position();
DROP TABLE aiwatch_cluster;
"""


class Migration(migrations.Migration):
    dependencies = [("timeline", "0007_speed")]

    operations = [
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "noun",
                    models.CharField(
                        choices=[("event", "Event"), ("actor", "Actor"), ("dispute", "Dispute")], max_length=7
                    ),
                ),
                ("row_id", models.BigIntegerField()),
                ("position", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["noun", "position", "row_id"],
                "indexes": [
                    models.Index(fields=["noun", "row_id", "position"], name="revision_by_row"),
                    models.Index(fields=["noun", "at"], name="revision_by_time"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=["noun", "position", "row_id"], name="revision_unique_position")
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS + "".join(map(_make_trigger, NOTES)) + FILL, "".join(map(_drop_trigger, NOTES)) + DROP),
    ]
