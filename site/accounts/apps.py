"""Accounts: who signs in, and how; and the two library apps that we run with a change of our own."""

from allauth.usersessions.apps import UserSessionsConfig
from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        # Models can be imported only now.
        from accounts import checks  # noqa: F401 - registers
        from accounts.sessions import begin

        user_logged_in.connect(begin)


class SessionsConfig(UserSessionsConfig):
    """The list of somebody's sessions, by browser and time; the internet address is not kept."""

    def ready(self) -> None:
        from allauth.account.signals import password_changed, password_set, user_logged_in

        from accounts.sessions import forget_where

        super().ready()
        # After the library's own receivers, which write the rows that are to forget something.
        for signal in (user_logged_in, password_changed, password_set):
            signal.connect(forget_where)


class CmsUsersConfig(WagtailUsersAppConfig):
    """The CMS's list of accounts: those with a role in the CMS, nobody else."""

    user_viewset = "accounts.cms_users.StaffViewSet"
