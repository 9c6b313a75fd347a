"""What the acts and objections of vetting are called for those who read them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from network.policy.vetting import Act, Objection

NEXT: Mapping[Act, Any] = {
    Act.RECORD: _("Evidence is to be looked at"),
    Act.DECIDE: _("A decision is to be made"),
    Act.HEAR_APPEAL: _("An appeal is to be heard"),
    Act.NONE: _("Nothing is to be done"),
}
# Of a member who asks a further network: who they are was seen before, what they do there was not.
NEXT_FURTHER: Mapping[Act, Any] = {
    **NEXT,
    Act.RECORD: _("A member of another network asks to join: their work is to be looked at"),
}
# Who has to act next, for the applicant: by role, never by name.
WHO: Mapping[Act, Any] = {
    Act.RECORD: _("a coordinator of the network, who looks at what you can show"),
    Act.DECIDE: _("another coordinator, of another organisation, who decides"),
    Act.HEAR_APPEAL: _("a coordinator who has not dealt with your application before"),
    Act.NONE: "",
}
WHO_FURTHER: Mapping[Act, Any] = {
    **WHO,
    Act.RECORD: _("a coordinator of that network, who looks at your work there"),
}
WHY_NOT: Mapping[Objection, Any] = {
    Objection.OWN: _("This is your own application."),
    Objection.OWN_ORGANISATION: _("They work for your organisation: somebody of another one has to act."),
    Objection.INVITED: _("You invited them: somebody else has to act."),
    Objection.INVITED_BY_ORGANISATION: _("They were invited from your organisation: somebody of another has to act."),
    Objection.VOUCHED: _("They named you to vouch for them: somebody else has to act."),
    Objection.NO_ORGANISATION: _("Your own entry names no organisation, so it cannot be seen that it is another one."),
    Objection.ACTED_BEFORE: _("You have taken an earlier step here: this one is for somebody else."),
    Objection.SAME_ORGANISATION: _("The step before was taken in your organisation: this one is for another."),
    Objection.NOT_NOW: _("There is nothing to be done here now."),
}
