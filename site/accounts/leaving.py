"""An account that goes, with what other apps' tables keep of it beside the rows that hang on it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from accounts import sessions


def delete_account(account: Any) -> None:
    """Removes it, every session of it, and its address from the CMS's log; call it in the transaction of the act.

    The log's own rows stay: that a role was given and taken, by number.
    """
    sessions.forget(account)
    kind = ContentType.objects.get_for_model(get_user_model())
    ModelLogEntry.objects.filter(content_type=kind, object_id=str(account.pk)).update(label="", data={})
    get_user_model().objects.filter(pk=account.pk).delete()
