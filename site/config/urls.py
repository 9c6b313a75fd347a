"""Every address of the site. Addresses are short, lasting, and readable aloud."""

from allauth.account.views import logout as sign_out
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.views import choose_language, health, robots
from pages.views import not_found

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_new_password = RedirectView.as_view(pattern_name="account_reset_password")

urlpatterns = [
    path("", choose_language, name="choose_language"),
    path("health/", health, name="health"),
    path("robots.txt", robots),
    path("favicon.ico", RedirectView.as_view(url="/static/icons/favicon.svg")),
    path("language/", set_language, name="set_language"),
    path("account/", include("network.account_urls")),
    path("account/", include("accounts.urls")),
    # One sign-in: Wagtail's own doors lead to it, before Wagtail's addresses are asked.
    path("cms/login/", to_sign_in, name="cms_login"),
    path("cms/logout/", sign_out, name="cms_logout"),
    re_path(r"^cms/password_reset/.*$", to_new_password, name="cms_password_reset"),
    re_path(r"^cms/documents/authenticate_with_password/\d+/$", not_found, name="no_shared_document_password"),
    path("cms/documents/", include(wagtaildocs_urls)),
    path("cms/", include(wagtailadmin_urls)),
    *i18n_patterns(
        path("_util/login/", to_sign_in, name="page_login"),
        re_path(r"^_util/authenticate_with_password/\d+/\d+/$", not_found, name="no_shared_page_password"),
        path("search/", include("search.urls")),
        path("", include("practices.urls")),
        path("", include("network.urls")),
        path("", include(wagtail_urls)),
    ),
]

handler400 = "pages.views.bad_request"
handler403 = "pages.views.forbidden"
handler404 = "pages.views.not_found"
handler500 = "pages.views.server_error"

if settings.DEBUG:
    from django.conf.urls.static import static

    urlpatterns = [*static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT), *urlpatterns]
