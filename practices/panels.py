"""The guide's panels, grouped so that an editor is not lost: a tab's sections follow the reader's page."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel


def _group(heading: object, *names: str, open_: bool = False) -> MultiFieldPanel:
    return MultiFieldPanel([FieldPanel(name) for name in names], heading, classname="" if open_ else "collapsed")


PRACTICE_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel(name)
            for name in ("what", "for_whom", "when_to_use", "when_not_to_use", "safety_line", "first_steps")
        ],
        _("Card: at most 150 words, read beside the person"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("resource_type"), FieldPanel("evidence_level")]),
            FieldPanel("evidence_reason"),
            FieldRowPanel([FieldPanel("safety_status"), FieldPanel("firewall")]),
            *(
                FieldPanel(name)
                for name in (
                    "methods", "stages", "target_groups", "settings", "exploitation", "professions", "rights",
                    "contraindications", "countries", "scope_note", "other_names", "keywords",
                )
            ),
        ],
        _("Classification"),
        classname="collapsed",
    ),
    _group(
        _("Context"), "problem", "where_and_when", "legal_preconditions", "legal_anchors", "actors_and_roles",
        "participation",
    ),
    _group(
        _("How it is done"), "building_blocks", "staffing", "cost_band", "languages_and_mediators",
        "referral_handover",
    ),
    _group(
        _("Safety and rights"), "risks", "do_no_harm", "consent_and_confidentiality", "firewall_note",
        "duty_to_report", "safeguarding_duty", "best_interests_steps", "informs_not_deters", "assessment",
        "assessment_due",
    ),
    _group(
        _("Results"), "outcomes", "method_and_period", "rated_by", "null_and_negative", "who_says", "limits",
    ),
    _group(_("Transfer"), "conditions", "core", "adaptable", "constraints", "cost_and_sustainability"),
    MultiFieldPanel(
        [
            InlinePanel("guide_organisations", label=_("organisation"), heading=_("Organisations that ran it")),
            InlinePanel(
                "related_practices",
                label=_("guide"),
                heading=_("Related guides"),
                panels=[PageChooserPanel("other"), FieldPanel("relation")],
            ),
            FieldPanel("sources"),
        ],
        _("Links and sources"),
        classname="collapsed",
    ),
]  # fmt: skip

PRACTICE_SETTINGS_PANELS = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("compiled_on"), FieldPanel("last_reviewed"), FieldPanel("review_due")]),
            FieldRowPanel([FieldPanel("responsible_first"), FieldPanel("responsible_second")]),
            FieldRowPanel([FieldPanel("risk"), FieldPanel("version"), FieldPanel("licence")]),
            FieldPanel("change_note"),
            FieldPanel("draft_reason"),
            FieldPanel("withdrawn_reason"),
        ],
        _("Life of the guide"),
    ),
]
