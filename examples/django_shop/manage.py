"""
A shop with Django: checkout, 3-D Secure and webhooks. ``manage.py migrate --run-syncdb``, then ``manage.py runserver``.

Settings come from the environment, see settings.py. What it does is in orders/views.py.
"""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
