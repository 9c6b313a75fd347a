"""/account/: sign-in and second factor by allauth, and the overview."""

from django.urls import include, path

from accounts.views import SignIn, overview

urlpatterns = [
    path("", overview, name="account_overview"),
    path("login/", SignIn.as_view(), name="account_login"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
]
