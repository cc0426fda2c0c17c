"""Writes files: whole or not at all, and never with a secret of the run in them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from genauth_contract.redaction import Secrets


class SecretFound(Exception):
    """A file would have held a secret; it was not kept. The text names kinds, not secrets."""


def keep(path: Path, text: str, secrets: Secrets) -> None:
    """Write a file beside its place, read it again, look for secrets, then move it there.

    Raises:
        SecretFound: It holds a secret of the run; what was there before is still there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", text=True)
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        refuse_secrets(draft, secrets, called=path.name)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def refuse_secrets(path: Path, secrets: Secrets, *, called: str) -> None:
    """Look through a file that was written.

    Raises:
        SecretFound: It holds a secret; it has been deleted.
    """
    kinds = secrets.found_in(path.read_text("utf-8"))
    if kinds:
        path.unlink()
        msg = f"{called} would have held a {', a '.join(sorted(kinds))}; it was not kept"
        raise SecretFound(msg)
