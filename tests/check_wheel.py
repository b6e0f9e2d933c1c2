"""Builds the wheel, installs it into an empty folder, and asks it for what needs its data files: a file left out shows only here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str, cwd: Path, **environment: str) -> str:
    """The command's standard output; its error output and exit code end this script."""
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    """Build, install, and run plan, agencies and a whole ingest from the installed copy, away from the checkout."""
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        # A copy, because setuptools leaves build/ behind, from which a later wheel would take files that are gone.
        shutil.copytree(
            ROOT, work / "source", ignore=shutil.ignore_patterns(".*", "build", "dist", "demo-out", "*.egg-info", "__pycache__")
        )
        run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(work), str(work / "source"), cwd=work)
        wheel = next(work.glob("minhchung-*.whl"))
        run(*pip, "install", "--no-deps", "--target", str(work / "there"), str(wheel), cwd=work)
        python = (sys.executable, "-m", "minhchung")
        there = {"PYTHONPATH": str(work / "there")}
        where = run(sys.executable, "-c", "import minhchung; print(minhchung.__file__)", cwd=work, **there)
        assert str(work) in where, f"tested {where}, not the wheel"
        assert "II.1.a" in run(*python, "plan", "show", "--format", "json", cwd=work, **there)
        assert "QH-305" in run(*python, "agencies", "--year", "2023", "--format", "json", cwd=work, **there)
        spoken = "import spacy; print(spacy.blank('xx').add_pipe('minhchung_dates').name)"  # without an import of ours: by its entry point
        assert "minhchung_dates" in run(sys.executable, "-c", spoken, cwd=work, **there)
        assert "Cách dùng" in run(*python, "missing", "--help", "--lang", "vi", cwd=work, **there)
        assert "v_cells" in run(*python, "sql", "--views", "--format", "csv", cwd=work, **there)
        assert "ma_tran" in run(*python, "datasette-metadata", cwd=work, **there)
        run(*python, "ingest", str(ROOT / "samples" / "reports"), "--db", "t.db", cwd=work, **there)
        assert "evidenced" in run(*python, "status", "--db", "t.db", "--format", "jsonl", cwd=work, **there)
        for kind in ("html", "xlsx", "docx"):  # templates and measures are data of their own
            run(*python, "report", kind, "--db", "t.db", "--year", "2023", "-o", f"t.{kind}", cwd=work, **there)
            assert (work / f"t.{kind}").stat().st_size > 10_000, f"report {kind} is empty"
    print(f"the built wheel works: {wheel.name}")


if __name__ == "__main__":
    main()
