"""From the tree to items and duties: the tasks of the parts that hold them, and the standing duties of the part on carrying out."""

from __future__ import annotations

from dataclasses import replace

from ..model import DueRule
from .fields import audiences_of, dashes_with_fields, fields_of, owned_tasks, parted, time_behind, with_inline
from .gathering import NONE_READ, WORDS
from .model import DraftDuty, Node, When, Who
from .roles import joined, only_helps
from .sentences import Said, helpers_in, only_when, read_sentence, sentences, split_further
from .shared import Shared, read_shared
from .standing import is_usual, standing_duty
from .tables import Tables
from .tasks import Filler, due_of
from .when import Deadlines
from .words import clean, cue, first_of, folded

_CHAPTERS = ("root", "part", "appendix", "upper", "roman")
_SAYS_LITTLE = 6  # words: a clause of more that gives no duty is told


class Builder(Filler):
    """Walks the tree and gathers what it gives."""

    def walk(self, root: Node) -> None:
        """All parts of the document in their order."""
        told = [section.gives if (section := first_of("sections", part.text)) else "" for part in root.children]
        for at, part in enumerate(root.children):
            if told[at] == "assigning" and "" not in told[:at] and "standing" in told[at + 1 :]:
                self._chapter(part, standing=False, gives="")  # tasks by agency, and the part on carrying out follows
            elif told[at] != "skip":
                self._chapter(part, standing=False, gives=told[at])

    def _chapter(self, node: Node, standing: bool, gives: str | None = None) -> None:
        if gives is None:
            section = first_of("sections", node.text)
            gives = section.gives if section else ""
        if gives == "skip":
            return
        standing = standing or bool(gives)
        self._heading(node)
        if any(child.ref and child.kind in _CHAPTERS for child in node.children):
            for child in node.children:
                if child.ref and child.kind in _CHAPTERS:
                    self._chapter(child, standing)
                elif child.ref:
                    self._node(child, standing, None)
            self._rows(node)
            return
        self._node(node, standing, None)

    def _node(self, node: Node, standing: bool, above: Who | None) -> None:
        before = len(self.duties) + len(self.shared)
        self._rows(node, above)
        whole, node = node.text, node if standing else self._dashes(with_inline(node))
        fields, inner, loose = parted(node)
        if inner and fields and all(name == "due" for name, _, _ in fields):
            self.shared.append(Shared((node.ref,), self._due("; ".join(words for _, words, _ in fields)), below=True))
            fields, loose = [], []
        if node.ref and not standing and (own := self._owns(node, fields, loose)):
            above = own
            self._owned(node, loose, own)
        elif node.ref and not standing and ({name for name, _, _ in fields} - {"bare", "content"} or self._bare_task(node, fields)):
            self._task(node, fields, above=above, quote=clean(whole) if whole != node.text else "")
        else:
            above = self._said(node, loose, standing, above, inner)
        for child in inner:
            self._node(child, standing, above)
        if len(inner) > 1 and not standing and (behind := time_behind(inner)):
            self.shared.append(Shared((node.ref,), self._due(behind), below=True))
        if len(self.duties) + len(self.shared) == before and not inner and len(whole.split()) > _SAYS_LITTLE:
            self.unread.append((node.ref, clean(whole)))

    def _owns(self, node: Node, fields: list[tuple[str, str, Node]], loose: list[Node]) -> Who | None:
        """Who has the tasks in the paragraphs below a line that only names them, where those have fields: "Sở A" and below it "Task. Thời
        gian: …"."""
        names = {name for name, _, _ in fields}
        if not names & {"due", "coordinate"} or names & {"lead", "advise"} or not names & {"bare", "content"}:
            return None
        return self._named_by(node, True) if any(not self._names_only(task.text) for task, _ in owned_tasks(loose)) else None

    def _owned(self, node: Node, loose: list[Node], own: Who) -> None:
        """The tasks below a line that names who has them, those without fields as sentences."""
        tasks = owned_tasks(loose)
        self._heading(node)
        for number, (task, fields) in enumerate(tasks, 1):
            mark = "" if len(tasks) == 1 else f" -{number}" if task.kind == "dash" else f" đ.{number}"
            if fields:
                self._task(replace(task, ref=node.ref, children=[]), fields, node.ref + mark, above=own)
            else:
                self._sentences(node.ref + mark, task.text, node, False, own)

    def _dashes(self, node: Node) -> Node:
        """Fills the tasks that are dashes with fields below them; gives back the clause without these."""
        tasks = dashes_with_fields(node) if node.ref else []
        for dash, clause in tasks:
            self._item(node.ref, node.text or dash.text)
            self._task(Node("dash", "", dash.text, node.ref), fields_of(dash.children), clause)
        done = [dash for dash, _ in tasks]
        return replace(node, children=[child for child in node.children if all(child is not dash for dash in done)]) if tasks else node

    def _bare_task(self, node: Node, fields: list[tuple[str, str, Node]]) -> bool:
        """Whether the lines under a task are nothing but who and by when, without labels."""
        who = [self._names_only(words) for _, words, _ in fields]
        when = [only_when(words, self.deadlines.scratch()) is not None for _, words, _ in fields]
        return any(who) and any(when) and all(map(any, zip(who, when, strict=True))) and not self._names_only(node.text)

    def _rows(self, node: Node, above: Who | None = None) -> None:
        rows = [child for child in node.children if child.kind == "row"]
        above = self._named_by(node, bool(rows)) or above if rows else None
        for task in Tables(node.ref, self._names_only, self._time_only, led=bool(above)).read(rows):
            self._fill(task, [], above)

    # ------------------------------------------------------------ paragraphs and sentences

    def _said(self, node: Node, loose: list[Node], standing: bool, above: Who | None, inner: list[Node]) -> Who | None:
        """The sentences of a node; gives back who has the duties of the nodes below it, where it only names them."""
        if own := self._named_by(node, bool(inner or loose)):
            self._heading(node)
            self._paragraphs(node, loose, standing, own, titled=True)
            return own
        for line in loose if inner and not standing else ():
            if line.kind == "text" and line.text.endswith(":") and (own := self._named_by(line, True)):
                above, loose = own, [child for child in loose if child is not line]  # "Các sở … tập trung thực hiện:" above the letters
        titled = node.kind in _CHAPTERS or (bool(inner) and not loose and not standing)
        self._paragraphs(node, loose, standing, above, titled=titled)
        return above

    def _named_by(self, node: Node, holds: bool) -> Who | None:
        """Who has what stands below a line that only names them; `holds` whether anything stands there."""
        asks = cue("sentences", "request").search(folded(node.text))
        own, end = self.resolver.read_list(node.text[asks.end() :] if asks else node.text)
        rest = node.text[end + (asks.end() if asks else 0) :]
        heads = not WORDS.search(rest) or node.text.rstrip().endswith(":")
        heads = heads or (holds and bool(cue("sentences", "only-heads").search(folded(rest))))
        if not own or not heads or cue("sentences", "lists-contents").search(folded(rest)):
            return None
        return replace(own, asked=bool(asks))

    def _heading(self, node: Node) -> None:
        """Keeps the deadline, and who helps, that a heading gives to what stands below it."""
        said = folded(node.text)
        when = self.deadlines.read(node.text) if cue("sentences", "heading-deadline").search(said) else only_when(node.text, self.deadlines)
        if cue("sentences", "continuous-heading").search(said):
            when = When(DueRule("continuous", wording=clean(node.text)), 0, len(node.text))
        helpers, _ = self._codes(node.ref, helpers_in(node.text, self.resolver))
        if node.ref and (helpers or (when and when.due.kind != "event")):
            self.shared.append(Shared((node.ref,), when, helpers, below=True))

    def _paragraphs(self, node: Node, loose: list[Node], standing: bool, above: Who | None, *, titled: bool) -> None:
        """Each paragraph's sentences. `titled` where the node's own words are a heading; so they are, in a part that holds tasks, where
        they give nobody anything and paragraphs stand below."""
        bulleted = any(child.kind != "text" for child in loose)
        loose = [child for child in loose if child.kind != "text" or not self._only_closes(child.text)]
        if not titled and loose and not standing and self._alone(node.text) is None:
            titled = True
        if titled and not above:
            self._heading(node)
        paragraphs = ([] if titled or not node.text else [node.text]) + [child.text for child in loose]
        shift = int(bulleted and not titled and bool(node.text))  # the node's own words are no dash
        for number, text in enumerate(paragraphs, 1):
            mark = (f" -{number - shift}" if number > shift else "") if bulleted else f" đ.{number}"
            # a paragraph behind the last letter is not part of it: the letter's own words keep the plain clause
            own = len(paragraphs) == 1 or (number == 1 and node.kind == "letter" and not bulleted)
            self._sentences(node.ref + ("" if own else mark), text, node, standing, above)
        for child in loose:
            for number, plus in enumerate(child.children, 1):
                self._sentences(f"{node.ref} +{number}", plus.text, node, standing, above)

    def _sentences(self, clause: str, text: str, node: Node, standing: bool, above: Who | None) -> None:
        read: list[list[Said]] = []
        subject, task = above, ""
        for sentence in sentences(text):
            pieces: list[Said] = []
            last = read[-1] if read else []
            if last and self._completes(sentence, last):
                continue
            if elsewhere := read_shared(sentence, self.deadlines):
                self.shared.append(elsewhere)
                continue
            if not standing and cue("sentences", "announces-annex").search(folded(sentence)):
                continue
            if asked := self._asked_at_the_end(sentence):
                subject = asked
                read.append([])
                continue
            for piece in split_further(sentence, self.deadlines, self.resolver, standing=standing):
                if said := read_sentence(piece, self.resolver, self.deadlines, subject, given=above is not None):
                    said = _joined(pieces, said, standing)
                    pieces.append(said)
                    subject = replace(said.lead, asked=bool(above and above.asked) or said.kind == "request")
            if pieces:
                read.append([_with_task_before(pieces[0], task, self.deadlines), *pieces[1:]])
            task = "" if pieces else f"{task} {sentence}".strip()
        for number, pieces in enumerate(read, 1):
            for said in pieces:
                self._one(f"{clause} c.{number}" if len(read) > 1 else clause, node, said, standing, given=above is not None)

    def _only_closes(self, text: str) -> bool:
        """Whether a paragraph is the formula that closes a plan, and gives nobody anything: it is no part of the clause above it."""
        first, *others = sentences(text)
        closes = cue("sentences", "closes").search(folded(first)) and not cue("sentences", "if-it-arises").search(folded(first))
        return bool(closes) and not others and self._asked_at_the_end(first) is None

    def _asked_at_the_end(self, sentence: str) -> Who | None:
        """Whom the formula that closes a plan asks to carry it out."""
        said = folded(sentence)
        if not cue("sentences", "closes").search(said) or cue("sentences", "if-it-arises").search(said):
            return None
        asks = cue("sentences", "closing-asks").search(said)
        return (self.resolver.read_list(sentence[asks.end() :])[0] or None) if asks else None

    def _completes(self, sentence: str, pieces: list[Said]) -> bool:
        """Whether a sentence only adds by when, or who helps, to the one before it, and does."""
        last = pieces[-1]
        if last.when is None and (when := only_when(sentence, self.deadlines)):
            pieces[-1] = replace(last, text=f"{last.text} {sentence}", when=when)
        elif helping := only_helps(sentence, self.resolver):
            pieces[-1] = replace(last, text=f"{last.text} {sentence}", helpers=joined(last.helpers, helping))
        else:
            return False
        return True

    def _one(self, clause: str, node: Node, said: Said, standing: bool, *, given: bool) -> None:
        """One sentence's duty, filed under its own clause, or among the standing ones. `given` where a line above names who has it."""
        helpers, checks = self._codes(clause, said.helpers)
        if not said.own and not given:
            checks = (*checks, "the sentence names nobody: whoever the one before names is taken")
        due = due_of(said.kind, said.when.due if said.when else DueRule("undated_once"))
        duty = DraftDuty(
            node.ref, clause, said.text, said.kind, due, coordinate=helpers, audience=() if standing else audiences_of(said.rest),
            checks=(*(said.when.checks if said.when else ()), *checks),
        )  # fmt: skip
        if standing:
            item, duty = standing_duty(duty, said, node.ref.split(".")[0], self.items)
            self.items.setdefault(item.id, item)
        else:
            told = self._alone(node.text) or (said.rest and node.text.startswith(said.rest))
            self._item(node.ref, said.rest if told else node.text)
            if said.when is None and said.kind == "assigned":
                duty.checks = (*duty.checks, NONE_READ)
        self._add(self._with_actors(duty, said.lead))
        if not standing:
            self._mark_continuous(node.ref)


def _joined(pieces: list[Said], said: Said, standing: bool) -> Said:
    """A piece of a sentence together with the one before it (taken off `pieces`), where both are one task of which only the end is dated,
    or one request."""
    if not pieces or said.own or pieces[-1].when is not None:
        return said
    one_task = said.when is not None and not (standing and (is_usual(pieces[-1]) or is_usual(said)))
    if not one_task and pieces[-1].kind != "request":
        return said
    first = pieces.pop()
    return replace(first, text=f"{first.text}; {said.text}", when=said.when if one_task else None)


def _with_task_before(said: Said, task: str, deadlines: Deadlines) -> Said:
    """The duty with the sentence before it, where that tells what is to be done, and maybe by when, and this one only who does it."""
    if not task or not said.own or said.kind == "event" or not cue("sentences", "only-who").search(folded(said.rest)):
        return said
    return replace(said, text=f"{task} {said.text}", rest=task, when=said.when or deadlines.read(task))
