# ruff: noqa: E501 - a mutant names a line of code as it stands
"""Lines of the policy that no field group shows: each list with the comparison that has to notice it."""

import importlib
from dataclasses import replace
from typing import Any

from network.policy import (
    applications,
    audiences,
    authority,
    contact,
    faces,
    from_database,
    identity,
    log,
    looks,
    meeting,
    onlookers,
    principals,
    recovery,
    redaction,
    system,
    vetting,
    visibility,
)
from tests.attack.mutants import Mutant, Without, each_item_of

GROUPS = audiences.GROUPS
# The package exports a function of the module's name.
views = importlib.import_module("network.policy.views_of")
next_act: Any = vetting.Case.__dict__["next_act"].fget
area_shown: Any = getattr(faces._shown, "__wrapped__")  # noqa: B009 - mypy knows it not of what is remembered

# Who may take which step: the rules, on plain facts.
OF_VETTING: list[Mutant | Without] = [
    Mutant(next_act, "if self.closed:", "if False:"),
    Mutant(next_act, 'if self.status == "refused":', "if False:"),
    Mutant(next_act, "if self.appealed else Act.NONE", ""),
    Mutant(next_act, '"confirmed": Act.RECORD, ', ""),
    Mutant(next_act, ', "evidence": Act.DECIDE', ""),
    Mutant(vetting.reaches, "case.network in coordinator.networks or", ""),
    Mutant(vetting.reaches, " or (case.stand_in is not None and case.stand_in in coordinator.networks)", ""),
    Mutant(vetting.bar, "if case.applicant in coordinator.same:", "if False:"),
    Mutant(vetting.bar, "case.applicant in coordinator.same", "case.applicant == coordinator.entry"),
    Mutant(vetting.bar, "if case.inviter in coordinator.same:", "if False:"),
    Mutant(vetting.bar, "case.inviter in coordinator.same", "case.inviter == coordinator.entry"),
    Mutant(vetting.bar, "if case.vouchers & coordinator.same:", "if False:"),
    Mutant(vetting.bar, "case.vouchers & coordinator.same", "coordinator.entry in case.vouchers"),
    Mutant(vetting.bar, "if ours is not None and ours == case.organisation:", "if False:"),
    Mutant(vetting.bar, "ours is not None and ours == case.organisation", "ours == case.organisation"),
    Mutant(vetting.bar, "if ours is not None and ours == case.inviter_organisation:", "if False:"),
    Mutant(vetting.bar, "ours is not None and ours == case.inviter_organisation", "ours == case.inviter_organisation"),
    Mutant(vetting.objection, "if found := bar(case, coordinator):", "if found := None:"),
    Mutant(vetting.objection, "act is Act.NONE or case.next_act is not act", "act is Act.NONE"),
    Mutant(vetting.objection, "if coordinator.organisation is None:", "if False:"),
    Mutant(vetting.objection, "Act.DECIDE: (case.recorded,)", "Act.DECIDE: ()"),
    Mutant(vetting.objection, "(case.recorded, case.decided)", "(case.decided,)"),
    Mutant(vetting.objection, "(case.recorded, case.decided)", "(case.recorded,)"),
    Mutant(vetting.objection, "if any(step is not None and step.by in coordinator.same for step in before):", "if False:"),
    Mutant(vetting.objection, "step.by in coordinator.same", "step.by == coordinator.entry"),
    Mutant(vetting.objection, "before[-1] if before", "before[0] if before"),
    Mutant(vetting.objection, "if before and (last is None or not last.organisations or coordinator.organisation in last.organisations):", "if False:"),
    Mutant(vetting.objection, "if before and (last is None or ", "if before and last is not None and ("),
    Mutant(vetting.objection, "if before and (", "if ("),
    Mutant(vetting.objection, "not last.organisations or ", ""),
    Mutant(vetting.objection, " or coordinator.organisation in last.organisations", ""),
    Mutant(vetting.able, "reaches(case, each) and ", ""),
    Mutant(vetting.able, " and objection(case, each, case.next_act) is None", ""),
    Mutant(vetting.on_desk, "if any(bar(case, each) for each in acting):", "if False:"),
    Mutant(vetting.on_desk, " if reaches(case, each)", ""),
    Without(vetting, "BARS", vetting.BARS | {vetting.Objection.NO_ORGANISATION}, "with one more"),
    *each_item_of(vetting, "BARS"),
]  # fmt: skip

