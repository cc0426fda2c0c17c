"""The command ``genauth-mock``."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

try:
    import click
except ModuleNotFoundError:  # the SDK was installed alone
    sys.exit("genauth-mock needs its extra: pip install 'aiogenauth[mock]'")

from genauth_mock.cli.ca_bundle import without_ca_bundle
from genauth_mock.cli.exit_codes import EXIT_CODES, log_to_stderr
from genauth_mock.cli.option_values import not_empty
from genauth_mock.cli.options import made_plan, option, port_option, shared_options
from genauth_mock.cli.remote import dump, healthcheck, load


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EXIT_CODES,
)
@click.version_option(package_name="aiogenauth")
def main() -> None:
    """Run an offline GenAuth: pass codes, phones and error answers with no account and no SMS."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, TextIOWrapper
        ):  # of Windows or a pipe, it may not know every character
            stream.reconfigure(errors="replace")


@main.command(epilog=EXIT_CODES)
@option(
    "--host",
    callback=not_empty(),
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on.",
)
@port_option(default=9480, show_default=True, help="Port to listen on; 0 picks a free one.")
@option(
    "--ready-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Written with the URL when the server answers, removed when it ends.",
)
@option(
    "--store",
    callback=not_empty(),
    default="memory",
    show_default=True,
    metavar="URL",
    help="Where the state lives: memory, or such as redis://localhost:6379/0.",
)
@option(
    "--allow-eviction",
    metavar="POLICY",
    help="Use a Redis that drops what was stored when it is full, by this maxmemory-policy.",
)
@option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes answer; more than one share a --store.",
)
@shared_options
def serve(**given: Any) -> None:  # noqa: ANN401 - what click read, by the names of the options
    """Serve until stopped. The first line on stdout is: genauth-mock listening on http://HOST:PORT."""
    plan = made_plan(given)
    log_to_stderr(given["log_format"])
    with without_ca_bundle():
        from genauth_mock.cli.serve import serve_alone, serve_until_stopped  # noqa: PLC0415 - keeps --help fast
    if plan.workers == 1:
        sys.exit(serve_until_stopped(plan, serve_alone))
    from genauth_mock.cli.workers import serve_in_workers  # noqa: PLC0415 - few need it

    sys.exit(serve_until_stopped(plan, serve_in_workers))


@main.command(
    "exec",
    epilog=EXIT_CODES,
    context_settings={"allow_interspersed_args": False},
)
@port_option(default=0, show_default="a free one", help="Port to listen on.")
@shared_options
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def exec_(
    *,
    command: tuple[str, ...],
    **given: Any,  # noqa: ANN401 - what click read, by the names of the options
) -> None:
    """Serve while COMMAND runs, and end with its exit code.

    COMMAND finds GENAUTH_APP_HOST, GENAUTH_APP_ID, GENAUTH_APP_SECRET and, of a signed-in user without a phone,
    GENAUTH_ACCESS_TOKEN in its environment. Example: genauth-mock exec -- pytest
    """
    plan = made_plan(given)
    log_to_stderr(given["log_format"])
    with without_ca_bundle():
        from genauth_mock.cli.exec import exec_command  # noqa: PLC0415 - keeps --help fast
    sys.exit(exec_command(plan, command))


@main.command()
def demo() -> None:
    """Show the whole flow in one terminal: a code is sent, a phone is bound, each refusal is shown."""
    from genauth_mock.cli.demo import tell  # noqa: PLC0415 - keeps --help fast

    sys.exit(0 if tell() else 1)


main.add_command(healthcheck)
main.add_command(dump)
main.add_command(load)
