"""The version of the rules: a digest of this package's code and rule files, so that any change of judgement re-judges what is stored."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files


@cache
def rules_version() -> str:
    """12 hexadecimal digits over the names and contents of all sources and rules of `extract/`."""
    digest = hashlib.sha256()
    package = files(__package__)
    sources = [*package.iterdir(), *package.joinpath("rules").iterdir()]
    for file in sorted((f for f in sources if f.name.endswith((".py", ".toml"))), key=lambda f: f.name):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
