from django.db import migrations, models


def the_one_row(apps, schema_editor):
    apps.get_model("search", "SearchState").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="OutboxEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80)),
                ("narrowing", models.BooleanField(default=False)),
                ("created", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("narrowing", True)), fields=["narrowing"], name="outbox_narrowing"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchState",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("lexicon_stamp", models.PositiveBigIntegerField(default=1)),
                ("rebuilding", models.BooleanField(default=False)),
                ("rebuilt_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_search_state")],
            },
        ),
        migrations.RunPython(the_one_row, migrations.RunPython.noop, elidable=True),
    ]
