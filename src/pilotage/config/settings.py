"""Everything that can be set, read from PILOTAGE_… variables, with defaults that run on a laptop."""

import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from pilotage.config import environment as env

PACKAGE = Path(__file__).resolve().parent.parent

DATA = Path(
    env.text("PILOTAGE_DATA", "data", "Folder that holds the database, uploaded files and the secret key")
).resolve()
DEBUG = env.flag("PILOTAGE_DEBUG", False, "Show error details in the browser; never on a server")
DEMO = env.flag("PILOTAGE_DEMO", False, "The demo: sign-ins are shown on the sign-in page, mail goes to files")
DEMO_DOMAIN = "demo.example"
"""The e-mail domain of the invented people of the demo."""
DEMO_DOMAIN = "demo.example"
"""Mail domain of the demo's people; they can sign in nowhere but in the demo."""
DEMO_PASSWORD = "open-borders-2023"
"""What every demo sign-in (…@demo.example) has for a password: shown on the sign-in page of the demo, used nowhere else."""
ALLOWED_HOSTS = env.words("PILOTAGE_HOSTS", "localhost,127.0.0.1,[::1]", "Host names that the server answers to")
BASE_URL = env.text(
    "PILOTAGE_URL", "http://127.0.0.1:8000", "Address that stands in mails, feeds and documents"
).rstrip("/")
SECURE = BASE_URL.startswith("https://")
PROXIES = env.number(
    "PILOTAGE_PROXIES", 0, "How many proxies of your own stand before the server: limits count by the visitor's address"
)
REMIND_AT = env.number(
    "PILOTAGE_REMIND_AT", 8, "Hour of the day from which the worker sends the day's reminders; 24: never, cron does it"
)
MAX_UPLOAD_MB = env.number("PILOTAGE_MAX_UPLOAD_MB", 20, "Largest file that is accepted, in MB")
REQUIRE_MFA = env.flag("PILOTAGE_REQUIRE_MFA", False, "Staff must set up a second factor before they work")


def _secret_key() -> str:
    given = env.text("PILOTAGE_SECRET_KEY", "", "Key that signs sessions; made and kept in the data folder if not set")
    if given:
        return given
    kept = DATA / "secret-key"
    if not kept.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        try:
            with kept.open("x") as file:
                kept.chmod(0o600)
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return kept.read_text()


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "pilotage.kit",
    "pilotage.domain.parties",
    "pilotage.domain.programme",
    "pilotage.domain.membership",
    "pilotage.domain.activities",
    "pilotage.domain.workplans",
    "pilotage.domain.recommendations",
    "pilotage.domain.steering",
    "pilotage.figures",
    "pilotage.documents",
    "pilotage.exchange",
    "pilotage.web",
    "pilotage.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "pilotage.web.middleware.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "pilotage.web.middleware.LanguageInAddressMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pilotage.web.middleware.ViewerMiddleware",
    "pilotage.web.past.middleware.PastMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "pilotage.config.urls"
WSGI_APPLICATION = "pilotage.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pilotage.web.context.surroundings",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "pilotage.web.templatetags.pilotage",
            ],
        },
    }
]

SQLITE_TUNING = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-4000; "
        "PRAGMA mmap_size=67108864; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"
    ),
}
_database_url = env.text(
    "DATABASE_URL", "", "PostgreSQL address (postgresql://…); SQLite in the data folder if not set"
)
if _database_url:
    DATABASES = {"default": dj_database_url.parse(_database_url, conn_max_age=60, conn_health_checks=True)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA / "pilotage.sqlite3"),
            "OPTIONS": SQLITE_TUNING,
            "CONN_MAX_AGE": 60,
        }
    }
DATABASE_ROUTERS = ["pilotage.kit.past.router.PastRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "membership.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "pilotage.web.accounts.demo.DemoOnly",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "pilotage.web.accounts.sign_in.SignInForm"}
ACCOUNT_ADAPTER = "pilotage.web.accounts.adapter.InvitedOnly"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "pilotage.web.accounts.locks.typed_address"
ACCOUNT_RATE_LIMITS = {"login_failed": False}
"""Wrong passwords are counted in one place, by axes, whose page says what to do."""
AXES_LOCKOUT_TEMPLATE = "account/locked.html"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = sorted(PACKAGE.rglob("locale"))
TIME_ZONE = env.text("PILOTAGE_TIME_ZONE", "Asia/Bishkek", "Time zone in which days begin and end")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
MEDIA_ROOT = DATA / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o600

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_BACKEND = env.text(
    "PILOTAGE_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "How mail goes out"
)
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = env.text("PILOTAGE_SMTP_HOST", "localhost", "Mail server")
EMAIL_PORT = env.number("PILOTAGE_SMTP_PORT", 25, "Port of the mail server")
EMAIL_HOST_USER = env.text("PILOTAGE_SMTP_USER", "", "User at the mail server")
EMAIL_HOST_PASSWORD = env.text("PILOTAGE_SMTP_PASSWORD", "", "Password at the mail server")
EMAIL_USE_TLS = env.flag("PILOTAGE_SMTP_TLS", False, "Encrypt the way to the mail server")
DEFAULT_FROM_EMAIL = env.text("PILOTAGE_FROM", "pilotage@localhost", "Sender of mails")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
CSRF_TRUSTED_ORIGINS = [BASE_URL] if SECURE else []
CSRF_FAILURE_VIEW = "pilotage.web.drafts.not_from_this_sign_in"
SESSION_COOKIE_AGE = 12 * 60 * 60

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

VARIABLES = env.DECLARED
"""Everything above that is read from the environment, for the reference page."""
