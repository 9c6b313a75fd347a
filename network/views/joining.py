"""Joining: applying, confirming, one's own application; inviting and vouching for members."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from network.consent import TEXT, VERSION
from network.desk.application import status_page
from network.desk.asked import invitations_page, vouching_page
from network.forms.joining import (
    AppealForm,
    ApplicationForm,
    FoundingForm,
    InvitationForm,
    MoreForm,
    PasswordForm,
    VoucherForm,
)
from network.links import LinkState
from network.models import Network, Practitioner
from network.proofs import ProofRefused, redraw
from network.services import applicants, founding, vouching
from network.services.applying import AlreadyHere, InvitationRefused, apply, may_apply
from network.services.confirming import LinkRefused, Needs, confirm, looked_at
from network.throttle import too_often
from network.views.doors import members_only, posted
from pages.context import current_language


@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """How joining goes, and the form; an account that is signed in applies with its own address."""
    chosen = Network.objects.filter(slug=request.GET.get("network", "")[:90]).first()
    return _applying(request, invitation="", options={}, initial={"network": chosen})


@never_cache
def invited(request: HttpRequest, secret: str) -> HttpResponse:
    """The same by an invitation. Looking uses nothing up."""
    network = vouching.invited_to(secret)
    if network is None:
        return render(
            request, "network/joining/link.html", {"state": LinkState.UNKNOWN, "invitation": True}, status=410
        )
    return _applying(request, invitation=secret, options={"invited_to": network}, initial={})


def _applying(
    request: HttpRequest, *, invitation: str, options: dict[str, Any], initial: dict[str, Any]
) -> HttpResponse:
    account = request.user if request.user.is_authenticated else None
    if not may_apply(account):
        return render(request, "network/joining/already.html", status=409)
    form = ApplicationForm(posted(request), account=account, initial=initial, **options)
    if request.method == "POST":
        if refused := too_often(request, "apply"):
            return refused
        if form.is_valid():
            return _sent(request, form, invitation)
    context = {"form": form, "consent": TEXT, "version": VERSION, "invitation": invitation, "account": account}
    return render(request, "network/joining/join.html", context)


def _sent(request: HttpRequest, form: ApplicationForm, invitation: str) -> HttpResponse:
    try:
        apply(form.asked(), language=current_language(), account=form.account, invitation=invitation)
    except AlreadyHere:
        return render(request, "network/joining/already.html", status=409)
    except InvitationRefused as refused:
        context = {"state": refused.state, "invitation": True, "wrong_address": refused.state is LinkState.GOOD}
        return render(request, "network/joining/link.html", context, status=409)
    return redirect("network_account:application" if form.account else "network:applied")


@never_cache
def applied(request: HttpRequest) -> HttpResponse:
    """The same page for every address, known here or not."""
    return render(request, "network/joining/applied.html")


@never_cache
def confirm_application(request: HttpRequest, secret: str) -> HttpResponse:
    """Opening shows nothing of the application and changes nothing; sending uses the link up."""
    state, needs = looked_at(secret, request.user)
    if state is not LinkState.GOOD:
        return render(request, "network/joining/link.html", {"state": state}, status=410)
    form = PasswordForm(posted(request)) if needs is Needs.PASSWORD else None
    if request.method == "POST" and needs in (Needs.PASSWORD, Needs.NOTHING) and (form is None or form.is_valid()):
        return too_often(request, "confirm") or _confirmed(request, secret, form)
    context = {"needs": needs, "form": form, "path": request.path}
    return render(request, "network/joining/confirm.html", context)


def _confirmed(request: HttpRequest, secret: str, form: PasswordForm | None) -> HttpResponse:
    try:
        confirm(secret, user=request.user, password=form.cleaned_data["password"] if form else "")
    except LinkRefused as refused:
        return render(request, "network/joining/link.html", {"state": refused.state}, status=410)
    messages.success(request, _("Your address is confirmed. Sign in to see where your application stands."))
    return redirect("network_account:application")


@never_cache
def founded(request: HttpRequest, secret: str) -> HttpResponse:
    """A first coordinator begins; opening the link changes nothing."""
    state = founding.is_good(secret)
    form = FoundingForm(posted(request))
    if state is LinkState.GOOD and request.method == "POST" and form.is_valid():
        return too_often(request, "confirm") or _begun(request, secret, form)
    if state is not LinkState.GOOD:
        return render(request, "network/joining/link.html", {"state": state}, status=410)
    return render(request, "network/joining/founded.html", {"form": form, "consent": TEXT, "version": VERSION})


def _begun(request: HttpRequest, secret: str, form: FoundingForm) -> HttpResponse:
    try:
        founding.begin(secret, password=form.cleaned_data["password"])
    except LinkRefused as refused:
        return render(request, "network/joining/link.html", {"state": refused.state}, status=410)
    messages.success(request, _("You can sign in now."))
    return redirect("account_overview")


@never_cache
@login_required
def application(request: HttpRequest) -> HttpResponse:
    """Where one's own application stands."""
    return _own_application(request, {})


