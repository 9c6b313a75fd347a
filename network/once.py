"""A form that is sent twice acts once: a double tap, or loading the answer again, lands on what the first one did.

Each form that is shown carries a mark of its own. What is sent with it gets its name (the number of a message, the code
of an enquiry, the name of a look) from the mark and from what is sent, so that a second sending finds the first by that
name; a text that was changed meanwhile is another one.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

_signer = signing.Signer(salt="network.once")


def new_mark() -> str:
    """What a form carries that is about to be shown: 128 random bits, signed."""
    return _signer.sign(secrets.token_urlsafe(16))


def digest(mark: str, *parts: object) -> str:
    """64 hexadecimal digits: the same ones for the same form with the same parts, as random as can be for any other.

    A form without a mark that we gave is like no other one.
    """
    try:
        mark = _signer.unsign(mark)
    except signing.BadSignature:
        return secrets.token_hex(32)
    named = "\n".join((mark, *(str(part) for part in parts)))
    return salted_hmac("network.once", named, secret=settings.AUDIT_KEY, algorithm="sha256").hexdigest()
