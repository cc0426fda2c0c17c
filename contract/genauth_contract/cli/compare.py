"""The commands that compare: read or play what is compared, report it, say it in an exit code."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import attrs
import click
from rich.console import Console

from genauth_contract.api import http, openapi
from genauth_contract.play.clock import today
from genauth_contract.play.run import Layer, Run
from genauth_contract.play.secrets import Secrets
from genauth_contract.records.drift import Drift, compare
from genauth_contract.records.files import CannotWrite, write_atomically
from genauth_contract.records.known import Applied, BadKnown, apply_known, read_known
from genauth_contract.records.learned import Learned, learned
from genauth_contract.records.recording import (
    NotARecording,
    Recording,
    joined,
    read_recording,
    recording,
)
from genauth_contract.reports.html import drift_page
from genauth_contract.reports.junit import drift_junit
from genauth_contract.reports.table import show_drift
from genauth_contract.scenarios import every_scenario
from genauth_contract.session.exit_codes import ExitCode
from genauth_contract.targets.kinds import own_mock
from genauth_contract.targets.offline import LoopbackGuard, offline_mock, teachable_outcomes
from genauth_contract.targets.options import MOCK

COLUMNS: Final = {
    2: ("reference", "candidate"),
    3: ("recorded", "live now", "mock now"),
}

WIDTH: Final = 140
"""Columns of the table."""

_TEACHES_NOTHING: Final = "only a real deployment teaches what GenAuth answers"


@attrs.frozen
class ComparisonOptions:
    """What a comparison was asked to read and write besides its table.

    Attributes:
        json: Where to write the differences as JSON.
        html: Where to write them as HTML.
        junit: Where to write them as JUnit XML.
        known: Known differences; None for the packaged list, which is of mock and live.
        learn: Where to write what live taught.
        join: Further recordings of the run that the first set is of.
    """

    json: Path | None = None
    html: Path | None = None
    junit: Path | None = None
    known: Path | None = None
    learn: Path | None = None
    join: tuple[Path, ...] = ()


def compared(names: Sequence[str], wanted: ComparisonOptions) -> int:
    """Compare recordings, write the reports that were asked for, and return the exit code."""
    if len(names) not in COLUMNS:
        return _misconfigured("diff takes two sets of answers, or three")
    try:
        recordings = _recordings(names, wanted.join)
        listed = read_known(wanted.known)
    except (NotARecording, BadKnown, OSError) as error:
        return _misconfigured(str(error))
    live = next((one for one in reversed(recordings) if not one.is_mock), None)
    if wanted.learn and live is None:
        return _misconfigured(f"--learn was given only mocks, and {_TEACHES_NOTHING}")
    drift = compare(recordings, COLUMNS[len(names)])
    if not wanted.known and not _has_live_and_mock(recordings):
        listed = []
    applied = apply_known(drift, listed, today())
    files = _reports(applied.drift, wanted)
    if wanted.learn and live:
        files[wanted.learn] = _taught(learned(live, drift.differences))
    return _reported(applied, _unwritten(files))


def _reported(applied: Applied, unwritten: Sequence[CannotWrite]) -> int:
    """Print what differs and what went wrong, and return the exit code."""
    show_drift(applied.drift, Console(width=WIDTH))
    for line in applied.stale:
        click.echo(f"known difference: {line}", err=True)
    for each in unwritten:
        click.echo(f"genauth-contract: {each}", err=True)
    if unwritten:
        return ExitCode.CANNOT_WRITE
    return _exit_code(applied.drift, stale=bool(applied.stale))


def learn_from(paths: Sequence[Path], output: Path) -> None:
    """Write the profile that recordings teach, as of a run in steps."""
    try:
        taught = joined([read_recording(path) for path in paths])
    except NotARecording as error:
        raise click.UsageError(str(error)) from None
    if taught.is_mock:
        msg = f"{paths[0].name} was recorded on a mock, and {_TEACHES_NOTHING}"
        raise click.UsageError(msg)
    write_atomically(output, _taught(learned(taught)), Secrets())


def _taught(observations: Learned) -> str:
    """Return the profile that the mock can be taught, and say what is not all of the truth."""
    profile = observations.only(teachable_outcomes())
    for name, ways in profile.ambiguous.items():
        click.echo(f"{name} was answered in more than one way; the most frequent was taken:")
        for way in ways:
            click.echo(f"  {way}")
    for name in profile.left_out:
        click.echo(f"{name} is an answer that the mock cannot be taught; it was left out")
    return profile.to_json()


def mock_now(names: Collection[str]) -> Recording:
    """Play the named scenarios on the mock and record what it answers, with no network."""
    with (
        offline_mock() as mock,
        closing(http.client_of_own_mock()) as client,
        LoopbackGuard().active(),
    ):
        target = own_mock(mock, client)
        run = Run(target, openapi.declared(), {Layer.WIRE: lambda app: http.Wire(client, app)})
        for scenario in every_scenario():
            if scenario.name in names:
                run.play(scenario, Layer.WIRE)
    return recording(run, today().isoformat())


def _reports(drift: Drift, wanted: ComparisonOptions) -> dict[Path, str]:
    """Return the reports that were asked for, by where they go."""
    reports: dict[Path, str] = {}
    if wanted.json:
        reports[wanted.json] = drift.to_json()
    if wanted.html:
        reports[wanted.html] = drift_page(drift)
    if wanted.junit:
        reports[wanted.junit] = drift_junit(drift)
    return reports


def _unwritten(files: Mapping[Path, str]) -> list[CannotWrite]:
    """Write all files that can be, and give the others; recordings hold no secrets to look for."""
    unwritten: list[CannotWrite] = []
    for path, text in files.items():
        try:
            write_atomically(path, text, Secrets())
        except CannotWrite as error:
            unwritten.append(error)
    return unwritten


def _recordings(names: Sequence[str], more: Sequence[Path]) -> list[Recording]:
    """Read the files, and play on the mock what they have; `more` are steps of the same run as the first."""
    read = {name: read_recording(Path(name)) for name in names if name != MOCK}
    if more and names[0] == MOCK:
        msg = "--join adds to the first set of answers, which has to be a recording"
        raise NotARecording(msg)
    if more:
        read[names[0]] = joined([read[names[0]], *map(read_recording, more)])
    played = {scenario for one in read.values() for scenario in one.scenarios}
    if not read:
        played = {scenario.name for scenario in every_scenario()}
    return [mock_now(played) if name == MOCK else read[name] for name in names]


def _has_live_and_mock(recordings: Sequence[Recording]) -> bool:
    return {one.is_mock for one in recordings} == {True, False}


def _exit_code(drift: Drift, *, stale: bool) -> int:
    if drift.differences:
        return ExitCode.ONLY_TEXTS_DIFFER if drift.only_texts else ExitCode.DRIFT
    return ExitCode.KNOWN_STALE if stale else 0


def _misconfigured(text: str) -> int:
    click.echo(f"genauth-contract: {text}", err=True)
    return ExitCode.MISCONFIGURED
