"""Lines of the form "Label: words": who leads, who helps, by when, what comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .model import Node
from .words import clean, cue, first_of, folded, table

LABEL = re.compile(r"\s*([^:]{2,60}?)\s*:\s*")
NEXT = re.compile(r"[;.]\s+(?=[^:;.]{2,60}:)")
_INLINE = re.compile(r"(?:[.;(]|\s-)\s*([^:;.()]{3,40}?)\s*:\s")
_TITLE_ENDS = re.compile(r";| đối với ")


@dataclass(slots=True)
class Task:
    """A task with the words of each of its fields ("lead", "coordinate", "due", …)."""

    ref: str
    title: str
    texts: dict[str, str] = field(default_factory=dict)
    clause: str = ""  # where it stands, if several tasks share an item
    quote: str = ""  # its words with those of who has it, if they stand together

    @property
    def content(self) -> str:
        """What is to be done, where a line below the heading tells it."""
        return self.texts.get("content", "")

    def add(self, name: str, text: str) -> None:
        """More words for a field; several lines of one field stand one after the other."""
        if text.strip():
            self.texts[name] = f"{self.texts[name]}; {text.strip()}" if name in self.texts else text.strip()


def fields_of(nodes: Iterable[Node]) -> list[tuple[str, str, Node]]:
    """The fields among the lines under a task: name, words, line. A line that is no field is "bare", one that tells what is to be done
    ("Nội dung: …") "content"."""
    found: list[tuple[str, str, Node]] = []
    for node in nodes:
        labelled = (label := LABEL.match(node.text)) and first_of("labels", label[1])  # "- Phân công thực hiện: Giao Sở A …"
        by_itself = node.kind == "dash" and not labelled and cue("sentences", "gives-over").search(folded(node.text))
        for piece in [node.text] if by_itself else NEXT.split(node.text):
            label = LABEL.match(piece) if not by_itself else None
            known = first_of("labels", label[1]) if label else first_of("labels", piece) if node.children else None
            if known and (known.gives in ("counter", "note") or (known.gives == "task" and not label)):
                continue
            if known and label and known.gives == "task":
                found.append(("content", piece[label.end() :], node))
                continue
            if known and known.gives in ("lead", "lead-and-help") and label and not piece[label.end() :].strip():
                below = fields_of(node.children)  # "Đơn vị thực hiện:" and below it "Chủ trì: …", "Phối hợp: …"
                if any(name in ("lead", "coordinate") for name, _, _ in below):
                    found += below
                    continue
            if known and known.gives == "lead-and-help" and label:
                found += [(name, words, node) for name, words in lead_and_help(piece[label.end() :])]
            elif known:
                found.append((known.gives, piece[label.end() :] if label else "", node))
            elif known is None and not (found and found[-1][2] is node):
                found.append(("bare", piece, node))
            elif known is None:
                name, words, _ = found[-1]
                found[-1] = (name, f"{words}; {piece}", node)
    return found


def lead_and_help(words: str) -> list[tuple[str, str]]:
    """Under a head for both, those behind a stroke help; without one their roles are left to their own words."""
    lead, _, others = words.partition("/")
    return [("lead", lead), *([("coordinate", others)] if others.strip() else [])]


def dashes_with_fields(node: Node) -> list[tuple[Node, str]]:
    """The dashes under a clause that are tasks of their own, with plus signs for who and by when; each with its clause."""
    dashes = [child for child in node.children if child.kind == "dash"]
    tasks = []
    for number, dash in enumerate(dashes, 1):
        labels = {name for name, _, _ in fields_of(dash.children)}
        own = {name for name, _, _ in fields_of([Node("dash", "", dash.text)])}
        if labels & {"lead", "advise", "due"} and own <= {"bare", "content"}:
            tasks.append((dash, f"{node.ref} -{number}" if len(dashes) > 1 else node.ref))
    return tasks


def without_label(text: str) -> str:
    """A task without the words that only say that it is one: "Nội dung: Tổ chức hội nghị"."""
    label = LABEL.match(text)
    known = first_of("labels", label[1]) if label else None
    return text[label.end() :] if label and known and known.gives == "task" and text[label.end() :].strip() else text


def owned_tasks(lines: Iterable[Node]) -> list[tuple[Node, list[tuple[str, str, Node]]]]:
    """The paragraphs below a line that only names who has them, each with its fields, which stand in it or in lines of their own behind
    it; a paragraph without fields has none."""
    found: list[tuple[Node, list[tuple[str, str, Node]]]] = []
    for line in lines:
        fields = fields_of([line])
        if found and fields and all(name not in ("bare", "content") for name, _, _ in fields):
            found[-1][1].extend(fields)
        elif fields and fields[0][0] in ("bare", "content"):
            found.append((Node(line.kind, "", fields[0][1], children=line.children), fields[1:]))
    return found


def time_behind(letters: list[Node]) -> str:
    """The time in a line behind the last of several letters, none of which has one of its own: it holds for all. "" without such."""
    *others, last = letters
    due = [words for child in last.children if child.kind == "text" for name, words, _ in fields_of([child])[:1] if name == "due"]
    own = any(name == "due" for one in others for name, _, _ in fields_of(one.children))
    return due[0] if len(due) == 1 and not own and last.kind == "letter" else ""


def short_title(text: str) -> str:
    """The title of an item: up to the first semicolon, without whom it is for."""
    return clean(_TITLE_ENDS.split(text)[0])


def forms_of(texts: dict[str, str]) -> tuple[str, ...]:
    """In what form, or with which product: "Trực tuyến hoặc trực tiếp" gives two."""
    # "báo cáo" alone is the form of a duty that is met by sending a report (docs/plan-file.md); a task's product is not that
    product = "báo cáo kết quả" if clean(texts.get("product", "")).lower() == "báo cáo" else texts.get("product", "")
    said = ", ".join(filter(None, (texts.get("form", ""), product)))
    return tuple(dict.fromkeys(clean(piece).lower() for piece in re.split(r",|;|\bhoặc\b|\bvà\b", said) if clean(piece)))


def audiences_of(text: str) -> tuple[str, ...]:
    """The codes of those whom the words say that it is for."""
    said = folded(text)
    return tuple(dict.fromkeys(entry.gives for entry in table("audiences").values() if entry.regex.search(said)))


def inline_fields(text: str) -> tuple[str, str]:
    """A task that names its fields in its own paragraph ("… (Chủ trì: Sở Y tế; thời gian: Quý III/2023)"), as title and fields; all is
    title where there are none."""
    text = cue("labels", "told-by-là").sub(lambda said: f". {said['label']}: ", text)
    for found in _INLINE.finditer(text):
        if first_of("labels", found[1]) and found.start() > 0:
            title = text[: found.start()].rstrip(" (-.;,")
            opened = title.count("(") > title.count(")")  # "Task (Sở A chủ trì; thời gian: …)": who stays with the task
            return f"{title})" if opened else title, re.sub(r"\)[\s.]*$", "", text[found.start(1) :])
    return text, ""


def with_inline(node: Node) -> Node:
    """The node with the fields of its own paragraph as a line below it."""
    title, fields = inline_fields(node.text)
    return Node(node.kind, node.label, title, node.ref, node.line, [Node("text", "", fields), *node.children]) if fields else node


def parted(node: Node) -> tuple[list[tuple[str, str, Node]], list[Node], list[Node]]:
    """The fields under a node, the nodes below it that are tasks or clauses of their own, and the lines without a number."""
    named = [(child, fields_of([child])[0][0]) for child in node.children if child.kind in ("letter", "decimal") and fields_of([child])]
    told = any(name not in ("bare", "content") for _, name in named)  # "Nội dung: …" by itself is a clause of its own
    lettered = [child for child, name in named if name != "bare" and told]
    inner = [child for child in node.children if child.ref and child not in lettered]
    loose = [child for child in node.children if child.kind != "row" and (not child.ref or child in lettered)]
    return fields_of(loose), inner, loose
