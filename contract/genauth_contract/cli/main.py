"""The command `genauth-contract`."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import click

from genauth_contract.records.files import CannotRead, CannotWrite, refuse_unwritable
from genauth_contract.session.exit_codes import EXIT_CODES, ExitCode
from genauth_contract.targets.codes import FORMS, PROMPT
from genauth_contract.targets.options import CONSENT_FLAG, CONSENT_NAME, MOCK, OPTIONS, Option

Command = TypeVar("Command", bound=Callable[..., object])

FILE: Final = click.Path(dir_okay=False, path_type=Path)
RECORDING: Final = click.Path(exists=True, dir_okay=False, path_type=Path)

_OF_A_COMPARISON: Final = (
    click.option("--json", type=FILE, help="Write the differences as JSON."),
    click.option("--html", type=FILE, help="Write the differences as HTML."),
    click.option("--junit", type=FILE, help="Write the differences as JUnit XML."),
    click.option("--known", type=RECORDING, help="Known differences, as TOML."),
    click.option("--learn", type=FILE, help="Write what live taught, for genauth-mock."),
)


def run_options(command: Command) -> Command:
    """Add what every command that plays scenarios takes."""
    for option in reversed(OPTIONS):
        if option.flag:
            command = _declaration(option)(command)
    return command


def _declaration(option: Option) -> Callable[[Command], Command]:
    return click.option(
        option.flag,
        option.name,
        type=_click_type(option),
        is_flag=option.kind is bool,
        default=option.default,
        show_default=bool(option.default_in_help),
        help=option.help,
    )


def _click_type(option: Option) -> click.Path | click.IntRange | click.FloatRange | type:
    if option.kind is Path:
        return FILE
    if option.at_least is None:
        return option.kind
    return (
        click.IntRange(option.at_least) if option.kind is int else click.FloatRange(option.at_least)
    )


def drift_options(command: Command) -> Command:
    """Add what every command that compares takes."""
    for option in reversed(_OF_A_COMPARISON):
        command = option(command)
    return command


def pytest_arguments(given: Mapping[str, object]) -> list[str]:
    """Return the arguments for pytest that stand for the options of the command."""
    arguments: list[str] = []
    for option in OPTIONS:
        value = given.get(option.name, option.default)
        if option.name == "keyword":
            value = keyword(str(value))
        if value is True:
            arguments.append(option.pytest_flag)
        elif value != option.default:
            arguments += [option.pytest_flag, str(value)]
    return arguments


_OPERATORS: Final = frozenset({"and", "or", "not"})


def keyword(words: str) -> str:
    """Return what pytest selects by: words of a name as `list` prints it, or an expression of pytest's."""
    parts = words.replace("(", " ( ").replace(")", " ) ").split()
    if len(parts) < 2 or any(part in _OPERATORS for part in parts):  # noqa: PLR2004 - one word is a name
        return words
    return "_".join(part.lower().strip(".,`'\"") for part in parts)


NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class _Commands(click.Group):
    """Write in one line which file cannot be written or read, and exit with its code."""

    def invoke(self, ctx: click.Context) -> object:
        code = ExitCode.CANNOT_WRITE
        try:
            return super().invoke(ctx)
        except CannotWrite as error:
            said = str(error)
        except CannotRead as error:
            said, code = str(error), ExitCode.MISCONFIGURED
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            # What is left in the buffer would be tried once more at the end, and fail with a stack trace.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            said = f"the output cannot be written: {error.strerror}"
        click.echo(f"genauth-contract: {said}", err=True)
        sys.exit(code)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES
)
@click.version_option(package_name="aiogenauth")
def main() -> None:
    """Hold a GenAuth against the contract: the mock, a live deployment, or your own stub."""


@main.command(epilog=EXIT_CODES)
@run_options
def run(**options: object) -> None:
    """Play every scenario against a target."""
    sys.exit(_played(options))


_RECORDED: Final = (ExitCode.PASSED, ExitCode.FAILED, ExitCode.BUDGET_SPENT)


@main.command(epilog=EXIT_CODES)
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
    code = _played({**options, "record": output})
    if code in _RECORDED and not options["wants_plan"]:
        click.echo(f"recorded in {output}")
    sys.exit(code)


@main.command(epilog=EXIT_CODES)
@click.argument("recordings", nargs=-1, required=True, metavar="RECORDED [LIVE_NOW] [MOCK_NOW]")
@drift_options
def diff(recordings: tuple[str, ...], **options: Path | None) -> None:
    """Hold sets of answers against each other; the word mock plays the mock now.

    Two: a reference and what is held against it. Three: recorded, live now, mock now.
    """
    from genauth_contract.cli.compare import ComparisonOptions, compared  # noqa: PLC0415 - keeps --help fast

    sys.exit(compared(recordings, ComparisonOptions(**options)))


