"""Reads reports with other people's readers; run by Tests/validate-reports."""

import json
import pathlib
import re
import sys
import xml.etree.ElementTree as tree
from html.parser import HTMLParser

import cmarkgfm
import html5lib
from cmarkgfm.cmark import Options
from junitparser import JUnitXml
from pydantic import TypeAdapter
from pytest_gitlab_code_quality.report import Violation
from sarif import loader
from sarif_pydantic import Sarif


class Elements(HTMLParser):
    """The elements and attributes of HTML as browsers read it."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.names, self.attributes = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]


def sarif(path):
    text = path.read_text("utf-8")
    run = Sarif.model_validate_json(text).runs[0]
    # The reader that makes tables of such files finds as many results.
    assert loader.load_sarif_file(str(path)).get_result_count() == len(run.results)
    return f"{len(run.results)} results"


def junit(path):
    suites = JUnitXml.fromfile(str(path))
    cases = [case for suite in suites for case in suite]
    assert cases and suites.tests == len(cases)
    return f"{len(cases)} cases"


def gitlab(path):
    text = path.read_text("utf-8")
    issues = json.loads(text)
    # The form as another program that writes it has it.
    assert len(TypeAdapter(list[Violation]).validate_json(text, strict=True)) == len(issues)
    for issue in issues:
        assert {"description", "check_name", "fingerprint", "severity", "location"} == set(issue)
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["lines"]["begin"] >= 1
        assert not issue["location"]["path"].startswith("./")
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return f"{len(issues)} issues"


def rdjson(path):
    document = json.loads(path.read_text("utf-8"))
    # Names of reviewdog's proto/rdf/jsonschema/DiagnosticResult.json.
    assert set(document) <= {"diagnostics", "source", "severity"}
    for item in document["diagnostics"]:
        assert set(item) <= {"message", "location", "severity", "code", "source", "suggestions"}
        assert item["severity"] in {"ERROR", "WARNING", "INFO"}
        assert item["message"] and item["location"]["path"] and item["code"]["value"]
        span = item["location"].get("range")
        assert span is None or 1 <= span["start"]["line"] <= span["end"]["line"]
    return f"{len(document['diagnostics'])} diagnostics"


def checkstyle(path):
    root = tree.parse(path).getroot()
    assert root.tag == "checkstyle" and all(file.tag == "file" for file in root)
    errors = root.findall("file/error")
    assert all(error.get("severity") in {"error", "warning", "info"} for error in errors)
    return f"{len(errors)} errors"


def github(path):
    lines = path.read_text("utf-8").splitlines()
    assert all(re.match(r"::(error|warning|notice) [^:]*title=[^:]*::", line) for line in lines)
    return f"{len(lines)} commands"


def markdown(path):
    text = path.read_text("utf-8")
    html = cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
    found = Elements(html)
    known = {"h3", "p", "code", "table", "tbody", "thead", "tr", "th", "td", "pre"}
    assert set(found.names) <= known, set(found.names) - known
    assert not found.attributes, found.attributes
    return f"{max(0, found.names.count('tr') - 1)} rows"


def html(path):
    text = path.read_text("utf-8")
    # A browser reads anything; this is what the standard calls an error.
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page = parser.parse(text)
    assert not parser.errors, parser.errors
    assert page.find("body/h1") is not None
    found = Elements(text)
    assert not {"script", "img", "link", "iframe", "a", "form", "object"} & set(found.names)
    assert not [name for name in found.attributes if name.startswith("on") or name == "src"]
    return f"{found.names.count('tr')} lines"


READERS = [sarif, junit, gitlab, rdjson, checkstyle, github, markdown, html]


def main(folders):
    count = 0
    for reader in READERS:
        for folder in folders:
            for path in sorted(pathlib.Path(folder).glob(f"*.{reader.__name__}")):
                print(f"{path.name}: {reader(path)}")
                count += 1
    assert count, "no reports found"


main(sys.argv[1:])
