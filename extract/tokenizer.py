"""Vietnamese administrative text into syllables, numbers, dates and document codes, with exact offsets.

spaCy's own tokenizers split "346/QĐ-TTg" or want a segmenter that loses offsets (measured in the design); rules and dates need the code
whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .fold import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# A code such as 10/2022/QH15, 346/QĐ-TTg, 15-CT/TU, 2245/STP-XDKTr&TDTHPL; then dates and ratios 31/5/2023, 10/12; then figures 1.250,5;
# then words.
TOKEN = re.compile(
    r"""
      \d+(?:/\d{4})?\s?[/-]\s?[A-ZĐƯ][\wĐđ]*(?:[-/&.][A-ZĐƯ][\wĐđ]*)*\d*
    | \d{1,4}(?:[/]\d{1,4}){1,2}
    | \d+(?:[.,]\d+)*%?
    | [^\W\d_]+
    | \S
    """,
    re.VERBOSE,
)


class AdministrativeTokenizer:
    """Callable that spaCy uses as `nlp.tokenizer`: text (NFC) to `Doc`, `token.norm_` holding the folded form that rules match on."""

    def __init__(self, vocab: Vocab) -> None:
        """`vocab` is the pipeline's own."""
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokens whose texts and blanks join to `text` with each white-space character a blank; raises nothing on any text."""
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        norms: list[str] = []
        flat = re.sub(r"\s", " ", text)
        folded = fold(flat)
        at = 0
        for match in TOKEN.finditer(flat):
            if match.start() > at:
                _gap(flat[at : match.start()], words, spaces, norms)
            words.append(match[0])
            norms.append(folded[match.start() : match.end()])
            spaces.append(False)
            at = match.end()
        if at < len(flat):
            _gap(flat[at:], words, spaces, norms)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        for token, norm in zip(doc, norms, strict=True):
            token.norm_ = norm
        return doc

    def to_bytes(self, **_kwargs: object) -> bytes:
        """Nothing to save: the tokenizer is its code."""
        return b""

    def from_bytes(self, _data: bytes, **_kwargs: object) -> AdministrativeTokenizer:
        """Nothing to load: the tokenizer is its code."""
        return self


def _gap(gap: str, words: list[str], spaces: list[bool], norms: list[str]) -> None:
    """A first blank belongs to the token before it; any more become one token of blanks, so that offsets stay exact."""
    if words and not words[-1].isspace():
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)
        norms.append(" ")
