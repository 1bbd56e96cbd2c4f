"""The request as officers' views get it."""

from django.http import HttpRequest

from danvan.units.access import Actor


class OfficerRequest(HttpRequest):
    """`by` is who acts; the shell sets it on every request."""

    by: Actor
