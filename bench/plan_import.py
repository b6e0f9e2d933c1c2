"""How many duties of a plan document come out right: `python bench/plan_import.py [NAME...]`.

Over the invented plans in tests/plan/importing/plans, each as a Word file made on the spot, against what a person made of it; and over the
given plan where ../shared is present. A duty is right when its item, kind, roles and deadline are.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
import tomllib
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "plan" / "importing"
GIVEN = ROOT.parent / "shared" / "plan" / "ke-hoach-hai-phong-2023.txt"
REGISTRIES: dict[str, str] = tomllib.loads((FOLDER / "registries.toml").read_text(encoding="utf-8"))


def helpers() -> ModuleType:
    """The comparison that the tests use."""
    spec = importlib.util.spec_from_file_location("plan_import_helpers", FOLDER / "conftest.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def cues(folder: Path) -> str:
    """How well the given plan's proposed cue words find evidence in the samples, beside the shipped rules."""
    from minhchung.extract.judge import judge
    from minhchung.extract.scoring import Tally
    from minhchung.ingest.reader import read_file
    from minhchung.plan.loader import load_plan
    from minhchung.plan.registry import load_registry
    from minhchung.present.importing import import_document, write_imported

    target = folder / "given.toml"
    write_imported(import_document(GIVEN, load_registry(), None, target), target, force=True)
    told = []
    for name, plan in (("shipped rules", load_plan()), ("proposed cues", load_plan(target))):
        tally = Tally()
        for gold in json.loads((ROOT / "samples" / "gold.json").read_text(encoding="utf-8")):
            found = judge(read_file(ROOT / "samples" / "reports" / gold["file"]), plan, load_registry()).evidence
            tally.add_claims(gold, ((e.item, e.status, e.quote) for e in found))
        precision, recall, f1 = tally.figures()
        told.append(f"{name}: precision {precision:.2f}, recall {recall:.2f}, F1 {f1:.2f}, statuses right {tally.right_statuses():.2f}")
    return "\n".join(told)


def main() -> None:
    """Print a line for each plan, and each difference below it."""
    tools = helpers()
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or [*REGISTRIES, "given", "cues"]:
            if name == "cues":
                print(cues(Path(folder)) if GIVEN.exists() else "../shared/plan is not here")
                continue
            if name == "given":
                if not GIVEN.exists():
                    continue
                text, registry, wanted = GIVEN, None, ROOT / "plan" / "data" / "hai-phong-2023.toml"
            else:
                text, registry, wanted = (
                    FOLDER / "plans" / f"{name}.txt",
                    FOLDER / "plans" / f"{REGISTRIES[name]}.csv",
                    FOLDER / "plans" / f"{name}.toml",
                )
            want = tomllib.loads(wanted.read_text(encoding="utf-8"))
            got = tomllib.loads(tools.imported(tools.as_docx(text, Path(folder) / f"{name}.docx"), registry))
            found = tools.compare_plans(want, got)
            right, whole = tools.share_right(want, found)
            print(f"{name}: {right} of {whole} duties right ({right / whole:.0%})")
            for one in found:
                print(f"    {one.clause}: {one.field}: {one.want} != {one.got}")


if __name__ == "__main__":
    main()