# Who coordinates now, and whom else each of them is.
OF_THE_DESK: list[Mutant | Without] = [
    Mutant(vetting.coordinators_acting, "practitioner__in=owned, ", ""),
    Mutant(vetting.coordinators_acting, ", network__in=coordinated", ""),
    Mutant(vetting.coordinators_in, "network__in=list(networks), ", ""),
    Mutant(vetting.coordinators_in, ", practitioner__status__in=LISTED", ""),
    Mutant(vetting._coordinators, 'role="coordinator", ', ""),
    Mutant(vetting._coordinators, ", ended=None", ""),
    Mutant(vetting._coordinators, "condition, ", ""),
    Mutant(vetting._coordinators, "found[entry].networks if entry in found else frozenset()", "frozenset()"),
    Mutant(vetting._same_accounts, "for each in accounts if each)", "for each in accounts)"),
    Mutant(vetting._same_accounts, "Q(user__in=users) | Q(answered_by__in=users)", "Q(user__in=users)"),
    Mutant(vetting._same_accounts, "Q(user__in=users) | Q(answered_by__in=users)", "Q(answered_by__in=users)"),
    Mutant(vetting._same_accounts, "frozenset({pk}.union(*(held.get(each, set()) for each in found)))", "frozenset({pk})"),
]  # fmt: skip

# Which application lies where, and what the rules are told of it.
OF_APPLICATIONS: list[Mutant | Without] = [
    Mutant(applications.cases_of, "| {each.inviter_id for each in applications}", ""),
    Mutant(applications.cases_of, 'Q(application__in=pks))  # the latest', 'Q(pk__in=[]))  # the latest'),
    Mutant(applications.cases_of, 'Q(application__in=pks))  # the first', 'Q(pk__in=[]))  # the first'),
    Mutant(applications.cases_of, "filter(application__in=pks)", "none()"),
    Mutant(applications._case, "application.stands if application.further and status in IN_FORCE else status", "status"),
    Mutant(applications._case, " and status in IN_FORCE", ""),
    Mutant(applications._case, "application.closed_at is not None", "False"),
    Mutant(applications._case, "application.appealed_at is not None", "False"),
    Mutant(applications._case, "entries[application.inviter_id][1] if application.inviter_id in entries else None", "None"),
    Mutant(applications._steps, ".filter(condition)", ".order_by('pk').filter(condition)"),
    Mutant(applications._steps, ".filter(condition)", ".order_by('-pk').filter(condition)"),
    Mutant(applications._steps, 'f"{by}_id", "organisation_id", f"{by}__organisation_id"', 'f"{by}_id", "organisation_id"'),
    Mutant(applications._steps, 'f"{by}_id", "organisation_id", f"{by}__organisation_id"', 'f"{by}_id", f"{by}__organisation_id"'),
    Mutant(applications._steps, "if each is not None", ""),
    Mutant(applications.applications_for, "confirmed_at__isnull=False", ""),
    Mutant(applications.applications_for, "Q(network__in=networks) | Q(stand_in__in=networks)", ""),
    Mutant(applications.applications_for, "Q(network__in=networks) | ", ""),
    Mutant(applications.applications_for, " | Q(stand_in__in=networks)", ""),
    Mutant(applications.applications_for, " if case.next_act is not Act.NONE", ""),
    Mutant(applications.open_application, "reference=reference, ", ""),
    Mutant(applications.open_application, "confirmed_at__isnull=False, ", ""),
    Mutant(applications.open_application, " if case.next_act is not Act.NONE else None", ""),
    Mutant(applications.open_application, " if acting else None", ""),
    Mutant(applications.cards_of_applicants, "ASKED_WITH if each.further else ", ""),
    Mutant(applications.cards_of_applicants, " if each.further else APPLIED_WITH", ""),
    Mutant(applications.own_application, 'filter(stands="")', "all()"),
    Mutant(applications.asked_further, 'exclude(stands="")', "all()"),
    *each_item_of(applications, "IN_FORCE"),
    *each_item_of(applications, "APPLIED_WITH"),
    *each_item_of(applications, "ASKED_WITH"),
    Without(applications, "APPLIED_WITH", applications.APPLIED_WITH | {"contact"}, "with contact"),
]  # fmt: skip

