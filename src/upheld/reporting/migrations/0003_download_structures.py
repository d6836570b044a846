from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0002_downloads_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportdownload",
            name="structure_of",
            field=models.DateField(null=True),
        ),
    ]
