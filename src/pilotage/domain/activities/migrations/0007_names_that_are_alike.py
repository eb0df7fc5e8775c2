"""The form by which names are compared, kept so that a register of many persons is searched by the database."""

from typing import Any

from django.db import migrations, models

from pilotage.domain.activities.names import alike_key


def fill(apps: Any, schema_editor: Any) -> None:
    """Derives it for the persons that are there."""
    persons = apps.get_model("activities", "Person")._base_manager.using(schema_editor.connection.alias)
    some: list[Any] = []
    for person in persons.only("pk", "name_signed", "name_latin").iterator(chunk_size=500):
        person.alike_signed, person.alike_latin = alike_key(person.name_signed), alike_key(person.name_latin)
        some.append(person)
    persons.bulk_update(some, ["alike_signed", "alike_latin"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("activities", "0006_merged_people")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="alike_signed",
            field=models.CharField(default="", editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="person",
            name="alike_latin",
            field=models.CharField(default="", editable=False, max_length=200),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["phase", "alike_signed"], name="person_alike_signed"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["phase", "alike_latin"], name="person_alike_latin"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
