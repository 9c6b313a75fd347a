"""Production: nothing has a default that would be unsafe; demo data and demo sign-ins are refused."""

from config import env
from config.settings.base import *  # noqa: F403

SECRET_KEY = env.text("SECRET_KEY")
SALT_KEY = env.words("CONTACT_KEYS", [env.text("CONTACT_KEYS")])
AUDIT_KEY = env.text("AUDIT_KEY")
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in env.text("ALLOWED_HOSTS").split(",")]
DEMO = False
DEMO_SECOND_FACTOR = False
CACHES = {"default": CACHE_KINDS[env.choice("CACHE", CACHE_KINDS, "database")]}  # noqa: F405
# How many proxies of ours stand before the site: from the last of them comes the address that attempts are counted by.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 1)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
INSTALLED_APPS += ["django_tasks_db"]  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # the CMS shows previews of pages in a frame of the same site
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
MAILERS = {
    "default": {"BACKEND": "accounts.outgoing.Backend"},
    "postman": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env.text("MAIL_HOST", "localhost"),
            "port": int(env.text("MAIL_PORT", "25")),
            "timeout": 10,
        },
    },
}
