"""The contract's document is served where it is installed; `tests/contract/test_openapi.py` asks for it."""

from __future__ import annotations

import json

from genauth_mock.control.openapi import OFFERED, offered_document


def test_where_nothing_that_is_installed_offers_a_document_there_is_none() -> None:
    assert offered_document("a.group.that.nobody.has") is None


def test_the_document_that_is_offered_is_read_once() -> None:
    written = offered_document(OFFERED)
    assert written is not None, (
        "not found among the entry points; install once more: make .venv/.ready"
    )
    assert "/api/v3/bind-phone" in json.loads(written)["paths"]
    assert offered_document(OFFERED) is written
