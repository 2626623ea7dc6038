from django.db import migrations, models

from timeline.addresses import url_hash


def fill_keys(apps, schema_editor):
    Article = apps.get_model("timeline", "Article")
    rows = list(Article.objects.only("url"))
    for row in rows:
        row.key = url_hash(row.url)
    Article.objects.bulk_update(rows, ["key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("timeline", "0003_proposals")]

    operations = [
        migrations.AddField("article", "key", models.CharField(max_length=64, editable=False, default="")),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        migrations.AlterField("article", "key", models.CharField(max_length=64, unique=True, editable=False)),
    ]
