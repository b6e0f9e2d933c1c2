"""The options that every command understands, wherever on the line they stand: language, how much is said, the log file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .language import LANGUAGES

WITH_VALUE: Final = ("--lang", "--log-file")
FLAGS: Final = ("-q", "--quiet", "-v", "--verbose")
_SECRET: Final = ("--password",)


def common_first(args: Sequence[str]) -> list[str]:
    """The arguments with the common options in front, where the command line expects them; what follows "--" stays as it is."""
    ours: list[str] = []
    others: list[str] = []
    left = iter(args)
    for arg in left:
        if arg == "--":
            others += [arg, *left]
        elif arg in FLAGS or arg.startswith(tuple(f"{name}=" for name in WITH_VALUE)):
            ours.append(arg)
        elif arg in WITH_VALUE:
            ours += [arg, *([value] if (value := next(left, None)) is not None else [])]
        else:
            others.append(arg)
    return [*ours, *others]


def language_asked(args: Sequence[str]) -> str | None:
    """What `--lang` says, where it names a language that there is: it is needed before the command line is understood."""
    ours = common_first(args)
    for place, arg in enumerate(ours):
        name, _, value = arg.partition("=")
        if name == "--lang":
            value = value or (ours[place + 1] if place + 1 < len(ours) else "")
            return value if value in LANGUAGES else None
        if arg == "--":
            break
    return None


def without_secrets(args: Sequence[str]) -> str:
    """A command line for the log file: passwords left out."""
    shown: list[str] = []
    for place, arg in enumerate(args):
        if place and args[place - 1] in _SECRET:
            shown.append("***")
        elif arg.startswith(tuple(f"{name}=" for name in _SECRET)):
            shown.append(f"{arg.partition('=')[0]}=***")
        else:
            shown.append(arg)
    return " ".join(shown)
