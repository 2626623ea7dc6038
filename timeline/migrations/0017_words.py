from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import migrations


class Migration(migrations.Migration):
    """Indexes of the words of clauses and disputes: search read each of them anew."""

    dependencies = [("timeline", "0016_found")]

    operations = [
        migrations.AddIndex(
            "clause", GinIndex(SearchVector("text", "document", config="english"), name="clause_words")
        ),
        migrations.RunSQL(
            "CREATE INDEX dispute_words ON timeline_dispute USING gin ((setweight(to_tsvector('english'::regconfig,"
            " COALESCE(title, '')), 'A') || to_tsvector('english'::regconfig, COALESCE(summary, ''))))",
            "DROP INDEX dispute_words",
        ),
    ]
