"""The officers' word for an item, and the cue words by which its evidence is found, from the item's own title: verb and object.

The cues are a beginning. They are written into a rules file beside the plan, in the form of extract/rules/*.toml, with the title as the
sentence that they must match; a person goes on from there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .model import DraftItem, Head
from .words import Cue, clean, cue, folded, table

_SAY_NOTHING_ALONE = ("issue", "draw-up", "advise", "report")  # done to every document
_LONG_OBJECT = 8  # words: as many of a long object as a report is likely to say again
_OWN_OBJECT = 4  # words: an object of so many is said of nothing else
_BETWEEN = 60  # characters that may stand between verb and object


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed rule: `phrases` or a `regex`, in a group ("item.II.2.strong"), with sentences that it must match."""

    id: str
    group: str
    phrases: tuple[str, ...] = ()
    regex: str = ""
    match: tuple[str, ...] = ()


def name_items(items: Sequence[DraftItem]) -> None:
    """Gives each item that has none a short name, no two the same: its verb, else its verb and object, else its number."""
    taken = {item.short for item in items if item.short}
    for item in items:
        if item.short:
            continue
        verbs, objects = verbs_of(item.title), objects_of(item.title)
        verb = verbs[0].gives if verbs else " ".join(item.title.split()[:3]).lower()
        several = sum(1 for other in items if verbs and (v := verbs_of(other.title)) and v[0].gives == verb) > 1
        longer = f"{verb} {' '.join(objects[0].split()[:4])}" if objects else verb
        for name in (longer, f"{longer} ({item.id})") if several else (verb, longer, f"{verb} ({item.id})"):
            if name not in taken:
                item.short = name
                break
        taken.add(item.short)


def verbs_of(title: str) -> list[Cue]:
    """The verbs of a title in its order, those of the conference last: "Tổ chức hội nghị quán triệt" is about conveying; a
    medium first: what is spread on it is known by the medium."""
    said = folded(title)
    found = [(m.start(), entry) for entry in table("verbs").values() if (m := entry.regex.search(said))]
    ordered = [entry for _, entry in sorted(found, key=lambda pair: pair[0])]
    return sorted(ordered, key=lambda entry: (entry.id in ("conference", "advise"), entry.id != "media"))


def objects_of(title: str) -> list[str]:
    """What the verbs of a title are about, in folded words; the plan's law itself is none."""
    said = folded(title)
    ends = sorted({m.end() for entry in table("verbs").values() for m in entry.regex.finditer(said)})
    found: list[str] = []
    for at in ends or [0]:
        rest = said[at:]
        if opener := cue("objects", "empty-before").match(rest):
            rest = rest[opener.end() :]
        stop = cue("objects", "ends").search(rest)
        words = clean(rest[: stop.start()] if stop else rest).split()
        text = " ".join(words[:_LONG_OBJECT])
        if len(words) > 1 and not cue("objects", "the-law").match(text) and not any(e.regex.match(text) for e in table("verbs").values()):
            found.append(text)
    return list(dict.fromkeys(found))


def propose(items: Sequence[DraftItem], head: Head) -> list[Proposed]:
    """The rules for all items, and those that name the plan's law."""
    rules = _law(head)
    for item in items:
        usual = table("proposals").get(item.id.rpartition(".")[2])
        if usual:
            rules.append(Proposed(f"{item.id}/usual", f"item.{item.id}.strong", regex=usual.regex.pattern, match=usual.match))
        elif not item.id.endswith(".bc"):  # the yearly report is the document itself
            rules += _of_title(item, head)
    return rules


def _of_title(item: DraftItem, head: Head) -> list[Proposed]:
    """Strong: a verb with its object, or an object of four words and more by itself. Weak: the verb alone."""
    verbs = verbs_of(item.title)
    words = tuple(dict.fromkeys(word for verb in verbs for word in verb.also))
    objects = _beside_law(objects_of(item.title), folded(head.law_name))
    strong, weak = f"item.{item.id}.strong", f"item.{item.id}.weak"
    found = []
    heads = sorted(_shorter(objects) | (_law_words(head) if not objects or "luật" in folded(item.title) else set()), key=len, reverse=True)
    if words and heads:
        regex = _near(words, heads)
        found.append(Proposed(f"{item.id}/verb-object", strong, regex=regex, match=_examples(item, regex)))
    if whole := tuple(text for text in objects if len(text.split()) >= _OWN_OBJECT):
        found.append(Proposed(f"{item.id}/object", strong, phrases=whole, match=(item.title,)))
    first = [verb for n, verb in enumerate(verbs) if (n == 0 and verb.id not in _SAY_NOTHING_ALONE) or verb.id == "conference"]
    if alone := tuple(dict.fromkeys(word for verb in first for word in verb.also if " " in word)):
        found.append(Proposed(f"{item.id}/verb", weak, phrases=alone))
    if not found or not any(rule.match for rule in found):
        opening = clean(" ".join(folded(item.title).split()[:_LONG_OBJECT]))
        found.append(Proposed(f"{item.id}/title", strong, phrases=(opening,), match=(item.title,)))
    return found


def _beside_law(objects: Sequence[str], law: str) -> list[str]:
    """Without objects that are words of the law's name, which the whole report says; what stands before that name also by itself."""
    kept = [text for text in objects if not (law and text in law)]
    before = [text.partition(law)[0].strip() for text in kept if law and law in text]
    return [*kept, *(text for text in before if " " in text)]


def _examples(item: DraftItem, regex: str) -> tuple[str, ...]:
    """The title, where the pattern finds it: a title may put its object before its verb."""
    return (item.title,) if re.search(regex, folded(item.title)) else ()


def _law(head: Head) -> list[Proposed]:
    phrases = []
    if head.law_name:
        phrases = [f"luật {folded(head.law_name)}"]
    if any(char.isdigit() for char in head.law_number):
        phrases.append(folded(head.law_number))
    return [Proposed("law/name", "law.explicit", phrases=tuple(phrases), match=(phrases[0],))] if phrases else []


def _law_words(head: Head) -> set[str]:
    return {f"luật {folded(head.law_name)}", "luật này", "nội dung luật"} if head.law_name else set()


def _near(words: Sequence[str], objects: Sequence[str]) -> str:
    """A verb, then within the clause the object."""
    verbs, heads = ("|".join(_literal(text) for text in sorted(texts, key=len, reverse=True)) for texts in (words, objects))
    return rf"\b(?:{verbs})\b[^.;]{{0,{_BETWEEN}}}?\b(?:{heads})\b"


def _literal(text: str) -> str:
    return re.escape(text).replace("\\ ", " ")


def _shorter(objects: Sequence[str]) -> set[str]:
    """Objects of many words also by their first four."""
    return {*objects, *(" ".join(text.split()[:4]) for text in objects if len(text.split()) > 5)}
