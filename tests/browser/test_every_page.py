"""Every page that has an address of its own, as a visitor and as officers meet it, on a phone and on a desk."""

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

NOT_VISITED = ("/api/", "/ngon-ngu/", "/tai-khoan/dang-xuat/")
"""Answers to machines, and what would change the visit itself."""
OPENED = {HTTPStatus.OK, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
"""Being told that a page is not for you is a page, too; it is looked at like any other."""
SIGN_IN = "/tai-khoan/dang-nhap/?"
"""Where a visitor is led from a page behind the door; that page is looked at by its own address."""
ASKED = {"/tong-hop/chi-tieu/": "?chitieu=petitions.received"}
"""What an address must be asked to say anything."""


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    """All addresses without a variable part, in the order in which they are tried."""
    for entry in patterns:
        here = prefix + str(entry.pattern)
        if "<" in here or "(" in here or here.startswith(NOT_VISITED):
            continue
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, here)
        else:
            yield here + ASKED.get(here, "")


PAGES = sorted(set(addresses(get_resolver().url_patterns)))


OF_ONE_VISIT = re.compile(r'(name="(?:csrfmiddlewaretoken|key)" value=")[^"]*|\bauto_id_\w+')
_checked: set[tuple[int, str]] = set()
"""The contents that the checker of accessibility has seen, at which width: it says the same of the same."""


def faults(page, axe, path: str) -> list[str]:
    """What is wrong with the page at that address, one line for each; nothing where it is no page at all."""
    asked = page.request.get(path, max_redirects=0)
    if asked.status == HTTPStatus.METHOD_NOT_ALLOWED or "text/html" not in asked.headers["content-type"]:
        return []
    if asked.status == HTTPStatus.FOUND and asked.headers["location"].startswith(SIGN_IN):
        return []
    response = page.goto(path)
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = {
        f"answered {response.status}": response.status not in OPENED,
        "says no language": page.locator("html").get_attribute("lang") != "vi",
        "has not exactly one heading": page.locator("h1").count() != 1,
        f"is {too_wide} pixels too wide": too_wide > 0,
    }
    content = OF_ONE_VISIT.sub(r"\1", page.locator("main").inner_html())
    seen = (page.viewport_size["width"], content)
    if seen not in _checked:
        _checked.add(seen)
        try:
            axe(page)
        except AssertionError as violations:
            found[str(violations)] = True
    return [f"{path} {fault}" for fault, there in found.items() if there]


def test_there_are_pages():
    assert "/" in PAGES


def test_every_page_opens_for_a_visitor(world, page, axe):
    assert [fault for path in PAGES for fault in faults(page, axe, path)] == []


@pytest.mark.parametrize("who", ["tu", "lan", "vu"])
def test_every_page_behind_the_door_opens_for_an_officer(request, page, axe, enter, client, who):
    """A leader of a commune, a co-ordinator of the province and an operator: between them they open everything."""
    behind = [path for path in PAGES if client.get(path).status_code != HTTPStatus.OK]
    enter(page, request.getfixturevalue(who))
    assert [fault for path in behind for fault in faults(page, axe, path)] == []
