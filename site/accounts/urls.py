"""/account/: sign-in and second factor by allauth, and the overview."""

from django.urls import include, path

from accounts.views import overview

urlpatterns = [
    path("", overview, name="account_overview"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
]