# Who lets somebody in again.
OF_RECOVERY: list[Mutant | Without] = [
    Mutant(recovery.circle, "entry_id != each.entry.pk and ", ""),
    Mutant(recovery.circle, " and user_id != each.entry.user_id", ""),
    Mutant(recovery.circle, "if len({each.entry.organisation_id for each in found}) >= ENOUGH:", "if True:"),
    Mutant(recovery.circle, "len({each.entry.organisation_id for each in found})", "len(found)"),
    Mutant(recovery.circle, "(own, own | _partners_of(own), None)", "(own | _partners_of(own), None)"),
    Mutant(recovery.circle, "(own, own | _partners_of(own), None)", "(own, None)"),
    Mutant(recovery.circle, "(own, own | _partners_of(own), None)", "(own, own | _partners_of(own))"),
    Mutant(recovery.decides, "each.entry.pk in owned and ", ""),
    Mutant(recovery.decides, " and each.network.pk in coordinated", ""),
    Mutant(recovery.card_for_decider, '("network", "coordinator")', '("network",)'),
    Mutant(recovery.card_for_decider, '("network", "coordinator")', '("coordinator",)'),
    Mutant(recovery._coordinators, '.filter(role="coordinator")', ""),
    Mutant(recovery._coordinators, "rows if networks is None else rows.filter(network__in=networks)", "rows"),
    Mutant(recovery._coordinators, "status__in=LISTED, ", ""),
    Mutant(recovery._coordinators, ", user__is_active=True", ""),
    Mutant(recovery._coordinators, ".exclude(organisation=None)", ""),
    Mutant(recovery._memberships, ".filter(ended=None)", ".all()"),
    Mutant(recovery._networks_of, ".filter(practitioner=entry_id)", ""),
    Mutant(recovery._partners_of, ".filter(from_network__in=networks)", ".all()"),
    Without(recovery, "ENOUGH", 1, "is one"),
    Without(recovery, "ENOUGH", 3, "is three"),
]  # fmt: skip

# Who looked.
OF_LOOKS: list[Mutant | Without] = [
    Mutant(looks.lookers, '.filter(pk__in=pks)', ""),
    Mutant(looks.lookers, '.exclude(status="erased")', ""),
    Mutant(looks.lookers, "practitioner.objects.visible_to(principals)", 'as_system("who looked")'),
    Mutant(looks.lookers, "practitioner__in=names, ended=None", "practitioner__in=names"),
    Mutant(looks.lookers, 'shown[pk].get_absolute_url() if pk in shown else ""', '""'),
]  # fmt: skip

# Who may ask for which field of a contact.
OF_CONTACT: list[Mutant | Without] = [
    Mutant(contact.may_reveal, "field in CONTACT_FIELDS\n        and ", ""),
    Mutant(contact.may_reveal, 'and "member" in principals', ""),
    Mutant(contact.may_reveal, 'and f"owner:{entry.pk}" not in principals', ""),
    Mutant(contact.may_reveal, "and entry.status in LISTED", ""),
    Mutant(contact.may_reveal, "and CONTACT_GROUP in visible_groups(entry, principals)", ""),
    *each_item_of(contact, "CONTACT_FIELDS"),
]  # fmt: skip

