"""What every environment shares. Only what differs by environment is read from variables."""

from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from config import env

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(env.text("WAYMARK_VAR", str(ROOT / "var")))
CONTENT = ROOT / "content"

SITE_NAME = "Waymark"
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "home",
    "practices",
    "network",
    "pages",
    "accounts",
    "vocabulary",
    "search",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.redirects",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.CmsUsersConfig",  # wagtail.users, without the accounts of those who have no role in the CMS
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "accounts.apps.SessionsConfig",  # allauth.usersessions, without keeping from where somebody signed in
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pages.middleware.CapQueryString",
    "pages.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pages.middleware.ChooseLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pages.middleware.KeepMembersPagesPrivate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.EndOldSessions",
    "accounts.middleware.SpeakTheirLanguage",
    "accounts.middleware.AskForSecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "pages.middleware.ExplainButtons",
]
CSRF_FAILURE_VIEW = "pages.views.came_from_elsewhere"

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.database(str(VAR))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Holds the counts of failed sign-ins and the codes already used, so it must not drop entries when somebody floods it,
# and must be one for all processes: memory serves a single process, the database any number.
CACHE_KINDS: dict[str, dict[str, object]] = {
    "memory": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "database": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "KEY_FUNCTION": "accounts.counts.sealed",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
CACHES = {"default": CACHE_KINDS[env.choice("CACHE", CACHE_KINDS, "memory")]}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# Accounts: one sign-in for everybody.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.SignInBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_overview"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
# Django's: over password and address like allauth's, without the queries that only a known address would cost.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# For how long a sign-in or a password typed again is enough to change a second factor or the address.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# Counted in CACHES; the same for addresses that have an account and those that have none.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/h/ip,5/h/key",
    "manage_email": "5/h/user",
    "recovery": "10/h/ip",
}
ACCOUNT_FORMS = {
    "login": "accounts.forms.PlainSignInForm",
    "reset_password": "accounts.forms.PlainResetForm",
    "reset_password_from_key": "accounts.forms.PlainNewPasswordForm",
    "change_password": "accounts.forms.PlainPasswordChangeForm",
    "set_password": "accounts.forms.PlainPasswordSetForm",
    "reauthenticate": "accounts.forms.PlainPasswordAgainForm",
}
MFA_FORMS = {
    "add_webauthn": "accounts.forms.PlainKeyForm",
    "activate_totp": "accounts.forms.PlainAppForm",
    "authenticate": "accounts.forms.PlainCodeForm",
    "reauthenticate": "accounts.forms.PlainCodeAgainForm",
}
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# A used code is remembered for one period only: any tolerance would let it be used again.
MFA_TOTP_TOLERANCE = 0
USERSESSIONS_ADAPTER = "accounts.sessions.SessionsAdapter"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
# Passwords and addresses are changed in one place, /account/; nobody sets another's password.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
# A password shared for a page would be one more door, and nobody could say who went through.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}

# Languages: of the interface and of pages.
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("fr", _("French")), ("ru", _("Russian"))]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = "config.formats"
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = WAGTAIL_I18N_ENABLED = True
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = False
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static", ("bundle", VAR / "bundle")]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = env.text("WAYMARK_ADDRESS", "http://localhost:8000")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "odt", "docx", "csv"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
TAGGIT_CASE_INSENSITIVE = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's own page forms are large

# Search: get_engine() is the only reader of the first; the second turns a request into principals.
SEARCH_ENGINE = env.choice("SEARCH_ENGINE", ["embedded", "elasticsearch"], "embedded")
ELASTICSEARCH_URL = env.elasticsearch("ELASTICSEARCH_URL", needed=SEARCH_ENGINE == "elasticsearch")
SEARCH_INDEX_FOLDER = VAR / "search"
SEARCH_PRINCIPALS = "network.policy.principals_of_request"
SEARCH_INDEX_IN_WEB_PROCESS = env.flag("SEARCH_INDEX_IN_WEB_PROCESS", default=True)
# A lower room's template shows a higher room's panel only through a slot named here.
HELP_PANEL = "network/help_panel.html"
SAVE_SEARCH = "network/save_search.html"

# Demo: marked, off unless switched on, refused in production.
DEMO = False
DEMO_SECOND_FACTOR = False
# Names the function that lists the demo's sign-ins for the sign-in page, which knows no higher room.
DEMO_ACCOUNTS = "home.loading.demo_accounts"

# Contact fields are encrypted with a key that is not in the database.
SALT_KEY = env.words("CONTACT_KEYS", ["development-only-salt-not-for-production"])
# Seals the audit log and one-time links, so that whoever can write the database cannot forge either.
AUDIT_KEY = env.text("AUDIT_KEY", "development-only-audit-key-not-for-production")

# How many days a backup is kept: whoever erases their entry is told.
BACKUP_DAYS = env.number("BACKUP_DAYS", 30)

# Nothing leaves the site; `no-referrer` would make browsers send `Origin: null`, which the CSRF check refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}

# Mail is kept in the database until the mail server (the postman) has taken it.
MAILERS: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "accounts.outgoing.Backend"},
    "postman": {"BACKEND": "django.core.mail.backends.console.EmailBackend"},
}
MAIL_IN_WEB_PROCESS = env.flag("MAIL_IN_WEB_PROCESS", default=True)
DEFAULT_FROM_EMAIL = env.text("WAYMARK_MAIL_FROM", "Waymark <no-reply@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
