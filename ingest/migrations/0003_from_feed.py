from django.db import migrations, models


def mark(apps, schema_editor):
    """Items without a link were kept at their site's address with a mark, as plain text."""
    Document = apps.get_model("ingest", "Document")
    own_words = Document.objects.filter(url__regex=r"[?&]item=[0-9a-f]{16}$", content_type="text/plain; charset=utf-8")
    own_words.update(from_feed=True, check_at=None)


class Migration(migrations.Migration):

    dependencies = [
        ("ingest", "0002_followed"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="from_feed",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop, elidable=True),
    ]
