"""Where a live run gets the texted code: asked of a person, a command, a file, or caught by HTTP."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from genauth_contract.targets.codes.local import Command, Prompt, TextFile, words
from genauth_contract.targets.codes.source import PassCodeSource, SourceContext

PROMPT: Final = "prompt"
FORMS: Final = "prompt, cmd:COMMAND, file:PATH, catch:PORT"

_PORT: Final = re.compile(r"[0-9]{1,5}")
_LAST_PORT: Final = 65535


def refuse_unknown(spec: str) -> None:
    """Raise unless `--pass-code-from` understands this.

    Raises:
        ValueError: It does not.
    """
    if not _is_form(spec):
        msg = f"--pass-code-from takes one of: {FORMS}"
        raise ValueError(msg)


def _is_form(spec: str) -> bool:
    kind, _, rest = spec.partition(":")
    if kind == "catch":
        return bool(_PORT.fullmatch(rest)) and int(rest) <= _LAST_PORT
    if kind == "cmd":
        return bool(words(rest))
    return spec == PROMPT or (kind == "file" and bool(rest))


@contextmanager
def pass_code_source(spec: str, context: SourceContext) -> Generator[PassCodeSource, None, None]:
    """Open the source that `--pass-code-from` names.

    Raises:
        ValueError: It names none, or a port that cannot be listened on.
    """
    refuse_unknown(spec)
    kind, _, rest = spec.partition(":")
    if kind == "catch":
        from genauth_contract.targets.codes.catcher import catching  # noqa: PLC0415 - keeps --help fast

        with catching(int(rest), context) as catcher:
            yield catcher
    elif kind == "file":
        yield TextFile(Path(rest), context)
    else:
        yield Command(rest, context) if kind == "cmd" else Prompt(context)
