"""Settings of the site. Every variable is read here, through aiwatch/env.py, and described in docs/settings.md."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import environ
from celery.schedules import crontab

from aiwatch import env
from aiwatch.embedded import find_socket_folder
from aiwatch.secret import read_or_make_secret

BASE_DIR = Path(__file__).resolve().parent.parent
env.read_file(BASE_DIR / ".env")

# Everything that the program writes goes below this folder.
VAR = (BASE_DIR / env.text("AIWATCH_VAR", "var")).resolve()

MAINTENANCE_NOTE = VAR / "maintenance"  # while this file exists, pages say what it holds

# --- the site ---------------------------------------------------------------------------------------------------------

DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.text("SECRET_KEY") or read_or_make_secret(VAR / "secret_key")
HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000, least=1, most=65535)
SITE_URL = env.address("SITE_URL", ("http", "https"), f"http://localhost:{PORT}").rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"))

INSTALLED_APPS = [
    "aiwatch",
    "timeline",
    "ingest",
    "digests",
    "visitors",
    "aiwatch.desk.DeskConfig",  # django.contrib.admin with the proposals first
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "rest_framework",
    "corsheaders",
    "drf_spectacular_sidecar",  # the files of Swagger UI and Redoc
    "csp",
    "django_htmx",  # for its copy of htmx
]

MIDDLEWARE = [
    "timeline.kept.KeptAnswers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "aiwatch.maintenance.Maintenance",
    "timeline.packing.Compress",
    "aiwatch.policy.Policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "aiwatch.urls"
WSGI_APPLICATION = "aiwatch.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {
        "NAME": "compiled",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "timeline.compiled.make_environment"},
    },
]

# Answers of public pages, kept in Valkey until the record changes. With DEBUG templates change under them.
ANSWERS_MEGABYTES = 0 if DEBUG else env.number("ANSWERS_MEGABYTES", 64)
# Rows and entries that each process of the web has made, for pages that show them next.
ROWS_MEGABYTES = 0 if DEBUG else env.number("ROWS_MEGABYTES", 16)
PROXY_SECONDS = env.number("PROXY_SECONDS", 0)  # how long a proxy may show a page without asking; 0: never
WEBSUB_HUB = env.address("WEBSUB_HUB", ("http", "https"))  # where readers of feeds may have news sent to them
# Requests of one address, and of one key; 0: no limit.
API_PER_MINUTE = env.number("API_PER_MINUTE", 3000)
API_PER_DAY = env.number("API_PER_DAY", 100_000)
API_KEY_PER_MINUTE = env.number("API_KEY_PER_MINUTE", 12_000)
API_KEY_PER_DAY = env.number("API_KEY_PER_DAY", 1_000_000)

REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}
DUMPS_ROOT = VAR / "dumps"  # the whole record as files, a folder a week
DUMPS_KEEP = env.number("DUMPS_KEEP", 8, least=1)

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- static files -----------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # templates name every file by {% static %}; half the files to compress
MEDIA_ROOT = VAR / "media"

# --- PostgreSQL and Valkey --------------------------------------------------------------------------------------------

# Where neither address is given, the servers of the wheels are started on first use (aiwatch/embedded.py).
DATABASE_URL = env.address("DATABASE_URL", ("postgres", "postgresql"))
VALKEY_URL = env.address("VALKEY_URL", ("valkey", "valkeys", "redis", "rediss", "unix")) or env.address(
    "REDIS_URL", ("redis", "rediss", "unix")
)
EMBEDDED_POSTGRES = not DATABASE_URL
EMBEDDED_VALKEY = not VALKEY_URL
EMBEDDED_SOCKETS = find_socket_folder(VAR)
EMBEDDED_FSYNC = True  # tests turn it off: their record need not outlive a power cut

_database = (
    {"NAME": "aiwatch", "USER": "postgres", "HOST": str(EMBEDDED_SOCKETS)}
    if EMBEDDED_POSTGRES
    else environ.Env.db_url_config(DATABASE_URL)
)
DATABASES = {
    "default": {
        **_database,
        "ENGINE": "aiwatch.database",  # Django's PostgreSQL backend, which starts the embedded server first
        # A new connection costs ten times a query, so each thread keeps its own.
        "CONN_MAX_AGE": env.number("DATABASE_MAX_AGE", 600),
        "CONN_HEALTH_CHECKS": True,
    }
}

# valkey:// and redis:// are one protocol; the client libraries know only the older name.
VALKEY_URL = re.sub("^valkey", "redis", VALKEY_URL) if VALKEY_URL else f"unix://{EMBEDDED_SOCKETS}/valkey.sock"

# --- background work --------------------------------------------------------------------------------------------------

CELERY_BROKER_URL = VALKEY_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600}  # until the work of a killed worker is given out again
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A Valkey whose disk or memory is full takes nothing; without this the worker ends, and all of the site with it.
CELERY_BROKER_CHANNEL_ERROR_RETRY = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True  # the database is the truth
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 450_000  # KiB; a process that has held more ends after its task for a fresh one
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "sweep": {
        "task": "ingest.tasks.sweep",
        "schedule": (_sweep := env.number("INGEST_SWEEP_SECONDS", 30)),
        "options": {"expires": max(_sweep, 10)},  # sweeps do not pile up while no worker runs
    },
    "dump": {"task": "timeline.tasks.dump", "schedule": crontab(day_of_week=1, hour=4, minute=10)},
    "tidy": {"task": "timeline.tasks.tidy", "schedule": crontab(hour=3, minute=20)},
    "prune": {"task": "ingest.tasks.prune", "schedule": crontab(hour=3, minute=40)},
    "alert": {"task": "ingest.tasks.alert", "schedule": crontab(minute=10)},  # hourly, and one mail a day at the most
}

# --- from the web to the record ---------------------------------------------------------------------------------------

INGEST_USER_AGENT = env.text("INGEST_USER_AGENT", f"aiwatch/1.0 (+{SITE_URL}/about/)")
INGEST_ALLOW_HOSTS = env.words("INGEST_ALLOW_HOSTS")  # "host:port" pairs that may be private: tests, intranets
INGEST_DEADLINE_SECONDS = env.number("INGEST_DEADLINE_SECONDS", 30)
INGEST_HOST_GAP_SECONDS = env.number("INGEST_HOST_GAP_SECONDS", 2)
INGEST_LEASE_SECONDS = env.number("INGEST_LEASE_SECONDS", 120)  # how long a claim outlives a killed worker
INGEST_REQUEUE_SECONDS = env.number("INGEST_REQUEUE_SECONDS", 300)  # when a lost message is made up for
INGEST_KEEP_DAYS = env.number("INGEST_KEEP_DAYS", 60, least=36)  # the health page compares five weeks
OPERATORS_EMAIL = env.words("OPERATORS_EMAIL")
# A proposal publishes itself when so many independent publishers tell of it and it is at least so sure; 0: never.
INGEST_PUBLISH_SOURCES = env.number("INGEST_PUBLISH_SOURCES", 0)
INGEST_PUBLISH_CONFIDENCE = env.number("INGEST_PUBLISH_CONFIDENCE", 80, most=100) / 100

# --- e-mail -----------------------------------------------------------------------------------------------------------

EMAIL_URL = env.address("EMAIL_URL", ("smtp", "smtps", "smtp+tls", "smtp+ssl"))
_mail = environ.Env.email_url_config(EMAIL_URL) if EMAIL_URL else {}
EMAIL_BACKEND = _mail.get("EMAIL_BACKEND", "digests.mailbox.FileBackend")
EMAIL_FILES = VAR / "mail"  # what is sent where no server is set
EMAIL_HOST = _mail.get("EMAIL_HOST", "")
EMAIL_PORT = _mail.get("EMAIL_PORT") or (465 if "EMAIL_USE_SSL" in _mail else 587 if "EMAIL_USE_TLS" in _mail else 25)
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT_SECONDS", 20, least=1)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", f"aiwatch <digests@{urlsplit(SITE_URL).hostname}>")
EMAIL_INBOX = env.text("EMAIL_INBOX")  # what comes there goes to `manage.py receive_mail`
# What the provider reports comes to /webhooks/mail/, with its signing key, or a user and password that it was told.
EMAIL_WEBHOOK = env.address(
    "EMAIL_WEBHOOK",
    ("mailersend", "mailgun", "mailtrap", "brevo", "mailjet", "postmark", "sparkpost"),
)
EMAIL_PER_MINUTE = env.number("EMAIL_PER_MINUTE", 0)  # 0: as fast as the server takes them
EMAIL_PER_DAY = env.number("EMAIL_PER_DAY", 0)
DIGESTS_SWEEP_SECONDS = env.number("DIGESTS_SWEEP_SECONDS", 20, least=1)
DIGESTS_LEASE_SECONDS = env.number("DIGESTS_LEASE_SECONDS", 300, least=1)  # longer than a slow server may take in all
DIGESTS_PATIENCE = env.number("DIGESTS_PATIENCE", 100) / 100  # stretches or shortens the waits between two tries
# Whose address is it that asks? Behind a proxy, the last one that the proxy itself added.
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
CELERY_BEAT_SCHEDULE |= {
    "digests-sweep": {"task": "digests.tasks.sweep", "schedule": DIGESTS_SWEEP_SECONDS},
    "digests-purge": {"task": "digests.tasks.purge", "schedule": 3600},
}

# --- safety -----------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
# Pages of any other site may read what is public data, and nothing else.
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/(?:api/|data/|feed\.|quotes\.|corrections\.|events\.)"
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS")
CORS_ALLOW_HEADERS = ("accept", "authorization", "if-none-match", "if-modified-since")
CORS_EXPOSE_HEADERS = ("ETag", "RateLimit", "RateLimit-Policy", "Retry-After")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
_https = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- the log ----------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {  # not a line for every task that arrives or goes well
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        # What is wrong with strangers' addresses and headers is told where they are shown.
        "requests_hardened": {"level": "ERROR"},
        "urllib3": {"level": "ERROR"},
    },
}
