from django.db import migrations, models


class Migration(migrations.Migration):
    """Matching asks for the events that the articles of some days tell of."""

    dependencies = [("timeline", "0010_announced_date")]

    operations = [
        migrations.AddIndex("article", models.Index(fields=["published_on"], name="article_by_day")),
    ]
