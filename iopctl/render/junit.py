"""Findings as JUnit XML, which most build servers show: a test case for each finding, and one for each sound file."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from iopctl.finding import Placed
from iopctl.locale.language import Language
from iopctl.render.exchange import occurrences, path
from iopctl.render.findings import frames
from iopctl.render.markup import legal
from iopctl.render.plain import one_line


def junit(
    findings: Sequence[Placed],
    files: Sequence[str],
    language: Language,
    *,
    strict: bool = False,
    command: str = "check",
) -> str:
    """A suite in which a case fails when its finding fails the run; `files` are all that were checked."""
    cases = [
        (each.file, _case(each, number, language, strict))
        for each, number in zip(findings, occurrences(findings), strict=True)
    ]
    at_fault = {each.file for each in findings}
    cases += [(file, _element(file, f"iopctl {command}")) for file in files if file not in at_fault]
    cases.sort(key=lambda case: case[0])
    failures = sum(each.finding.fails_run(strict=strict) for each in findings)
    counts = {"name": f"iopctl {command}", "tests": str(len(cases)), "failures": str(failures), "errors": "0"}
    suites = ET.Element("testsuites", counts)
    suite = ET.SubElement(suites, "testsuite", counts)
    suite.extend(case for _file, case in cases)
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _case(placed: Placed, number: int, language: Language, strict: bool) -> ET.Element:
    finding = placed.finding
    # servers compare runs by this name, so it has no line in it
    name = " ".join(filter(None, (finding.rule.code, finding.rule.name, one_line(placed.route))))
    case = _element(placed.file, name if number == 1 else f"{name} ({number})")
    if finding.fails_run(strict=strict):
        message = legal(one_line(language.say(finding.message)))
        shown = ET.SubElement(case, "failure", {"type": finding.rule.code, "message": message})
    else:
        shown = ET.SubElement(case, "system-out")
    shown.text = legal(frames([placed], language).rstrip("\n"))
    return case


def _element(file: str, name: str) -> ET.Element:
    shown = legal(path(file))
    return ET.Element("testcase", {"classname": shown, "name": legal(name), "file": shown})
