"""Making Django and the database ready for a command."""

import django
from django.core.management import call_command


def ready(*, migrate: bool = False) -> None:
    """Loads Django; with `migrate` also brings the tables and the cache table up to date."""
    django.setup()
    if migrate:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
