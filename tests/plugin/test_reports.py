"""The report of a failed test: in whichever phase, and whatever the test has done to the network."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

REFUSALS = [
    "raise AssertionError('no network')",
    "raise RuntimeError('no\\nnetwork')",
    "pytest.fail('no network')",
    "pytest.skip('no network')",
    "raise SystemExit('no network')",
]
"""What stands in the place of a connection: as tests, pytest-socket and pytest-recording do it."""


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_network_that_is_refused_is_a_line_and_the_session_goes_on(
    project: pytest.Pytester, refusal: str
) -> None:
    project.makepyfile(
        f"""
        import socket
        import pytest

        def test_no_network(genauth_server, monkeypatch):
            def refuse(*_):
                {refusal}
            monkeypatch.setattr(socket.socket, "connect", refuse)
            assert False, "an ordinary failure"

        def test_the_next_one(genauth_server):
            genauth_server.new_user()
        """
    )
    result = project.runpytest("-p", "no:asyncio")
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["*GenAuth exchanges*", "not known: *: no network"])
    result.stdout.no_fnmatch_line("*INTERNALERROR*")


def test_setup_and_teardown_show_their_exchanges(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest
        from calling import bind, send

        @pytest.fixture
        def bound(genauth_server):
            user = genauth_server.new_user()
            answer = bind(genauth_server, user, "000000")
            assert answer["statusCode"] == 200

        @pytest.fixture
        def left(genauth_server):
            user = genauth_server.new_user()
            yield
            send(genauth_server, user)
            assert False, "at the end"

        def test_setup(bound):
            pass

        def test_teardown(left):
            pass
        """
    )
    result = project.runpytest("-p", "no:asyncio")
    result.assert_outcomes(passed=1, errors=2)
    result.stdout.fnmatch_lines(
        [
            "*ERROR at setup of test_setup*",
            "*GenAuth exchanges*",
            "POST /api/v3/bind-phone *",
            "    -> NO_CODE; *",
            "*ERROR at teardown of test_teardown*",
            "*GenAuth exchanges*",
            "POST /api/v3/send-sms *",
            "    -> OK; *",
        ]
    )


@pytest.mark.parametrize(
    "server",
    [
        'request.getfixturevalue("genauth_server")',
        'request.getfixturevalue("genauth_mock_server").app()',
    ],
)
def test_a_server_that_is_asked_for_in_a_test_is_shown(
    project: pytest.Pytester, server: str
) -> None:
    project.makepyfile(
        f"""
        from calling import send

        def test_dynamic(request):
            server = {server}
            send(server, server.new_user())
            assert False

        def test_another(genauth_mock_server):
            assert False
        """
    )
    result = project.runpytest("-p", "no:asyncio")
    result.assert_outcomes(failed=2)
    assert str(result.stdout).count("GenAuth exchanges") == 1
    result.stdout.fnmatch_lines(["*GenAuth exchanges*", "POST /api/v3/send-sms *"])


def test_a_request_that_waits_is_pending(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import json
        from urllib.request import Request, urlopen

        def test_slow(genauth_server):
            genauth_server.inject(route="send-sms", delay_seconds=30)
            body = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": "18812348888"}
            headers = {"x-genauth-app-id": genauth_server.app_id}
            url = genauth_server.app_host + "/api/v3/send-sms"
            urlopen(Request(url, json.dumps(body).encode(), headers), timeout=0.2)
        """
    )
    result = project.runpytest("-p", "no:asyncio")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*GenAuth exchanges*",
            "POST /api/v3/send-sms *",
            "    -> pending; fault 1 (delay, before)",
        ]
    )


def test_without_the_extra_the_fixture_says_what_to_install(project: pytest.Pytester) -> None:
    project.makeconftest("import sys; sys.modules['joserfc'] = None")
    project.makepyfile("def test_it(genauth_server): pass")
    result = project.runpytest_subprocess("-p", "no:asyncio")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "*MissingExtra: the fixture genauth_server needs its extra: pip install 'aiogenauth?mock?'*"
        ]
    )


def test_fixtures_of_any_scope_have_apps_of_their_own(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import unittest
        import pytest

        @pytest.fixture(scope="session")
        def of_session(genauth_mock_server):
            return genauth_mock_server.app("session")

        @pytest.fixture(scope="module")
        def of_module(genauth_mock_server):
            return genauth_mock_server.app()

        def test_each_is_another(of_session, of_module, genauth_server):
            apps = {of_session.app_id, of_module.app_id, genauth_server.app_id}
            assert len(apps) == 3
            assert of_session.app_id.startswith("session-")
            of_module.new_user(username="ada")

        def test_it_stays(of_module, genauth_server):
            assert [user["username"] for user in of_module.users()] == ["ada"]
            assert genauth_server.users() == []

        @pytest.fixture(scope="class")
        def in_class(request, genauth_mock_server):
            request.cls.genauth = genauth_mock_server.app()

        @pytest.mark.usefixtures("in_class")
        class TestUnit(unittest.TestCase):
            def test_it(self):
                self.genauth.new_user()
        """
    )
    project.runpytest("-p", "no:asyncio").assert_outcomes(passed=3)
