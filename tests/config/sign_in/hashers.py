"""A quick way to check passwords that counts how often it is asked."""

from django.contrib.auth.hashers import MD5PasswordHasher


class CountedHasher(MD5PasswordHasher):
    checks = 0

    def encode(self, password: str, salt: str) -> str:
        CountedHasher.checks += 1
        return super().encode(password, salt)


def checks() -> int:
    """How many passwords were checked or made since the last time this was asked."""
    counted, CountedHasher.checks = CountedHasher.checks, 0
    return counted
