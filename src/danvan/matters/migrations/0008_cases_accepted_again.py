from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("matters", "0007_evidence_and_files_of_acts"),
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
