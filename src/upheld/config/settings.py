"""Django's settings, made from the environment.

Importing this module starts nothing, writes nothing and touches no network. `DATABASE_URL` must be set: the `upheld`
command sets it before Django is loaded, also where the database is the embedded one.
"""

import os
from typing import Any

from upheld.accounts.providers import openid_connect
from upheld.config.environment import DEMO_BANNER, EMBEDDED_BANNER, read_environment
from upheld.config.logs import logging_settings
from upheld.config.parsers import LOOPBACK_HOSTS

ENVIRONMENT = read_environment(os.environ)

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)

# --- What the site is made of ---------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_prometheus",
    "procrastinate.contrib.django",
    "upheld.web",
    "upheld.accounts",
    "upheld.jobs",
    "upheld.organisation",
    "upheld.cases",
    "upheld.intake",
    "upheld.reporting",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "upheld.config.request_log.RequestLogMiddleware",
    # Before everything that checks the host name: those who watch a server ask by its address.
    "upheld.config.probes.ProbeMiddleware",
    "upheld.config.headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "upheld.web.maintenance.MaintenanceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every view asks for signing in, but those that say otherwise themselves.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "upheld.config.urls"
WSGI_APPLICATION = "upheld.config.wsgi.application"

# Jinja2 alone: a page of a library that no template of ours replaces is an error, not a page in a strange layout.
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "upheld.web.environment.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "upheld.web.shell.context",
                "upheld.accounts.context.sign_in",
            ],
        },
    },
]
CSRF_FAILURE_VIEW = "upheld.web.errors.csrf_failure"
# Standing notices under the header, each "Tag: sentence."
SITE_BANNERS = [
    notice for shown, notice in ((ENVIRONMENT.demo, DEMO_BANNER), (ENVIRONMENT.embedded, EMBEDDED_BANNER)) if shown
]

# --- Database -------------------------------------------------------------------------------------------------------

_database = ENVIRONMENT.database
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.name,
        "USER": _database.user,
        "PASSWORD": _database.password,
        "HOST": _database.host,
        "PORT": _database.port,
        "OPTIONS": {"application_name": "upheld", **dict(_database.options)},
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One cache for all worker processes: attempts to sign in are counted in it. Large enough that nobody can push the
# counts out by filling it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "upheld_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- Language and time ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = True
TIME_ZONE = ENVIRONMENT.time_zone
USE_TZ = True

# --- People ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["upheld.accounts.backend.PasswordBackend"]
# scrypt costs an attacker memory as well as time. PBKDF2 reads what another system may have stored.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "upheld.accounts.adapters.AccountAdapter"
# Administrators make the accounts: an address is known to be right before its account exists, and is one.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
# A stranger's address gets no e-mail, and the page says the same to everyone.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
# Five wrong passwords for one address close it for a quarter of an hour, wherever they come from.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/15m/key"}
# The library's forms with our words.
ACCOUNT_FORMS = {
    "login": "upheld.accounts.forms.LoginForm",
    "reauthenticate": "upheld.accounts.forms.ReauthenticateForm",
    "change_password": "upheld.accounts.forms.ChangePasswordForm",
    "set_password": "upheld.accounts.forms.SetPasswordForm",
    "reset_password": "upheld.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "upheld.accounts.forms.ResetPasswordKeyForm",
}
MFA_FORMS = {
    "authenticate": "upheld.accounts.forms.AuthenticateForm",
    "reauthenticate": "upheld.accounts.forms.ReauthenticateWithCodeForm",
    "activate_totp": "upheld.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "upheld.accounts.forms.AddWebAuthnForm",
    "edit_webauthn": "upheld.accounts.forms.EditWebAuthnForm",
}
SOCIALACCOUNT_FORMS = {"disconnect": "upheld.accounts.forms.DisconnectForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.behind_proxy else 0
MFA_ADAPTER = "upheld.accounts.adapters.MFAAdapter"
# A phone's clock may be a few seconds out: the code before and the code after count too.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.https
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Upheld"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = openid_connect(
    issuer=ENVIRONMENT.oidc_issuer,
    client_id=ENVIRONMENT.oidc_client_id,
    secret=ENVIRONMENT.oidc_client_secret,
    name=ENVIRONMENT.oidc_name,
)

# --- Safety ---------------------------------------------------------------------------------------------------------

SESSION_COOKIE_AGE = ENVIRONMENT.session_hours * 60 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = ENVIRONMENT.https
# With these prefixes a browser takes the cookies over https alone, and from this host alone.
SESSION_COOKIE_NAME = "__Host-session" if ENVIRONMENT.https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if ENVIRONMENT.https else "csrf"
LANGUAGE_COOKIE_SECURE = ENVIRONMENT.https
CSRF_TRUSTED_ORIGINS = [
    f"https://{host.replace('.', '*.', 1) if host.startswith('.') else host}"
    for host in ENVIRONMENT.allowed_hosts
    if ENVIRONMENT.https and host not in LOOPBACK_HOSTS
]

SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENVIRONMENT.https else 0
# Neither the council's other sites nor browsers' lists are ours to speak for.
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_HSTS_PRELOAD = False
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_proxy else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Fields of forms. Files have a limit of their own, and stay in memory until they are sealed: none lies on a disk open
# to read. One that is larger is not taken in at all.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = ENVIRONMENT.upload_megabytes * 1024 * 1024 + 64 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Static files ---------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.home / "static"
# `upheld migrate` collects the assets of an installation. Where none were collected (trying out, tests) they are
# served from the packages they came in.
_collected = (STATIC_ROOT / "staticfiles.json").is_file() and not ENVIRONMENT.embedded and not DEBUG
WHITENOISE_USE_FINDERS = not _collected
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if _collected
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
MEDIA_ROOT = ENVIRONMENT.home / "documents"

# --- E-mail ---------------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
if ENVIRONMENT.mail_server is None:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(ENVIRONMENT.home / "unsent-mail")
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = ENVIRONMENT.mail_server.host
    EMAIL_PORT = ENVIRONMENT.mail_server.port
    EMAIL_HOST_USER = ENVIRONMENT.mail_server.user
    EMAIL_HOST_PASSWORD = ENVIRONMENT.mail_server.password
    EMAIL_USE_TLS = ENVIRONMENT.mail_server.security == "tls"
    EMAIL_USE_SSL = ENVIRONMENT.mail_server.security == "ssl"
    EMAIL_TIMEOUT = 20

# --- Logs and jobs --------------------------------------------------------------------------------------------------

LOGGING = logging_settings(level=ENVIRONMENT.log_level, form=ENVIRONMENT.log_format, show_messages=DEBUG)
PROMETHEUS_EXPORT_MIGRATIONS = False
