"""The command ``genauth-mock``."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO, cast

try:
    import click
except ModuleNotFoundError:  # the SDK was installed alone
    sys.exit("genauth-mock needs its extra: pip install 'aiogenauth[mock]'")

from genauth_mock.command.log_lines import log_to_stderr
from genauth_mock.command.options import (
    ServePlan,
    made_options,
    option,
    shared_options,
)
from genauth_mock.command.quick_start import without_ca_bundle

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from genauth_mock.command.control_client import ControlClient

EXIT_CODES: Final = """
\b
Exit codes:
  0    ended by SIGINT or SIGTERM, or the question is answered with yes
  1    healthcheck, dump, load: nothing answers, or it says no
  2    an option is wrong; the message names it
  3    the address cannot be listened on
  4    the store cannot be reached
  126  exec: the command cannot be run
  127  exec: there is no such command
  else exec: what the command ended with; 128 + N where signal N ended it
"""


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EXIT_CODES,
)
@click.version_option(package_name="aiogenauth")
def main() -> None:
    """Run an offline GenAuth: pass codes, phones and error answers with no account and no SMS."""


@main.command(epilog=EXIT_CODES)
@option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@option(
    "--port",
    type=click.IntRange(0, 65535),
    default=9480,
    show_default=True,
    help="Port to listen on; 0 picks a free one.",
)
@option(
    "--ready-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Written with the URL when the server answers, removed when it ends.",
)
@option(
    "--store",
    default="memory",
    show_default=True,
    metavar="URL",
    help="Where the state lives: memory, or such as redis://localhost:6379/0.",
)
@option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes answer; more than one share a --store.",
)
@shared_options
def serve(
    *,
    host: str,
    port: int,
    ready_file: Path | None,
    store: str,
    workers: int,
    **shared: Any,  # noqa: ANN401 - what click read, by the names of the options
) -> None:
    """Serve until stopped. The first line on stdout is: genauth-mock listening on http://HOST:PORT."""
    if workers > 1 and store == "memory":
        msg = "several workers need one state: give --store, such as redis://localhost:6379/0"
        raise click.BadParameter(msg, param_hint="--workers")
    plan = ServePlan(
        options=made_options(shared, host, store),
        host=host,
        port=port,
        workers=workers,
        seed_file=shared["seed_file"],
        ready_file=ready_file,
    )
    log_to_stderr(shared["log_format"])
    with without_ca_bundle():
        from genauth_mock.command.serving import serve_alone, serve_until_stopped  # noqa: PLC0415 - keeps --help fast
    if workers == 1:
        sys.exit(serve_until_stopped(plan, serve_alone))
    from genauth_mock.command.workers import serve_in_workers  # noqa: PLC0415 - few need it

    sys.exit(serve_until_stopped(plan, serve_in_workers))


@main.command(
    "exec",
    epilog=EXIT_CODES,
    context_settings={"allow_interspersed_args": False},
)
@option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port to listen on; 0: a free one."
)
@shared_options
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def exec_(
    *,
    port: int,
    command: tuple[str, ...],
    **shared: Any,  # noqa: ANN401 - what click read, by the names of the options
) -> None:
    """Serve while COMMAND runs, and end with its exit code.

    COMMAND finds GENAUTH_APP_HOST, GENAUTH_APP_ID, GENAUTH_APP_SECRET and, of a signed-in user without a phone,
    GENAUTH_ACCESS_TOKEN in its environment. Example: genauth-mock exec -- pytest
    """
    plan = ServePlan(
        options=made_options(shared, "127.0.0.1"),
        host="127.0.0.1",
        port=port,
        seed_file=shared["seed_file"],
    )
    log_to_stderr(shared["log_format"])
    with without_ca_bundle():
        from genauth_mock.command.exec_command import exec_command  # noqa: PLC0415 - keeps --help fast
    sys.exit(exec_command(plan, command))


