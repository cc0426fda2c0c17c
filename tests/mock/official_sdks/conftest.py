"""What the tests with the official Python SDKs are given: an offline GenAuth, and clients of both."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest

from genauth_mock.server.launch import Running, running_in_thread
from genauth_mock.testing import GenAuthServer
from tests.mock.official_sdks.support import (
    BACK,
    PASSWORD,
    SCOPE,
    Make,
    Sdk,
    client_of,
)


@pytest.fixture(scope="module")
def served() -> Iterator[Running]:
    """Give a server in its own thread: the SDKs block."""
    with running_in_thread() as server:
        yield server


@pytest.fixture
def genauth(served: Running) -> GenAuthServer:
    """Give an offline GenAuth as new, which answers in Chinese where nobody asks for a language."""
    with urlopen(Request(f"{served.url}/_mock/reset", method="POST")) as reply:  # noqa: S310 - our own server
        assert reply.status == 200
    return GenAuthServer(served.url, served.deployment.options.app_id)


@pytest.fixture(params=["genauth", "authing"])
def sdk(request: pytest.FixtureRequest, genauth: GenAuthServer) -> Sdk:
    """Give the official client of the app, with nobody signed in."""
    return client_of(request.param, genauth)


@pytest.fixture
def alice(sdk: Sdk, genauth: GenAuthServer) -> Sdk:
    """Give the official client with a user signed in by username and password."""
    genauth.new_user(username="alice", password=PASSWORD, email="alice@example.com")
    signed_in = sdk.sign_in_by_username_password("alice", PASSWORD, {"scope": SCOPE})
    sdk.set_access_token(signed_in["data"]["access_token"])
    return sdk


@pytest.fixture
def make(genauth: GenAuthServer) -> Make:
    """Give what makes clients of the newer of the two packages."""

    def made(**fields: object) -> Sdk:
        client = client_of("genauth", genauth, redirect_uri=BACK)
        if fields:
            client.set_access_token(genauth.new_user(**fields).access_token)
        return client

    return made


@pytest.fixture
def ada(make: Make) -> Sdk:
    """Give such a client, signed in as a user with a password."""
    return make(username="ada", password=PASSWORD)
