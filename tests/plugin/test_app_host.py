"""The mock that ``GENAUTH_APP_HOST`` names, in projects of strangers: shared if it is one, left alone if not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from genauth_mock.server.launch import running_in_thread

if TYPE_CHECKING:
    from collections.abc import Generator

pytest_plugins = ["pytester"]


@pytest.fixture(scope="module")
def mock_url() -> Generator[str]:
    """A mock that runs elsewhere."""
    with running_in_thread() as server:
        yield server.url


def test_the_mock_at_app_host_is_shared(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, mock_url: str
) -> None:
    monkeypatch.setenv("GENAUTH_APP_HOST", mock_url)
    project.makepyfile(
        f"""
        def test_host(genauth_server):
            assert genauth_server.app_host == {mock_url!r}
            assert genauth_server.new_user().user_id
        """
    )
    project.runpytest("-p", "no:asyncio").assert_outcomes(passed=1)


def test_an_app_host_that_is_no_mock_is_left_alone(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENAUTH_APP_HOST", "http://127.0.0.1:9")
    project.makepyfile(
        """
        def test_host(genauth_server):
            assert genauth_server.app_host != "http://127.0.0.1:9"
            assert genauth_server.new_user().user_id
        """
    )
    project.runpytest("-p", "no:asyncio").assert_outcomes(passed=1)
