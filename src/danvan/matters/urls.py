"""Addresses of the citizen's pages first, then the officer's."""

from django.urls import URLPattern

from danvan.matters.portal import portal_urls

desk_urls: list[URLPattern] = []

urlpatterns = [*portal_urls, *desk_urls]
