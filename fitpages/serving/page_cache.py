"""Where rendered pages are kept, in each process."""

from django.core.cache.backends.locmem import LocMemCache


class PageCache(LocMemCache):
    """Django's own, which looks at every letter of every key for what memcached would refuse; this is never that."""

    def validate_key(self, key: str) -> None:
        """Every address is a good key."""
