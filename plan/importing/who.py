"""Whom a piece of text names: agencies of the registry, groups, and names that the registry lacks.

A name may hold commas ("Sở Văn hóa, Thể thao và Du lịch"), so a list is not cut at its commas: at each word the longest run of words
that is a name or a class is taken, and only what is nobody's name is left over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ..groups import load_groups
from ..model import Agency
from ..names import NameIndex, name_key
from ..registry import Registry
from .model import Found, Head, Who
from .places import places_named
from .words import clean, cue, folded, table

_WORD = re.compile(r"[\w&]+(?:[-–][\w&]+)*", re.UNICODE)
_ENDS_IN_TYPE = re.compile(r",\s*(?:Tỉnh|Thành)$")  # "…, Tỉnh" begins "Tỉnh đoàn"
_LONGEST = 22  # words: the longest class that a plan addresses has nineteen
_INFERRED = "?"
_TO_TERRITORY = 6  # words: so far may small words go on to the "tỉnh" that ends a name


@dataclass(slots=True)
class Resolver:
    """Finds agencies and groups in a plan's text, for one registry on the day of the plan."""

    registry: Registry
    head: Head
    index: NameIndex = field(init=False)
    _literal: dict[str, tuple[str, ...]] = field(init=False)
    _starts: frozenset[str] = field(init=False)
    _known: dict[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.index = NameIndex(self.registry)
        self._known = {}
        self._literal = {name_key(words): (group.id,) for group in load_groups().values() for words in group.wording}

    def read_list(self, text: str) -> tuple[Who, int]:
        """Who is named at the beginning of the text, and where the list of them ends (0 where it names nobody)."""
        found, end = self.scan(text)
        return as_who(found), end

    def scan(self, text: str) -> tuple[list[Found], int]:
        """The names with which the text begins, one after the other, up to the first word that is part of none."""
        found: list[Found] = []
        at = end = 0
        portal = -1  # where the words "cổng thông tin điện tử" began that hold for what follows
        while at < len(text):
            rest = folded(text[at:])
            if found and cue("names", "gives-on").match(rest):
                break
            if filler := cue("names", "filler").match(rest):
                at += filler.end()
                portal = -1 if ";" in filler[0] else portal
                continue
            if heads := cue("names", "portal").match(rest):
                portal, at = at, at + heads.end()
                continue
            if shared := self._sharing_a_head(text, at) or places_named(text, at, self._codes):
                found += shared
                at = end = shared[-1].end
                continue
            other = bool(cue("names", "open-other").match(rest))
            addressed = found or not text[:at].strip()  # not "chỉ đạo các trường …": there the one who directs has the duty
            named = self._known_at(text, at) or (_class_at(text, at) if addressed else None) or self._unlisted_at(text, at)
            if named is None:
                break
            if self._are_members(text, found, named):
                found.pop()
            of_portal = portal >= 0 and not other
            start = portal if of_portal and not (found and found[-1].portal) else named.start
            found.append(replace(named, start=start, portal=of_portal, other=other and bool(found)))
            at = end = named.end
        return found, end

    def _are_members(self, text: str, found: list[Found], named: Found) -> bool:
        """Whether a name is the first of those that a class stands for: "các sở, ngành: Sở A, Sở B"."""
        if not found or not named.codes or any(code.startswith(("G-", _INFERRED)) for code in named.codes):
            return False
        opened = cue("names", "members-follow").match(folded(text[found[-1].end :]))
        if opened is None or found[-1].end + opened.end() != named.start:
            return False
        return found[-1].codes[:1] != () and found[-1].codes[0].startswith("G-")

    def _sharing_a_head(self, text: str, at: int) -> list[Found]:
        """Names that are told by one head: "các Sở: Tài chính, Xây dựng, Kế hoạch và Đầu tư"; [] where the head has no names behind it."""
        head = cue("names", "shared-head").match(folded(text[at:]))
        if head is None or not text[at + head.end() : at + head.end() + 1].isupper():
            return []
        found: list[Found] = []
        here, begin = at + head.end(), at
        while (one := self._tail_of_name(head["head"], text, here, begin)) is not None:
            found.append(one)
            joint = re.match(r"\s*(?:[,;]|và(?!\w))\s*(?:và\s+)?", text[one.end :])
            if joint is None:
                break
            here = begin = one.end + joint.end()
        return found if any(one.codes for one in found) else []

    def _tail_of_name(self, head: str, text: str, at: int, begin: int) -> Found | None:
        if not text[at : at + 1].isupper():
            return None
        for word in reversed(list(_WORD.finditer(text, at))[:_LONGEST]):
            name = f"{head.capitalize()} {text[at : word.end()]}"
            if not _crosses_sentence(name) and (codes := self._codes(name)) and not codes[0].startswith("G-"):
                return Found(begin, word.end(), name, codes)
        if (
            self._known_at(text, at)
            or cue("names", "agency-head").match(folded(text[at:]))
            or cue("names", "filler").match(folded(text[at:]))
        ):
            return None
        unknown = re.match(r"[A-ZĐÀ-Ỹ]\w*(?: [\w-]+){0,4}?(?=[,;.]| và | chủ | phối |$)", text[at:])
        return Found(begin, at + unknown.end(), f"{head.capitalize()} {unknown[0]}", ()) if unknown else None

    def everybody(self, text: str) -> list[Found]:
        """All who are named anywhere in the text, names that the registry lacks left out."""
        found: list[Found] = []
        end = 0
        for word in _WORD.finditer(text):
            if word.start() < end:
                continue
            known = self._known_at(text, word.start())
            if named := places_named(text, word.start(), self._codes) or ([known] if known else []):
                found += named
                end = named[-1].end
        return found

    def _known_at(self, text: str, at: int) -> Found | None:
        words = [(m.start(), m.end()) for m in _WORD.finditer(text, at)][:_LONGEST]
        for start, end in reversed(words):
            if folded(text[start:end]) == "và" or _crosses_sentence(text[at:end]) or _ENDS_IN_TYPE.search(text[at:end]):
                continue
            codes = self._codes(text[at:end])
            if codes and cue("names", "loose-class").search(folded(text[at:end])) and cue("names", "role-noun").match(folded(text[end:])):
                continue
            below = not any(code.startswith("G-") for code in codes) and cue("names", "of-lower-levels").match(folded(text[end:]))
            if codes and not below:
                loose = cue("names", "loose-class").search(folded(text[at:end]))
                checks = (f"“{text[at:end]}”: whoever is meant",) if loose else ()
                end = self._with_its_towns(text, end) if "G-QH" in codes else end
                narrowed = cue("names", "narrowed").match(folded(text[end:])) if codes[0].startswith("G-") else None
                if narrowed:
                    end += narrowed.end()
                    checks = (*checks, f"“{text[at:end]}”: a part of the class only")
                return Found(at, end, text[at:end], codes, checks)
        return None

    def _with_its_towns(self, text: str, end: int) -> int:
        """Where a class ends that has its towns' proper names behind it: "các huyện, thành phố Cà Mau"."""
        kind = cue("names", "town").search(folded(text[:end]))
        while kind and (name := re.match(r"(?:\s*,|\s+và)?\s+(?=[A-ZĐÀ-Ỹ])(?:[A-ZĐÀ-Ỹ]\w*(?:\s+|$|(?=\W)))+", text[end:])):
            words = name[0].lstrip(" ,").removeprefix("và ").split()
            towns = (" ".join(words[:count]) for count in range(len(words), 0, -1))
            town = next((one for one in towns if self.index.lookup(f"Ủy ban nhân dân {kind[0]} {one}", self.head.day)), None)
            if town is None:
                break
            end += text[end:].index(town) + len(town)
        return end

    def _codes(self, name: str) -> tuple[str, ...]:
        key = name_key(name)
        if key not in self._known:
            self._known[key] = self._group(key) or self._agency(name, key)
        return self._known[key]

    def _group(self, key: str) -> tuple[str, ...]:
        for entry in table("groups").values():
            if entry.regex.fullmatch(key):
                return (entry.gives, *entry.also)
        return self._literal.get(key, ())

    def _agency(self, name: str, key: str) -> tuple[str, ...]:
        """The agency of that name; as plans shorten names, also with the issuer's territory behind it or written out, and without "Việt
        Nam"."""
        if cue("names", "common-noun").match(key):
            return ()
        bare = re.sub(r"\s+Việt Nam\b", "", name)
        kind = self.head.place.split(" ")[0]
        territory = "thành phố" if self.head.place.startswith("thành phố") else kind
        for written in dict.fromkeys((name, bare)):
            forms = [written, f"{written} {self.head.place}", *self._of_the_issuer(written)]
            if name_key(written).endswith(" " + territory):
                forms.insert(0, f"{written[: len(written) - len(territory)]}{self.head.place}")
                shortened = written[: len(written) - len(territory)].strip()
                forms += [shortened] if shortened[-1:] not in ",;" else []
            elif cue("names", "stands-alone").match(folded(written)):
                forms.append(f"{written}{self._place()}")
            for form in forms:
                if agencies := self._own(self.index.lookup(form, self.head.day)):
                    return (agencies[0].code,)
        return ()

    def _of_the_issuer(self, name: str) -> list[str]:
        """A room or a unit as its own department names it: "Văn phòng Sở", "Phòng Hành chính tư pháp"."""
        if not self.head.body or self.head.body.startswith("Ủy ban nhân dân"):
            return []
        kind = self.head.body.split()[0]
        return [f"{name.removesuffix(' ' + kind)} {self.head.body}"]

    def _own(self, agencies: tuple[Agency, ...]) -> tuple[Agency, ...]:
        """Not the places of one name in several districts: such a name says nothing."""
        return agencies if len(agencies) == 1 else tuple(a for a in agencies if a.code == self.head.issuer)

    def _unlisted_at(self, text: str, at: int) -> Found | None:
        """A name by its looks: begins as agencies' names do, and goes on over capitals and the words that stand inside names."""
        if not text[at].isupper() and not re.match(r"(?:công an|đoàn|hội|ban)\b", text[at:]):
            return None
        head = cue("names", "agency-head").match(folded(text[at:]))
        if head is None or not _goes_on_as_a_name(text[at + head.end() :], head[0]):
            return None
        end, capital = at, False
        for word in _WORD.finditer(text, at):
            if word.start() < end:
                continue
            between = text[end : word.start()] if end > at else ""
            if re.search(r"[;:.(]", between) or ("," in between and not self._same_name(text, word.start())):
                break
            inside = cue("names", "inside-a-name").match(folded(text[word.start() :]))
            whole = cue("names", "ends-in-territory").search(folded(text[at:end])) or folded(text[at:end]).endswith(self._place())
            if whole and not word[0][0].isupper() and word[0] != "ủy":  # "Ban Tuyên giáo Tỉnh ủy"
                break
            was_capital, capital = capital, word[0][0].isupper()
            if inside and (not capital or " " in inside[0]):
                end = word.start() + inside.end()
            elif capital or was_capital:  # "Liên hiệp Phụ nữ": each capital with at most one more syllable
                end = word.end()
            elif reach := _to_territory(text[word.start() :]):  # "Chữ thập đỏ tỉnh"
                end = word.start() + reach
            else:
                break
        if cue("names", "of-lower-levels").search(" " + " ".join(folded(text[at:end]).split()[-2:])):
            others = cue("names", "goes-on-over-places").match(folded(text[end:]))
            end += others.end() if others else 0
        name = clean(re.sub(r"(?: và)?(?: các)?$", "", text[at:end]))
        if (len(name.split()) < 2 and not name.isupper()) or cue("names", "common-noun").match(folded(name)):
            return None
        return Found(at, at + len(name), name, ())

    def _place(self) -> str:
        """ " hải phòng": the issuer's territory as it ends a name."""
        return " " + folded(self.head.place.removeprefix("thành phố ").removeprefix("tỉnh ")) if self.head.place else "\0"

    def _same_name(self, text: str, at: int) -> bool:
        """Whether what stands behind a comma goes on with a name: "Văn hóa, Thể thao và Truyền thông", and not another body."""
        rest = folded(text[at:])
        if not text[at].isupper() or cue("names", "agency-head").match(rest) or cue("names", "filler").match(rest):
            return False
        return self._known_at(text, at) is None and bool(cue("names", "goes-on-behind-comma").match(rest))


def _class_at(text: str, at: int) -> Found | None:
    """Bodies of a kind that no group of plans covers: schools, hospitals. They are told as they are written, as a name that no list has."""
    named = cue("names", "class-of-bodies").match(folded(text[at:]))
    return Found(at, at + named.end(), clean(text[at : at + named.end()]), ()) if named else None


def _to_territory(rest: str) -> int:
    """How far a name goes on over small words to the territory that ends it; 0 where a verb comes before, or none ends it."""
    said = folded(rest)
    for word in list(_WORD.finditer(said))[:_TO_TERRITORY]:
        if cue("sentences", "leads-by-itself").match(said[word.start() :]) or re.search(r"[,;:.()]", said[: word.start()]):
            return 0
        if ends := cue("names", "territory").match(said[word.start() :]):
            return word.start() + ends.end()
    return 0


def as_who(found: list[Found]) -> Who:
    """The names as codes in their order, each once."""
    codes = dict.fromkeys(code for one in found for code in one.codes)
    checks = [check for one in found for check in one.checks]
    return Who(
        tuple(code for code in codes if not code.startswith(_INFERRED)),
        tuple(code[1:] for code in codes if code.startswith(_INFERRED) and code[1:] not in codes),
        tuple(dict.fromkeys(one.text for one in found if not one.codes)),
        tuple(dict.fromkeys(checks)),
    )


def _goes_on_as_a_name(rest: str, head: str) -> bool:
    """Behind "Hội", "Ban" a name goes on with a capital or a word that stands inside names; "Báo cáo", "Ban hành" are none. Heads of two
    syllables ("Tỉnh đoàn") may stand alone."""
    word = _WORD.search(rest)
    if word is None or re.search(r"[,;:.]", rest[: word.start()]):
        return " " in head
    if cue("names", "stands-alone").match(head):
        return True
    return word[0][0].isupper() or bool(cue("names", "inside-a-name").match(folded(rest[word.start() :])))


@lru_cache(maxsize=4096)
def _crosses_sentence(text: str) -> bool:
    return bool(re.search(r"[.:;]\s", text))
