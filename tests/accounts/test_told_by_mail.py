"""Mail about an account that goes out when the request's rows are committed, while the request still runs."""

import pytest
from django.core import mail

from tests.accounts.people import code, signed_in
from tests.accounts.test_second_factor import SET_UP, member

pytestmark = pytest.mark.usefixtures("really_committed")


def test_who_sets_one_up_is_told_by_mail():
    client = signed_in(member(), factor=False)
    secret = client.get(SET_UP).context["form"].secret

    client.post(SET_UP, {"code": code(secret)})

    assert [message.subject for message in mail.outbox] == ["Your account"]
    assert "An authenticator app has been set up" in mail.outbox[0].body
    assert "127.0.0.1" not in mail.outbox[0].body
