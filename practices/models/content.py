"""The text of a guide, one abstract model a group of design fields, so that each group can be read on its own.

Letters name where a field comes from: F FAO good-practice template, P PANORAMA, D UN DESA, E EIGE, X EUDA Xchange,
C CEBC / EIF, U UN Network on Migration, H RighT Guide, N ODIHR National Referral Mechanisms, W Waymark's own.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from practices.blocks import BuildingBlocksBlock, FindingsBlock, PointsBlock, SourcesBlock

GAP_HELP = _("Where it is not known, write “not known: …” and say what exactly. Readers see it, and it is counted.")


class CardText(models.Model):
    """What fits one phone screen: at most 150 words, read beside the person."""

    what = models.TextField(_("what it is"), blank=True, help_text=_("Two sentences."))
    for_whom = models.TextField(_("who it is for"), blank=True)
    when_to_use = models.TextField(_("when to use"), blank=True)
    when_not_to_use = StreamField(PointsBlock(), verbose_name=_("when not to use"), blank=True)
    safety_line = models.TextField(_("safety line"), blank=True)
    first_steps = StreamField(
        PointsBlock(), verbose_name=_("first three steps"), blank=True, help_text=_("Exactly three.")
    )

    class Meta:
        abstract = True


class ContextText(models.Model):
    """Why and where."""

    problem = models.TextField(_("problem"), blank=True)  # P, D
    where_and_when = models.TextField(_("where and when"), blank=True)  # D, U
    legal_preconditions = models.TextField(
        _("legal preconditions"), blank=True, help_text=_("Effects of residence status included.") + " " + GAP_HELP
    )  # W
    legal_anchors = StreamField(
        PointsBlock(), verbose_name=_("legal sources"), blank=True, help_text=_("Shown as not checked.")
    )
    actors_and_roles = models.TextField(_("actors and roles"), blank=True, help_text=GAP_HELP)  # F, D
    participation = models.TextField(_("how the people concerned took part"), blank=True, help_text=GAP_HELP)  # F, E

    class Meta:
        abstract = True


class MethodText(models.Model):
    """How it is done."""

    class CostBand(models.TextChoices):
        LOW = "low", _("low")
        MEDIUM = "medium", _("medium")
        HIGH = "high", _("high")
        UNKNOWN = "unknown", _("not known")

    building_blocks = StreamField(BuildingBlocksBlock(), verbose_name=_("building blocks"), blank=True)  # P
    staffing = models.TextField(_("staffing, skills, supervision and care for staff"), blank=True)
    cost_band = models.CharField(_("cost"), max_length=8, choices=CostBand, default=CostBand.UNKNOWN)  # C
    languages_and_mediators = models.TextField(_("languages and mediators"), blank=True)
    referral_handover = models.TextField(_("hand-over to the referral mechanism"), blank=True)  # N

    class Meta:
        abstract = True


class SafetyText(models.Model):
    """What can go wrong, for whom, and what is done about it."""

    risks = StreamField(PointsBlock(), verbose_name=_("risks to persons, workers, communities"), blank=True)
    do_no_harm = StreamField(PointsBlock(), verbose_name=_("do-no-harm measures"), blank=True)
    consent_and_confidentiality = models.TextField(_("consent and confidentiality"), blank=True)
    firewall_note = models.TextField(
        _("does contact reach immigration or police?"), blank=True, help_text=GAP_HELP
    )  # W
    duty_to_report = models.TextField(_("is there a legal duty to report?"), blank=True, help_text=GAP_HELP)
    safeguarding_duty = models.TextField(_("safeguarding duty"), blank=True)
    best_interests_steps = models.TextField(
        _("best-interests steps"), blank=True, help_text=_("Needed where a child is involved.") + " " + GAP_HELP
    )
    informs_not_deters = models.TextField(
        _("informs choice, does not deter migration"),
        blank=True,
        help_text=_("For awareness material: how this was checked.") + " " + GAP_HELP,
    )
    assessment = models.TextField(
        _("human-rights impact assessment"),
        blank=True,
        help_text=_("Before use: who assessed, what was decided.") + " " + GAP_HELP,
    )  # H
    assessment_due = models.DateField(_("next round of the assessment due"), null=True, blank=True)

    class Meta:
        abstract = True


class ResultsText(models.Model):
    """What came of it, and how anybody knows."""

    outcomes = StreamField(FindingsBlock(), verbose_name=_("outcomes"), blank=True)  # D
    method_and_period = models.TextField(_("how known: method, number, period"), blank=True, help_text=GAP_HELP)  # X, C
    evidence_reason = models.CharField(_("reason for the evidence level"), max_length=300, blank=True)
    rated_by = models.CharField(_("rated by, when"), max_length=200, blank=True)
    null_and_negative = models.TextField(_("null and negative results"), blank=True)
    who_says = models.TextField(_("who says it works"), blank=True)
    limits = models.TextField(_("limits"), blank=True)

    class Meta:
        abstract = True


class TransferText(models.Model):
    """What it takes to do it elsewhere."""

    conditions = models.TextField(_("conditions that must hold"), blank=True, help_text=GAP_HELP)  # P, X
    core = StreamField(PointsBlock(), verbose_name=_("core: must not change"), blank=True)  # C
    adaptable = StreamField(PointsBlock(), verbose_name=_("may be adapted"), blank=True)
    constraints = models.TextField(_("constraints met"), blank=True)  # F, D
    cost_and_sustainability = models.TextField(_("cost and sustainability"), blank=True)  # F, D

    class Meta:
        abstract = True


class LifeText(models.Model):
    """Where it comes from and when it is looked at again."""

    class Risk(models.TextChoices):
        HIGH = "high", _("high: reviewed every 12 months")
        STANDARD = "standard", _("standard: reviewed every 24 months")

    other_names = models.TextField(_("other names"), blank=True, help_text=_("One a line; found by search."))
    scope_note = models.TextField(
        _("period and scope"), blank=True, help_text=_("Wordings such as “EU” or “global” that are no country.")
    )
    sources = StreamField(SourcesBlock(), verbose_name=_("sources"), blank=True)
    risk = models.CharField(_("risk class"), max_length=8, choices=Risk, default=Risk.STANDARD)
    compiled_on = models.DateField(_("compiled on"), null=True, blank=True)
    last_reviewed = models.DateField(_("last reviewed"), null=True, blank=True)
    review_due = models.DateField(_("review due"), null=True, blank=True)
    responsible_first = models.CharField(_("responsible, as a role"), max_length=120, blank=True)
    responsible_second = models.CharField(_("second person responsible, as a role"), max_length=120, blank=True)
    version = models.CharField(_("version"), max_length=12, default="1.0")
    change_note = models.CharField(_("change note"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=40, default="CC BY 4.0")
    draft_reason = models.TextField(_("why it stays a draft"), blank=True)
    withdrawn_reason = models.TextField(
        _("withdrawn because"), blank=True, help_text=_("Kept visible to readers; the guide stays readable.")
    )

    class Meta:
        abstract = True
