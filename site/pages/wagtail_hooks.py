"""The CMS in Waymark's colours, with its mark; everything else is stock Wagtail."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def accent() -> SafeString:
    """The accent colour, as custom properties that Wagtail reads."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))
