"""/account/: sign-in, second factor and sessions by allauth, what we change of them, and the overview."""

from django.urls import include, path, register_converter

from accounts.converters import PartConverter
from accounts.views import email, second_factor, sign_in

register_converter(PartConverter, "part")

# Ours come first: an address that allauth has too is answered by ours.
urlpatterns = [
    path("", sign_in.overview, name="account_overview"),
    path("language/", sign_in.choose_language, name="account_language"),
    path("login/", sign_in.SignIn.as_view(), name="account_login"),
    path("email/", email.change, name="account_email"),
    path("email/take-back/", email.take_back, name="account_email_take_back"),
    path("email/<part:part>/<str:secret>/", email.link, name="account_email_link"),
    path("2fa/start/", second_factor.start, name="second_factor"),
    path("2fa/done/", second_factor.done, name="second_factor_done"),
    path("2fa/totp/activate/", second_factor.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("2fa/webauthn/add/", second_factor.AddKey.as_view(), name="mfa_add_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", second_factor.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("sessions/", sign_in.SignedIn.as_view(), name="usersessions_list"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
