"""The pytest plugin that plays the scenarios; `genauth-contract run` and `pytest contract` use it."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, Final, Protocol, cast

import attrs
import pytest

from genauth_contract.play.budget import BudgetSpent
from genauth_contract.play.fixtures import SignedOut
from genauth_contract.play.run import Layer, PlayScenario, Result
from genauth_contract.play.scenario import Scenario
from genauth_contract.records.files import CannotRead, CannotWrite
from genauth_contract.session.open_target import CannotOpen, OnlyPlanned
from genauth_contract.session.pytest_keys import SENTENCE, SESSION, STAND_IN
from genauth_contract.session.results import Results
from genauth_contract.session.session import ContractSession
from genauth_contract.session.terminal import Terminal
from genauth_contract.targets.codes import refuse_unknown
from genauth_contract.targets.options import MOCK, OPTIONS, Option, Options, consents

GROUP: Final = "GenAuth contract"


def read_options(config: pytest.Config) -> Options:
    """Read what was asked for; consent may be given by the environment too.

    Raises:
        UsageError: `--pass-code-from` names no source; said on a mock, too, which needs none.
    """
    given: dict[str, Any] = {option.name: _given(config, option) for option in OPTIONS}
    given["has_consent"] = consents(os.environ, flag=given["has_consent"])
    try:
        refuse_unknown(given["pass_code_from"])
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None
    return Options(**given)


def _given(config: pytest.Config, option: Option) -> object:
    """Return the value of an option, of pytest's own too, which holds a path as text."""
    value: object = config.getoption(option.dest, option.default)
    return Path(value) if option.kind is Path and isinstance(value, str) else value


SUITE: Final = Path(__file__).with_name("suite")


class _Capture(Protocol):
    """What pytest captures output with."""

    def global_and_fixture_disabled(self) -> AbstractContextManager[object]:
        """Lift the capture of output for a while."""
        ...


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our own options, and no others."""
    group = parser.getgroup(GROUP)
    for option in OPTIONS:
        if option.pytest_dest:
            continue
        shown = f" (default: {option.default_in_help})" if option.default_in_help else ""
        how: dict[str, Any] = (
            {"action": "store_true"} if option.kind is bool else {"type": option.kind}
        )
        text = option.help.removesuffix(".").replace("%", "%%") + shown
        group.addoption(
            option.pytest_flag, dest=option.dest, default=option.default, help=text, **how
        )


def pytest_report_header(config: pytest.Config) -> str:
    """Return the header line that names the target."""
    return f"contract target: {read_options(config).target}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Refuse several workers, before they start, where each would do a part that has to be whole."""
    options = read_options(config)
    if options.target != MOCK or options.outputs:
        msg = "several workers play the mock alone, and write no reports; leave out -n"
        raise pytest.UsageError(msg)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Open the target and leave out, with a reason, what cannot be played on it."""
    ours = [item for item in items if _is_ours(item)]
    if not ours or config.option.collectonly:
        return
    options = read_options(config)
    stand_in = config.stash.get(STAND_IN, None)
    environment = os.environ if stand_in is None else stand_in.environment
    session = ContractSession(options, dict(environment), _terminal(config), stand_in)
    config.stash[SESSION] = session
    if options.junit:
        config.pluginmanager.register(_JunitOnAFullDisk(session, options.junit))
    try:
        kept = session.open([(_scenario(item), _layer(item)) for item in ours])
    except (CannotOpen, CannotWrite, CannotRead) as error:
        raise pytest.UsageError(str(error)) from None
    except OnlyPlanned as planned:
        session.print_plan(planned)
        kept = []
    places = {pair: place for place, pair in enumerate(kept)}
    playable = [item for item in ours if (_scenario(item), _layer(item)) in places]
    playable.sort(key=lambda item: places[_scenario(item), _layer(item)])
    config.hook.pytest_deselected(items=[item for item in ours if item not in playable])
    items[:] = [item for item in items if not _is_ours(item)] + playable


@pytest.fixture
def play(request: pytest.FixtureRequest) -> PlayScenario:
    """Return what plays a scenario on the target."""
    session = request.config.stash[SESSION]

    def play_one(scenario: Scenario, layer: Layer) -> None:
        try:
            result = session.play(scenario, layer)
        except (BudgetSpent, SignedOut) as error:
            request.session.shouldstop = str(error)
            pytest.skip(str(error))
        item = cast("pytest.Item", request.node)
        item.user_properties += _properties(result, session.results)
        if not result.passed:
            pytest.fail(result.failure, pytrace=False)

    return play_one


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Replace the run's secrets in the report of a test, also of one that passed."""
    report = yield
    session = item.config.stash.get(SESSION, None)
    if session and _is_ours(item):
        if report.longrepr and not report.skipped:
            report.longrepr = session.secrets.hide(str(report.longrepr))
        report.sections = [(name, session.secrets.hide(text)) for name, text in report.sections]
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> Generator[None, None, None]:
    """Write what was asked for, once everybody else has written or could not, and close the target."""
    try:
        yield
    finally:
        ours = session.config.stash.get(SESSION, None)
        if ours is not None:
            session.exitstatus = ours.close(int(exitstatus))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print scenario, outcome and evidence."""
    session = terminalreporter.config.stash.get(SESSION, None)
    if session:
        terminalreporter.ensure_newline()
        terminalreporter.write(session.summary())


@attrs.frozen
class _JunitOnAFullDisk:
    """Lets the summary and the other files come where pytest cannot write its own report."""

    _session: ContractSession
    _path: Path

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self) -> Generator[None, None, None]:
        """Run right around pytest's own report, and replace its error by one of ours."""
        try:
            yield
        except OSError as error:
            if self._path.is_file():  # half of it
                self._path.unlink()
            self._session.add_unwritten(CannotWrite(self._path, error))


def _properties(result: Result, results: Results) -> list[tuple[str, object]]:
    """Return the properties of a test for JUnit viewers and other plugins."""
    return [
        (SENTENCE, result.scenario.sentence),
        ("target", results.kind),
        ("layer", str(result.layer)),
        ("evidence", results.evidence(result)),
        ("source", result.scenario.source),
    ]


def _terminal(config: pytest.Config) -> Terminal:
    """Speak past pytest's capture: a question nobody sees is not answered."""
    capture = cast("_Capture | None", config.pluginmanager.getplugin("capturemanager"))
    return Terminal(capture.global_and_fixture_disabled if capture else nullcontext[None])


def _is_ours(item: pytest.Item) -> bool:
    return item.path.parent == SUITE


def _scenario(item: pytest.Item) -> Scenario:
    return cast("Scenario", _parameters(item)["scenario"])


def _layer(item: pytest.Item) -> Layer:
    return Layer(item.path.stem.removeprefix("test_"))


def _parameters(item: pytest.Item) -> dict[str, object]:
    """Return what the test was parametrised with."""
    return dict(cast("pytest.Function", item).callspec.params)
