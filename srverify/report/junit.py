"""JUnit XML in pytest's conventions: one case per check, one per claim's verdict."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from typing import Any

from srverify.report.printable import printable
from srverify.report.problems import between_checks, is_engine_error, message_of, relative_file


def junit_xml(record: Mapping[str, Any]) -> str:
    """Return the JUnit XML of an audit's JSON record.

    ``failure``: an engine found something else than expected, or a mutant survived; ``error``: engines
    crashed; ``skipped``: every capable engine is unavailable.
    """
    suite = ElementTree.Element("testsuite", name="srverify")
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    properties = ElementTree.SubElement(suite, "properties")
    _property(properties, "srverify", record["srverify"])
    for name, engine in record["engines"].items():
        _property(
            properties, f"engine.{name}", engine["version"] if engine["available"] else "unavailable"
        )
    for claim in record["claims"]:
        for check in claim["checks"]:
            seconds = sum(o["seconds"] for o in check["outcomes"] if not o.get("cached"))
            case = _case(suite, claim, check["id"], seconds, counts)
            if check["state"] == "unavailable":
                counts["skipped"] += 1
                ElementTree.SubElement(case, "skipped", message=printable(message_of(check)))
            elif check["state"] == "failed":
                kind = "error" if is_engine_error(check) else "failure"
                counts[f"{kind}s"] += 1
                _fault(case, kind, message_of(check), _details(check))
        case = _case(suite, claim, "verdict", 0.0, counts)
        if claim["verdict"] != claim["expected"]:
            counts["failures"] += 1
            text = f"expected {claim['expected']}, computed {claim['verdict']}"
            _fault(case, "failure", text, "\n".join(claim["problems"]))
    for line in record["summary"]["missing"]:
        _whole_case(suite, f"required: {line}", "error", str(line), counts)
    for line in between_checks(record):
        _whole_case(suite, "contradiction", "failure", line, counts)
    for name, count in counts.items():
        suite.set(name, str(count))
    suite.set("time", f"{record['summary']['seconds']:.3f}")
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        + ElementTree.tostring(root, encoding="unicode")
        + "\n"
    )


def _property(properties: ElementTree.Element, name: str, value: object) -> None:
    ElementTree.SubElement(properties, "property", name=name, value=printable(str(value)))


def _case(
    suite: ElementTree.Element,
    claim: Mapping[str, Any],
    name: str,
    seconds: float,
    counts: dict[str, int],
) -> ElementTree.Element:
    counts["tests"] += 1
    attributes = {
        "classname": printable(f"srverify.{claim['id']}-{claim['slug']}"),
        "name": printable(name),
        "time": f"{seconds:.3f}",
    }
    source = claim.get("source")
    if source:
        attributes |= {"file": printable(relative_file(source["file"])), "line": str(source["line"])}
    return ElementTree.SubElement(suite, "testcase", attributes)


def _whole_case(
    suite: ElementTree.Element, name: str, kind: str, message: str, counts: dict[str, int]
) -> None:
    """Add a case that concerns the audit as a whole."""
    counts["tests"] += 1
    counts[f"{kind}s"] += 1
    attributes = {"classname": "srverify", "name": printable(name), "time": "0.000"}
    _fault(ElementTree.SubElement(suite, "testcase", attributes), kind, message, "")


def _fault(case: ElementTree.Element, kind: str, message: str, text: str) -> None:
    element = ElementTree.SubElement(case, kind, message=printable(message), type=f"srverify.{kind}")
    element.text = printable(text)


def _details(check: Mapping[str, Any]) -> str:
    lines = [check["statement"]]
    lines += [f"{o['engine']}: {o['status']}: {o['detail']}" for o in check["outcomes"]]
    return "\n".join(lines)
