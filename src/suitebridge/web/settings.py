"""The framework's settings. The database is named by whoever opens the store, the signing key with it: neither is known here.

Host names and cookies are completed by `web.houses` with what the data directory's settings say.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import suitebridge
from suitebridge.console.policy_reports.reading import REPORTS, REPORTS_PATH

_CONSOLE = Path(suitebridge.__file__).parent / "console"
_STATIC = _CONSOLE / "static"


def _fingerprint(folder: Path) -> str:
    """Name the state of the static files, so that browsers may keep them for good and still see each new one."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:10]


DEBUG = False
SECRET_KEY = ""
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
APPEND_SLASH = False
# Forms here are small; files come in through the command line.
DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "suitebridge.adapters.store",
]

MIDDLEWARE = [
    "suitebridge.web.middleware.ProtectiveHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "suitebridge.web.middleware.HouseEntrance",
    "suitebridge.web.framing.FramedEntrance",
    "suitebridge.web.framing.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

ROOT_URLCONF = "suitebridge.web.urls"
WSGI_APPLICATION = "suitebridge.web.wsgi.application"

# Templates stand beside their pages and see what they are given; the one processor is the form token's, which is built in.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_CONSOLE],
        "OPTIONS": {"builtins": ["django.templatetags.static"], "context_processors": []},
    },
]

# Never used: the store names its database when it is opened, and the router sends the framework's models there.
# In memory so that `django-admin makemigrations` works without a data directory.
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DATABASE_ROUTERS = ["suitebridge.adapters.store.databases.LastOpened"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "store.Person"
AUTHENTICATION_BACKENDS = ["suitebridge.adapters.identity.backend.CompanyBackend"]
# argon2id; a further hasher is listed only to be upgraded from (quality.md S01).
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

SESSION_ENGINE = "suitebridge.web.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# The token of forms lives in the session, and dies with it (quality.md S08).
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "suitebridge.console.refusals.views.stale_form"

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "report-uri": REPORTS_PATH,
        "report-to": REPORTS,
    },
}

LANGUAGE_CODE = "en-us"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = f"/static/{_fingerprint(_STATIC)}/"
STATICFILES_DIRS = [_STATIC]
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/[0-9a-f]{10}/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
# The house logs with structlog; the framework's own set-up would print to standard error.
LOGGING_CONFIG = None
