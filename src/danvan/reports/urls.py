"""Addresses of reporting: public pages first, then the officers'."""

from danvan.reports.desk import desk_urls
from danvan.reports.portal import portal_urls

urlpatterns = [*portal_urls, *desk_urls]
