"""The door of this room: lines of a plan document in, a `Draft` out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...errors import InputError
from ..registry import Registry
from .building import Builder
from .gathering import NO_DEADLINE, NONE_READ
from .head import read_head
from .model import Draft, DraftDuty, DraftItem, Line
from .naming import name_items
from .outline import outline
from .shared import apply_shared
from .standing import set_review_days
from .when import Deadlines
from .who import Resolver


def import_plan(lines: Sequence[Line], registry: Registry, issuer: str | None = None) -> Draft:
    """The plan in the lines, as far as its text says it. `issuer` is an agency code where a person names it. Raises InputError where the
    text is no plan, where its issuer is in no registry, or where no duty is found."""
    head = read_head(lines, registry, issuer)
    root, after = outline(lines)
    resolver = Resolver(registry, head)
    recipients = dict.fromkeys(
        code for line in after for one in resolver.everybody(line.text) for code in one.codes if code.startswith("G-")
    )
    builder = Builder(head, resolver, Deadlines(head.year, head.law_effective), tuple(recipients))
    builder.walk(root)
    if not builder.duties:
        raise InputError(
            "The document gives no duty that could be read: no part names bodies with something to do.",
            "Check that the whole plan is in the file, with its parts numbered (I., 1., a) or its table of tasks.",
        )
    apply_shared(builder.duties, builder.shared, (NO_DEADLINE, NONE_READ))
    set_review_days(builder.duties)
    _name_duties(builder.duties)
    items = _used(builder.items, builder.duties)
    name_items(items)
    triggers = tuple((id, what) for what, id in builder.deadlines.triggers.items())
    return Draft(head, tuple(items), tuple(builder.duties), triggers, tuple(dict.fromkeys(builder.lacking)), tuple(builder.unread))


def _name_duties(duties: list[DraftDuty]) -> None:
    """O01, O02 … in the text's order; pieces of one bullet share a number: O04i, O04ii."""
    number = 0
    for at, duty in enumerate(duties):
        same = [d for d in duties if d.clause == duty.clause and "+" in duty.clause]
        if len(same) > 1 and duty is not same[0]:
            duty.id = f"O{number:02d}{'i' * (same.index(duty) + 1)}"
            continue
        number += 1
        duty.id = f"O{number:02d}" + ("i" if len(same) > 1 else "")
        assert at >= 0


def _used(items: dict[str, DraftItem], duties: list[DraftDuty]) -> list[DraftItem]:
    """The items that duties are filed under, in the order of the text; those of the usual duties behind the others of their part."""
    used = {duty.item for duty in duties}
    found = [item for item in items.values() if item.id in used]
    for item in found:
        item.title = item.title or "thực hiện Kế hoạch"
    return sorted(found, key=lambda item: bool(re.search(r"\.(?:kh|bc|kp|td|kk)$", item.id)))
