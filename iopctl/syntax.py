"""What libyaml objects to, in plain words, with the usual cause and the next step."""

from __future__ import annotations

from typing import NamedTuple

from iopctl.finding import Message, say


class Explanation(NamedTuple):
    """What is wrong, what to do, and what to say of the place where the thing began, if that helps."""

    message: Message
    advice: Message | None = None
    beginning: Message | None = None


def belongs_to_the_beginning(problem: str) -> bool:
    """Whether the mistake is where the thing being read began, and not where libyaml noticed it."""
    return any(words in problem for words in ("could not find expected ':'", "unexpected end of stream", *_SIGN))


def explain(problem: str, text: str, offset: int) -> Explanation:
    """The explanation of a problem at a place in the text; libyaml's own words only where no cause is known."""
    sign = text[offset : offset + 1]
    if "tab character" in problem or sign == "\t":
        return Explanation(say("a tab stands where spaces are expected"), say("indent with spaces only"))
    if odd := _odd_indent(text, offset):
        return odd
    if "expected key" in problem or "block end" in problem or "expected '-'" in problem:
        return _out_of_line(text, offset)
    if any(words in problem for words in _SIGN):
        return Explanation(
            say("a text cannot begin with the sign {sign}", sign=sign), say("put the text in quotation marks")
        )
    if "mapping values" in problem and (deeper := _deeper(text, offset)):
        return deeper
    known = next((each for words, each in _CAUSES if words in problem), None)
    return known or Explanation(say("the text is not valid YAML here ({reason})", reason=problem))


_SIGN = (
    "cannot start any token",  # @ ` %
    "expected alphabetic or numeric",  # * &
    "expected comment or line break",  # > |
    "sequence entries are not allowed",  # -
    "mapping keys are not allowed",  # ?
    "expected whitespace",  # !
    "did not find expected tag",
    "expected '!'",
)

_CAUSES = (
    (
        "mapping values",
        Explanation(
            say("a colon stands where a value was expected to go on or end"),
            say("put a text with a colon in quotation marks; see that the line above has a space after its colon"),
        ),
    ),
    (
        "expected ':'",
        Explanation(
            say("a line that is no “key: value”"),
            say("write a colon and a space after the key; a text that goes on is indented more than its key"),
        ),
    ),
    (
        "unexpected end of stream",
        Explanation(say("a quotation mark is opened here and never closed"), say("close it, or remove it")),
    ),
    (
        "',' or",
        Explanation(
            say("a bracket or brace is not closed, or a comma is missing in it"),
            say("close it; put a text that contains a comma, a colon or a bracket in quotation marks"),
            say("opened here"),
        ),
    ),
    (
        "node content",
        Explanation(
            say("a bracket or brace is not closed, or a comma is missing in it"),
            say("close it; put a text that contains a comma, a colon or a bracket in quotation marks"),
            say("opened here"),
        ),
    ),
    (
        "escape character",
        Explanation(
            say("a backslash inside double quotation marks starts a code that does not exist"),
            say("use single quotation marks around text with a backslash"),
        ),
    ),
)


def _deeper(text: str, offset: int) -> Explanation | None:
    """A key on a line of its own that is indented more than the line above, which already has a value."""
    start = text.rfind("\n", 0, offset) + 1
    line, above = text[start:offset], text[:start].rstrip().rpartition("\n")[2]
    if " " in line.strip() or len(line) - len(line.lstrip()) <= len(above) - len(above.lstrip()):
        return None
    if above.lstrip().startswith(("–", "—")) or (
        above.lstrip().startswith("-") and not above.lstrip().startswith("- ")
    ):
        return Explanation(
            say("the line above does not begin with a hyphen and a space"), say("write “- ” before each item of a list")
        )
    return Explanation(
        say("the line is indented more than the line above, which already has its value"),
        say("align it with the keys that it belongs with"),
    )


def _odd_indent(text: str, offset: int) -> Explanation | None:
    """A line, this one or the one above, that is indented with a blank that YAML does not count, as Word has."""
    number = text.count("\n", 0, offset)
    for line in reversed(text.split("\n")[max(0, number - 1) : number + 1]):
        blank = line[: len(line) - len(line.lstrip())].strip(" \t\r")
        if blank:
            return Explanation(
                say("“{line}” is indented with other blanks than spaces", line=line.strip()[:40]),
                say("write the indentation anew, with ordinary spaces"),
            )
    return None


def _out_of_line(text: str, offset: int) -> Explanation:
    """Something stands where a new key or list item was expected."""
    before = text[text.rfind("\n", 0, offset) + 1 : offset].strip()
    if text[offset : offset + 1] == "-" and text[offset + 1 : offset + 2].strip():
        return Explanation(
            say("a space is missing after the hyphen"), say("write a hyphen and a space before each item of a list")
        )
    if before.strip("- ") == "":
        return Explanation(
            say("the line is indented differently from its neighbours"),
            say("align it with the lines it belongs with"),
            say("its neighbours begin in this column"),
        )
    return Explanation(
        say("text goes on after the value has ended"),
        say("put all of the text in quotation marks; look also for a quotation mark that was closed too early"),
    )
