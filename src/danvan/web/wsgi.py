import os

from django.core.wsgi import get_wsgi_application

from danvan.base.jobs import start_in_thread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danvan.web.settings")
application = get_wsgi_application()
if os.environ.get("DANVAN_WORKER_IN_THREAD"):
    start_in_thread()
