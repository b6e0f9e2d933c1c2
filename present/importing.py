"""`plan import`: a plan document is read, handed to the importer, and what comes of it is written or told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError, UsageError
from .language import counted, words
from .output import write_bytes
from .plan_lines import plan_lines
from .terms import DUTIES

if TYPE_CHECKING:
    from ..plan.importing.model import Draft
    from ..plan.registry import Registry


@dataclass(frozen=True, slots=True)
class Imported:
    """An imported plan: the draft, and its two files as text. `rules` is the name of the rules file beside the plan's."""

    draft: Draft
    plan: str
    cues: str
    rules: str


def rules_name(path: Path) -> str:
    """KE-HOACH.toml has its cue words in KE-HOACH.rules.toml."""
    return f"{path.stem}.rules.toml"


def import_document(document: Path, registry: Registry, issuer: str | None, target: Path | None) -> Imported:
    """Read a plan document. `target` is the plan file that is to be written; without one the plan names no rules file. Raises InputError
    where the document cannot be read or is no plan, UsageError for an issuer that is in no registry."""
    from ..ingest.reader import read_file
    from ..plan.importing.importer import import_plan
    from ..plan.importing.naming import propose
    from ..plan.importing.writing import plan_toml, rules_toml

    report = read_file(document)
    if report.outcome != "read":
        raise InputError(f"{document} cannot be read: {report.reason}", "A plan is read from DOCX, PDF, text, and what LibreOffice opens.")
    draft = import_plan(plan_lines(report), registry, issuer)
    rules = rules_name(target) if target else ""
    cues = rules_toml(propose(draft.items, draft.head), target.name if target else "")
    return Imported(draft, plan_toml(draft, document.name, rules), cues, rules)


def write_imported(imported: Imported, target: Path, *, force: bool) -> None:
    """The plan file and its rules file. Raises UsageError where one of them is there already: a person may have worked on it."""
    beside = target.with_name(imported.rules)
    there = [str(path) for path in (target, beside) if path.exists()]
    if there and not force:
        raise UsageError(f"{' and '.join(there)} would be written over.", "Name another file with -o, or say --force.")
    write_bytes(imported.cues.encode(), beside)
    write_bytes(imported.plan.encode(), target)


def account(imported: Imported) -> list[str]:
    """What was found, and what a person has to look at, a line each."""
    draft = imported.draft
    kinds = Counter(duty.kind for duty in draft.duties)
    checks = sum(len(duty.checks) for duty in draft.duties) + len(draft.head.checks) + len(draft.triggers)
    told = ", ".join(f"{number} {words(DUTIES[kind])}" for kind, number in kinds.items())
    items = counted(len(draft.items), "{} item", many="{} items")
    duties = counted(len(draft.duties), "{} duty", many="{} duties")
    marked = counted(checks, "{} line “# check:” to look at", many="{} lines “# check:” to look at")
    lines = [f"{items}, {duties} ({told}); {marked}."]
    if draft.lacking:
        lines.append(words("In no list of agencies:"))
        lines += [f"  {name} ({clause})" for name, clause in draft.lacking]
    return lines
