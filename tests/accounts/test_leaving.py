"""An account that goes takes its address along, wherever it was written."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from accounts.leaving import delete_account
from tests.accounts.people import make_user

pytestmark = pytest.mark.django_db


def test_the_log_of_the_cms_forgets_its_address_and_keeps_others():
    chief, editor = make_user("chief@example.org", is_superuser=True), make_user("editor@example.org")
    for account in (chief, editor):
        log(instance=account, action="wagtail.create", user=chief)

    delete_account(editor)

    assert sorted(ModelLogEntry.objects.values_list("label", flat=True)) == ["", "chief@example.org"]
    assert list(get_user_model().objects.all()) == [chief]
