"""Who may take which step of vetting, written a second time from the specification: it imports nothing of the product.

Source: “Lifecycle of a member” of the architecture and docs/decisions/0020. Facts are read by their names only. If this
and network/policy/vetting.py disagree, one of them is wrong.
"""

from collections.abc import Sequence
from typing import Any

STEPS = ("record", "decide", "hear appeal")
WAITS_FOR = {"confirmed": "record", "evidence": "decide"}


def awaited(case: Any) -> str:
    """The step an application waits for; "" for none. A refusal is final until it is appealed against."""
    if case.closed:
        return ""
    if case.status == "refused" and case.appealed:
        return "hear appeal"
    return WAITS_FOR.get(case.status, "")


def near(case: Any, who: Any) -> bool:
    """Oneself, one's invitee, whom one vouches for, one's organisation's people and invitees; by any account."""
    if who.same & {case.applicant, case.inviter, *case.vouchers}:
        return True
    return who.organisation is not None and who.organisation in (case.organisation, case.inviter_organisation)


def on_desk_of(case: Any, who: Any) -> bool:
    """Coordinators of the network asked, and of the one that stands in."""
    return case.network in who.networks or case.stand_in in who.networks


def may(case: Any, who: Any, step: str) -> bool:
    """Two acts by two people of two organisations that are known, then and now; an appeal goes to a third person."""
    if not step or step != awaited(case) or near(case, who) or who.organisation is None:
        return False
    if step == "record":
        return True
    earlier = [case.recorded] if step == "decide" else [case.recorded, case.decided]
    if any(act.by in who.same for act in earlier if act):
        return False
    answered = earlier[-1]
    return answered is not None and bool(answered.organisations) and who.organisation not in answered.organisations


def acts_as(case: Any, desk: Sequence[Any]) -> Any:
    """With which entry somebody acts: a bar of one of theirs is a bar of all."""
    if any(near(case, each) for each in desk):
        return None
    return next((each for each in desk if on_desk_of(case, each)), None)
