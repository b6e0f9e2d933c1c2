"""Writes docs/pictures/*.svg: what a terminal shows for a command over samples/, taken from a real run. `python docs/make_pictures.py`"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
WIDTH = 112
SHOWN = {
    "missing": (["missing", "--year", "2023", "--as-of", "2023-11-30", "--agency", "QH-308", "--agency", "QH-314"], 40),
    "status": (["status", "--year", "2023", "--as-of", "2023-11-30"], 40),
}


def run(arguments: list[str]) -> str:
    """What a command writes to a terminal of WIDTH columns: it is given a real one, so that it colours as it would there."""
    environment = {**os.environ, "COLUMNS": str(WIDTH), "LINES": "60", "TERM": "xterm-256color", "MINHCHUNG_LANG": "vi"}
    environment.pop("NO_COLOR", None)
    master, slave = os.openpty()
    command = [sys.executable, "-m", "minhchung", *arguments]
    with subprocess.Popen(command, env=environment, stdout=slave, stdin=slave, stderr=subprocess.DEVNULL, cwd=ROOT):
        os.close(slave)
        pieces = []
        try:
            while piece := os.read(master, 65536):
                pieces.append(piece)
        except OSError:  # the terminal's end, as Linux reports it
            os.close(master)
    return b"".join(pieces).decode("utf-8").replace("\r\n", "\n")


def main() -> None:
    """Ingest the samples into a throw-away store and draw each command."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "minhchung.db")
        ingest = [sys.executable, "-m", "minhchung", "ingest", "samples/reports", "--db", store]
        subprocess.run(ingest, check=True, cwd=ROOT, capture_output=True)
        for name, (arguments, most) in SHOWN.items():
            lines = run([*arguments, "--db", store, "--format", "table"]).splitlines()
            console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
            console.print(Text(f"$ minhchung {' '.join(arguments)}", style="bold"))
            console.print(Text.from_ansi("\n".join(lines[:most])))
            drawn = console.export_svg(title="minhchung", unique_id=name)
            # The template would fetch a font from the network; the reader's own monospaced one does, and knows Vietnamese.
            drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL).replace("Fira Code", "Noto Sans Mono, Menlo, Consolas")
            (PICTURES / f"{name}.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
