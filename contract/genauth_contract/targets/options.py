"""Every option of a run, declared once: the command, pytest and `Options` are built from it."""

# ruff: noqa: RUF009 - each default declares an option

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar, get_type_hints

import attrs

from genauth_contract.play.budget import MAX_CALLS, MAX_MINUTES, MAX_SMS, RESEND_GAP_SECONDS
from genauth_contract.targets.codes import FORMS, PROMPT
from genauth_contract.targets.codes.source import TIMEOUT_SECONDS

MOCK: Final = "mock"
LIVE: Final = "live"

CONSENT_FLAG: Final = "--i-own-this-account"
CONSENT_NAME: Final = "GENAUTH_CONTRACT_CONSENT"

_OF_A_DEPLOYMENT: Final = (
    "target",
    "has_consent",
    "pass_code_from",
    "pass_code_timeout",
    "pace",
    "ledger",
)
"""What a rehearsal says by itself."""

Value = TypeVar("Value")


@attrs.frozen
class Option:
    """How one attribute of `Options` is given on a command line.

    Attributes:
        name: Name of the attribute.
        kind: Type of its value; `bool` for a flag without a value.
        default: Value where nothing is given.
        help: One sentence for `--help`.
        flag: Its name for `genauth-contract`; empty where the command has no such option.
        pytest_flag: Its name for pytest.
        pytest_dest: Where pytest itself keeps it; empty for an option of ours.
        at_least: Lowest number that is accepted; None where every number is.
    """

    name: str
    kind: type
    default: object
    help: str
    flag: str
    pytest_flag: str
    pytest_dest: str
    at_least: int | None

    @property
    def dest(self) -> str:
        """Name under which pytest keeps the value."""
        return self.pytest_dest or f"genauth_contract_{self.name}"

    @property
    def default_in_help(self) -> str:
        """The default as `--help` shows it; empty where there is none to show."""
        return f"{self.default:g}" if isinstance(self.default, float) else str(self.default or "")


def _option(  # noqa: PLR0913 - each is one fact about an option
    default: Value,
    text: str,
    flag: str,
    *,
    pytest_flag: str = "",
    pytest_dest: str = "",
    at_least: int | None = None,
) -> Value:
    """Declare an option; pytest calls it as the command does unless `pytest_flag` says otherwise."""
    metadata: dict[str, object] = {
        "help": text,
        "flag": flag,
        "pytest_flag": pytest_flag or flag,
        "pytest_dest": pytest_dest,
        "at_least": at_least,
    }
    declared: Any = attrs.field(default=default, metadata=metadata)
    value: Value = declared  # attrs reads it while it makes the class
    return value


_NO_FILE: Final[Path | None] = None


@attrs.frozen
class Options:
    """The settings of a run; each attribute is one option, with its help."""

    target: str = _option(MOCK, "mock, live or a URL.", "--target")
    keyword: str = _option(
        "",
        "Only scenarios whose name has these words, as `list` prints them.",
        "-k",
        pytest_dest="keyword",
    )
    pass_code_from: str = _option(
        PROMPT, f"{FORMS.replace(', catch', ' or catch')}.", "--pass-code-from"
    )
    pass_code_timeout: float = _option(
        TIMEOUT_SECONDS, "Seconds a texted code may take.", "--pass-code-timeout"
    )
    has_consent: bool = _option(
        default=False,
        text=f"Texts may be sent and the account be changed (or {CONSENT_NAME}=1).",
        flag=CONSENT_FLAG,
    )
    wants_plan: bool = _option(
        default=False,
        text="Say what a live run would take; send nothing.",
        flag="--plan",
        pytest_flag="--contract-plan",
    )
    max_sms: int = _option(MAX_SMS, "Cap on texts.", "--max-sms", at_least=0)
    max_calls: int = _option(MAX_CALLS, "Cap on calls.", "--max-calls", at_least=0)
    max_minutes: float = _option(MAX_MINUTES, "Cap on the length.", "--max-minutes", at_least=0)
    resend_gap: float = _option(
        RESEND_GAP_SECONDS, "Seconds between two texts.", "--resend-gap", at_least=0
    )
    pace: float = _option(
        1.0,
        "Seconds that pass on a stand-in of yours in one of ours: set its clock's scale to it.",
        "--pace",
        pytest_flag="--contract-pace",
        at_least=1,
    )
    checkpoint: Path | None = _option(
        _NO_FILE,
        "Note what passed here; skip it next time, and add to the recording that is there.",
        "--resume",
        pytest_flag="--contract-resume",
    )
    record: Path | None = _option(
        _NO_FILE, "Keep what was answered, redacted.", "", pytest_flag="--contract-record"
    )
    json: Path | None = _option(
        _NO_FILE, "Write the report as JSON.", "--json", pytest_flag="--contract-json"
    )
    html: Path | None = _option(
        _NO_FILE, "Write the report as HTML.", "--html", pytest_flag="--contract-html"
    )
    junit: Path | None = _option(
        _NO_FILE,
        "Write the report as JUnit XML.",
        "--junit",
        pytest_flag="--junitxml",
        pytest_dest="xmlpath",
    )
    ledger: Path | None = _option(
        _NO_FILE,
        "Where live passes are remembered; by default genauth-contract-ledger.json in this "
        "directory, and in a checkout the one of the package.",
        "--ledger",
        pytest_flag="--contract-ledger",
    )

    def command_of(self, *, is_rehearsal: bool = False) -> str:
        """Return the command that asks for the same; a source of pass codes is named by its kind alone."""
        verb = "rehearse" if is_rehearsal else "record" if self.record else "run"
        words = ["genauth-contract", verb, *(["-o", str(self.record)] if self.record else [])]
        left_out = _OF_A_DEPLOYMENT if is_rehearsal else ()
        for option in OPTIONS:
            value = getattr(self, option.name)
            if value == option.default or not option.flag or option.name in left_out:
                continue
            said = str(value)
            if option.name == "pass_code_from":
                said = said.partition(":")[0]
            words += [option.flag] if value is True else [option.flag, said]
        return shlex.join(words)

    @property
    def outputs(self) -> list[Path]:
        """Every file of ours that is written because somebody named it."""
        named = (self.checkpoint, self.record, self.json, self.html, self.ledger)
        return [path for path in named if path is not None]


def _declared() -> tuple[Option, ...]:
    hints = get_type_hints(Options)
    return tuple(
        Option(
            name=field.name,
            kind=hints[field.name] if isinstance(hints[field.name], type) else Path,
            default=field.default,
            **field.metadata,
        )
        for field in attrs.fields(Options)
    )


OPTIONS: Final = _declared()
"""All of them, in the order of `--help`."""

OPTIONS_OF_REHEARSALS: Final = tuple(one for one in OPTIONS if one.name not in _OF_A_DEPLOYMENT)
"""Those that a rehearsal leaves to whoever starts it."""


def consents(environment: Mapping[str, str], *, flag: bool) -> bool:
    """Whether somebody said that the account is theirs."""
    return flag or environment.get(CONSENT_NAME) == "1"
