"""The spaCy pipeline: a blank Vietnamese `Language` with our tokenizer and two components, nothing downloaded.

minhchung_sentences   doc.spans["sentences"]: sentences, labels and bullets left out
minhchung_cues        doc.spans["cues"]: every rule's hits, the span's label being the rule's id
"""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from .fold import fold
from .rules import Rule, load_rules
from .sentences import split_sentences
from .tokenizer import AdministrativeTokenizer


@cache
def pipeline() -> Language:
    """The one pipeline of this process; building it takes about a tenth of a second after spaCy's own import."""
    nlp = spacy.blank("xx")
    nlp.tokenizer = AdministrativeTokenizer(nlp.vocab)
    nlp.add_pipe("minhchung_sentences")
    nlp.add_pipe("minhchung_cues")
    return nlp


@Language.component("minhchung_sentences", assigns=["doc.spans"])
def mark_sentences(doc: Doc) -> Doc:
    """Sets `doc.spans["sentences"]`; the original line breaks reach it through `doc.user_data["text"]`."""
    text = doc.user_data.get("text", doc.text)
    found = (doc.char_span(s.start, s.end, alignment_mode="expand") for s in split_sentences(text))
    doc.spans["sentences"] = [span for span in found if span is not None]
    return doc


class CueMarker:
    """Marks the hits of all rules: phrases through spaCy's PhraseMatcher on folded tokens, patterns over the folded text."""

    def __init__(self, nlp: Language, name: str) -> None:
        """Loads all rules; their phrases become patterns of one PhraseMatcher."""
        self.name = name
        self.rules = {rule.id: rule for rule in load_rules()}
        self.patterns = [rule for rule in self.rules.values() if rule.pattern]
        self.matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        for rule in self.rules.values():
            if rule.phrases:
                self.matcher.add(rule.id, [nlp.make_doc(phrase) for phrase in rule.phrases])

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc.spans["cues"]`: longest hit of each rule, cancelled hits left out, in text order."""
        folded = fold(doc.text)
        spans = [span for span in self.matcher(doc, as_spans=True) if not self._cancelled(span, folded)]
        for start, end in [(s.start_char, s.end_char) for s in doc.spans.get("sentences", [])] or [(0, len(folded))]:
            for rule in self.patterns:
                spans.extend(self._pattern_hits(doc, rule, folded[start:end], start))
        spans = _longest_of_each(spans)
        doc.spans["cues"] = spans
        return doc

    def _cancelled(self, span: Span, folded: str) -> bool:
        return self.rules[span.label_].cancelled(folded, span.start_char, span.end_char)

    @staticmethod
    def _pattern_hits(doc: Doc, rule: Rule, folded: str, offset: int) -> list[Span]:
        """Hits in one sentence, so that "^" is where a sentence begins."""
        hits: list[Span] = []
        assert rule.pattern is not None
        for match in rule.pattern.finditer(folded):
            if match.end() == match.start() or rule.cancelled(folded, match.start(), match.end()):
                continue
            span = doc.char_span(offset + match.start(), offset + match.end(), label=rule.id, alignment_mode="expand")
            if span is not None:
                hits.append(span)
        return hits


@Language.factory("minhchung_cues", assigns=["doc.spans"])
def make_cue_marker(nlp: Language, name: str) -> CueMarker:
    """The factory behind the component's name."""
    return CueMarker(nlp, name)


def _longest_of_each(spans: list[Span]) -> list[Span]:
    """Of one rule's hits that lie in one another, the longest."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.label_, s.start, -s.end)):
        if not (kept and kept[-1].label == span.label and span.end <= kept[-1].end):
            kept.append(span)
    return sorted(kept, key=lambda s: (s.start, s.end))
