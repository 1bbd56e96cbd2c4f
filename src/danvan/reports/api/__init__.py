"""Reporting for machines: the same actions and queries as the pages, one call each."""

from ninja import Router

from danvan.reports.api import checking, figures, sheets, statutory

router = Router()
for part in (sheets, figures, checking, statutory):
    router.add_router("", part.router)
