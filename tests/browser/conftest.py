"""A real Chromium on the real pages, on a phone and on a desk.

Everything a page promises by being there is checked after every test without being asked: no script error, nothing
refused by the content security policy, no file missing, and not one request to another machine.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test import Client
from django.test.testcases import QuietWSGIRequestHandler
from django.utils.module_loading import import_string
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.world import Officer

# Playwright's own event loop runs in this thread, which Django would otherwise take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first one that is there: without windows it opens a page in half the time."""
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
ACCESSIBLE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATIENCE_MS = 15_000


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.fail("Chromium is not installed; scripts/system.sh installs Debian's", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(static_files: Path) -> Iterator[str]:
    """The address of the product's own WSGI application, served from a thread of this process."""
    application = import_string(settings.WSGI_APPLICATION)
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def open_page(chromium: Browser, served: str, transactional_db: None) -> Iterator[Callable[..., Page]]:
    """Opens a new, empty browser: `open_page(PHONE, javascript=False)`; pages go by path, `page.goto("/tra-cuu/")`."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(device: Mapping[str, Any] = DESKTOP, *, javascript: bool = True) -> Page:
        context = chromium.new_context(
            **device, base_url=served, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", java_script_enabled=javascript
        )
        context.set_default_timeout(PATIENCE_MS)
        _listen(context, served, complaints)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _listen(context: BrowserContext, served: str, complaints: list[str]) -> None:
    """Error pages are pages too: their own status is no complaint, that of a file they ask for is."""
    context.on("weberror", lambda error: complaints.append(f"script error: {error.error}"))
    context.on(
        "console",
        lambda message: (
            complaints.append(f"console: {message.text}")
            if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource")
            else None
        ),
    )
    context.on(
        "request",
        lambda request: (
            complaints.append(f"asked another machine: {request.url}")
            if not request.url.startswith((served, "data:", "blob:"))
            else None
        ),
    )
    context.on(
        "response",
        lambda response: (
            complaints.append(f"{response.status} for {response.url}")
            if response.status >= 400 and not response.request.is_navigation_request()
            else None
        ),
    )


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    return open_page(PHONE)


@pytest.fixture
def desktop(open_page: Callable[..., Page]) -> Page:
    return open_page(DESKTOP)


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def page(request: pytest.FixtureRequest, open_page: Callable[..., Page]) -> Page:
    """The same test on a phone and on a desk."""
    return open_page(request.param)


@pytest.fixture
def without_javascript(open_page: Callable[..., Page]) -> Page:
    return open_page(PHONE, javascript=False)


@pytest.fixture
def enter(served: str, sign_in: Callable[[Officer], Client]) -> Callable[[Page, Officer], Page]:
    """Gives the page the session of that officer, without the way through the sign-in form."""

    def entered(page: Page, officer: Officer) -> Page:
        cookie = sign_in(officer).cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": served}])
        return page

    return entered


@pytest.fixture
def look(pytestconfig: pytest.Config) -> Callable[[Page, str], Path]:
    """Keeps a picture of the whole page under var/screens for a person to look at, if `DANVAN_SCREENS` is set: a picture
    costs as much as the rest of the test.
    """
    keeps = bool(os.environ.get("DANVAN_SCREENS"))
    folder = pytestconfig.rootpath / "var" / "screens"
    folder.mkdir(parents=True, exist_ok=True)

    def looked(page: Page, name: str) -> Path:
        width = page.viewport_size["width"] if page.viewport_size else 0
        path = folder / f"{name}-{width}.png"
        if keeps:
            page.screenshot(path=path, full_page=True)
        return path

    return looked


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fails with every violation of WCAG 2.2 A and AA on the page as it stands, and with what lies in no landmark."""
    checker = Axe()
    rules = {"runOnly": {"type": "tag", "values": ACCESSIBLE}, "rules": {"region": {"enabled": True}}}
    options = {**rules, "resultTypes": ["violations"]}

    def checked(page: Page) -> None:
        assert page.evaluate("matchMedia('(scripting: enabled)').matches"), (
            "the checker is a script and would wait forever"
        )
        found = checker.run(page, options=options).response["violations"]
        assert [
            f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['target']}"
            for rule in found
            for node in rule["nodes"]
        ] == []

    return checked
