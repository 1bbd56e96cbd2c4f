"""All settings in one file; `danvan config check` prints what is in force and where it came from."""

from pathlib import Path

from csp.constants import NONE, SELF

from danvan.base.encryption import new_key_line, owner_only_file
from danvan.web import environment as env

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(env.text("DANVAN_HOME", "var")).resolve()
"""Where the embedded default keeps its database, keys and files."""
HOME.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = env.text("DANVAN_SECRET_KEY") or owner_only_file(HOME / "keys" / "session.key", new_key_line(0)).strip()
VAULT_KEYS = env.text("DANVAN_VAULT_KEY") or owner_only_file(HOME / "keys" / "vault.key", new_key_line(1))
ALLOWED_HOSTS = env.words("DANVAN_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("DANVAN_ORIGINS", "")
BEHIND_TLS = env.flag("DANVAN_TLS", default=False)
PROXIES = env.number("DANVAN_PROXIES", 0)
"""How many trusted proxies stand in front; 0 takes the address of the connection itself."""

INSTALLED_APPS = [
    "danvan.web",
    "danvan.reports",
    "danvan.matters",
    "danvan.commitments",
    "danvan.outreach",
    "danvan.people",
    "danvan.units",
    "danvan.base",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "danvan.web.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "danvan.web.middleware.private_pages",
    "danvan.web.middleware.own_password",
    "danvan.web.middleware.acting_post",
    "danvan.web.middleware.refusals",
]
ROOT_URLCONF = env.text("DANVAN_ROOT_URLCONF", "danvan.web.urls")
WSGI_APPLICATION = "danvan.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "danvan.web.shell.shell",
            ],
            "builtins": ["danvan.web.templatetags.danvan", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
MESSAGE_TAGS = {10: "info", 20: "info", 25: "good", 30: "warn", 40: "danger"}
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.database(env.text("DANVAN_DATABASE"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "danvan.base.cache.Cache", "LOCATION": "cache"},
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "units.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
CUSTODY_ARGON2 = (3, 131_072, 4)
"""Passes, memory in KiB and lanes spent on the passphrase of a custodian; each key remembers its own."""
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "danvan.web.accounts.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/5m/key,30/5m/ip",
    "login": "60/m/ip",
    "change_password": "5/m/user",
    "matter_track": "20/10m/ip,8/10m/key",
    "matter_send": "20/h/ip",
    "matter_add": "20/h/ip",
    "matter_photo": "60/h/ip",
    "report_check": "20/10m/ip",
}
"""Kept in the cache table, so that they count over all processes; the public look-ups use the same counter."""
ACCOUNT_FORMS = {
    "login": "danvan.web.accounts.SignIn",
    "change_password": "danvan.web.accounts.ChangePassword",
    "reauthenticate": "danvan.web.accounts.ConfirmPassword",
}
MFA_ADAPTER = "danvan.web.accounts.SealedAdapter"
MFA_FORMS = {
    "authenticate": "danvan.web.accounts.SecondStep",
    "reauthenticate": "danvan.web.accounts.SecondStepAgain",
    "activate_totp": "danvan.web.accounts.ActivateApp",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "danvan"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "post-choose"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = env.number("DANVAN_SESSION_HOURS", 10) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_NAME = "danvan"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS and PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "danvan_language"
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
FORMAT_MODULE_PATH = ["danvan.web.formats"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILES_ROOT = HOME / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
MAX_PHOTO_BYTES = 12 * 1024 * 1024
MAX_PHOTOS = 5

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("DANVAN_SMTP_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = env.text("DANVAN_SMTP_HOST")
EMAIL_PORT = env.number("DANVAN_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("DANVAN_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("DANVAN_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("DANVAN_SMTP_TLS", default=True)
DEFAULT_FROM_EMAIL = env.text("DANVAN_MAIL_FROM", "danvan@localhost")
PUBLIC_URL = env.text("DANVAN_PUBLIC_URL", f"http://localhost:{env.number('DANVAN_PORT', 8000)}")
HOTLINE = env.text("DANVAN_HOTLINE")
OFFICE = env.text("DANVAN_OFFICE", "Cổng lắng nghe ý kiến Nhân dân")
"""Whose portal this is, as citizens know it."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("DANVAN_LOG_LEVEL", "WARNING")},
}
