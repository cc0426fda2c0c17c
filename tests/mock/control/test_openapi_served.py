"""The contract's document is served where it is installed; `tests/contract/test_openapi.py` asks for it."""

from __future__ import annotations

from genauth_mock.control.openapi import document_of


def test_where_the_contract_is_not_installed_there_is_none() -> None:
    assert document_of("a_package_that_nobody_installs") is None
    assert document_of("genauth_mock") is None