@main.command(epilog=EXIT_CODES)
@click.argument("recording", type=RECORDING)
@drift_options
def replay(recording: Path, **options: Path | None) -> None:
    """Hold the mock against a recording, with no network."""
    from genauth_contract.cli.compare import ComparisonOptions, compared  # noqa: PLC0415 - keeps --help fast

    sys.exit(compared((str(recording), MOCK), ComparisonOptions(**options)))


@main.command(epilog=EXIT_CODES)
@click.argument("recording", type=RECORDING)
@click.option("-o", "--output", type=FILE, required=True, help="Where to write the table.")
def learn(recording: Path, output: Path) -> None:
    """Write what a recording teaches as a table for `genauth-mock serve --learned`."""
    from genauth_contract.cli.compare import learn_from  # noqa: PLC0415 - keeps --help fast

    learn_from(recording, output)


@main.command(epilog=EXIT_CODES)
@click.option("--host", envvar="GENAUTH_APP_HOST", required=True, help="URL of the deployment.")
@click.option("--app-id", envvar="GENAUTH_APP_ID", required=True, help="The application.")
@click.option(
    "--tier",
    type=click.IntRange(0, 2),
    default=0,
    show_default=True,
    help="0 needs no account and texts nobody; 1 signs in; 2 has one code texted.",
)
@click.option("-o", "--output", type=FILE, help="Keep the answers, redacted; `learn` reads them.")
@click.option("--issue", type=FILE, help="Write a text for an issue.")
@click.option("--plan", "wants_plan", is_flag=True, help="Say what would be sent; send nothing.")
@click.option(
    CONSENT_FLAG, "has_consent", is_flag=True, help=f"The account is yours (or {CONSENT_NAME}=1)."
)
@click.option(
    "--pass-code-from", default=PROMPT, show_default=True, help=f"For tier 2: one of {FORMS}."
)
def probe(**given: Any) -> None:  # noqa: ANN401 - click gives what the options declare
    """Ask a deployment a few harmless things, and tell which open questions that settles."""
    from genauth_contract.cli.probe import probed  # noqa: PLC0415 - keeps --help fast

    sys.exit(probed(**given))


@main.command(epilog=EXIT_CODES)
@click.option("--check", type=RECORDING, help="Fail unless this file is the matrix.")
@click.option("-o", "--output", type=FILE, help="Write it here instead of to stdout.")
@click.option("--fields", is_flag=True, help="Print what each field of each outcome rests on.")
def matrix(check: Path | None, output: Path | None, *, fields: bool) -> None:
    """Print operation by failure: what the mock, live and the documents say, and the SDK's error."""
    from genauth_contract.cli.matrix import fields_to_markdown, show_matrix  # noqa: PLC0415 - keeps --help fast

    if fields:
        click.echo(fields_to_markdown(), nl=False)
    else:
        sys.exit(show_matrix(check, output))


@main.command(name="list", epilog=EXIT_CODES)
def list_scenarios() -> None:
    """Print every scenario with what it rests on."""
    from genauth_contract.scenarios import every_scenario  # noqa: PLC0415 - keeps --help fast

    for scenario in every_scenario():
        where = " (mock only)" if scenario.mock_only else ""
        click.echo(f"{scenario.sentence}. [{scenario.evidence}: {scenario.source}]{where}")


def _played(options: Mapping[str, object]) -> int:
    """Hand over to pytest, with the plugin and the suite that ship with the package."""
    import pytest  # noqa: PLC0415 - keeps --help fast

    junit = cast("Path | None", options["junit"])
    try:  # pytest itself would look when the run is over
        refuse_unwritable([junit] if junit else [])
    except CannotWrite as error:
        click.echo(f"genauth-contract: {error}", err=True)
        return ExitCode.MISCONFIGURED
    suite = Path(__file__).parents[1] / "suite"
    fixed = ["-q", "--no-header", "--tb=short", "-p", "no:cacheprovider", "-p", "no:asyncio"]
    fixed += ["--capture=sys"]  # in memory: a full disk has no room for pytest's temporary files
    fixed += ["-p", _PLUGIN, "-W", _ALREADY_IMPORTED]
    where = ["-c", str(suite / "pytest.ini"), "--rootdir", str(suite), str(suite)]
    with _without_other_plugins():
        return int(pytest.main([*fixed, *where, *pytest_arguments(options)]))


@contextmanager
def _without_other_plugins() -> Generator[None, None, None]:
    """Keep every plugin but ours out of the run."""
    before = os.environ.get(_AUTOLOAD)
    os.environ[_AUTOLOAD] = "1"
    try:
        yield
    finally:
        os.environ.pop(_AUTOLOAD)
        if before is not None:
            os.environ[_AUTOLOAD] = before


_AUTOLOAD: Final = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"


_PLUGIN: Final = "genauth_contract.plugin"

_ALREADY_IMPORTED: Final = "ignore:Module already imported:pytest.PytestAssertRewriteWarning"
"""pytest would rewrite asserts of whatever ships with a plugin; the command has none."""
