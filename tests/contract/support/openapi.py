"""The operations of the OpenAPI document, each a parameter of a test."""

from __future__ import annotations

from typing import Any

import pytest

from genauth_contract.api import openapi
from tests.contract.support.world import DOCUMENT

Json = Any


ELSEWHERE = {
    "pub-userEvent",  # in the official document of the management API
    *("get-qrcode-status", "set-qrcode-status", "set-pushcode-status", "validate-password"),
}
"""What the official document lacks; all but the first are newer than it."""

OPERATIONS = [
    pytest.param(one, id=one.name)
    for one in DOCUMENT.operations
    if one.path.startswith("/api/v3/") and one.name not in ELSEWHERE
]
OIDC = [
    pytest.param(one, id=f"{one.method} {one.path}")
    for one in DOCUMENT.operations
    if one.path.startswith("/oidc/")
]
"""These are forms and bare JSON, without an envelope."""


def spec_of(document: Json, operation: openapi.Operation) -> dict[str, Any]:
    """Find what a document says of an operation."""
    found: dict[str, Any] = document["paths"][operation.path][operation.method.lower()]
    return found
