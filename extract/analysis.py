"""A sentence with the cues found in it: what every later decision looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from spacy.language import Language
from spacy.tokens import Doc

from .fold import fold
from .model import Cue
from .pipeline import pipeline
from .rules import load_rules

GROUP_OF: Mapping[str, str] = MappingProxyType({rule.id: rule.group for rule in load_rules()})


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's hit inside a sentence; offsets count from the sentence's start."""

    rule: str
    group: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its folded text, where it stands in its passage, and its hits by group."""

    text: str
    folded: str
    start: int
    hits: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)

    def has(self, *groups: str) -> bool:
        """Whether any rule of these groups hit."""
        return any(self.hits.get(group) for group in groups)

    def of(self, *groups: str) -> list[Hit]:
        """All hits of these groups in text order."""
        return sorted((h for group in groups for h in self.hits.get(group, ())), key=lambda h: (h.start, h.end))

    def cue(self, hit: Hit) -> Cue:
        """The hit as a `Cue` with offsets into the passage."""
        return Cue(hit.rule, self.text[hit.start : hit.end], self.start + hit.start, self.start + hit.end)


def analyse(texts: Iterable[str]) -> Iterator[tuple[Sentence, ...]]:
    """The sentences of each text, in order, through one pass of the pipeline."""
    nlp = pipeline()
    originals = list(texts)
    docs = (_doc(nlp, text.replace("\x00", " ")) for text in originals)  # a NUL stays out of spaCy's strings
    for text, doc in zip(originals, nlp.pipe(docs), strict=True):
        cues = [Hit(s.label_, GROUP_OF[s.label_], s.start_char, s.end_char) for s in doc.spans["cues"]]
        yield tuple(_sentence(text, s.start_char, s.end_char, cues) for s in doc.spans["sentences"])


def _doc(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    doc.user_data["text"] = text  # line breaks are blanks in the Doc, and end sentences
    return doc


def _sentence(text: str, start: int, end: int, cues: list[Hit]) -> Sentence:
    inside: dict[str, list[Hit]] = {}
    for cue in cues:
        if start <= cue.start and cue.end <= end:
            inside.setdefault(cue.group, []).append(Hit(cue.rule, cue.group, cue.start - start, cue.end - start))
    piece = text[start:end]
    return Sentence(piece, fold(piece), start, {group: tuple(hits) for group, hits in inside.items()})


@lru_cache(maxsize=4096)
def analyse_one(text: str) -> Sentence:
    """A heading, row label or column head as one sentence, whatever stops it holds."""
    nlp = pipeline()
    doc = nlp(text)
    cues = [Hit(s.label_, GROUP_OF[s.label_], s.start_char, s.end_char) for s in doc.spans["cues"]]
    return _sentence(text, 0, len(text), cues)
