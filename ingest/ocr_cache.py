"""What OCR has read, kept by file and page, since reading a page again would cost a second.

The folder is `$MINHCHUNG_CACHE`, else `$XDG_CACHE_HOME/minhchung`, else `~/.cache/minhchung`. It may be deleted at any time.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from .limits import CACHE_BYTES

_SWEEP_EVERY = 50  # pages stored between two looks at the size

_stored = 0


def cache_folder() -> Path:
    """Where results lie; need not exist yet."""
    own = os.environ.get("MINHCHUNG_CACHE")
    if own:
        return Path(own)
    shared = os.environ.get("XDG_CACHE_HOME")
    return (Path(shared) if shared else Path.home() / ".cache") / "minhchung"


def load(key: str) -> Any:
    """What was stored under the key, or None."""
    place = _place(key)
    try:
        value = json.loads(gzip.decompress(place.read_bytes()))
        os.utime(place)  # used: goes last
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError) as fault:  # cut off or not ours: made anew and written over
        print(f"minhchung: the kept OCR result {place} cannot be read ({fault}); the page is read again", file=sys.stderr)
        return None
    return value


def store(key: str, value: Any) -> None:
    """Keeps a value of lists, dicts, text and numbers. Whole or not at all; a full disk only costs the time to read the page again."""
    global _stored
    place = _place(key)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(gzip.compress(json.dumps(value, ensure_ascii=False).encode(), 5))
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _stored += 1
        if _stored % _SWEEP_EVERY == 1:
            sweep(CACHE_BYTES)
    except OSError as fault:
        print(f"minhchung: an OCR result cannot be kept under {place.parent}: {fault.strerror or fault}", file=sys.stderr)


def sweep(limit: int) -> None:
    """Deletes the results that were not used for longest until all together take at most `limit` bytes."""
    files = []
    for path in (cache_folder() / "ocr").glob("*/*"):
        try:
            files.append((path.stat().st_mtime, path.stat().st_size, path))
        except FileNotFoundError:  # another process sweeps as well
            continue
    total = sum(size for _, size, _ in files)
    for _, size, path in sorted(files):
        if total <= limit:
            return
        path.unlink(missing_ok=True)
        total -= size


def _place(key: str) -> Path:
    return cache_folder() / "ocr" / key[:2] / f"{key}.json.gz"
