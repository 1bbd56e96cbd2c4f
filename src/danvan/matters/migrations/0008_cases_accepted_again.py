from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("matters", "0006_room_for_the_type_of_a_paper"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="stage",
            index=models.Index(
                condition=models.Q(("name", "accept"), ("ordinal__gt", 1)),
                fields=["case"],
                name="stages_accepted_again",
            ),
        ),
    ]
