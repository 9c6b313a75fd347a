"""What is counted in the cache: failed sign-ins by address and by place, and codes that were used.

Where the cache is a table of the database it lies in dumps and backups: its keys are sealed, so that neither an e-mail
nor an internet address can be read or tried out there, and what has expired is removed.
"""

from datetime import datetime

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection, transaction
from django.utils.crypto import salted_hmac


def sealed(key: str, key_prefix: str, version: int) -> str:
    """64 hexadecimal digits in place of a cache's key; the secret is outside the database."""
    told = f"{key_prefix}:{version}:{key}"
    return salted_hmac("accounts.counts", told, secret=settings.AUDIT_KEY, algorithm="sha256").hexdigest()


@transaction.atomic
def forget_expired(now: datetime) -> int:
    """Removes counts whose time is over from the database's table, which keeps them otherwise; returns how many."""
    if not isinstance(caches["default"], DatabaseCache):
        return 0
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    until = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [until])  # noqa: S608 - a name of ours
        return int(cursor.rowcount)
