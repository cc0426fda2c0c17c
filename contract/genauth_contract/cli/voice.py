"""What a command says while pytest plays for it: progress, and the results, in the place of pytest's own words."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Generator
from typing import Final

import attrs
import click
import pytest

from genauth_contract.session.exit_codes import ExitCode
from genauth_contract.session.pytest_keys import SESSION, STAND_IN, sentence_of
from genauth_contract.targets.options import LIVE, MOCK
from genauth_contract.targets.stand_in import StandIn

_PARTS: Final = 10
"""How often a run that nobody watches says how far it is."""

_LONG: Final = 50
"""Scenarios from which on a run is long."""

_ERASE_LINE: Final = "\r\x1b[2K"


@attrs.define
class Voice:
    """A plugin of pytest: the reporter of `genauth-contract`, and what hands a stand-in over to the run.

    Attributes:
        stand_in: What is played instead of a deployment; None for none.
    """

    stand_in: StandIn | None = None
    _counts: Counter[str] = attrs.field(factory=Counter[str], init=False)
    _items: int = attrs.field(default=0, init=False)
    _done: int = attrs.field(default=0, init=False)
    _says_each: bool = attrs.field(default=False, init=False)
    _is_line_open: bool = attrs.field(default=False, init=False)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_cmdline_main(self, config: pytest.Config) -> Generator[None, object, object]:
        """Say in one line why a run cannot begin."""
        if self.stand_in is not None:
            config.stash[STAND_IN] = self.stand_in
        try:
            return (yield)
        except pytest.UsageError as error:
            self._say(f"genauth-contract: {error}")
            return ExitCode.MISCONFIGURED

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Say what went wrong where scenarios are read."""
        if report.failed:
            self._say(str(report.longrepr))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Remember how many scenarios there are; on a deployment, each is worth a line."""
        self._items = len(session.items)
        self._says_each = self.stand_in is not None or _target(session.config) == LIVE

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Say how far the run is, and show an error that is none of the target's."""
        if report.when != "call" and report.passed:
            return
        outcome = "not played" if report.skipped else report.outcome
        self._counts[outcome] += 1
        self._done += 1
        if report.failed and not report.user_properties:  # no result: the scenario itself broke
            self._say(f"{report.nodeid}\n{report.longrepr}")
        place = f"{self._done:>{len(str(self._items))}}/{self._items}"
        if self._says_each:
            self._say(f"{place} {outcome}: {sentence_of(report)}")
        elif sys.stderr.isatty():
            self._draw(f"{place}  {_told(self._counts)}")
        elif self._is_part():
            self._say(f"{place}  {_told(self._counts)}")

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(
        self, session: pytest.Session, exitstatus: int
    ) -> Generator[None, None, None]:
        """Print the results once everybody else has written theirs."""
        yield
        if self._is_line_open:
            self._draw("")
        ours = session.config.stash.get(SESSION, None)
        if ours is not None and (summary := ours.summary()):
            click.echo(summary, nl=False)
        elif exitstatus == int(ExitCode.NOTHING_CHOSEN) and not (ours and ours.has_planned):
            self._say(
                "genauth-contract: no scenario fits -k; `genauth-contract list` prints their names"
            )

    def _is_part(self) -> bool:
        """Return whether another tenth of a long run is done."""
        return (
            self._items >= _LONG
            and self._done * _PARTS // self._items > (self._done - 1) * _PARTS // self._items
        )

    def _say(self, line: str) -> None:
        if self._is_line_open:
            self._draw("")
        click.echo(line, err=True)

    def _draw(self, line: str) -> None:
        """Write over the line that tells how far the run is."""
        click.echo(f"{_ERASE_LINE}{line}", err=True, nl=False)
        self._is_line_open = bool(line)


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in counts.items())


def _target(config: pytest.Config) -> str:
    target = config.getoption("genauth_contract_target", MOCK)
    return str(target)
