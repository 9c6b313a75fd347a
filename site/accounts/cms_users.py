"""The CMS manages the accounts of those who work in it, and shows nobody else's.

Members' login addresses are nobody's business there, not even an administrator's. Who is a member already and gets a
role in the CMS keeps their account: the form that adds somebody says the same as for a new address.
"""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.usage import UsageView
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import users
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction

from accounts.models import User


class Staff:
    """For views of one account: others are absent."""

    def get_object(self, *args: Any, **kwargs: Any) -> User:
        account = super().get_object(*args, **kwargs)  # type: ignore[misc] # a mixin
        return get_object_or_404(User.objects.with_cms_role(), pk=account.pk)


class StaffIndex(users.IndexView):
    """The list, its search and its filters."""

    def get_base_queryset(self) -> QuerySet[User]:
        return User.objects.with_cms_role().select_related("wagtail_userprofile")


class AddForm(UserCreationForm):
    """Gives an account, or one that exists already unseen, its role. Its owner chooses the password themselves."""

    instance: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("They choose their password by “Forgotten your password?” when signing in.")

    @property
    def unseen(self) -> User | None:
        """The account of somebody without a role who has this address."""
        email = self.cleaned_data.get("email", "")
        account = get_user_model().objects.filter(email__iexact=email).first()
        return account if account and not User.objects.with_cms_role().filter(pk=account.pk).exists() else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("is_superuser") and not cleaned.get("groups"):
            raise ValidationError(_("Choose a role: accounts without one are not listed here."))
        return cleaned

    def _clean_username(self) -> None:
        if self.unseen is None:
            super()._clean_username()

    def validate_unique(self) -> None:
        if self.unseen is None:
            super().validate_unique()

    def validate_constraints(self) -> None:
        if self.unseen is None:
            super().validate_constraints()

    def save(self, commit: bool = True) -> User:
        account = self.unseen
        if account is None:
            self.instance.email = self.instance.email.lower()
            self.instance.set_unusable_password()
            return super().save(commit=commit)
        account.is_superuser = account.is_superuser or self.cleaned_data["is_superuser"]
        account.save(update_fields=["is_superuser"])
        account.groups.add(*self.cleaned_data["groups"])
        self.instance = account
        return account


class EditForm(UserEditForm):
    """Names, roles, and whether the account is open; the address is changed by its owner alone."""

    email = forms.EmailField(label=_("E-mail address"), disabled=True, required=False)


class StaffEdit(Staff, users.EditView):
    """One account."""


class StaffDelete(Staff, users.DeleteView):
    """Deletes one."""


class StaffHistory(Staff, users.HistoryView):
    """What was done to one."""


class StaffUsage(Staff, UsageView):
    """What refers to one."""


class StaffViewSet(users.UserViewSet):
    """All of the above in Wagtail's place."""

    index_view_class = StaffIndex
    edit_view_class = StaffEdit
    delete_view_class = StaffDelete
    history_view_class = StaffHistory
    usage_view_class = StaffUsage
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return EditForm if for_update else AddForm


class StaffBulk:
    """For acts on several accounts, chosen by number in the address."""

    @classmethod
    def get_queryset(cls, model: type[User], object_ids: list[Any]) -> QuerySet[User]:
        return User.objects.with_cms_role().filter(pk__in=object_ids)

    def get_all_objects_in_listing_query(self, parent_id: Any) -> QuerySet[User]:
        seen = User.objects.with_cms_role().values("pk")
        return super().get_all_objects_in_listing_query(parent_id).filter(pk__in=seen)  # type: ignore[misc] # a mixin


class StaffAssignRole(StaffBulk, AssignRoleBulkAction):
    """Gives several a role."""


class StaffBulkDelete(StaffBulk, DeleteBulkAction):
    """Deletes several."""


class StaffSetActive(StaffBulk, SetActiveStateBulkAction):
    """Opens or closes several."""
