"""What pytest can be asked of the contract; the command hands its own options on as these."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import pytest

from genauth_contract.codes import refuse_unknown
from genauth_contract.options import Options, consents

GROUP: Final = "GenAuth contract"

OPTIONS: Final = (
    ("--target", "target", str, "mock, live, or the URL of another implementation"),
    ("--pass-code-from", "pass_code_from", str, "prompt, cmd:COMMAND, file:PATH or catch:PORT"),
    ("--pass-code-timeout", "pass_code_timeout", float, "seconds a texted code may take"),
    ("--max-sms", "max_sms", int, "cap on texts of a live run"),
    ("--max-calls", "max_calls", int, "cap on calls of a live run"),
    ("--max-minutes", "max_minutes", float, "cap on the length of a live run"),
    ("--resend-gap", "resend_gap", float, "seconds between texts to one phone and channel"),
    ("--contract-pace", "pace", float, "seconds of a stand-in on this machine in one of ours"),
    ("--contract-resume", "journal", Path, "note passed scenarios here and skip them next time"),
    ("--contract-record", "record", Path, "keep what was answered, redacted"),
    ("--contract-json", "json", Path, "write the report as JSON"),
    ("--contract-html", "html", Path, "write the report as HTML"),
    ("--contract-ledger", "ledger", Path, "where live passes are remembered"),
)
"""Option, attribute of `Options`, type and help."""

FLAGS: Final = (
    ("--i-own-this-account", "has_consent", "texts may be sent and the account be changed"),
    ("--contract-plan", "wants_plan", "say what a live run would take, and send nothing"),
)

_DEFAULTS: Final = Options()


def add_options(parser: pytest.Parser) -> None:
    """Add our own options, and no others."""
    group = parser.getgroup(GROUP)
    for name, attribute, kind, text in OPTIONS:
        default: object = getattr(_DEFAULTS, attribute)
        group.addoption(name, dest=_dest(attribute), type=kind, default=default, help=text)
    for name, attribute, text in FLAGS:
        group.addoption(name, dest=_dest(attribute), action="store_true", help=text)


def asked(config: pytest.Config) -> Options:
    """Read what was asked for; consent may be given by the environment too.

    Raises:
        UsageError: `--pass-code-from` names no source; said on a mock, too, which needs none.
    """
    given: dict[str, Any] = {name: config.getoption(_dest(name)) for _, name, *_ in OPTIONS}
    given |= {name: bool(config.getoption(_dest(name))) for _, name, _ in FLAGS}
    given["has_consent"] = consents(os.environ, flag=given["has_consent"])
    try:
        refuse_unknown(given["pass_code_from"])
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None
    return Options(**given)


def _dest(attribute: str) -> str:
    return f"genauth_contract_{attribute}"
