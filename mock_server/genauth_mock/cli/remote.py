"""The commands that ask a server that runs elsewhere: ``healthcheck``, ``dump``, ``load``."""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final, cast

import click

from genauth_mock.cli.exit_codes import EXIT_CODES
from genauth_mock.cli.option_values import ENVIRONMENT, a_token, port_of_environment
from genauth_mock.cli.options import existing_file, option
from genauth_mock.http.json_text import read_json
from genauth_mock.seeds.files import decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from genauth_mock.control.client import ControlClient

PAUSE_SECONDS: Final = 0.1
"""Between two questions of ``healthcheck --wait``."""


def _url(_: click.Context, __: click.Parameter, given: str | None) -> str:
    port = port_of_environment() or "9480"
    scheme = "https" if os.environ.get(f"{ENVIRONMENT}TLS_CERT") else "http"
    return given or os.environ.get("GENAUTH_APP_HOST") or f"{scheme}://127.0.0.1:{port}"


_of_server = [
    click.option(
        "--url",
        callback=_url,
        help="Where the server answers.  "
        "[default: GENAUTH_APP_HOST, else this machine's port GENAUTH_MOCK_PORT, else 9480]",
    ),
    option(
        "--control-token",
        callback=a_token,
        metavar="TOKEN",
        help="The token that the server asks for.",
    ),
    existing_file(
        "--tls-cert",
        "certificate",
        help="The certificate of a server behind HTTPS, in PEM; else this machine must trust it.",
    ),
]


def server_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add to a command the options that say which server is meant."""
    for decorate in reversed(_of_server):
        command = decorate(command)
    return command


@click.command(epilog=EXIT_CODES)
@server_options
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to ask again while the server does not answer, or cannot reach its store.",
)
def healthcheck(url: str, control_token: str | None, certificate: Path | None, wait: float) -> None:
    """Exit with 0 when the server answers and reaches its store, for containers and scripts."""
    client = _client(url, None, control_token, certificate)
    with _said():
        click.echo(f"{url}: {_health(client, time.monotonic() + wait)}")


def _health(client: ControlClient, deadline: float) -> object:
    """Return how the server is; one that is not well is asked again until the deadline.

    Raises:
        ControlRefused: It cannot reach its store.
        NotAnswering: Nothing is there.
        NotTheMock: Something else is there, such as a proxy in front of a server that starts.
    """
    from genauth_mock.control.client import ControlRefused, NotAnswering, NotTheMock  # noqa: PLC0415

    while True:
        try:
            return client.get("/_mock/health").get("status")
        except ControlRefused as refused:
            if refused.http_status != 503:  # noqa: PLR2004 - it answers, and can answer no call
                return f"answers ({refused})"
            problem: Exception = refused
        except (NotAnswering, NotTheMock) as error:
            problem = error
        left = deadline - time.monotonic()
        if left <= 0:
            raise problem
        time.sleep(min(left, PAUSE_SECONDS))


@click.command(epilog=EXIT_CODES)
@server_options
@click.option(
    "--app-id", metavar="ID", help="The app; the server's default app where it is left out."
)
def dump(url: str, control_token: str | None, certificate: Path | None, app_id: str | None) -> None:
    """Print an app's whole state as JSON: users, tokens, codes, clock, settings. It holds secrets."""
    with _said():
        state = _client(url, app_id, control_token, certificate).get("/_mock/state")
    try:
        # ASCII alone: a terminal or a pipe of Windows may not be in UTF-8.
        click.echo(json.dumps(state, indent=2))
    except OSError as error:
        # What is left in the buffer would be tried once more at the end, and fail with a stack trace.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        msg = f"the state cannot be written: {error.strerror}"
        raise click.ClickException(msg) from None


@click.command(epilog=EXIT_CODES)
@server_options
@click.option(
    "--app-id", metavar="ID", help="The app; the one that was dumped where it is left out."
)
@click.argument("file", type=click.File("rb"))
def load(  # noqa: PLR0913, PLR0917 - the options of the command
    url: str,
    control_token: str | None,
    certificate: Path | None,
    app_id: str | None,
    file: BinaryIO,
) -> None:
    """Replace the state of an app by the one in FILE (- for stdin), as `dump` printed it.

    A FILE of `serve --dump-at-exit` has the states of further apps; they go to their own apps.
    """
    try:
        state = read_json(decoded(file.read()).encode())
    except ValueError as error:
        msg = f"{file.name} is not JSON: {error}"
        raise click.BadParameter(msg, param_hint="FILE") from None
    with _said():
        answer = _client(url, app_id or _app_of(state), control_token, certificate).post(
            "/_mock/state", state
        )
    for each in [answer, *cast("list[dict[str, object]]", answer.get("otherApps", []))]:
        click.echo(f"{url}: loaded {each.get('records')} records into app {each.get('appId')}")


def _app_of(state: object) -> str | None:
    """Return the app id in a dump. Anything else is left for the server to reject."""
    app_id = cast("dict[str, object]", state).get("appId") if isinstance(state, dict) else None
    return app_id if isinstance(app_id, str) else None


def _client(
    url: str, app_id: str | None, token: str | None, certificate: Path | None
) -> ControlClient:
    from genauth_mock.control.client import ControlClient  # noqa: PLC0415 - keeps --help fast

    try:
        return ControlClient(url, app_id, token, certificate=certificate)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--url") from None


@contextmanager
def _said() -> Generator[None]:
    """Print in one line why a server cannot be asked, and end with exit code 1."""
    from genauth_mock.control.client import ControlRefused, NotAnswering, NotTheMock  # noqa: PLC0415

    try:
        yield
    except (ControlRefused, NotAnswering, NotTheMock) as error:
        raise click.ClickException(str(error)) from None
