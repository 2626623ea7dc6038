import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a quote's words are found by and ranked by is kept beside it; the index is of that."""

    dependencies = [("timeline", "0017_words")]

    operations = [
        migrations.RemoveIndex("quote", "quote_words"),
        migrations.AddField(
            "quote",
            "search",
            models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.SearchVector("text", config="english"),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            "quote", django.contrib.postgres.indexes.GinIndex(fields=["search"], name="quote_words")
        ),
        migrations.RunSQL(
            "ALTER TABLE timeline_quote ALTER COLUMN search SET STATISTICS 1000",
            "ALTER TABLE timeline_quote ALTER COLUMN search SET STATISTICS -1",
        ),
        migrations.RunSQL("ANALYZE timeline_quote", migrations.RunSQL.noop),
    ]