def _url(_: click.Context, __: click.Parameter, given: str | None) -> str:
    port = os.environ.get("GENAUTH_MOCK_PORT", "9480")
    return given or os.environ.get("GENAUTH_APP_HOST") or f"http://127.0.0.1:{port}"


_of_server = [
    click.option(
        "--url",
        callback=_url,
        help="Where the server answers.  "
        "[default: GENAUTH_APP_HOST, else this machine's port GENAUTH_MOCK_PORT, else 9480]",
    ),
    option("--control-token", metavar="TOKEN", help="The token that the server asks for."),
]


def server_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say which server is meant."""
    for decorate in reversed(_of_server):
        command = decorate(command)
    return command


@main.command(epilog=EXIT_CODES)
@server_options
def healthcheck(url: str, control_token: str | None) -> None:
    """Exit with 0 when the server answers and reaches its store, for containers."""
    from genauth_mock.command.control_client import ControlRefused  # noqa: PLC0415 - keeps --help fast

    with _said():
        try:
            answer = _client(url, None, control_token).get("/_mock/health")
        except ControlRefused as refused:
            if refused.http_status == 503:  # noqa: PLR2004 - it answers, and can answer no call
                raise
            answer = {"status": f"answers ({refused})"}
    click.echo(f"{url}: {answer.get('status')}")


@main.command(epilog=EXIT_CODES)
@server_options
@click.option(
    "--app-id", metavar="ID", help="The app; the server's default app where it is left out."
)
def dump(url: str, control_token: str | None, app_id: str | None) -> None:
    """Print an app's whole state as JSON: users, tokens, codes, clock, settings. It holds secrets."""
    with _said():
        state = _client(url, app_id, control_token).get("/_mock/state")
    try:
        click.echo(json.dumps(state, ensure_ascii=False, indent=2))
    except OSError as error:
        # What is left in the buffer would be tried once more at the end, and fail with a stack trace.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        msg = f"the state cannot be written: {error.strerror}"
        raise click.ClickException(msg) from None


@main.command(epilog=EXIT_CODES)
@server_options
@click.option(
    "--app-id", metavar="ID", help="The app; the one that was dumped where it is left out."
)
@click.argument("file", type=click.File(encoding="utf-8"))
def load(url: str, control_token: str | None, app_id: str | None, file: TextIO) -> None:
    """Put the state in FILE (- for stdin), as `dump` printed it, in the place of what an app has."""
    try:
        state: object = json.load(file)
    except ValueError as error:
        msg = f"{file.name} is not JSON: {error}"
        raise click.BadParameter(msg, param_hint="FILE") from None
    with _said():
        answer = _client(url, app_id or _app_of(state), control_token).post("/_mock/state", state)
    click.echo(f"{url}: loaded {answer.get('records')} records into app {answer.get('appId')}")


@main.command()
def demo() -> None:
    """Tell the whole story in one terminal: a code is sent, a phone is bound, each refusal is shown."""
    from genauth_mock.demo import tell  # noqa: PLC0415 - keeps --help fast

    sys.exit(0 if tell() else 1)


def _app_of(state: object) -> str | None:
    """Tell which app a dumped state is of; what is no state the server will refuse."""
    app_id = cast("dict[str, object]", state).get("appId") if isinstance(state, dict) else None
    return app_id if isinstance(app_id, str) else None


def _client(url: str, app_id: str | None, token: str | None) -> ControlClient:
    from genauth_mock.command.control_client import ControlClient  # noqa: PLC0415 - keeps --help fast

    try:
        return ControlClient(url, app_id, token)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--url") from None


@contextmanager
def _said() -> Generator[None]:
    """Say in one line why a server cannot be asked, and end with exit code 1."""
    from genauth_mock.command.control_client import ControlRefused, NotAnswering, NotTheMock  # noqa: PLC0415

    try:
        yield
    except (ControlRefused, NotAnswering, NotTheMock) as error:
        raise click.ClickException(str(error)) from None
