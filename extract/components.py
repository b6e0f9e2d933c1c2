"""The components of judging by name: what each is for, and a switch that takes it out, so that what it is worth can be measured.

Judging asks a component through a function that is marked with its name; switched off, the function gives the answer that says nothing. The
components that work on text by themselves are also spaCy factories (factories.py).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import ParamSpec, TypeVar, cast

from ..errors import UsageError

P = ParamSpec("P")
R = TypeVar("R")

COMPONENTS: Mapping[str, str] = MappingProxyType(
    {
        "sections": "which part of the report a sentence stands in: results, limits, plan, proposals",
        "headings": "what the headings and a row's label and column head are about",
        "items": "telling apart items that share a phrase",
        "law_gate": "refusing what is about another law or matter",
        "inherit": "items carried over from the sentence before or the heading",
        "tables": "cells that answer for their row and column",
        "clauses": "each item's own clause of a sentence on several",
        "status": "done, ongoing, planned, not done, or only mentioned",
        "mentions": "duties, purposes and what was handed to others are no claims",
        "actor": "whose act it is; another body's is no claim",
        "dates": "days, months, quarters and years",
        "quantities": "figures with units, and ratios",
        "numbers": "codes of documents cited",
        "audience": "the plan's groups of people",
        "strength": "how firm the ground is that a claim rests on",
        "documents": "decisions, plans and resolutions that are themselves the act",
    }
)
_off: ContextVar[frozenset[str]] = ContextVar("components switched off", default=frozenset())


def component(name: str, off: Callable[..., object]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Marks a function through which judging asks the component; `off`, with the same arguments, answers in the same type where it is
    switched off."""
    assert name in COMPONENTS, name

    def marked(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def asked(*args: P.args, **kwargs: P.kwargs) -> R:
            return cast(R, off(*args, **kwargs)) if name in _off.get() else function(*args, **kwargs)

        return asked

    return marked


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Judge without these components inside the block. Raises UsageError for a name that no component has."""
    unknown = [name for name in names if name not in COMPONENTS]
    if unknown:
        raise UsageError(f"No component is called {', '.join(unknown)}.", f"Components: {', '.join(COMPONENTS)}.")
    token = _off.set(_off.get() | frozenset(names))
    try:
        yield
    finally:
        _off.reset(token)
