"""Digital signatures of a PDF, checked offline: who signed, for which organisation and unit of it, when, and whether the file was
changed afterwards.

Whether the signer's certificate can be trusted is not asked: that needs the lists of the authorities, which change and lie on the network.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from .model import Issue, Signature


def read_signatures(path: Path, password: str = "") -> tuple[list[Signature], list[Issue]]:
    """The signatures in the order they were made, and what is wrong with them. For files in which pdfium has seen one: pyHanko is slow to
    load."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # each untrusted certificate would be a page of messages
    signatures: list[Signature] = []
    issues: list[Issue] = []
    with path.open("rb") as file:
        try:
            reader = PdfFileReader(file, strict=False)
            if password:
                reader.decrypt(password)
            embedded = list(reader.embedded_signatures)
        except Exception as fault:  # a broken structure makes the library raise what it leads it to; the text is read all the same
            return [], [_unchecked(fault)]
        for one in embedded:
            try:
                signature = _checked(one)
            except Exception as fault:  # see above; one signature that is odd does not hide the others
                issues.append(_unchecked(fault))
                continue
            signatures.append(signature)
            if signature.changed:
                message = f"the file was changed after {signature.signer or 'somebody'} signed it"
                issues.append(Issue("changed-after-signing", message, "ask for the file as it was signed"))
    return signatures, issues


def _unchecked(fault: BaseException) -> Issue:
    return Issue("signature-unchecked", f"a signature cannot be checked ({type(fault).__name__}: {fault})", "look at it in a PDF viewer")


def _checked(embedded: Any) -> Signature:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    status = validate_pdf_signature(embedded, ValidationContext(trust_roots=[], allow_fetching=False))
    subject = embedded.signer_cert.subject.native
    when = embedded.self_reported_timestamp
    harmless = status.modification_level is None or status.modification_level <= ModificationLevel.FORM_FILLING
    return Signature(
        _text(subject.get("common_name")),
        _text(subject.get("organization_name")),
        when.isoformat(timespec="seconds") if when else "",
        not (status.intact and status.valid and harmless),
        _text(subject.get("organizational_unit_name"), "; "),
    )


def _text(value: Any, between: str = ", ") -> str:
    """Names may be given more than once."""
    return between.join(map(str, value)) if isinstance(value, list) else str(value or "")