# Pages that name people, rows without a viewer, previews, and what hangs on an entry.
OF_SMALL_RULES: list[Mutant | Without] = [
    Mutant(meeting.meets_people, '"member" in principals', "True"),
    Mutant(system.as_system, "SYSTEM_CALLERS[purpose]", "pass"),
    Mutant(onlookers.onlookers, "held_by_authority(member)", "member"),
    Mutant(onlookers.onlookers, 'member | {f"partner:{each}" for each in ours}', "member"),
    Mutant(onlookers.onlookers, 'member | {f"network:{each}" for each in ours}', "member"),
    Mutant(onlookers.onlookers, 'frozenset({"public"})),', "member),"),
    Mutant(onlookers.onlookers, 'frozenset({"public", "member"})', 'frozenset({"public"})'),
    Mutant(faces.networks, 'row["role"] == "coordinator"', "True"),
    Mutant(faces.areas, "tuple({area.id: area for area in (_area(row, language) for row in entry.area_rows)}.values())", "tuple(_area(row, language) for row in entry.area_rows)"),
    Mutant(area_shown, "shown = around.shown", "shown = around"),
]  # fmt: skip

# People from the database, where the index does not answer.
OF_THE_DATABASE: list[Mutant | Without] = [
    Mutant(from_database.seen_by, "entry.objects.in_directory(principals)", "entry.objects.visible_to(principals)"),
    Mutant(from_database.seen_by, "visible_groups(each, principals) - NOT_SEARCHED", "visible_groups(each, principals)"),
    Mutant(from_database.seen_by, "len(cards) <= MOST_READ", "True"),
    Mutant(from_database.seen_by, "cards[:MOST_READ]", "cards"),
    Mutant(from_database.seen_by, "[: MOST_READ + 1]", "[:MOST_READ]"),
    *each_item_of(from_database, "NOT_SEARCHED"),
]  # fmt: skip

# What may be chosen, and who is an authority.
OF_AUDIENCES: list[Mutant | Without] = [
    Mutant(audiences.allowed, 'Audience.NOBODY if group == "contact" else Audience.NETWORK', "Audience.NOBODY"),
    Mutant(audiences.allowed, 'Audience.NOBODY if group == "contact" else Audience.NETWORK', "Audience.NETWORK"),
    Mutant(audiences.allowed, "if lowest <= WIDTH[value] <= WIDTH[GROUPS[group].widest]", ""),
    Mutant(authority.is_authority, " or organisation_type in ORGANISATION_TYPES", ""),
    Mutant(authority.is_authority, " or not PROFESSIONS.isdisjoint(terms)", ""),
    *(
        Without(audiences, "GROUPS", {**GROUPS, name: replace(group, widest="public")}, f"with {name} for everybody")
        for name, group in GROUPS.items()
        if group.widest != "public"
    ),
    *(
        Without(audiences, "GROUPS", {**GROUPS, name: replace(group, default="public")}, f"with {name} open at first")
        for name, group in GROUPS.items()
    ),
    *each_item_of(authority, "PROFESSIONS"),
    *each_item_of(authority, "ORGANISATION_TYPES"),
]  # fmt: skip

# What accounts hold.
OF_ACCOUNTS: list[Mutant | Without] = [
    Mutant(principals.principals_of, "or entry.status in GONE", ""),
    Mutant(principals.principals_of, 'for role in ("network", row["role"]) if role != "member"', 'for role in ("network", row["role"])'),
    Mutant(principals.principals_of, 'elif entry.status == "suspended":', "elif True:"),
    Mutant(principals.principals_of, 'elif entry.status == "suspended":', "elif False:"),
    Mutant(principals.looks_as_authority, "marked=entry.authority", "marked=False"),
    Mutant(principals.looks_as_authority, " | {entry.profession_id}", ""),
    Mutant(principals.looks_as_authority, '{row["id"] for row in entry.term_rows} | ', ""),
    Mutant(principals.looks_as_authority, "organisation_type=body.type_id if body else None", "organisation_type=None"),
    Mutant(principals._stopped_with, "entry=entry.pk, ", ""),
    Mutant(principals._stopped_with, ", lifted_at=None", ""),
    Mutant(principals._stopped_with, 'if row["role"] == "coordinator"', ""),
    Mutant(principals._stopped_with, "[] if any(whole is None for whole, _network in rows) else ", ""),
    Mutant(principals._stopped_with, " if n in coordinated", ""),
    Mutant(principals._partners, "from_network__in=networks", ""),
    Mutant(principals._partners, ".exclude(to_network__in=networks)", ""),
    Mutant(redaction.visible_groups, " and entry.status not in GONE", ""),
    Mutant(visibility.known, " & ~Q(status__in=GONE)", ""),
    Mutant(visibility.known, 'Q(pk__in=ids(principals, "owner"))', "Q(pk__in=[])"),
    *each_item_of(visibility, "GONE"),
]  # fmt: skip

