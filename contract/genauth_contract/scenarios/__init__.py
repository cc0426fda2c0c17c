"""Every scenario of the contract, module by module."""

from __future__ import annotations

from types import ModuleType
from typing import Final

from genauth_contract.scenario import Scenario
from genauth_contract.scenarios import (
    access_token,
    also_claimed,
    bind_phone,
    bind_request,
    email,
    email_change,
    email_codes,
    email_request,
    envelope,
    oidc,
    oidc_keys,
    open_questions,
    pre_check,
    profile,
    send_sms,
    sign_in,
    sign_in_request,
    sign_up,
    token_life,
    unbind,
    update,
    update_codes,
    update_request,
)

MODULES: Final[tuple[ModuleType, ...]] = (
    send_sms,
    bind_phone,
    bind_request,
    pre_check,
    unbind,
    update,
    update_codes,
    update_request,
    profile,
    sign_in,
    sign_in_request,
    sign_up,
    access_token,
    email,
    email_request,
    email_codes,
    email_change,
    oidc_keys,
    oidc,
    token_life,
    envelope,
    also_claimed,
    open_questions,
)


def every_scenario() -> tuple[Scenario, ...]:
    """Return all scenarios, in the order they are written."""
    return tuple(
        value
        for module in MODULES
        for value in vars(module).values()
        if isinstance(value, Scenario)
    )
