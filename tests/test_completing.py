"""Values that the Tab key offers, by click's protocols and in the shells themselves where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.shell_completion import get_completion_class

from minhchung.cli import cli
from minhchung.present.completion import register

COMPLETE = "_MINHCHUNG_COMPLETE"
Offered = Callable[..., list[str]]


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Offered:
    """What a shell is told of a line, by click's own class for it; the values alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MINHCHUNG_DB", raising=False)
    register()

    def ask(line: str, shell: str = "bash") -> list[str]:
        typed = line.split(" ")
        monkeypatch.setenv(COMPLETE, f"{shell}_complete")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(typed) - 1) if shell in ("bash", "zsh") else typed[-1])
        kind = get_completion_class(shell)
        assert kind is not None
        told = kind(cli, {}, "minhchung", COMPLETE).complete()
        lines = told.splitlines()
        if shell == "bash":
            return [one.split(",", 1)[1] for one in lines]
        if shell == "powershell":
            return [one.split("\t")[1] for one in lines]
        if shell == "zsh":  # type, value, help: a line each
            return lines[1::3]
        values = [part for part in told.split("plain") if part.strip()]  # fish: "plain,VALUE\tHELP" or three lines, by click's version
        return [part.strip(",\n").split("\t")[0].split("\n")[0] for part in values]

    return ask


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("minhchung missing --agency qh-305", "QH-305"),
        ("minhchung status --item II.1.", "II.1.a"),
        ("minhchung evidence --year 20", "2023"),
        ("minhchung documents --plan hai", "hai-phong-2023"),
        ("minhchung senders --state wait", "waiting"),
        ("minhchung review set --agency QH-305 --item II.1.d", "II.1.d"),
        ("minhchung plan request add --agency QH-305", "QH-305"),
    ],
)
def test_each_shell_is_offered_values(offered: Offered, shell: str, line: str, first: str) -> None:
    assert offered(line, shell)[0] == first


@pytest.mark.parametrize("typed", ["le ch", "Lê Ch", "lechan"])
def test_a_name_is_found_by_the_beginning_of_its_words_with_or_without_marks(typed: str) -> None:
    from minhchung.present.completing import agencies

    found = [one.value for one in agencies(click.Context(cli), cli.params[0], typed)]
    assert found == ([] if typed == "lechan" else ["QH-305", "CX-11383C"])  # the district, and the ward called so since 2025


def test_a_word_is_found_without_its_marks_and_fish_gets_what_holds_the_letters(offered: Offered) -> None:
    assert "QH-305" in offered("minhchung missing --agency le") and offered("minhchung missing --item tap") == ["II.1.d"]
    in_fish = offered("minhchung missing --agency le", "fish")
    assert "ubnd quan le chan" in in_fish and all("le" in value for value in in_fish)
    from minhchung.plan.registry import load_registry
    from minhchung.store.filters import pick_agencies

    assert "QH-305" in pick_agencies(load_registry(), "ubnd quan le chan"), "what is offered is understood"


def test_a_store_offers_its_own_plans_and_items(offered: Offered, tmp_path: Path, small_store: Path) -> None:
    assert offered(f"minhchung missing --db {small_store} --plan h") == ["hai-phong-2023"]
    assert offered(f"minhchung missing --db {small_store} --item II.1.d") == ["II.1.d"]
    (tmp_path / "minhchung.db").write_text("no store", encoding="utf-8")
    assert offered("minhchung missing --item II.1.d") == ["II.1.d"], "a shell that completes is told of no fault"


def test_offering_values_loads_nothing_heavy() -> None:
    code = (
        "import os, sys\n"
        "os.environ.update(_MINHCHUNG_COMPLETE='bash_complete', COMP_WORDS='minhchung missing --agency le', COMP_CWORD='3')\n"
        "from minhchung.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([one for one in ('spacy', 'rich', 'docx', 'pdfplumber', 'openpyxl', 'sqlite_utils') if one in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert "QH-305" in done.stdout and done.stdout.splitlines()[-1] == "[]", done.stderr


@pytest.fixture
def shell_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with `minhchung` on the path and nothing of the person's own."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "minhchung"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m minhchung "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    for name, value in {
        "HOME": tmp_path,
        "XDG_CONFIG_HOME": tmp_path,
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def installed(shell: str) -> str:
    """Where the shell is; skips the test where it is not."""
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed here")
    return program


def test_bash_itself_completes_values(shell_home: Path) -> None:
    script = (
        'eval "$(minhchung completion bash)"\n'
        "COMP_WORDS=(minhchung missing --item tap) COMP_CWORD=3\n_minhchung_completion minhchung tap --item\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run([installed("bash"), "--norc", "-c", script], capture_output=True, text=True)
    assert done.stdout.split() == ["II.1.d"], done.stderr


def test_fish_itself_completes_values_by_letters_without_marks(shell_home: Path) -> None:
    script = (
        "minhchung completion fish | source\ncomplete -C 'minhchung missing --agency chan'\ncomplete -C 'minhchung missing --item II.1.'"
    )
    done = subprocess.run([installed("fish"), "--no-config", "-c", script], capture_output=True, text=True)
    lines = [line.split("\t")[0] for line in done.stdout.splitlines()]
    assert "ubnd quan le chan" in [line.replace("\\", "") for line in lines], done.stderr
    assert "II.1.d" in lines


def test_zsh_itself_completes_values(shell_home: Path) -> None:
    zsh = installed("zsh")
    script = shell_home / "try.zsh"
    script.write_text(
        "zmodload zsh/zpty\nzpty one zsh -f -i\n"
        "zpty -w one 'PS1=; autoload -Uz compinit; compinit -u -D; eval \"$(minhchung completion zsh)\"; print READY'\n"
        "zpty -r one seen '*READY*READY*'\n"
        "zpty -w -n one $'minhchung missing --item tap\\t'\n"
        "for try in {1..150}; do zpty -r -t one more && seen+=$more; [[ $seen == *'--item II.1.d'* ]] && break; sleep 0.1; done\n"
        'print -r -- "$seen"\nzpty -d one\n',
        encoding="utf-8",
    )
    began = time.monotonic()
    done = subprocess.run([zsh, "-f", str(script)], capture_output=True, text=True, timeout=60)
    assert "II.1.d" in done.stdout, (done.stdout, done.stderr, time.monotonic() - began)
