"""The components that work on a text by themselves, as spaCy factories: `spacy.blank("xx").add_pipe("minhchung_dates")`.

Each marks a span group of its own name on any `Doc`, whatever tokenizer and pipes it came through; a span's label says what it is and its
`id_` holds the value where there is one. They ask the functions that judging asks (components.py).

minhchung_sections    sentences by the part of a report that their own words open: plan, proposals, limits, results
minhchung_law         words that name this Law ("law"), grassroots democracy at large ("democracy"), another law or matter ("other")
minhchung_items       words that name an item of the plan, by item
minhchung_law_gate    sentences that a gate lets through for an item by their own words, by item; id: the gate, or "no/…" what refused it
minhchung_status      sentences by status, one span an item; id: the item
minhchung_actor       sentences by whose act they tell: self, subordinate, superior, other
minhchung_dates       days, months, quarters; id: ISO
minhchung_quantities  figures with units; id: the value, label: the unit
minhchung_numbers     codes of documents; id: the code without blanks
minhchung_audience    words that name a group of people, by group
minhchung_strength    sentences by what they rest on: verifiable, specific, assertion
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from .analysis import Hit, Sentence, analyse
from .claims import actor_of
from .context import Context, Focus
from .facts import audience_at, dates_at, numbers_at, quantities_at, strength
from .gate import choose_items, refusals
from .items import ITEMS, named_in_sentence
from .law import law_of
from .parts import section_here
from .reading import Around, Thread, read_sentence
from .status import status_of
from .verdict import Setting

Mark = tuple[int, int, str, str]  # start and end in the sentence, label, id
_NOWHERE: Final = Context("none", (), "none", "")
_KEY: Final = "minhchung.sentences"


class Marker:
    """A pipe that marks in each sentence what `marks` finds there, as spans of the group `name`."""

    def __init__(self, name: str, marks: Callable[[Sentence], Iterable[Mark]]) -> None:
        """`name` is the key in `doc.spans`."""
        self.name, self.marks = name, marks

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc.spans[name]`."""
        spans = [self._span(doc, s.start + a, s.start + b, label, value) for s in _sentences(doc) for a, b, label, value in self.marks(s)]
        doc.spans[self.name] = [span for span in spans if span is not None]
        return doc

    @staticmethod
    def _span(doc: Doc, start: int, end: int, label: str, value: str) -> Span | None:
        return doc.char_span(start, end, label=label, span_id=value, alignment_mode="expand")


def _sentences(doc: Doc) -> tuple[Sentence, ...]:
    """The sentences of a Doc with their cues, found once for all pipes of ours."""
    if _KEY not in doc.user_data:
        doc.user_data[_KEY] = next(iter(analyse([doc.user_data.get("text", doc.text)])))
    found: tuple[Sentence, ...] = doc.user_data[_KEY]
    return found


def _whole(sentence: Sentence, label: str, value: str = "") -> Mark:
    return 0, len(sentence.text), label, value


def _named(sentence: Sentence) -> list[tuple[str, list[Hit]]]:
    named = named_in_sentence(sentence)
    return [(item, named[item]) for item in ITEMS if item in named]


@Language.factory("minhchung_sections", assigns=["doc.spans"])
def make_sections(nlp: Language, name: str) -> Marker:
    """Sentences by the part of a report that their own opening words or run-in head say they stand in; others are not marked."""

    def marks(sentence: Sentence) -> list[Mark]:
        section = section_here(sentence, _NOWHERE, "none")
        return [_whole(sentence, section)] if section != "none" else []

    return Marker(name, marks)


@Language.factory("minhchung_law", assigns=["doc.spans"])
def make_law(nlp: Language, name: str) -> Marker:
    """Words that name a law or matter, told apart."""

    def marks(sentence: Sentence) -> list[Mark]:
        said = law_of(sentence)
        spans = [("law", said.explicit), ("democracy", said.democracy), ("other", tuple((h.start, h.end) for h in said.other))]
        return sorted((start, end, label, "") for label, places in spans for start, end in places)

    return Marker(name, marks)


@Language.factory("minhchung_items", assigns=["doc.spans"])
def make_items(nlp: Language, name: str) -> Marker:
    """Words that name an item of the plan."""
    return Marker(name, lambda sentence: [(hit.start, hit.end, item, hit.rule) for item, hits in _named(sentence) for hit in hits])


@Language.factory("minhchung_law_gate", default_config={"focus": "none"}, assigns=["doc.spans"])
def make_law_gate(nlp: Language, name: str, focus: Focus) -> Marker:
    """Each item that a sentence names, let through or refused, with no heading, row or sentence before it; `focus` is what the whole
    document is about: "law", "democracy" or "none"."""

    def marks(sentence: Sentence) -> list[Mark]:
        reading, around = read_sentence(sentence), Around(_NOWHERE, Thread(), focus, "none")
        chosen = choose_items(reading, around)
        return [_whole(sentence, choice.item, choice.gate) for choice in (*chosen, *refusals(reading, around, chosen))]

    return Marker(name, marks)


@Language.factory("minhchung_status", default_config={"year": None, "section": "none"}, assigns=["doc.spans"])
def make_status(nlp: Language, name: str, year: int | None, section: str) -> Marker:
    """How far each item that a sentence names has come; `year` is the one reported on, `section` the part of the report."""
    setting = Setting(section, year, None, "high")

    def marks(sentence: Sentence) -> list[Mark]:
        return [_whole(sentence, status_of(sentence, item, hits, _NOWHERE, setting).status, item) for item, hits in _named(sentence)]

    return Marker(name, marks)


@Language.factory("minhchung_actor", default_config={"level": "high"}, assigns=["doc.spans"])
def make_actor(nlp: Language, name: str, level: str) -> Marker:
    """Whose act a sentence tells, for a reporter of that level: "high" a city's body, "middle" a district, "low" a commune or unit."""
    return Marker(name, lambda sentence: [_whole(sentence, actor_of(sentence, level))])


@Language.factory("minhchung_dates", default_config={"year": None}, assigns=["doc.spans"])
def make_dates(nlp: Language, name: str, year: int | None) -> Marker:
    """Dates; a day or month without a year takes `year`, and is left out without it."""
    return Marker(name, lambda sentence: [(start, end, "date", value) for start, end, value in dates_at(sentence.folded, year)])


@Language.factory("minhchung_quantities", assigns=["doc.spans"])
def make_quantities(nlp: Language, name: str) -> Marker:
    """Figures with their units."""
    return Marker(name, lambda sentence: [(start, end, q.unit, f"{q.value:g}") for start, end, q in quantities_at(sentence.folded)])


@Language.factory("minhchung_numbers", assigns=["doc.spans"])
def make_numbers(nlp: Language, name: str) -> Marker:
    """Codes of the documents cited."""
    return Marker(name, lambda sentence: [(start, end, "document", code) for start, end, code in numbers_at(sentence.text)])


@Language.factory("minhchung_audience", assigns=["doc.spans"])
def make_audience(nlp: Language, name: str) -> Marker:
    """Words that name one of the plan's groups of people."""
    return Marker(name, lambda sentence: [(start, end, group, "") for start, end, group in audience_at(sentence.folded)])


@Language.factory("minhchung_strength", default_config={"year": None}, assigns=["doc.spans"])
def make_strength(nlp: Language, name: str, year: int | None) -> Marker:
    """What a sentence rests on."""
    return Marker(name, lambda sentence: [_whole(sentence, strength(sentence.text, year))])
