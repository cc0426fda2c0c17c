"""Modules have one subject: neither a heap nor a splinter. What is larger or smaller says why.

ruff counts parameters (`max-args`), this counts the rest.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.release.installed import PROJECT

MANY_LINES: Final = 250
"""Lines of a module that need no reason."""

MOST_LINES: Final = 400
"""Lines of a module that no reason allows more of."""

FEW_LINES: Final = 60
"""Lines below which a module of a package has to say why it is one: it would be read with its neighbour."""

MOST_FUNCTION_LINES: Final = 25
"""Lines of a function without its signature, which may be a promise, and its docstring."""

MOST_METHODS: Final = 15
"""Methods of a class and its properties, without those that Python itself calls."""

LARGER_ON_PURPOSE: Final = {
    "contract/genauth_contract/cli/main.py": "the whole command: each subcommand with its options",
    "contract/genauth_contract/cli/matrix.py": "one table: how it is played, what it lacks, and how it is written",
    "contract/genauth_contract/play/context.py:World": "the words that scenarios are written in",
    "contract/genauth_contract/outcomes/sources.py": "one table: every public source, and the values that it fixes",
    "contract/genauth_contract/probe/cases.py": "one table: what the probe asks, and what that settles",
    "contract/genauth_contract/probe/cases.py:_openid_connect": "rows of that table",
    "contract/genauth_contract/probe/cases.py:_validation": "rows of that table",
    "contract/genauth_contract/probe/cases.py:with_a_password": "rows of that table",
    "examples/aiohttp_service/phone_web/answers.py": "one table to copy: an answer for each error, in two languages",
    "examples/fastapi_service/phone_api/answers.py": "one table to copy: an answer for each error, in two languages",
    "examples/official_sdk.py": "one file to copy: what the page on moving over claims, tried",
    "mock_server/genauth_mock/activity/events.py": "every event, whoever listens, and what waits for a slow reader",
    "mock_server/genauth_mock/activity/journal.py": "what is kept of a request, found and counted again",
    "mock_server/genauth_mock/control/calls.py": "one table: each control call, and what it takes and answers",
    "mock_server/genauth_mock/cli/options.py": "every option of serve and exec, and what it decides",
    "mock_server/genauth_mock/control/schemas.py": "one table: what the control calls take and answer",
    "mock_server/genauth_mock/engine/error_codes.py": "one table: the answer for each outcome, and its source",
    "mock_server/genauth_mock/control/events.py:stream_events": "one reader of events, from its query to its end",
    "mock_server/genauth_mock/engine/alternatives.py": "one table: every answer that another source claims",
    "mock_server/genauth_mock/faults/matching.py": "which faults a request meets, and what they leave of it",
    "mock_server/genauth_mock/testing/in_process.py:InProcessGenAuth": "what a test asks of the offline GenAuth",
    "mock_server/genauth_mock/engine/context.py": "everything that a call of the API may touch",
    "mock_server/genauth_mock/engine/json_shapes.py": "one reader of JSON for calls, seeds, faults and control",
    "mock_server/genauth_mock/engine/settings.py": "one table: each setting, how it is read, and where its default is from",
    "mock_server/genauth_mock/faults/json_format.py": "every field of a fault, as it is read and as it is shown",
    "mock_server/genauth_mock/runtime/dispatcher.py": "one request, from who calls to what is answered",
    "mock_server/genauth_mock/runtime/deployment.py:__init__": "wires every part once, in the order they need each other",
    "mock_server/genauth_mock/storage/memory.py": "the whole store in memory, the pattern of the one in Redis",
    "mock_server/genauth_mock/storage/redis/feed.py": "what is shared of events and journals, written and read",
    "mock_server/genauth_mock/storage/redis/records.py": "optimistic transactions from read set to retry",
    "mock_server/genauth_mock/testing/fixture.py": "everything that the fixture offers to a test",
    "mock_server/genauth_mock/testing/fixture.py:GenAuthServer": "everything that the fixture offers to a test",
    "mock_server/genauth_mock/testing/in_process.py": "everything that the offline GenAuth offers without a socket",
    "src/aiogenauth/calls/sign_in_mobile.py:sign_in_by_mobile": "one line for each provider of accounts",
    "src/aiogenauth/client.py": "the client: how it is set up, and its views",
    "src/aiogenauth/client.py:__init__": "a promised signature, which is most of its lines",
    "src/aiogenauth/configuration.py": "everything that a client is configured with, and how each is checked",
    "src/aiogenauth/configuration.py:checked_host": "one URL, checked part by part, in the order that shows no password",
    "src/aiogenauth/decoding.py": "the only place that knows cattrs",
    "src/aiogenauth/error_codes.py": "one table: which answer means which error, and its source",
    "src/aiogenauth/errors.py": "the whole tree of errors is drawn and defined in one place",
    "src/aiogenauth/sending/executor.py": "the one loop that every call goes through",
    "src/aiogenauth/transports/aiohttp.py": "one transport: what it sends, what it proves, what it closes",
    "mock_server/genauth_mock/engine/profiles.py": "one table: every profile, and what it rests on",
    "tests/contract/test_probe.py": "one command, from its plan to what it teaches",
    "src/aiogenauth/vocabulary.py": "the words of callers: numbers, codes and tokens, each checked once",
    "tests/mock/control/test_control_document.py": "one document held against one server, call by call",
    "tests/mock/control/test_control_users.py": "everything that control can do to users",
    "tests/mock/engine/test_code_flow.py": "one flow, from the link that a browser follows to its tokens",
    "tests/mock/engine/test_token_clients.py": "one table of who may ask for tokens, and how they are refused",
    "tests/page/test_passkeys_in_a_browser.py:test_chromium_makes_a_passkey_and_signs_in_by_it": "one device, to its end",
    "tests/release/test_sizes.py": "two lists of reasons, and what counts",
    "tests/sdk/oidc/test_refreshing.py": "one token, from sign-in over renewals to its end",
    "tests/sdk/test_configuration.py": "everything that a client is configured with, and how each is refused",
    "tests/plugin/test_reports.py:test_fixtures_of_any_scope_have_apps_of_their_own": "a project of tests, written out",
    "tests/plugin/test_reports.py:test_setup_and_teardown_show_their_exchanges": "a project of tests, written out",
    "tests/sdk/test_walked_secrets.py:test_a_server_that_quotes_the_request_shows_no_credentials": "every way to quote",
    "tests/sdk/test_proof_of_sending.py": "one proof, for every transport and every way to fail",
}
"""What is larger, and why it stays in one piece."""

ROOMS_OF_GROUPS: Final = {
    "src/aiogenauth/calls",
    "src/aiogenauth/given",
    "src/aiogenauth/shapes",
    "mock_server/genauth_mock/api/groups",
    "contract/genauth_contract/api/calls",
    "contract/genauth_contract/scenarios",
    "tests/sdk/support",
}
"""Rooms with one file for each group of calls, which one more call may make larger without a reason, up to `MOST_LINES`."""

SMALL_ROOMS: Final = {
    "src/aiogenauth/calls": "a group of calls is one file, however few calls it has",
    "src/aiogenauth/given": "a group of calls is one file",
    "src/aiogenauth/shapes": "a group of calls is one file; loaded late",
    "mock_server/genauth_mock/api/groups": "a group of calls is one file",
    "contract/genauth_contract/api/calls": "a group of calls is one file",
    "contract/genauth_contract/suite": "the tests that pytest is pointed at, by layer",
}
"""Rooms whose files may be small, and why."""

SMALLER_ON_PURPOSE: Final = {
    "benchmarks/bench/footprint.py": "imported in processes whose memory is measured: it brings nothing else along",
    "benchmarks/fuzz/loop_stalls.py": "for the fuzzer and for tests of deadlines alike",
    "mock_server/genauth_mock/control/control_call.py": "what the table of control calls is made of, and its readers know",
    "contract/genauth_contract/api/totp.py": "a standard that the contract reads for itself",
    "contract/genauth_contract/outcomes/qr_codes.py": "the outcomes of a group are one file",
    "contract/genauth_contract/play/target.py": "a port: what a run needs of whatever it is played against",
    "contract/genauth_contract/records/envelopes.py": "what all answers share; learned.py has what tells them apart",
    "contract/genauth_contract/records/resume.py": "a file format of its own",
    "contract/genauth_contract/reports/junit.py": "one format of reports is one file",
    "contract/genauth_contract/reports/words.py": "what redaction lets through, and what reports say, in one list",
    "contract/genauth_contract/scenarios/alternatives.py": "answers that several groups of scenarios allow",
    "contract/genauth_contract/outcomes/ext_idps.py": "a group's outcomes are one table",
    "contract/genauth_contract/outcomes/own_things.py": "a group's outcomes are one table",
    "contract/genauth_contract/scenarios/lifetimes.py": "a figure that several groups of scenarios wait for",
    "contract/genauth_contract/scenarios/system.py": "a group's scenarios are one file of sentences",
    "contract/genauth_contract/scenarios/reasons.py": "reasons that several groups of scenarios give",
    "contract/genauth_contract/session/exit_codes.py": "a promised table, read by the command and by its page",
    "contract/genauth_contract/session/pytest_keys.py": "shared by the plugin and by the command, of which neither imports the other",
    "contract/genauth_contract/session/terminal.py": "the only place that asks and tells a person",
    "contract/genauth_contract/targets/account.py": "what a live deployment lends, without what plays on it",
    "mock_server/genauth_mock/cli/ca_bundle.py": "imported before anything that imports aiohttp",
    "mock_server/genauth_mock/control/webhooks.py": "one control call, beside the calls of the same kind",
    "mock_server/genauth_mock/api/endpoints.py": "gathers the groups; has nothing of its own",
    "mock_server/genauth_mock/control/health.py": "the one control call that a first answer needs",
    "mock_server/genauth_mock/control/json_schema.py": "for the calls, their components and the document alike",
    "mock_server/genauth_mock/control/keys.py": "the keys are the whole server's, and all else there is one app's",
    "mock_server/genauth_mock/control/openapi.py": "serves what the contract offers without importing it",
    "mock_server/genauth_mock/control/routes.py": "what a start needs of the control calls, apart from them",
    "mock_server/genauth_mock/engine/given_answers.py": "one kind of record",
    "mock_server/genauth_mock/engine/public_accounts.py": "one rule",
    "mock_server/genauth_mock/engine/rate_limit.py": "one rule",
    "mock_server/genauth_mock/engine/records.py": "a port: what rules need of a store",
    "mock_server/genauth_mock/seeds/profile_file.py": "reads files, which the rules of profiles must not",
    "mock_server/genauth_mock/faults/fault_file.py": "reads files, which the rules of faults must not",
    "mock_server/genauth_mock/faults/pauses.py": "waits, which the rules of faults must not",
    "mock_server/genauth_mock/http/paths.py": "one rule, for calls, faults and the journal alike",
    "mock_server/genauth_mock/runtime/extra.py": "looked at before anything of the extra is imported",
    "mock_server/genauth_mock/runtime/profiled_answers.py": "the answers of each profile, made once",
    "mock_server/genauth_mock/runtime/turns.py": "for every long piece of work, above none of them",
    "mock_server/genauth_mock/testing/aiohttp_server.py": "imports aiohttp's test tools, which nothing else may",
    "mock_server/genauth_mock/testing/exchanges.py": "writes lines, and asks nobody",
    "src/aiogenauth/clock.py": "the only place that reads the time",
    "src/aiogenauth/transports/proxies.py": "reads the environment in a thread, apart from the transport",
    "src/aiogenauth/version.py": "read by the build without importing the package",
}
"""Modules under the floor, and why each is one."""

ENTRIES: Final = {"__init__.py", "__main__.py", "conftest.py", "noxfile.py"}
"""Names that Python or a tool looks for."""

FOLDERS: Final = ("src", "mock_server", "contract", "tests", "benchmarks", "examples", "docs")
WITH_A_FLOOR: Final = {"src", "mock_server", "contract", "benchmarks"}
MODULES: Final = sorted(
    [*PROJECT.glob("*.py"), *(path for name in FOLDERS for path in (PROJECT / name).rglob("*.py"))]
)


def larger_in(source: str) -> Iterator[str]:
    """Yield what is too large in a module: the module itself as "", a class or function by name."""
    if len(source.splitlines()) > MANY_LINES:
        yield ""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and _methods(node) > MOST_METHODS:
            yield node.name
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            if body and _span(body) > MOST_FUNCTION_LINES:
                yield node.name


def _span(body: list[ast.stmt]) -> int:
    """Return the lines from the first statement to the end of the last one."""
    end = body[-1].end_lineno
    assert end is not None
    return end - body[0].lineno + 1


def _methods(node: ast.ClassDef) -> int:
    names = {
        each.name for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    return sum(not (name.startswith("__") and name.endswith("__")) for name in names)


def larger() -> set[str]:
    """Return everything that is too large, such as `src/aiogenauth/errors.py` or `...py:Name`."""
    return {
        f"{path.relative_to(PROJECT).as_posix()}:{name}".rstrip(":")
        for path in MODULES
        for name in larger_in(path.read_text(encoding="utf-8"))
        if name or path.relative_to(PROJECT).parent.as_posix() not in ROOMS_OF_GROUPS
    }


def is_splinter(path: Path, source: str) -> bool:
    """Whether a module is too small to be one, and neither a program nor a name that a tool looks for."""
    is_program = '__name__ == "__main__"' in source
    return len(source.splitlines()) < FEW_LINES and path.name not in ENTRIES and not is_program


def splinters() -> set[str]:
    """Return the modules under the floor, of packages and benchmarks; those of a room that allows it left out."""
    found = {
        path.relative_to(PROJECT)
        for path in MODULES
        if path.relative_to(PROJECT).parts[0] in WITH_A_FLOOR
        and is_splinter(path, path.read_text(encoding="utf-8"))
    }
    return {path.as_posix() for path in found if path.parent.as_posix() not in SMALL_ROOMS}


def test_nothing_is_larger_but_what_says_why() -> None:
    """An exception that is no longer needed is taken out again."""
    assert larger() == set(LARGER_ON_PURPOSE)


def test_no_module_is_a_heap() -> None:
    counted = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: lines for path, lines in counted.items() if lines > MOST_LINES} == {}


def test_no_module_is_a_splinter_but_what_says_why() -> None:
    """An exception that is no longer needed is taken out again."""
    assert splinters() == set(SMALLER_ON_PURPOSE)


LONG_FUNCTION: Final = (
    "def long():\n" + '    """Return\n    in two lines.\n    """\n' + "    pass\n" * 25
)
MANY_METHODS: Final = "class Many:\n" + "".join(
    f"    def {name}(self): ...\n" for name in ("__init__", *(f"_method{n}" for n in range(15)))
)


@pytest.mark.parametrize(
    ("source", "more", "name"),
    [
        ("one = 1\n" * 250, "one = 2\n", ""),
        (LONG_FUNCTION, "    pass\n", "long"),
        (MANY_METHODS, "    @property\n    def one_more(self): ...\n", "Many"),
    ],
    ids=["module", "function", "class"],
)
def test_one_more_is_noticed(source: str, more: str, name: str) -> None:
    """A limit itself is allowed."""
    assert list(larger_in(source)) == []
    assert list(larger_in(source + more)) == [name]


@pytest.mark.parametrize(
    ("name", "source", "is_one"),
    [
        ("small.py", "one = 1\n" * 59, True),
        ("enough.py", "one = 1\n" * 60, False),
        ("__init__.py", "", False),
        ("program.py", 'if __name__ == "__main__":\n    main()\n', False),
    ],
)
def test_one_line_less_is_noticed(name: str, source: str, is_one: bool) -> None:
    assert is_splinter(Path(name), source) is is_one
