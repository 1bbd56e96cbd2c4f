"""Matters for machines: the same actions and queries as the pages, one call each.

`open_router` answers citizens without an account too, by code and PIN; whoever mounts it adds `as_citizen` to the ways
of being recognised, last.
"""

from danvan.matters.api.cases import case_router
from danvan.matters.api.citizen import as_citizen, open_router
from danvan.matters.api.linking import linking_router
from danvan.matters.api.meetings import meeting_router
from danvan.matters.api.officer import router
from danvan.matters.api.publishing import answers_router, publishing_router
from danvan.matters.api.receptions import public_router, reception_router
from danvan.matters.api.saved_views import view_router

router.add_router("", case_router)
router.add_router("", meeting_router)
router.add_router("", reception_router)
router.add_router("", public_router)
router.add_router("", linking_router)
router.add_router("", publishing_router)
router.add_router("", answers_router)
router.add_router("", view_router)

__all__ = ["as_citizen", "open_router", "router"]
