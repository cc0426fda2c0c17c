"""The source that asks a person."""

from __future__ import annotations

from typing import Final

import attrs

from genauth_contract.codes.source import NoPassCode, Surroundings, code_in, must_have_code
from genauth_contract.people import PassCode, Phone

_TIMES_ASKED: Final = 3


@attrs.frozen
class Prompt:
    """Asks a person."""

    around: Surroundings

    def forget(self) -> None:
        """A person knows which text is the newest."""

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Ask; what is typed is not shown, and somebody who mistypes is asked again."""
        question = f"Code texted to {phone} for {channel}"
        for _ in range(_TIMES_ASKED):
            try:
                typed = self.around.ask(question)
            except EOFError:
                msg = "nobody is there to type a code; --pass-code-from names other sources"
                raise NoPassCode(msg) from None
            if code := code_in(typed):
                return code
        return must_have_code("", "what was typed")
