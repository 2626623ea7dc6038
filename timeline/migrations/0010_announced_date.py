import django.db.models.deletion
from django.db import migrations, models

# As for the other rows that hang on an event: a change gives the record another version (0005), and is noted for those
# who follow the record (0008).
TRIGGERS = """
CREATE TRIGGER timeline_announceddate_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON timeline_announceddate
    FOR EACH STATEMENT EXECUTE FUNCTION timeline_touch();
CREATE FUNCTION timeline_note_announceddate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM timeline_note('event', ARRAY[OLD.event_id, NEW.event_id]);
    RETURN NULL;
END $$;
CREATE TRIGGER timeline_announceddate_note AFTER INSERT OR UPDATE OR DELETE ON timeline_announceddate
    FOR EACH ROW EXECUTE FUNCTION timeline_note_announceddate();
"""
DROP = """
DROP TRIGGER timeline_announceddate_note ON timeline_announceddate;
DROP FUNCTION timeline_note_announceddate();
DROP TRIGGER timeline_announceddate_touch ON timeline_announceddate;
"""


class Migration(migrations.Migration):
    dependencies = [("timeline", "0009_sample")]

    operations = [
        migrations.CreateModel(
            name="AnnouncedDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("effective", "Effective"), ("hearing", "Hearing"), ("deadline", "Deadline")],
                        max_length=9,
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("by", models.CharField(default="record", max_length=100)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dates", to="timeline.event"
                    ),
                ),
            ],
            options={
                "ordering": ["event_id", "position", "id"],
                "indexes": [models.Index(fields=["-on", "-id"], name="announceddate_by_date")],
                "constraints": [
                    models.UniqueConstraint(fields=["event", "kind", "text"], name="announceddate_unique_text")
                ],
            },
        ),
        migrations.RunSQL(TRIGGERS, DROP),
    ]
