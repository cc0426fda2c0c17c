"""The command `genauth-contract`."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final, cast

if None in map(find_spec, ("click", "filelock", "httpx", "jsonschema", "pytest")):
    sys.exit("genauth-contract needs its extra: pip install 'aiogenauth[contract]'")

import click

from genauth_contract.click_options import (
    FILE,
    RECORDING,
    drift_options,
    pytest_arguments,
    run_options,
)
from genauth_contract.keeping import NotKept, NotReadable, refuse_unwritable
from genauth_contract.options import BUDGET_SPENT, MISCONFIGURED, MOCK, NOT_KEPT

NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class _Commands(click.Group):
    """Say in one line which file cannot be written or read, and end with the exit code for it."""

    def invoke(self, ctx: click.Context) -> object:
        code = NOT_KEPT
        try:
            return super().invoke(ctx)
        except NotKept as error:
            said = str(error)
        except NotReadable as error:
            said, code = str(error), MISCONFIGURED
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            # What is left in the buffer would be tried once more at the end, and fail with a stack trace.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            said = f"the output cannot be written: {error.strerror}"
        click.echo(f"genauth-contract: {said}", err=True)
        sys.exit(code)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="aiogenauth")
def main() -> None:
    """Hold a GenAuth against the contract: the mock, a live deployment, or your own stub."""


@main.command()
@run_options
def run(**options: object) -> None:
    """Play every scenario against a target."""
    sys.exit(_played(options))


@main.command()
@click.option(
    "-o",
    "--output",
    type=FILE,
    default=Path("genauth-recording.json"),
    show_default=True,
    help="Where to keep the recording.",
)
@run_options
def record(output: Path, **options: object) -> None:
    """Play every scenario and keep what the target answered, redacted."""
    code = _played(options, ["--contract-record", str(output)])
    if code in (0, 1, BUDGET_SPENT) and not options["plan"]:
        click.echo(f"recorded in {output}")
    sys.exit(code)


@main.command()
@click.argument("recordings", nargs=-1, required=True, metavar="RECORDED [LIVE_NOW] [MOCK_NOW]")
@drift_options
def diff(recordings: tuple[str, ...], **options: Path | None) -> None:
    """Hold sets of answers against each other; the word mock plays the mock now.

    Two: a reference and what is held against it. Three: recorded, live now, mock now.
    """
    from genauth_contract.comparing import Wanted, compared  # noqa: PLC0415 - keeps --help fast

    sys.exit(compared(recordings, Wanted(**options)))


@main.command()
@click.argument("recording", type=RECORDING)
@drift_options
def replay(recording: Path, **options: Path | None) -> None:
    """Hold the mock against a recording, with no network."""
    from genauth_contract.comparing import Wanted, compared  # noqa: PLC0415 - keeps --help fast

    sys.exit(compared((str(recording), MOCK), Wanted(**options)))


@main.command()
@click.argument("recording", type=RECORDING)
@click.option("-o", "--output", type=FILE, required=True, help="Where to write the table.")
def learn(recording: Path, output: Path) -> None:
    """Write what a recording teaches as a table for `genauth-mock serve --learned`."""
    from genauth_contract.comparing import learn_from  # noqa: PLC0415 - keeps --help fast

    learn_from(recording, output)


@main.command()
@click.option("--check", type=RECORDING, help="Fail unless this file is the matrix.")
@click.option("-o", "--output", type=FILE, help="Write it here instead of to stdout.")
def matrix(check: Path | None, output: Path | None) -> None:
    """Print operation by failure: what the mock, live and the documents say, and the SDK's error."""
    from genauth_contract.matrix_page import show_matrix  # noqa: PLC0415 - keeps --help fast

    sys.exit(show_matrix(check, output))


@main.command(name="list")
def list_scenarios() -> None:
    """Print every scenario with what it rests on."""
    from genauth_contract.scenarios import every_scenario  # noqa: PLC0415 - keeps --help fast

    for scenario in every_scenario():
        where = " (mock only)" if scenario.mock_only else ""
        click.echo(f"{scenario.sentence}. [{scenario.evidence}: {scenario.source}]{where}")


def _played(options: dict[str, object], further: Sequence[str] = ()) -> int:
    """Hand over to pytest, with the plugin and the suite that ship with the package."""
    import pytest  # noqa: PLC0415 - keeps --help fast

    junit = cast("Path | None", options["junit"])
    try:  # pytest itself would look when the run is over
        refuse_unwritable([junit] if junit else [])
    except NotKept as error:
        click.echo(f"genauth-contract: {error}", err=True)
        return MISCONFIGURED
    suite = Path(__file__).with_name("suite")
    fixed = ["-q", "--no-header", "--tb=short", "-p", "no:cacheprovider", "-p", "no:asyncio"]
    fixed += ["--capture=sys"]  # in memory: a full disk has no room for pytest's temporary files
    fixed += ["-p", _PLUGIN, "-W", _ALREADY_IMPORTED]
    where = ["-c", str(suite / "pytest.ini"), "--rootdir", str(suite), str(suite)]
    return int(pytest.main([*fixed, *where, *pytest_arguments(options), *further]))


_PLUGIN: Final = "genauth_contract.plugin"

_ALREADY_IMPORTED: Final = "ignore:Module already imported:pytest.PytestAssertRewriteWarning"
"""pytest would rewrite asserts of whatever ships with a plugin; the command has none."""
