from django.db import migrations

# Django gives each unique or indexed text a second index, for LIKE. Nobody looks digests and addresses up by how they
# begin, and each item of a feed paid for eight of them.
DROP = """
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN
        SELECT indexname FROM pg_indexes
        WHERE schemaname = current_schema() AND tablename IN ('timeline_article', 'ingest_document', 'ingest_feed')
            AND indexname LIKE '%\\_like' AND indexdef LIKE '%\\_pattern\\_ops)'
    LOOP
        EXECUTE format('DROP INDEX %I', found.indexname);
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("ingest", "0003_from_feed"), ("timeline", "0013_new_articles")]

    operations = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
