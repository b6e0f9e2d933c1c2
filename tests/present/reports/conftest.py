"""A store read from the samples, an invented one of any size, and a browser driven over its debugging pipe."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from minhchung.plan.loader import load_plan
from minhchung.plan.model import Agency, DueRule, Duty, PlanItem
from minhchung.plan.registry import Registry, load_registry
from minhchung.present.asking import Question
from minhchung.present.output import Output
from minhchung.present.reports.gathering import Gathered, Made, gather
from minhchung.store.claims import ClaimRow
from minhchung.store.intake import intake
from minhchung.store.model import StatusRow

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "reports"
HOSTILE = (
    "<script>alert(1)</script></script><img src=x onerror=alert(2)> =cmd|' /C calc'!A0 \u202egpj.exe\u202c \x00\x07\x1b <!-- ]]> {{7*7}}"
)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, own_cache: Path) -> Path:
    """The samples, ingested once."""
    path = tmp_path_factory.mktemp("reports") / "samples.db"
    intake([SAMPLES], path, jobs=2)
    return path


@pytest.fixture(scope="session")
def gathered(store: Path) -> Gathered:
    """What reports are made of, of the samples on 30 November 2023."""
    with Question(store, Output(), year=2023, as_of=date(2023, 11, 30)).asked() as asked:
        return gather(asked)


def invented(agencies: int = 12, items: int = 12, claims: int = 60, words: str = "") -> Gathered:
    """A store that never was: each agency owes each item, claims are dealt out in turn; `words` go into every text that a report brings."""
    plan_items = tuple(PlanItem(f"II.{n}", f"Đầu mục số {n} của kế hoạch {words}", f"việc {n}") for n in range(1, items + 1))
    duties = tuple(Duty(f"O{n:02}", item.id, item.id, item.title, "assigned", DueRule("none")) for n, item in enumerate(plan_items, 1))
    listed = tuple(Agency(f"XA-{n:03}", f"Ủy ban nhân dân xã Số {n}", f"UBND xã Số {n} {words}", "ubnd_xa") for n in range(agencies))
    plan = load_plan()
    plan = replace(plan, items=plan_items, duties=duties, title=f"Kế hoạch {words}")
    states = ("evidenced", "partial", "planned", "not_done", "silent", "unreadable", "no_report")

    def row(a: int, i: int, duty: str | None) -> StatusRow:
        state = states[(a * 7 + i * 3) % len(states)]
        item = plan_items[i]
        return StatusRow(
            listed[a].code, listed[a].short_name, item.id, duty, 2023, state, True, "lead", "2023-11-14", state != "evidenced", False, 1,
            f"câu {words}", f"tep-{a}.docx {words}",
        )  # fmt: skip

    def claim(n: int) -> ClaimRow:
        a, item = n % agencies, plan_items[(n // agencies) % items]
        quote = f"Câu trích số {n}: đã tổ chức {n % 9 + 1} hội nghị quán triệt Luật cho {n % 400 + 20} người dự. {words}"
        return ClaimRow(
            f"{n:012x}", f"{a:064x}", f"tep-{a}.docx {words}", f"/bao cao/tep-{a}.docx {words}", listed[a].code, 2023, f"{a}/BC-UBND",
            "2023-11-10", item.id, "done", quote, f"Kết quả {words}", n % 20 + 1, "p3", 0.9, "self", False, "specific",
            [{"rule": "gate/law/explicit", "text": "Luật", "start": 0, "end": 4}], [{"value": n % 9 + 1.0, "unit": "hội nghị"}], None,
        )  # fmt: skip

    cells = [(a, i) for a in range(agencies) for i in range(items)]
    registry = Registry((load_registry().by_code("HP-UBND"), load_registry().by_code("HP-SNV"), *listed), "0" * 12)
    made = Made(plan.version, "r" * 12, "d" * 12, None, datetime(2023, 12, 1, tzinfo=UTC))
    by_item = [row(a, i, None) for a, i in cells]
    by_duty = [row(a, i, duties[i].id) for a, i in cells]
    found = [claim(n) for n in range(claims)]
    return Gathered(plan, registry, date(2023, 11, 30), by_item, by_duty, [], [], found, [], [], [], made)


@pytest.fixture(scope="session")
def invent() -> Callable[..., Gathered]:
    """`invented`, as a fixture, since test folders are no packages."""
    return invented


@pytest.fixture(scope="session")
def hostile() -> str:
    """Words that do harm wherever they are not escaped."""
    return HOSTILE


class Browser:
    """Chromium over --remote-debugging-pipe: messages end with a zero byte, no port and no library needed."""

    def __init__(self, program: str) -> None:
        self._profile = tempfile.mkdtemp(prefix="minhchung-browser-")
        (read_in, self._out), (self._in, write_out) = os.pipe(), os.pipe()
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (read_in, write_out)]  # out of the way of 3 and 4

        def place() -> None:  # the browser reads from 3 and writes to 4
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        flags = "--headless --no-sandbox --disable-gpu --no-first-run --disable-extensions --remote-debugging-pipe --hide-scrollbars"
        command = [program, *flags.split(), f"--user-data-dir={self._profile}", "about:blank"]
        none = subprocess.DEVNULL
        self._process = subprocess.Popen(command, pass_fds=(3, 4), preexec_fn=place, stdin=none, stdout=none, stderr=none)
        for end in ends:
            os.close(end)
        os.close(read_in)
        os.close(write_out)
        self._rest = b""
        self._number = 0
        self.events: list[dict[str, Any]] = []
        self._session = ""
        target = next(t for t in self.send("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self._session = self.send("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            got = self._next()
            if got.get("id") == self._number:
                assert "error" not in got, got
                return dict(got["result"])
            self.events.append(got)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._in, 1 << 16)
            assert piece, "the browser has ended"
            self._rest += piece
        text, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(text))

    def open(self, path: Path, width: int = 1500, height: int = 1000, mobile: bool = False) -> float:
        """Load a file; the seconds until its load event."""
        self.events.clear()
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)
        start = time.perf_counter()
        self.send("Page.navigate", url=path.as_uri())
        while not any(e.get("method") == "Page.loadEventFired" for e in self.events):
            self.events.append(self._next())
        return time.perf_counter() - start

    def js(self, code: str) -> Any:
        """The value of an expression; a promise is waited for."""
        got = self.send("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in got, got["exceptionDetails"]
        return got["result"].get("value")

    def key(self, name: str, shift: bool = False) -> None:
        codes = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowRight": 39, "ArrowDown": 40, "End": 35, "Home": 36}
        text = {"text": "\r"} if name == "Enter" else {}
        same = {"key": name, "code": name, "windowsVirtualKeyCode": codes[name], "modifiers": 8 if shift else 0}
        self.send("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **same, **text)
        self.send("Input.dispatchKeyEvent", type="keyUp", **same)

    def choose(self, control: str, value: str) -> None:
        """Set a filter as a person does, and wait until the page has drawn."""
        self.js(
            f"(() => {{ const c = document.getElementById({control!r}); c.value = {value!r}; "
            "c.dispatchEvent(new Event('input', {bubbles: true})); return new Promise(done => setTimeout(done, 250)); })()"
        )

    def faults(self) -> list[str]:
        """What the console has said as an error, exceptions, and requests for anything but the page itself."""
        self.js("1")
        found = []
        for event in self.events:
            method, told = event.get("method", ""), event.get("params", {})
            if method == "Runtime.exceptionThrown" or (method == "Log.entryAdded" and told["entry"]["level"] == "error"):
                found.append(json.dumps(told)[:300])
            if method == "Runtime.consoleAPICalled" and told["type"] in ("error", "assert"):
                found.append(json.dumps(told)[:300])
            if method == "Network.requestWillBeSent" and not told["request"]["url"].startswith(("file:", "data:")):
                found.append(f"asked the network for {told['request']['url']}")
        return found

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        os.close(self._out)
        os.close(self._in)
        shutil.rmtree(self._profile, ignore_errors=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, where it is installed."""
    program = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), "")
    if not program:
        pytest.skip("chromium is not installed here")
    running = Browser(program)
    yield running
    running.close()