def _own_application(request: HttpRequest, forms: dict[str, Any]) -> HttpResponse:
    page = status_page(request.user)
    if page is None:
        raise Http404
    made = {"more": MoreForm(auto_id="more_%s"), "appealing": AppealForm(auto_id="appeal_%s")}
    return render(request, "network/joining/application.html", {**page, **made, **forms})


@never_cache
@login_required
def send_more(request: HttpRequest) -> HttpResponse:
    """A proof file, or words."""
    form = MoreForm(posted(request), request.FILES or None, auto_id="more_%s")
    if request.method == "POST" and (refused := too_often(request, "upload")):
        return refused
    if form.is_valid() and _more_sent(request, form):
        return redirect("network_account:application")
    return _own_application(request, {"more": form})


def _more_sent(request: HttpRequest, form: MoreForm) -> bool:
    """Whether it was taken; else the form says why not."""
    file = form.cleaned_data["proof"]
    try:
        proof = redraw(file.read(file.size)) if file else None
        applicants.send_more(user=request.user, words=form.cleaned_data["words"], proof=proof)
        messages.success(request, _("The coordinators have it."))
    except ProofRefused as error:
        form.add_error("proof", str(error))
    except applicants.TooManyFiles:
        form.add_error("proof", _("There are five files already."))
    except applicants.NotNow:
        messages.warning(request, _("There is no application under way."))
    return form.is_valid()


@never_cache
@login_required
def withdraw(request: HttpRequest) -> HttpResponse:
    """Asked once more before it is done."""
    if request.method != "POST":
        if status_page(request.user) is None:
            raise Http404
        return render(request, "network/joining/withdraw.html")
    try:
        applicants.withdraw(user=request.user)
        messages.success(request, _("Your application is withdrawn."))
    except applicants.NotNow:
        messages.warning(request, _("There is no application under way."))
    return redirect("network_account:application")


@never_cache
@login_required
def appeal(request: HttpRequest) -> HttpResponse:
    """Another coordinator looks at it."""
    form = AppealForm(posted(request), auto_id="appeal_%s")
    if request.method != "POST" or not form.is_valid():
        return _own_application(request, {"appealing": form})
    try:
        applicants.appeal(user=request.user, words=form.cleaned_data["words"])
        messages.success(request, _("Your appeal was sent to another coordinator."))
    except applicants.NotNow:
        messages.warning(request, _("An appeal is possible once, within 30 days of the answer."))
    return redirect("network_account:application")


@members_only
def invitations(request: HttpRequest, member: Practitioner) -> HttpResponse:
    """Invite somebody; what was sent before."""
    form = InvitationForm(posted(request), networks=vouching.networks_of(member))
    if request.method == "POST":
        if refused := too_often(request, "invite"):
            return refused
        if form.is_valid():
            return _invite(request, member, form)
    return render(request, "network/joining/invitations.html", {"form": form, **invitations_page(member)})


def _invite(request: HttpRequest, member: Practitioner, form: InvitationForm) -> HttpResponse:
    asked = form.cleaned_data
    try:
        vouching.invite(member=member, network=asked["network"], email=asked["email"], language=current_language())
        messages.success(request, _("The invitation was sent. The link works once, for 72 hours."))
    except vouching.QuotaReached:
        messages.warning(request, _("You have sent five invitations in thirty days: no more for now."))
    return redirect("network_account:invitations")


@members_only
def vouching_asked(request: HttpRequest, member: Practitioner) -> HttpResponse:
    """Applicants who named this member."""
    return render(request, "network/joining/vouching.html", vouching_page(request.user, {}))


@members_only
def vouch(request: HttpRequest, member: Practitioner, reference: str) -> HttpResponse:
    """The answer, once."""
    form = VoucherForm(posted(request), auto_id=f"{reference}_%s")
    if request.method != "POST" or not form.is_valid():
        return render(request, "network/joining/vouching.html", vouching_page(request.user, {reference: form}))
    try:
        said = form.cleaned_data
        vouching.answer(user=request.user, reference=reference, yes=said["answer"] == "yes", words=said["words"])
    except vouching.NotYours as error:
        raise Http404 from error
    messages.success(request, _("Thank you. Your answer is shown to the coordinators only."))
    return redirect("network_account:vouching")
