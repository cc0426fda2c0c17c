"""The command ``genauth-mock``."""

from __future__ import annotations

import sys

try:
    import click
except ModuleNotFoundError:  # the SDK was installed alone
    sys.exit("genauth-mock needs its extra: pip install 'aiogenauth[mock]'")

from genauth_mock.deployment import Options


@click.group(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.version_option(package_name="aiogenauth")
def main() -> None:
    """Run an offline GenAuth: pass codes, phones and error answers with no account and no SMS."""


@main.command()
@click.option(
    "--host", default="127.0.0.1", envvar="GENAUTH_MOCK_HOST", help="Address to listen on."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=9480,
    envvar="GENAUTH_MOCK_PORT",
    help="Port to listen on; 0 picks a free one.",
)
@click.option(
    "--app-id",
    "app_ids",
    multiple=True,
    envvar="GENAUTH_MOCK_APP_ID",
    help="App that exists from the start; the first one is the default app. May be repeated.",
)
@click.option(
    "--strict-apps",
    is_flag=True,
    envvar="GENAUTH_MOCK_STRICT_APPS",
    help="Refuse an app id not seen before (apiCode 2011) instead of creating it.",
)
@click.option(
    "--lang",
    type=click.Choice(["zh-CN", "en-US"]),
    default="zh-CN",
    envvar="GENAUTH_MOCK_LANG",
    help="Language of messages where a caller asks for none.",
)
def serve(host: str, port: int, app_ids: tuple[str, ...], strict_apps: bool, lang: str) -> None:  # noqa: FBT001 - a flag of the command line
    """Serve until stopped."""
    from genauth_mock.serving import serve_until_stopped  # noqa: PLC0415 - keeps --help fast

    first, *others = app_ids or (Options().app_id,)
    options = Options(
        app_id=first, known_apps=tuple(others), strict_apps=strict_apps, language=lang
    )
    sys.exit(serve_until_stopped(options, host, port))


@main.command()
def demo() -> None:
    """Tell the whole story in one terminal: a code is sent, a phone is bound, each refusal is shown."""
    from genauth_mock.demo import tell  # noqa: PLC0415 - keeps --help fast

    sys.exit(0 if tell() else 1)
