"""A comparison as JUnit XML: one test case per scenario."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from genauth_contract.records.drift import Drift


def drift_junit(drift: Drift) -> str:
    """Write a comparison down; a scenario in which something differs has failed."""
    by_scenario: dict[str, list[str]] = {name: [] for name in drift.scenarios}
    for one in drift.differences:
        values = " | ".join(map(str, one.values))
        line = f"step {one.step} {one.operation} {one.path}: {one.kind}: {values}"
        by_scenario.setdefault(one.scenario, []).append(line)
    failed = sum(bool(lines) for lines in by_scenario.values())
    suite = ET.Element("testsuite", name="drift", tests=str(len(by_scenario)), failures=str(failed))
    for name, lines in by_scenario.items():
        case = ET.SubElement(suite, "testcase", classname="drift", name=name)
        if lines:
            ET.SubElement(case, "failure", message=lines[0]).text = "\n".join(lines)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"
