"""Tasks with fields: lines, columns or sentences that say who leads, who helps and by when become duties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import DueRule, DutyKind
from .fields import Task, audiences_of, forms_of, short_title, without_label
from .gathering import NO_DEADLINE, NOBODY, WORDS, Gatherer
from .model import DraftDuty, Found, Node, Who
from .sentences import Said, bracketed_time, leads_by_itself, only_when, read_sentence, sentences
from .when import on_its_day
from .who import as_who
from .words import clean, cue, folded


class Filler(Gatherer):
    """Fills tasks in, and gathers their duties."""

    def _task(self, node: Node, fields: list[tuple[str, str, Node]], clause: str = "", above: Who | None = None, quote: str = "") -> None:
        """A task whose lines say who leads, who helps, and by when; a "+" under who leads is a duty of its own. `quote` is its paragraph
        where that tells all this itself."""
        task = Task(node.ref, without_label(node.text), clause=clause, quote=quote)
        pluses: list[Node] = []
        told: list[str] = []
        for name, words, line in fields:
            inner = [child for child in line.children if child.kind == "plus"]
            if name in ("lead", "coordinate"):  # "Đơn vị phối hợp: Sở A; hoàn thành trong quý I/2022"
                others, _, last = clean(words).rpartition("; ")
                if others and only_when(last, self.deadlines.scratch()):
                    words = others
                    task.add("due", last)
            if name == "bare" and only_when(words, self.deadlines.scratch()):
                task.add("due", words)
            elif name in ("lead", "bare"):
                pluses += inner
                if name == "lead" or self._names_only(words):
                    task.add("lead" if name == "lead" else "bare", words)
                elif not inner:
                    told.append(words)
            else:
                task.add(name, "; ".join(filter(None, (words, *(child.text for child in line.children)))))
        if len(told) == 1 and "content" not in task.texts and leads_by_itself(told[0]):
            task.add("content", told[0])  # a paragraph between the heading and its fields
        self._fill(task, pluses, above, told)

    def _names_only(self, text: str) -> bool:
        _, end = self.resolver.scan(text)
        return bool(end) and not WORDS.search(text[end:])

    def _time_only(self, text: str) -> bool:
        return only_when(text, self.deadlines.scratch()) is not None

    def _fill(self, task: Task, pluses: list[Node], above: Who | None = None, told: Sequence[str] = ()) -> None:
        """`pluses` are the bullets under who leads, `told` paragraphs between the heading and its fields that are no fields."""
        texts = task.texts
        self._item(task.ref, task.title)
        quote = task.quote or (task.content if leads_by_itself(task.content) or not leads_by_itself(task.title) else "") or task.title
        titled = None if "due" in texts else bracketed_time(task.title, self.deadlines)
        if titled is None and "due" not in texts and task.content:
            titled = self.deadlines.read(task.content)
        when = on_its_day(titled or self._due(texts.get("due", "")), task.title)
        helpers, checks = self._helping(task.ref, texts.get("coordinate", ""))
        advisers, more = self._helping(task.ref, texts.get("advise", ""))
        self.items[task.ref].about = task.content
        audience = audiences_of(f"{task.title} {task.content} {texts.get('audience', '')}")
        common = DraftDuty(
            task.ref, task.clause or task.ref, quote.strip(), "assigned", when.due, coordinate=helpers, advise=advisers,
            form=forms_of(texts), audience=audience, checks=(*when.checks, *checks, *more),
        )  # fmt: skip
        before = len(self.duties)
        for number, plus in enumerate(pluses, 1):
            self._bullet(replace(common, clause=f"{task.ref} +{number}"), plus.text)
        for name in ("lead", "bare"):
            if texts.get(name) and not pluses:
                self._lead(common, texts[name], bare=name == "bare")
        if len(self.duties) == before:
            self._spoken(task, common, above, told)
        if len(self.duties) == before and advisers:
            self._add(replace(common, kind="advise", actors=advisers, advise=()))
        elif len(self.duties) == before and above:
            self._add(self._with_actors(common, above))
        elif len(self.duties) == before:
            self._add(replace(common, actors=(NOBODY,), checks=(*common.checks, "the text does not say who leads: name somebody")))
        self._mark_continuous(task.ref)

    def _spoken(self, task: Task, common: DraftDuty, above: Who | None, told: Sequence[str]) -> None:
        """Who has a task by its own sentences: "Task. Sở A chủ trì; Sở B phối hợp. Thời gian: …"; below a line that names who has it, what
        begins with a verb is theirs."""
        before = len(self.duties)
        for number, text in enumerate(told, 1):  # "Kiểm tra", "- Sở A chủ trì, phối hợp với Sở B kiểm tra …", "- Thời gian: …"
            if said := self._alone(text):
                clause = f"{common.clause} -{number}" if len(told) > 1 else common.clause
                self._from_sentence(
                    replace(common, clause=clause, quote=clean(text)), replace(said, when=None) if "due" in task.texts else said
                )
        if len(self.duties) > before:
            return
        theirs = above if above and leads_by_itself(task.title) else None
        for text in sentences(task.title):
            said = read_sentence(text, self.resolver, self.deadlines.scratch(), theirs, given=theirs is not None)
            if said is None:
                continue
            self._from_sentence(common, replace(said, when=None) if "due" in task.texts else said)
            if theirs:
                return
            if task.title.startswith(said.rest.strip() or " "):  # "Task (Sở A chủ trì)"
                self.items[task.ref].title = short_title(said.rest)

    def _bullet(self, common: DraftDuty, text: str) -> None:
        """One "+": somebody and what they do, with helpers of their own; a further audience is a duty of its own."""
        said = read_sentence(text, self.resolver, self.deadlines.scratch())
        if said is None:
            self._lead(common, text, bare=True)
            return
        pieces = text.split("; ")
        further = [piece for piece in pieces[1:] if cue("sentences", "goes-on").search(folded(piece))]
        if not further:
            self._from_sentence(replace(common, quote=text, audience=audiences_of(said.rest)), said)
            return
        for quote in ("; ".join(piece for piece in pieces if piece not in further), *further):
            checks = (*common.checks, "one bullet with two audiences: two duties here, may be one")
            self._from_sentence(replace(common, quote=clean(quote), audience=audiences_of(quote), checks=checks), said)

    def _lead(self, common: DraftDuty, text: str, *, bare: bool) -> None:
        """The words of who leads: a list, or a sentence."""
        found, end = self.resolver.scan(text)
        quoted = common if self._roles_only(text) or common.quote == self.items[common.item].about else replace(common, quote=text.strip())
        if found and not WORDS.search(text[end:]):
            self._listed(replace(common, quote=text.strip()) if bare else common, text, found)
        elif said := read_sentence(text, self.resolver, self.deadlines.scratch()):
            self._from_sentence(quoted, said)
        else:
            codes, checks = self._helping(common.clause, text)
            self._add(replace(common, actors=codes or (NOBODY,), checks=(*common.checks, *checks)))

    def _roles_only(self, text: str) -> bool:
        """Whether a text says who leads and who helps, and nothing to do."""
        rest = folded(text)
        for one in self.resolver.everybody(text):
            rest = rest[: one.start] + " " * (one.end - one.start) + rest[one.end :]
        return not WORDS.search(cue("roles", "role-words").sub(" ", rest))

    def _from_sentence(self, duty: DraftDuty, said: Said) -> None:
        """The duty of a task with what a sentence of its own says: its deadline goes before that of the task."""
        helpers, checks = self._codes(duty.clause, said.helpers)
        when = said.when and (self.deadlines.read(said.text) or said.when)  # again, for the triggers of the plan
        due = due_of(said.kind, when.due if when else duty.due)
        found = (*duty.checks, *checks, *(when.checks if when else ()))
        if when:
            found = tuple(check for check in found if check != NO_DEADLINE)
        duty = replace(duty, kind=said.kind, coordinate=(*helpers, *duty.coordinate), due=due, checks=found)
        self._add(self._with_actors(duty, said.lead))

    def _listed(self, common: DraftDuty, text: str, found: list[Found]) -> None:
        """Those in a list share a duty; portals of a class, and an open class named as "other …", have one each."""
        plain = [one for one in found if not one.portal and not one.other]
        groups = [plain, [one for one in found if one.portal], [one for one in found if one.other]]
        several = sum(map(bool, groups)) > 1
        for group in filter(None, groups):
            duty = self._with_actors(common, as_who(group), of_portals=group[0].portal)
            if several:
                duty.quote = clean(text[group[0].start : group[-1].end])
                duty.checks = (*duty.checks, "one line names several kinds of bodies: a duty for each kind here")
            if group[0].portal:
                duty.scope = "portal"
                own = any(folded(one.text).startswith("cổng") for one in plain)
                duty.exclude = (self.head.issuer,) if own and "G-UBCC" in duty.actors else ()
            self._add(duty)

    def _alone(self, text: str) -> Said | None:
        return read_sentence(text, self.resolver, self.deadlines.scratch())


def due_of(kind: DutyKind, due: DueRule) -> DueRule:
    """The deadline of a kind of duty: what is asked for, or answered for, has none where the text gives none, and what may arise none by
    a day."""
    if kind in ("request", "accountability") and due.kind == "undated_once":
        return DueRule("none")
    return due if kind != "event" or due.kind == "event" else DueRule("event")
