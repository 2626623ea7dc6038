from django.db import migrations

# A new article is on no page before an event cites it, which is noted of the event; whole feeds of them are added.
TRIGGER = """
DROP TRIGGER timeline_article_note ON timeline_article;
CREATE TRIGGER timeline_article_note AFTER {} ON timeline_article
    FOR EACH ROW EXECUTE FUNCTION timeline_note_article();
"""


class Migration(migrations.Migration):
    dependencies = [("timeline", "0012_update_indexes")]

    operations = [
        migrations.RunSQL(
            TRIGGER.format("UPDATE OR DELETE"),
            TRIGGER.format("INSERT OR UPDATE OR DELETE"),
        )
    ]
