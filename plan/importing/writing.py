"""A draft as TOML text: the plan file and, beside it, the rules file. The same draft gives the same bytes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from ..model import DueRule
from ..names import fold_ascii
from .model import Draft, DraftDuty, DraftItem, Head
from .naming import Proposed

_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LISTS = ("actors", "inferred", "exclude", "advise", "coordinate", "unlisted", "audience")
_DUE = ("first", "last", "before", "first_year", "by_day", "before_day", "review_on")
_WIDTH = 140
_LONG = 100  # characters of a clause that a comment quotes


def plan_toml(draft: Draft, source: str, rules: str = "") -> str:
    """The plan file; `source` is the document's name, `rules` the name of the rules file beside it, "" for none."""
    head = draft.head
    out = [
        f"# Imported from {_one_line(source)}. Lines “# check:” mark where the text leaves a choice;",
        "# the keys are explained in docs/plan-file.md.",
        "",
        "[plan]",
        *(_comment(f"check: {check}") for check in head.checks),
        f"id = {_text(_plan_id(head))}",
        f"title = {_text(head.title)}",
        f"issuer = {_text(head.issuer)}",
        f"year = {head.year}",
        f"law_number = {_text(head.law_number)}",
        f"law_effective = {head.law_effective}",
        *([f"rules = {_text(rules)}"] if rules else []),
    ]
    if draft.lacking:
        out += ["", "# Named in the plan, and in no list of agencies:"]
        out += [_comment(f"  {name} ({clause})") for name, clause in draft.lacking]
    if draft.unread:
        out += ["", *(_comment(f"check: no duty was read from {clause}: “{_shortened(text)}”") for clause, text in draft.unread)]
    for id, what in draft.triggers:
        out += [
            "",
            '# check: has it happened? Then add document = "…" and day = …',
            "[[trigger]]",
            f"id = {_text(id)}",
            f"what = {_text(what)}",
        ]
    for item in draft.items:
        out += ["", *_item(item)]
    for duty in draft.duties:
        out += ["", *_duty(duty)]
    return "\n".join(out) + "\n"


def rules_toml(rules: Sequence[Proposed], plan: str) -> str:
    """The rules file; `plan` is the name of the plan file."""
    out = [
        f"# Cue words for the items of {_one_line(plan)}, proposed from their own wording. Refine them: docs/plan-import.md tells how.",
        "# A strong cue names its item by itself; a weak one does under a heading of the item, or beside the law's name.",
    ]
    for rule in rules:
        out += ["", "[[rule]]", f"id = {_text(rule.id)}", f"group = {_text(rule.group)}"]
        out += [f"phrases = {_list(rule.phrases)}"] if rule.phrases else [f"regex = {_pattern(rule.regex)}"]
        out += [f"match = {_list(rule.match)}"] if rule.match else []
    return "\n".join(out) + "\n"


def _plan_id(head: Head) -> str:
    place = re.sub(r"^(?:tỉnh|thành phố|quận|huyện|thị xã|xã|phường|thị trấn) ", "", head.place) or head.issuer
    law = " ".join(fold_ascii(head.law_name or head.law_number).split()[:8])
    return "-".join(fold_ascii(f"{place} {head.year} {law}").split())


def _item(item: DraftItem) -> list[str]:
    lines = ["[[item]]", f"id = {_text(item.id)}", f"title = {_text(item.title)}", f"short = {_text(item.short)}"]
    if item.kind == "event":
        lines.append('kind = "event"')
    return [*lines, "continuous = true"] if item.continuous else lines


def _duty(duty: DraftDuty) -> list[str]:
    lines = [_comment(f"check: {check}") for check in duty.checks]
    lines += ["[[duty]]", *(f"{key} = {_text(getattr(duty, key))}" for key in ("id", "item", "clause", "quote", "kind"))]
    for key in _LISTS:
        values = getattr(duty, key)
        if values or key == "actors":
            lines.append(f"{key} = {_list(values)}")
    if duty.scope:
        lines.append(f"scope = {_text(duty.scope)}")
    if duty.form:
        lines.append(f"form = {_list(duty.form)}")
    return [*lines, "", "[duty.due]", *_due(duty.due)]


def _due(due: DueRule) -> list[str]:
    lines = [f"kind = {_text(due.kind)}"]
    if due.wording:
        lines.append(f"wording = {_text(due.wording)}")
    if due.after:
        lines.append(f"after = {_list(due.after)}")
    for key in _DUE:
        value = getattr(due, key)
        if value is not None:
            lines.append(f"{key} = {_text(value) if isinstance(value, str) else _plain(value)}")
    return [*lines, "assumed = true"] if due.assumed else lines


def _one_line(text: str) -> str:
    """Without line breaks and other control characters, which a comment must not hold."""
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)


def _comment(text: str) -> str:
    return f"# {_one_line(text)}"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG].rsplit(' ', 1)[0]} …"


def _pattern(regex: str) -> str:
    """A literal string, in which backslashes stand for themselves, where there is nothing that it cannot hold."""
    plain = "'" not in regex and not any(unicodedata.category(c) == "Cc" for c in regex)
    return f"'{regex}'" if plain else _text(regex)


def _plain(value: date | int) -> str:
    return str(value)


def _list(values: Iterable[str]) -> str:
    values = list(values)
    one = f"[{', '.join(map(_text, values))}]"
    return one if len(one) <= _WIDTH else "[\n" + "".join(f"    {_text(value)},\n" for value in values) + "]"


def _text(value: str) -> str:
    """A basic string of TOML 1.0: quotes, backslashes and control characters escaped, everything else as it is."""
    written = "".join(_SHORT.get(c) or (f"\\u{ord(c):04X}" if unicodedata.category(c) == "Cc" else c) for c in value)
    return f'"{written}"'
