"""Erasing a person: hidden at once, gone from the database, and told until when traces last elsewhere."""

import logging
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.leaving import delete_account
from network import audit, clock, lifecycle
from network.daily import daily_task
from network.policy import as_system
from network.services.erasing import accounts_behind, forget_traces, has_another, needed_still
from search import database_files, purge
from search.engines.base import EngineError

log = logging.getLogger(__name__)
# Search files are written anew and the database's log is truncated at most daily.
TRACES_LAST = timedelta(days=1)


class Note(NamedTuple):
    """Until when what was erased is still in files: search and log, and backups."""

    files: date
    backups: date


def note() -> Note:
    """The days that a person is told who erases their entry now."""
    today = clock.today()
    return Note(today + TRACES_LAST, today + timedelta(days=settings.BACKUP_DAYS))


def fate_of(entry: Any, account: Any) -> dict[str, bool]:
    """What the page says before: whether the account of who asks `stays`, and whether `others` answer the entry too."""
    stays = needed_still(account, beside=entry.pk)
    return {"stays": stays, "others": any(each != account for each in accounts_behind(entry))}


@transaction.atomic
def erase(*, entry: Any, actor: str) -> Note:
    """Erases an entry with all that hangs on it, and each account behind it that nothing else needs.

    The audit log keeps the random id; what led from it to a name is gone.
    """
    locked = lifecycle.move(entry, "erased", actor=actor)
    accounts, owner, public_id = accounts_behind(locked), locked.user_id, locked.public_id
    promised = note()
    forget_traces(locked)
    as_system("erasure").filter(pk=locked.pk).delete()
    audit.record("entry gone", actor=actor, subject=public_id)
    for account in accounts:
        _let_go(account, promised, own=account.pk == owner)
    return promised


def _let_go(account: Any, promised: Note, *, own: bool) -> None:
    """Tells an account that was behind the entry, and removes it where nothing else needs it.

    Saved searches go with one's own entry; who answered a mailbox keeps them while they have another entry.
    """
    stays = needed_still(account)
    if own or not has_another(account):
        account.saved_searches.all().delete()
    _say_farewell(account, promised, stays=stays)
    if not stays:
        delete_account(account)


def _say_farewell(account: Any, promised: Note, *, stays: bool) -> None:
    """Also to who did not ask: of a mailbox that others answer too, or of an entry that nobody confirmed."""
    with override(account.language or "en"):
        text = _(
            "Your entry is hidden from everybody and erased.\n\n"
            "Search files and logs are cleaned by %(files)s. Backups that still hold it expire by %(backups)s."
        )
        kept = _("Your account stays: another entry of yours, or your work as an editor, needs it.")
        gone = _("Your account is erased too, because nothing else here needs it.")
        dates = {"files": date_format(promised.files), "backups": date_format(promised.backups)}
        send_mail(_("Done"), f"{text % dates}\n\n{kept if stays else gone}", None, [account.email])


@daily_task("files with erased text written anew", last=True)
def clean_files() -> int:
    """Keeps the promise of the note; what cannot be done now stays due, for `manage.py index --follow` or tomorrow.

    On other days the database's log alone is emptied: until then the day's deletions stand in it, not in the database.
    """
    try:
        if purge.if_due(clock.now()):
            return 1
        database_files.empty_database_log()
    except (EngineError, database_files.StillRead) as error:
        log.warning("Files with erased text could not be written anew: %s", error)
    return 0