# Decoys, and what a card says besides its groups.
OF_CARDS: list[Mutant | Without] = [
    Mutant(visibility.found, "met if browsing(PUBLIC) <= principals else met & Q(decoy=False)", "met"),
    Mutant(visibility.found, "met if browsing(PUBLIC) <= principals else met & Q(decoy=False)", "met & Q(decoy=False)"),
    Mutant(views._met, "if not entry.decoy:", "if True:"),
    Mutant(views._filled, "entry.works_with_undocumented is not None or ", ""),
    Mutant(views._filled, "entry.firewall_id or ", ""),
    Mutant(views._filled, " or entry.firewall_statement", ""),
    Mutant(views._filled, 'said or any(each.id in UNDOCUMENTED_TERMS for each in faces.terms(entry).get("target_group", ()))', "said"),
    Mutant(redaction.redact, "if not groups:", "if False:"),
    Mutant(redaction.redact, 'f"owner:{entry.pk}" in principals', "True"),
    Mutant(redaction.redact, "if own or entry.status", "if entry.status"),
    Mutant(redaction.redact, " or entry.status not in LISTED", ""),
    Mutant(redaction.card, '"" if entry.status in LISTED else ', ""),
    Mutant(redaction._title, 'if shown.get("name"):', "if False:"),
    Mutant(redaction._asking, 'if "member" in principals:', "if True:"),
    Mutant(redaction._asking, "if shown.networks:", "if False:"),
    Mutant(redaction._availability, "entry.available_until is not None and entry.available_until < timezone.localdate()", "False"),
    Mutant(redaction._availability, "entry.Availability.NOW if over else ", ""),
    Mutant(redaction._availability, "None if over else ", ""),
    Without(redaction, "PARTS", {**redaction.PARTS, "badge": lambda _entry: {"verified": True}}, "with a badge for everybody"),
]  # fmt: skip

# What owners may not change, whose badge rests, and what the log keeps from whom it is about.
OF_WHAT_IS_FIXED: list[Mutant | Without] = [
    Mutant(identity.fixed, "entry.status in BEING_VETTED", "False"),
    Mutant(identity.fixed, 'or _model("Application").objects.filter(practitioner=entry.pk, closed_at=None).exists()', ""),
    Mutant(identity.fixed, "practitioner=entry.pk, closed_at=None", "practitioner=entry.pk"),
    Mutant(identity.fixed, 'practitioner=entry.pk, role="coordinator", ended=None', 'practitioner=entry.pk, ended=None'),
    Mutant(identity.fixed, 'practitioner=entry.pk, role="coordinator", ended=None', 'practitioner=entry.pk, role="coordinator"'),
    Mutant(identity.fixed, 'return frozenset({"organisation"}) if coordinates.exists() else frozenset()', "return frozenset()"),
    *each_item_of(identity, "BEING_VETTED"),
]  # fmt: skip
OF_BADGES: list[Mutant | Without] = [
    Mutant(identity.bears_badge, " and entry.changed_on is None", ""),
    Mutant(identity.bears_badge, '("verified", "due")', '("verified",)'),
    Mutant(identity.bears_badge, '("verified", "due")', '("verified", "due", "stale")'),
    Mutant(identity.changed, " if _value(before, name) != _value(after, name)", ""),
    Mutant(identity.may_confirm_change, "entry.pk not in entries_behind(acting) and ", ""),
    Mutant(identity.may_confirm_change, " and entry.organisation_id not in colleagues", ""),
    Mutant(identity.may_confirm_change, " - {None}", ""),
    *each_item_of(identity, "IDENTITY"),
]  # fmt: skip
OF_THE_LOG: list[Mutant | Without] = [
    Mutant(log.kept_from, "filter(pk__in=list(entries))", "all()"),
    Mutant(log.kept_from, "Q(subject__in=own) & ", ""),
    Mutant(log.kept_from, " & ~Q(action__in=TOLD)", ""),
]
