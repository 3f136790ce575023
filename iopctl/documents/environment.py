"""Templates filled in without the data becoming markup or code, and without a template reaching anything else."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from types import FrameType
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from iopctl.documents import forms
from iopctl.documents.kinds import SUFFIX
from iopctl.documents.templates import TemplateFaultError, Templates
from iopctl.finding import Message, say

LONGEST_TEXT = 2_000_000
"""Characters. Some seven hundred pages: more is a fault of the template."""

LONGEST_TIME = 10.0
"""Seconds. A memo takes some thousandths of one."""


class _TooMuchError(Exception):
    """A template that writes too much, or never ends."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def fill(templates: Templates, kind: str, values: Mapping[str, Any]) -> str:
    """The kind's template with the values in their places, as Markdown.

    A value that is missing or left open comes out as `[ATT FYLLA I: …]`. A name that no value has is an error of the
    template. Raises TemplateFaultError.
    """
    environment = _environment(templates)
    files = environment.files
    name = f"{kind}{SUFFIX}"
    try:
        pieces = environment.get_template(name).generate(values)
        with _limited(files):
            text = _joined(pieces)
    except TemplateSyntaxError as error:
        raise TemplateFaultError(error.filename or name, error.lineno, _quoted(error.message or "syntax")) from None
    except SyntaxError as error:  # Python has room for some twenty blocks inside each other
        raise TemplateFaultError(str(templates.path(name)), None, _quoted(error.msg)) from None
    except TemplateNotFound as error:
        raise TemplateFaultError(
            *_place(error, files, name), say("there is no template {name}", name=str(error))
        ) from None
    except _TooMuchError as error:
        raise TemplateFaultError(*_place(error, files, name), error.message) from None
    except (
        TemplateError,
        TypeError,
        ValueError,
        AttributeError,
        ArithmeticError,
        LookupError,
        RecursionError,
    ) as error:
        raise TemplateFaultError(*_place(error, files, name), _quoted(str(error))) from None
    return text


def _quoted(reason: str) -> Message:
    return say("{reason}", reason=reason)


def _joined(pieces: Iterator[str]) -> str:
    found, length = [], 0
    for piece in pieces:
        found.append(piece)
        length += len(piece)
        if length > LONGEST_TEXT:
            raise _TooMuchError(say("the template writes more than {number} characters", number=LONGEST_TEXT))
    return "".join(found)


@contextmanager
def _limited(files: Mapping[str, str]) -> Iterator[None]:
    """Stops a template that takes too long or heaps up text, at the next of its lines."""
    until = time.monotonic() + LONGEST_TIME

    def look(frame: FrameType, event: str, _arg: object) -> Any:
        if frame.f_code.co_filename not in files:
            return None
        if event == "line":
            if time.monotonic() > until:
                raise _TooMuchError(say("the template takes more than {number} seconds", number=int(LONGEST_TIME)))
            if any(type(each) is str and len(each) > LONGEST_TEXT for each in frame.f_locals.values()):
                raise _TooMuchError(say("the template writes more than {number} characters", number=LONGEST_TEXT))
        return look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        yield
    finally:
        sys.settrace(before)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Calls only what a template itself defines and the forms; multiplies only numbers."""

    files: dict[str, str]
    """The names of the templates that have been read, by the files that a trace names."""
    intercepted_binops = frozenset(["*", "**", "%"])

    def is_safe_callable(self, obj: Any) -> bool:
        """Macros, blocks and loops, the forms, and a few questions to the data."""
        if isinstance(obj, Macro | BlockReference) or isinstance(getattr(obj, "__self__", None), LoopContext):
            return True
        return obj in forms.CALLED or getattr(obj, "__name__", "") in _ASKED

    def compile(self, *source: Any, **more: Any) -> Any:
        """Without looking at each line of Jinja's own: that would take longer than the compiling."""
        before = sys.gettrace()
        sys.settrace(None)
        try:
            return super().compile(*source, **more)
        finally:
            sys.settrace(before)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A text is never repeated, and nothing is raised to a power."""
        if operator == "**" or isinstance(left, str | list | tuple) or isinstance(right, str | list | tuple):
            raise ValueError(f"{operator} is for numbers")
        return super().call_binop(context, operator, left, right)


_ASKED = ("startswith", "endswith", "items", "values", "keys")
"""What a template may ask of a text, and of a table of values."""

_KEPT = ("first", "join", "last", "length", "list", "map", "reject", "rejectattr", "select", "selectattr", "sort")
"""The filters of Jinja's own that templates have: those that choose and count, none that makes text."""


@lru_cache(4)
def _environment(templates: Templates) -> _Sandbox:
    """The sandbox of a workspace's templates, each of which is compiled once for all documents of a run."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = templates.find(name)
        if found is None:
            return None
        path, written = found.path, found.path.stat().st_mtime_ns
        environment.files[str(path)] = name
        return found.body, str(path), lambda: path.exists() and path.stat().st_mtime_ns == written

    environment = _Sandbox(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=forms.shown,
        autoescape=False,  # finalize escapes for Markdown; markup for HTML is never written by a template
    )
    environment.files = {}
    environment.filters = {name: environment.filters[name] for name in _KEPT} | dict(forms.FILTERS)
    environment.globals = dict(forms.GLOBALS)
    return environment


def _place(error: BaseException, files: Mapping[str, str], name: str) -> tuple[str, int | None]:
    """The template and its line in which an error arose; Jinja puts the templates' own lines into the trace."""
    frames = traceback.extract_tb(error.__traceback__)
    last = next((frame for frame in reversed(frames) if frame.filename in files), None)
    return (last.filename, last.lineno) if last else (next(iter(files), name), None)
