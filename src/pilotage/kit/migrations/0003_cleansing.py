"""The change log may be cleansed of a person: of the values alone, and only while a cleansing of that record is open."""

import django.utils.timezone
from django.db import migrations, models

KEPT = ("id", "at", "effective_on", "operation", "name", "actor_id", "actor_name", "record_type", "record_id",
        "root_type", "root_id", "action")  # fmt: skip
"""What no cleansing alters."""
OPEN = (
    "EXISTS (SELECT 1 FROM kit_cleansing WHERE kit_cleansing.open "
    "AND kit_cleansing.record_type = OLD.record_type AND kit_cleansing.record_id = OLD.record_id)"
)


def let_cleansing_through(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in KEPT)
        schema_editor.execute("DROP TRIGGER kit_change_no_update")
        schema_editor.execute(
            f"CREATE TRIGGER kit_change_no_update BEFORE UPDATE ON kit_change WHEN NOT ({OPEN} AND {same}) "
            "BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END"
        )
    elif schema_editor.connection.vendor == "postgresql":
        same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in KEPT)
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION kit_change_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF TG_OP = 'UPDATE' THEN IF {OPEN} AND {same} THEN RETURN NEW; END IF; END IF; "
            "RAISE EXCEPTION 'the change log is append-only'; END $$"
        )


class Migration(migrations.Migration):
    dependencies = [("kit", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="Cleansing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operation", models.UUIDField(db_index=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("record_type", models.CharField(max_length=80)),
                ("record_id", models.CharField(max_length=40)),
                ("open", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name": "cleansing of the log",
                "verbose_name_plural": "cleansings of the log",
                "indexes": [models.Index(fields=["record_type", "record_id", "open"], name="cleansing_record")],
            },
        ),
        migrations.RunPython(let_cleansing_through, migrations.RunPython.noop),
    ]
