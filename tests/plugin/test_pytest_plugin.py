"""The pytest plugin, in projects of strangers."""

from __future__ import annotations

import sys

import pytest

pytest_plugins = ["pytester"]

EXCHANGES = [
    "*GenAuth exchanges*",
    'POST /api/v3/send-sms {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": "188****8888"}',
    '    -> OK; HTTP 200 {"statusCode": 200, *}',
    "POST /api/v3/bind-phone *",
    "    -> OK; HTTP 200 *",
    'POST /api/v3/bind-phone {"phoneNumber": "188****8888", "passCode": "***"}',
    '    -> HAS_PHONE_ALREADY; *; HTTP 200 {"statusCode": 499, *}',
]
"""What a failing test shows of its calls."""


def test_a_sync_test_binds_a_phone(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        from calling import bind, send

        def test_bind(genauth_server):
            user = genauth_server.new_user(username="ada")
            send(genauth_server, user)
            code = genauth_server.pass_code("18812348888")
            assert genauth_server.pass_code("+8618812348888") == code
            assert bind(genauth_server, user, code)["statusCode"] == 200

        def test_code_expires(genauth_server):
            user = genauth_server.new_user()
            send(genauth_server, user)
            code = genauth_server.pass_code("18812348888")
            genauth_server.advance(301)
            assert bind(genauth_server, user, code)["statusCode"] != 200

        def test_the_number_is_free_again_in_every_test(genauth_server):
            genauth_server.new_user(phone_number="18812348888")
        """
    )
    project.runpytest("-p", "no:asyncio").assert_outcomes(passed=3)


def test_an_async_test_needs_no_plugin_for_the_fixture(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import asyncio
        from calling import bind, send

        async def flow(server):
            user = server.new_user()
            waiting = asyncio.create_task(server.wait_for_pass_code("18812348888"))
            await asyncio.to_thread(send, server, user)
            answer = await asyncio.to_thread(bind, server, user, await waiting)
            assert answer["statusCode"] == 200

        def test_bind(genauth_server):
            asyncio.run(flow(genauth_server))
        """
    )
    project.runpytest_subprocess("-p", "no:asyncio", "-W", "error").assert_outcomes(passed=1)


def test_an_async_test_under_pytest_asyncio_uses_the_same_fixture(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function")
    project.makepyfile(
        """
        from calling import bind, send

        async def test_bind(genauth_server):
            user = genauth_server.new_user()
            send(genauth_server, user)
            code = genauth_server.pass_code("18812348888")
            assert bind(genauth_server, user, code)["statusCode"] == 200
        """
    )
    project.runpytest().assert_outcomes(passed=1)


def test_workers_of_xdist_do_not_meet(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest
        from calling import bind, send

        @pytest.mark.parametrize("number", range(6))
        def test_bind(genauth_server, number):
            user = genauth_server.new_user(username="ada")
            send(genauth_server, user)
            code = genauth_server.pass_code("18812348888")
            assert bind(genauth_server, user, code)["statusCode"] == 200
        """
    )
    project.runpytest_subprocess("-n", "2", "-p", "no:asyncio", "-W", "error").assert_outcomes(
        passed=6
    )


def test_a_failing_test_shows_the_exchanges_masked(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        from calling import bind, send

        def test_bind(genauth_server):
            user = genauth_server.new_user()
            send(genauth_server, user)
            bind(genauth_server, user, genauth_server.pass_code("18812348888"))
            bind(genauth_server, user, "000000")
            assert user.user_id == "somebody"
        """
    )
    result = project.runpytest("-p", "no:asyncio", "--tb=short")
    result.stdout.fnmatch_lines(EXCHANGES)
    result.stdout.no_fnmatch_line("*18812348888*")


def test_no_message_is_told_with_what_was_sent_instead(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest
        from calling import send
        from genauth_mock.testing.fixture import NoPassCode

        def test_none(genauth_server):
            send(genauth_server, genauth_server.new_user(), "13912345678")
            with pytest.raises(NoPassCode) as caught:
                genauth_server.pass_code("18812348888", wait_seconds=0.01)
            assert "188****8888" in str(caught.value)
            assert "CHANNEL_BIND_PHONE to 139****5678" in str(caught.value)
        """
    )
    project.runpytest("-p", "no:asyncio").assert_outcomes(passed=1)


def test_importing_the_plugin_imports_pytest_and_nothing_else(pytester: pytest.Pytester) -> None:
    found = pytester.run(
        sys.executable,
        "-c",
        "import sys, pytest; before = set(sys.modules); import genauth_mock.testing.plugin; "
        "print(sorted(set(sys.modules) - before))",
    )
    assert found.outlines == [
        "['genauth_mock', 'genauth_mock.testing', 'genauth_mock.testing.plugin']"
    ]
