"""Who gets in: doors of the members' and coordinators' rooms, and the answers to acts that the rules refuse."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from network.desk.wording import WHY_NOT
from network.policy import principals_of_request
from network.policy.vetting import Coordinator, coordinators_acting
from network.services import entries
from network.services.coordinating import NotYet
from network.services.suspending import NotByYou, NotHere, StandsOtherwise
from network.services.vetting import NetworkSuspended, NotOnDesk, Objected, TooLate

View = Callable[..., HttpResponse]


def desk_of(request: HttpRequest) -> list[Coordinator]:
    """With which entries whoever asks coordinates; read once a request."""
    known: list[Coordinator] | None = getattr(request, "desk", None)
    if known is None:
        known = coordinators_acting(principals_of_request(request))
        request.desk = known  # type: ignore[attr-defined]
    return known


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, even if that was nothing at all."""
    return request.POST if request.method == "POST" else None


def coordinators_only(view: View) -> View:
    """To everybody else the page does not exist, whatever they may do in the CMS."""

    @never_cache
    @login_required
    @wraps(view)
    def at_the_door(request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponse:
        if not desk_of(request):
            raise Http404
        return explained(request, lambda: view(request, *arguments, **options))

    return at_the_door


def members_only(view: View) -> View:
    """For members in force, with the entry that they act with."""

    @never_cache
    @login_required
    @wraps(view)
    def at_the_door(request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponse:
        member = entries.current_entry_of(request.user) if "member" in principals_of_request(request) else None
        if member is None:
            raise Http404
        return explained(request, lambda: view(request, member, *arguments, **options))

    return at_the_door


def explained(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """An act that a rule refused is answered with the rule, in words; nothing of it was done."""
    try:
        return act()
    except (NotOnDesk, NotHere) as error:
        raise Http404 from error
    except Objected as error:
        return _said(request, 403, str(WHY_NOT[error.objection]))
    except NotByYou:
        return _said(request, 403, _("This is for another coordinator: nobody acts on themselves or on their own act."))
    except NotYet:
        return _said(request, 403, _("They are not in force, or have been a member for less than thirty days."))
    except NetworkSuspended:
        return _said(request, 409, _("The network is suspended: nobody is taken in until that is lifted."))
    except (TooLate, StandsOtherwise):
        return _said(request, 409, _("Somebody else has done this meanwhile. Nothing was changed by you."))


def _said(request: HttpRequest, status: int, text: str) -> HttpResponse:
    return render(request, "network/desk/refused.html", {"text": text}, status=status)
