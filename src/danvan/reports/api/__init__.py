"""Reporting for machines: the same actions and queries as the pages, one call each."""

from ninja import Router

from danvan.reports.api import checking, figures, sheets

router = Router()
for part in (sheets, figures, checking):
    router.add_router("", part.router)
