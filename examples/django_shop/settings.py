"""Settings, from the environment. OMISE_SECRET_KEY is not here: the library reads it by itself."""

import os

import omise

omise.reference_key = "ref"  # by which a charge is found whose answer was lost

OMISE_WEBHOOK_SECRET = os.environ["OMISE_WEBHOOK_SECRET"]

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "urls"
WSGI_APPLICATION = "wsgi.application"
INSTALLED_APPS = ["orders"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["SHOP_DB"]}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
