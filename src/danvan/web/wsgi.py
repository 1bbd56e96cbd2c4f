import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danvan.web.settings")
application = get_wsgi_application()

if os.environ.get("DANVAN_WORKER_IN_THREAD"):
    from danvan.base.jobs import start_in_thread  # the job tables need the applications to be loaded

    start_in_thread()
