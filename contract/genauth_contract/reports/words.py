"""The words that are in every report, whatever was tested: nobody learns a secret from them."""

from __future__ import annotations

import json
from typing import Final

from genauth_contract.api.openapi import OpenApi
from genauth_contract.outcomes import EVERY_OUTCOME
from genauth_contract.reports.html import report_page
from genauth_contract.reports.numbers import Report, Row
from genauth_contract.scenarios import every_scenario

_OF_FILES: Final = (
    "testsuites testsuite testcase properties property pytest name errors failures skipped tests "
    "time timestamp hostname classname failure error message target layer evidence source wire sdk "
    "format kind recordedOn scenarios fingerprint passed steps operation expected request answer "
    "authorization body http headers seen loopback private genauth authing live mock json"
)
"""Names in recordings, in the ledger and in JUnit XML."""


def public_text(document: OpenApi) -> str:
    """Return all of it."""
    rows = [
        Row(one.name, one.sentence, "wire", "not played", one.evidence, one.source, one.mock_only)
        for one in every_scenario()
    ]
    empty = Report("", tuple(rows), len(rows), 0, 0)
    outcomes = [f"{one.name} {one.source} {one.sdk_error}" for one in EVERY_OUTCOME]
    described = json.dumps(document.document, ensure_ascii=False)
    return " ".join([report_page(empty), empty.to_json(), *outcomes, described, _OF_FILES])
