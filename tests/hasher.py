from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """The algorithm of production at its lowest price; only tests may use it."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
