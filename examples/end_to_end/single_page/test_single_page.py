"""A single-page app on a port of its own: it signs in and calls GenAuth from the browser, across origins."""

import json
import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, expect, sync_playwright

from genauth_mock.testing.fixture import GenAuthServer

NUMBER = "18812348888"


class Files(SimpleHTTPRequestHandler):
    """Serve this folder, and where GenAuth is; in your project, your bundler's server does that."""

    config = b""

    def do_GET(self) -> None:
        """Answer a file, or the configuration."""
        if urlsplit(self.path).path != "/config.json":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(self.config)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Say nothing."""


@pytest.fixture
def app(genauth_server: GenAuthServer) -> Iterator[str]:
    """Give the address of the app, which GenAuth knows as a place to send people back to."""
    where = {"host": genauth_server.app_host, "appId": genauth_server.app_id}
    files = type("TheseFiles", (Files,), {"config": json.dumps(where).encode()})
    handler = partial(files, directory=str(Path(__file__).parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        origin = f"http://127.0.0.1:{server.server_port}"
        genauth_server.settings(
            redirect_uris=[f"{origin}/"],
            allowed_origins=[origin],  # as strict as a deployment; without it, every page may call
            token_endpoint_auth_method="none",  # noqa: S106 - a page keeps no secret: PKCE proves that it asked
        )
        yield f"{origin}/"
        server.shutdown()


@pytest.fixture
def page() -> Iterator[Page]:
    """Give a page in a browser. With pytest-playwright, leave this out: it has a fixture `page`."""
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM")  # None: the one that `playwright install` fetched
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def test_a_person_signs_in_and_binds_a_phone(
    page: Page, app: str, genauth_server: GenAuthServer
) -> None:
    genauth_server.new_user(username="ada")
    page.goto(app)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="ada").click()
    expect(page.get_by_text("Signed in as ada.")).to_be_visible()
    page.get_by_label("Phone number").fill(NUMBER)
    page.get_by_role("button", name="Send code").click()
    page.get_by_label("Code").fill(genauth_server.pass_code(NUMBER))
    page.get_by_role("button", name="Bind").click()
    expect(page.get_by_role("status")).to_have_text("Bound.")


def test_an_app_that_is_not_on_the_list_may_not_call(
    page: Page, app: str, genauth_server: GenAuthServer
) -> None:
    genauth_server.settings(allowed_origins=["https://somewhere.example"])
    page.goto(app)
    headers = {"x-genauth-app-id": genauth_server.app_id}
    call = f"{genauth_server.app_host}/api/v3/get-profile"
    with pytest.raises(Error, match="Failed to fetch"):
        page.evaluate("([url, headers]) => fetch(url, { headers })", [call, headers])
