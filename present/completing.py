"""Values that the Tab key offers: agencies, items, years and plans of the store named on the line, or of what comes with minhchung.

A name may be typed without tone marks ("le" finds UBND quận Lê Chân). bash, zsh and PowerShell put in what they are given, so that they get
the code; fish only takes what holds the letters typed, so that there it is the name, which every option understands too.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.shell_completion import CompletionItem

from ..errors import MinhchungError
from ..store.fold import words as letters

if TYPE_CHECKING:
    import sqlite3

    from ..plan.model import Plan
    from ..plan.registry import Registry

_SHELL: Final = "_MINHCHUNG_COMPLETE"


def agencies(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Agencies by the beginning of their code, or of a word of their name."""
    with _store(ctx) as conn:
        return _offered(((one.code, one.short_name, one.name) for one in _registry(conn).agencies), incomplete)


def items(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Items of the plan by the beginning of their id, or of a word of their short name."""
    with _store(ctx) as conn:
        return _offered(((item.id, item.short, "") for item in _plan(ctx, conn).items), incomplete)


def years(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The years that the plan covers, up to this one."""
    with _store(ctx) as conn:
        plan = _plan(ctx, conn)
    last = min(plan.last_year or date.today().year, max(date.today().year, plan.year))
    return [CompletionItem(str(year)) for year in range(plan.year, last + 1) if str(year).startswith(incomplete)]


def plans(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids of the store's plans; of the shipped one where there is no store."""
    from ..store.plans import kept_plans

    with _store(ctx) as conn:
        known = [(one.id, one.title) for one in kept_plans(conn)] if conn else []
    if not known:
        shipped = _plan(ctx, None)
        known = [(shipped.id, shipped.title)]
    return [CompletionItem(name, help=title) for name, title in known if name.casefold().startswith(incomplete.casefold())]


def _offered(known: Iterable[tuple[str, str, str]], incomplete: str) -> list[CompletionItem]:
    """Of code, short name and whole name those that begin so; for fish the short name, without marks where it was typed so."""
    wanted, typed = letters(incomplete), incomplete.strip().casefold()
    by_name = os.environ.get(_SHELL, "").startswith("fish")
    found = []
    for code, short, name in known:
        if code.casefold().startswith(typed):
            found.append(CompletionItem(code, help=short))
        elif wanted and any(f" {letters(text)}".find(f" {wanted}") >= 0 for text in (short, name) if text):
            holding = next((text for text in (short, letters(short), letters(name)) if typed in text.casefold()), code)
            found.append(CompletionItem(holding, help=code) if by_name else CompletionItem(code, help=short))
    return found


@contextmanager
def _store(ctx: click.Context) -> Iterator[sqlite3.Connection | None]:
    """The store named on the line, or $MINHCHUNG_DB, or minhchung.db; None where there is none that can be asked: a shell that completes
    must not be told of it."""
    from ..store.connection import reading

    path = Path(ctx.params.get("db") or os.environ.get("MINHCHUNG_DB") or "minhchung.db")
    with ExitStack() as stack:
        try:
            conn = stack.enter_context(reading(path))
        except MinhchungError:
            conn = None
        yield conn


def _registry(conn: sqlite3.Connection | None) -> Registry:
    from ..plan.registry import load_registry
    from ..store.plans import registry_of

    return registry_of(conn) if conn else load_registry()


def _plan(ctx: click.Context, conn: sqlite3.Connection | None) -> Plan:
    """The plan that would answer; the shipped one where that cannot be told."""
    from ..plan.loader import load_plan
    from ..store.plans import choose, kept_plans, plan_of

    if conn:
        try:
            return plan_of(conn, choose(kept_plans(conn), str(ctx.params.get("plan") or ""), ctx.params.get("year")))
        except MinhchungError:
            return load_plan()
    return load_plan()
