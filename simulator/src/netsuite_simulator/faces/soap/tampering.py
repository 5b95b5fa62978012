"""Faults that spoil the answer of a SOAP operation whose work was done, while it is still made of elements.

Refuses to know operations: it finds the answers of records by their names.
"""

from __future__ import annotations

from copy import deepcopy
from typing import assert_never

from lxml import etree

from netsuite_simulator.faces.soap.namespaces import split_tag
from netsuite_simulator.faults import Fault, LongAnswers, NoIdentity, ReorderedAnswers, ShortAnswers

_ANSWERS = frozenset({"writeResponse", "readResponse"})
_LISTS = frozenset({"writeResponseList", "readResponseList"})


def tamper(body: etree._Element, fault: Fault | None) -> None:
    """Reorder, leave out or repeat the answers of a list, or leave out what names the records."""
    match fault:
        case ReorderedAnswers() | ShortAnswers() | LongAnswers():
            for container, answers in _lists_in(body):
                for element in answers:
                    container.remove(element)
                container.extend(_changed(answers, fault))
        case NoIdentity():
            for element in [one for one in body.iter() if split_tag(one.tag)[1] == "writeResponse"]:
                for reference in [one for one in element if split_tag(one.tag)[1] == "baseRef"]:
                    element.remove(reference)
        case _:
            return


def _changed(
    answers: list[etree._Element], fault: ReorderedAnswers | ShortAnswers | LongAnswers
) -> list[etree._Element]:
    match fault:
        case ReorderedAnswers():
            return answers[::-1]
        case ShortAnswers(missing=missing):
            return answers[: max(len(answers) - missing, 0)]
        case LongAnswers(extra=extra):
            return answers + [deepcopy(one) for one in answers[-1:] * extra]
        case _:
            assert_never(fault)


def _lists_in(body: etree._Element) -> list[tuple[etree._Element, list[etree._Element]]]:
    containers = [one for one in body.iter() if split_tag(one.tag)[1] in _LISTS]
    return [(one, [child for child in one if split_tag(child.tag)[1] in _ANSWERS]) for one in containers]
