"""Settings of the portal: one file for every profile, fed by the environment alone.

IRTYSH_PROFILE chooses demo, development (the default), production or test. Every variable is
described in docs/how-to/configure.md.
"""

from __future__ import annotations

import os
from zoneinfo import available_timezones

from irtysh.config.environment import (
    database,
    needed_in_production,
    number,
    profile,
    sqlite,
    switch,
    words,
)
from irtysh.vocabulary.places import ROOT, data_folder, datasets_folder, releases_folder

IRTYSH_PROFILE = profile()
IRTYSH_DATA = data_folder()
IRTYSH_RELEASES = releases_folder()
IRTYSH_DATASETS = datasets_folder()
_PRODUCTION = IRTYSH_PROFILE == "production"
_TEST = IRTYSH_PROFILE == "test"

DEBUG = switch("IRTYSH_DEBUG", IRTYSH_PROFILE == "development") and not _PRODUCTION
SECRET_KEY = needed_in_production(
    "IRTYSH_SECRET_KEY", "django-insecure-for-development-and-tests-only"
)
ALLOWED_HOSTS = [
    host.strip()
    for host in needed_in_production("IRTYSH_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(
        ","
    )
]
CSRF_TRUSTED_ORIGINS = words("IRTYSH_TRUSTED_ORIGINS")
WAGTAILADMIN_BASE_URL = needed_in_production("IRTYSH_BASE_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "irtysh.portal",
    "irtysh.accounts",
    "irtysh.registries.records",
    "irtysh.registries.places",
    "irtysh.registries.organisations",
    "irtysh.registries.acts",
    "irtysh.registries.programmes",
    "irtysh.registries.projects",
    "irtysh.registries.initiatives",
    "irtysh.registries.events",
    "irtysh.registries.obstacles",
    "irtysh.registries.offers",
    "irtysh.registries.library",
    "irtysh.registries.guides",
    "irtysh.registries.claims",
    "irtysh.registries.imports",
    "irtysh.registries.risks",
    "irtysh.registries.announcements",
    "irtysh.registries.evaluations",
    "irtysh.registries.drafts",
    "irtysh.registries.following",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.sites",
    "irtysh.accounts.apps.PortalUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "irtysh.config.security.ContentSecurityPolicy",
    "irtysh.config.requests.NoNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "irtysh.config.languages.PageLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "irtysh.accounts.second_factor.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "irtysh.config.urls"
WSGI_APPLICATION = "irtysh.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Records

_DATABASE_URL = os.environ.get("IRTYSH_DATABASE_URL", "")
DATABASES = {
    "default": database(_DATABASE_URL, pooled=not _TEST)
    if _DATABASE_URL
    else sqlite(IRTYSH_DATA / "irtysh.sqlite3")
}
if _TEST and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because an in-memory database ignores --reuse-db.
    DATABASES["default"]["TEST"] = {"NAME": IRTYSH_DATA / "test.sqlite3"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_REDIS_URL = os.environ.get("IRTYSH_REDIS_URL", "")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _REDIS_URL,
        "KEY_PREFIX": "irtysh",
    }
    if _REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# People

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
if _TEST:
    # The real hasher is slow on purpose.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTHENTICATION_BACKENDS = ["irtysh.accounts.sign_in.LockingBackend"]
WAGTAILADMIN_USER_LOGIN_FORM = "irtysh.accounts.forms.OfficeSignInForm"
OTP_TOTP_ISSUER = "Irtysh"  # what the telephone shows above the code
# The address of a visitor is the one that the server in front writes down, if there is one.
IRTYSH_BEHIND_PROXY = switch("IRTYSH_BEHIND_PROXY", False)
# How many files of data one address may have made for it in a minute; 0: as many as it asks for.
IRTYSH_FILES_A_MINUTE = number("IRTYSH_FILES_A_MINUTE", 0 if _TEST else 300)
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

# Languages and time

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("kk", "Қазақша"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
# The first wins where both have a text.
LOCALE_PATHS = [ROOT / "irtysh" / "backoffice_locale", ROOT / "locale"]
FORMAT_MODULE_PATH = ["irtysh.config.formats"]
USE_TZ = True
TIME_ZONE = os.environ.get("IRTYSH_TIME_ZONE", "Asia/Omsk")

# Files

# Files are collected in the two profiles that readers meet; in the others whitenoise finds them
# where they lie.
_COLLECTED = IRTYSH_PROFILE in ("production", "demo")
STATIC_URL = "static/"
STATIC_ROOT = IRTYSH_DATA / "static" if _COLLECTED else None
MEDIA_URL = "media/"
MEDIA_ROOT = IRTYSH_DATA / "media"
_STATIC_STORAGE = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if _COLLECTED
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}
WHITENOISE_USE_FINDERS = not _COLLECTED
WHITENOISE_AUTOREFRESH = IRTYSH_PROFILE == "development"

# What a visitor may send: no form of ours needs more. Wagtail's page editor sends one field per
# block, hence the larger number of fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "txt", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"

# Security

CONTENT_SECURITY_POLICY_ADMIN_PATHS = ("/admin/",)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "irtysh.portal.errors.refused_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Wagtail's preview is a frame of its own editor; our policy header narrows this per page.
X_FRAME_OPTIONS = "DENY"
if _PRODUCTION:
    SECURE_SSL_REDIRECT = switch("IRTYSH_SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = number("IRTYSH_HSTS_SECONDS", 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    if IRTYSH_BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Wagtail

WAGTAIL_SITE_NAME = "Irtysh"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no reader's or editor's address leaves the server
# Our own pages do it, with limits and letters in the reader's language.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
_CONTINENTS = (
    "Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/",
)  # fmt: skip
WAGTAIL_USER_TIME_ZONES = [
    # Of all names in the system's list browsers know these; on another the account page breaks.
    zone
    for zone in sorted(available_timezones())
    if zone.startswith(_CONTINENTS) or zone == "UTC"
]
# Wagtail's own asks the last reviewer for the right to publish, which analysts do not have.
WAGTAIL_FINISH_WORKFLOW_ACTION = "irtysh.accounts.review.publish_reviewed"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Letters: to the console unless a mail server is named.
EMAIL_HOST = os.environ.get("IRTYSH_EMAIL_HOST", "")
EMAIL_PORT = number("IRTYSH_EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("IRTYSH_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("IRTYSH_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = switch("IRTYSH_EMAIL_TLS", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("IRTYSH_EMAIL_FROM", "irtysh@localhost")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.console.EmailBackend"
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("IRTYSH_LOG_LEVEL", "WARNING")},
    "loggers": {
        "irtysh": {"level": os.environ.get("IRTYSH_LOG_LEVEL", "INFO")},
        # Django's own handlers would say everything twice or send letters.
        "django": {"handlers": [], "level": "NOTSET", "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}
