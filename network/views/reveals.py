"""Asking for one contact field: a reason first, then that field alone, in no address and no cache."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from network import lifecycle, quota
from network.forms.reaching import RevealForm
from network.policy import CONTACT_FIELDS, principals_of_request
from network.reading_messages import acting_for
from network.reading_reveals import open_field
from network.services import reveals
from network.views.private import not_there, posted, private
from network.views.relay import over_quota


@private
def contact(request: HttpRequest, public_id: str, field: str) -> HttpResponse:
    """The form says what the owner is told; its POST answers with the one field."""
    principals = principals_of_request(request)
    card, mine = open_field(public_id, field, principals), acting_for(principals)
    if card is None or not mine:
        return not_there(request, "network/cannot_write.html")
    form = RevealForm(posted(request))
    value = _value(request, form, public_id, field) if form.is_valid() else ""
    page = {"card": card, "field": field, "label": CONTACT_FIELDS[field]}
    if value:
        return render(request, "network/contact_shown.html", {**page, "value": value})
    halved = lifecycle.on_probation(mine[0])
    left = quota.left(request.user, quota.REVEALS, halved=halved)
    return render(request, "network/contact.html", {**page, "form": form, "left": left})


def _value(request: HttpRequest, form: RevealForm, public_id: str, field: str) -> str:
    """The field, or "" with the reason on the form."""
    principals, said = principals_of_request(request), form.cleaned_data
    viewer = acting_for(principals)[0]
    look = reveals.Asked(
        account=request.user, viewer=viewer, principals=principals, reason=said["text"], mark=said["mark"]
    )
    try:
        return reveals.reveal(look, public_id=public_id, field=field)
    except quota.OverQuota as over:
        form.add_error(None, over_quota(over))
    except reveals.NothingToReveal:
        form.add_error(None, _("This cannot be shown any more."))
    return ""
