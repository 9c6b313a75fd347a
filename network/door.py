"""How often somebody without an account may come to a door of the site, without an address being kept.

What is stored is a hash of the address with a secret of the day; the secret is thrown away when the next day's is
made, and then nobody, not even whoever holds all keys, can say who came.
"""

import ipaddress
import secrets

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from network import clock
from network.daily import daily_task
from network.models.enquiry import DoorCount, DoorSalt

# A household or an office has a whole network of IPv6 addresses of this length.
IPV6_PREFIX = 64


def visitor_of(request: HttpRequest) -> str:
    """64 hexadecimal digits that stand for the caller's address today."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    if address.version == 6:
        address = ipaddress.ip_network((address, IPV6_PREFIX), strict=False).network_address
    today = clock.today()
    salt, new = DoorSalt.objects.get_or_create(day=today, defaults={"salt": secrets.token_hex(32)})
    if new:
        forget_old()
    name = f"network.door.{salt.salt}"
    return salted_hmac(name, str(address), secret=settings.AUDIT_KEY, algorithm="sha256").hexdigest()


def knock(door: str, visitor: str, *, most: int) -> bool:
    """Counts one coming of today; False, and nothing counted, when there were `most` already. Exact at any pace."""
    row, _new = DoorCount.objects.get_or_create(day=clock.today(), door=door, visitor=visitor)
    return bool(DoorCount.objects.filter(pk=row.pk, count__lt=most).update(count=F("count") + 1))


def take_back(door: str, visitor: str) -> None:
    """The last coming does not count: it was no wrong one."""
    today = DoorCount.objects.filter(day=clock.today(), door=door, visitor=visitor, count__gt=0)
    today.update(count=F("count") - 1)


@daily_task("doors")
def forget_old() -> int:
    """Throws away the secrets and counts of the days before."""
    salts = DoorSalt.objects.filter(day__lt=clock.today()).delete()[0]
    return salts + DoorCount.objects.filter(day__lt=clock.today()).delete()[0]
