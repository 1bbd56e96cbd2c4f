"""Addresses of the citizen's pages first, then the officer's."""

from django.urls import URLPattern


portal_urls: list[URLPattern] = []

desk_urls: list[URLPattern] = []

urlpatterns = [*portal_urls, *desk_urls]
