"""The one settings file. Everything that differs between installations is read here."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from kommissorium.config import environment, variables
from kommissorium.config.log_settings import log_settings
from kommissorium.core import other_day

PACKAGE = Path(__file__).resolve().parent.parent
DEBUG = variables.flag("KOMMISSORIUM_DEBUG")
DEMO = variables.flag("KOMMISSORIUM_DEMO")
DATA_DIR = environment.data_dir()
FILES_DIR = DATA_DIR / "files"
ANCHOR_FILE = DATA_DIR / "anchors.txt"
# Who else is sent each day's head of the evidence: addresses, and `auditors` for all of them.
ANCHOR_TO = variables.addresses("KOMMISSORIUM_ANCHOR_TO", "auditors")
NEIGHBOURS = [one.lower() for one in variables.addresses("KOMMISSORIUM_NEIGHBOURS")]
# Who puts a time stamp (RFC 3161) on each day's head, and the certificates its own are traced to.
TIMESTAMP_URL, TIMESTAMP_CERTIFICATES = environment.timestamp_authority(demo=DEMO)

if _shift := environment.clock_shift(demo=DEMO):
    other_day.move_clock(_shift)
# The key before this one reads what it encrypted, and signs nothing.
SECRET_KEY, SECRET_KEY_BEFORE = environment.secret_keys(DATA_DIR)

# The address people use. It decides host check, secure cookies and links in mails.
SITE_URL = environment.site_url()
_site = urlsplit(SITE_URL)
SECURE = _site.scheme == "https"
_host = _site.hostname or ""
ALLOWED_HOSTS = [f"[{_host}]" if ":" in _host else _host, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SECURE else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "kommissorium.secretariat",
    "kommissorium.reports",
    "kommissorium.incidents",
    "kommissorium.handbook",
    "kommissorium.policies",
    "kommissorium.readings",
    "kommissorium.rulings",
    "kommissorium.texts",
    "kommissorium.awareness",
    "kommissorium.controls",
    "kommissorium.audits",
    "kommissorium.projects",
    "kommissorium.continuity",
    "kommissorium.objectives",
    "kommissorium.risks",
    "kommissorium.assets",
    "kommissorium.registers",
    "kommissorium.yearwheel",
    "kommissorium.meetings",
    "kommissorium.compliance",
    "kommissorium.tasks",
    "kommissorium.committees",
    "kommissorium.accounts",
    "kommissorium.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "kommissorium.core.operations.request_counts.RequestMiddleware",
    "kommissorium.core.ui.middleware.CompressedPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "kommissorium.core.ui.middleware.SecurityHeadersMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    # Those above touch answers alone: nothing of what is sent is read before this one.
    "kommissorium.core.ui.body_limits.BodyLimitMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kommissorium.accounts.middleware.ReadingSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kommissorium.accounts.middleware.SessionLimitMiddleware",
    "kommissorium.accounts.middleware.LanguageMiddleware",
    "kommissorium.core.ui.body_limits.StrangersLimitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kommissorium.accounts.middleware.SignInRequiredMiddleware",
    "kommissorium.accounts.middleware.PaceMiddleware",
    "kommissorium.accounts.middleware.ReadingLogMiddleware",
    "kommissorium.core.ui.middleware.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "kommissorium.config.urls"
WSGI_APPLICATION = "kommissorium.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kommissorium.secretariat.navigation.page_frame",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    }
]

DATABASES = {"default": environment.database(DATA_DIR)}
CACHES = {
    # Shared between processes, as the limits on sign-in attempts must be. With fewer entries
    # strangers could push those of others out.
    "default": {
        "BACKEND": "kommissorium.core.database.aside.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Language and time
LANGUAGE_CODE = "da"
# The rules are no app of Django, as an outsider runs them without it.
LOCALE_PATHS = [PACKAGE / "measures" / "locale"]
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
FORMAT_MODULE_PATH = ["kommissorium.core.formats"]
TIME_ZONE = environment.time_zone()
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# Static files are collected into the package when it is built and served by the program itself.
STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "staticfiles"
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# The municipality's own sign-in (docs/sign-in.md); None for none.
DIRECTORY = environment.directory(demo=DEMO)

# Security (docs/decisions/0005-security-headers.md)
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF, *([DIRECTORY.origin] if DIRECTORY else [])],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = False  # The proxy in front ends TLS.
BEHIND_PROXY = variables.flag("KOMMISSORIUM_BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Else everybody behind the proxy would share one limit on sign-in attempts.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
# Where to tell of a weakness: mailto: or https:, shown in /.well-known/security.txt.
SECURITY_CONTACT = environment.security_contact()
X_FRAME_OPTIONS = "DENY"
_prefix = "__Host-" if SECURE else ""
SESSION_ENGINE = "kommissorium.core.database.aside"
SESSION_COOKIE_NAME = f"{_prefix}session"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_AGE = 10 * 60 * 60
CSRF_COOKIE_NAME = f"{_prefix}csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kommissorium.core.ui.errors.csrf_failure"
LANGUAGE_COOKIE_NAME = f"{_prefix}kommissorium_language"
LANGUAGE_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_SAMESITE = "Lax"
NOTICE_COOKIE_NAME = f"{_prefix}messages"
MESSAGE_STORAGE = "kommissorium.core.ui.notices.NoticeStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "kommissorium.core.ui.body_limits.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# How much a request may bring, and how much space all files that are kept may take, in bytes.
MOST_SENT = variables.number("KOMMISSORIUM_MOST_SENT_MB", 30) * 1_000_000
MOST_SENT_BY_STRANGERS = variables.number("KOMMISSORIUM_MOST_SENT_BY_STRANGERS_KB", 100) * 1000
# How many pages a person may ask each process for; a tenth of it in files.
MOST_ASKED_A_MINUTE = variables.number("KOMMISSORIUM_MOST_ASKED_A_MINUTE", 600)
# Who says it is shown /metrics/; without one nothing is counted, and nobody is.
METRICS_TOKEN = variables.token("KOMMISSORIUM_METRICS_TOKEN")
HEALTH_HOLDS = 2  # seconds for which /health/ answers the same without looking
CLAMD = environment.scanner()  # looks for viruses in each file that is uploaded
STORAGE_QUOTA = variables.number("KOMMISSORIUM_STORAGE_GB", 10) * 1_000_000_000

# How long whoever somebody added or invited is not that one's second person: on the server, since
# whoever makes people up in the program must not shorten it there.
KNOWN_AFTER = timedelta(
    days=variables.number("KOMMISSORIUM_KNOWN_AFTER_DAYS", 30, least=0, most=3650)
)

# Sign-in
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["kommissorium.accounts.backends.PersonBackend"]
PASSWORD_HASHERS = [
    "kommissorium.accounts.password_hashers.Argon2idHasher",
    "kommissorium.accounts.password_hashers.OldHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
    {"NAME": "kommissorium.accounts.password_words.KnownPasswords"},
    {"NAME": "kommissorium.accounts.password_words.OwnWords"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "overview"
ACCOUNT_ADAPTER = "kommissorium.accounts.adapter.AccountAdapter"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "kommissorium.accounts.reset_keys.ResetKeys"  # noqa: S105
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# An account is never shut by strangers (accounts/attempts.py): the key of a failed attempt is
# account and address. Pages of sign-in themselves and passkeys hold nothing to guess.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "30/m/ip,5/5m/key"}
MFA_RATE_LIMITS = {"webauthn_login": None}
DEVICE_COOKIE_NAME = f"{_prefix}device"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = "Kommissorium"
MFA_ADAPTER = "kommissorium.accounts.second_step_secrets.SecondStepAdapter"

# Mail leaves by the outbox alone; these say how the worker hands it on.
EMAIL_BACKEND = environment.mail_backend(demo=DEMO)
EMAIL_HOST = variables.host("EMAIL_HOST") or "localhost"
EMAIL_PORT = variables.number("EMAIL_PORT", 25, most=variables.LARGEST_PORT)
EMAIL_HOST_USER = variables.exact("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = variables.exact("EMAIL_HOST_PASSWORD")
EMAIL_USE_SSL = variables.flag("EMAIL_USE_SSL") or EMAIL_PORT == environment.SUBMISSIONS
EMAIL_USE_TLS = variables.flag("EMAIL_USE_TLS") and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = variables.sender("EMAIL_FROM", "kommissorium@localhost")

# The mailbox that answers to invitations come to. Without a host none is read.
IMAP_HOST = "" if DEMO else variables.host("IMAP_HOST")
IMAP_PORT = variables.number("IMAP_PORT", environment.IMAPS, most=variables.LARGEST_PORT)
IMAP_USE_SSL = variables.flag("IMAP_USE_SSL", default=IMAP_PORT == environment.IMAPS)
IMAP_USER = variables.exact("IMAP_USER")
IMAP_PASSWORD = variables.exact("IMAP_PASSWORD")
# The server whose Authentication-Results count: the name it gives itself in them.
IMAP_AUTHSERV = variables.text("IMAP_AUTHSERV")
IMAP_FOLDER = variables.text("IMAP_FOLDER", "INBOX")

LOGGING = log_settings(variables.choice("KOMMISSORIUM_LOG", "lines", "json"))
