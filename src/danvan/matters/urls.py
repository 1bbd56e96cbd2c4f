"""Addresses of the citizen's pages first, then the officer's."""

from danvan.matters.desk.matter_urls import matter_urls
from danvan.matters.desk.meeting_urls import meeting_urls
from danvan.matters.desk.paper_urls import paper_urls
from danvan.matters.desk.reception_urls import reception_urls
from danvan.matters.portal import portal_urls

desk_urls = [*matter_urls, *meeting_urls, *paper_urls, *reception_urls]

urlpatterns = [*portal_urls, *desk_urls]
