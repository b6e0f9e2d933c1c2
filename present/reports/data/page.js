"use strict";
(() => {
  const D = JSON.parse(document.getElementById("data").textContent);
  const OWED = 1, OVERDUE = 2, LATE = 4, INHERITED = 8, EARLIER = 16, ENDED = 32;
  // Places in a cell's list, as html.py writes it.
  const AGENCY = 0, COLUMN = 1, YEAR = 2, STATE = 3, FLAGS = 4, DUE = 5, ROLE = 6, COUNT = 7, WHY = 8, NOTES = 9, CLAIMS = 10, QUOTE = 11, FILE = 12;
  const FIRST_ROWS = 60, CHUNK = 120, QUOTES = 20;
  const ABSENT = new Set(["silent", "no_report", "unreadable", "not_applicable"]);
  const $ = (id) => document.getElementById(id);
  const el = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key === "text") made.textContent = value; else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  };
  // What html.py writes in the language of the page; the gaps are filled in here.
  const _ = (text, ...values) => { let at = 0; return text.replace(/\{(\d*)\}/g, (gap, number) => String(values[number === "" ? at++ : Number(number)])); };
  const _n = (forms, count, ...values) => _(forms[count === 1 ? 0 : 1], count, ...values);
  const day = (iso) => (iso && D.language !== "en" ? iso.split("-").reverse().join("/") : iso || "");
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const folded = D.agencies.map((agency) => fold(agency[1] + " " + agency[0]));
  const stateOf = (cell) => D.states[cell[STATE]];
  const isMissing = (cell) => (cell[FLAGS] & OWED) && !["evidenced", "not_applicable"].includes(stateOf(cell)[0]);

  // ------------------------------------------------------------ cells by year, level, agency and column
  const tables = {};
  for (const [level, cells] of [["item", D.cells], ["duty", D.dutyCells]]) {
    for (const cell of cells) {
      const year = (tables[cell[YEAR]] ||= { item: new Map(), duty: new Map() });
      if (!year[level].has(cell[AGENCY])) year[level].set(cell[AGENCY], new Map());
      year[level].get(cell[AGENCY]).set(cell[COLUMN], cell);
    }
  }
  const cameNothing = (year, agency) => {
    const cells = tables[year]?.item.get(agency);
    return !cells || [...cells.values()].every((cell) => stateOf(cell)[0] === "no_report" || cell[FLAGS] & EARLIER);
  };

  // ------------------------------------------------------------ filters
  const controls = ["year", "kind", "item", "state", "name", "level", "silent"].map((name) => $("f-" + name));
  const [fYear, fKind, fItem, fState, fName, fLevel, fSilent] = controls;
  for (const year of [...D.years].reverse()) fYear.append(el("option", { value: year, text: year }));
  D.kinds.forEach((kind, at) => fKind.append(el("option", { value: at, text: kind })));
  D.items.forEach((item, at) => fItem.append(el("option", { value: at, text: item[0] + " " + item[1] })));
  D.states.forEach((state) => fState.append(el("option", { value: state[0], text: state[1] + " – " + state[2] })));

  const matches = (cell, wanted) => {
    if (wanted === "missing") return isMissing(cell);
    if (wanted === "overdue") return cell[FLAGS] & OVERDUE;
    return stateOf(cell)[0] === wanted && (cell[FLAGS] & OWED || !ABSENT.has(wanted));
  };
  let view = null;
  const compute = () => {
    const level = fLevel.value, year = Number(fYear.value), wanted = fState.value, words = fold(fName.value.trim());
    const columns = [];
    (level === "item" ? D.items : D.duties).forEach((column, at) => {
      const item = level === "item" ? at : column[1];
      if (fItem.value === "" || item === Number(fItem.value)) columns.push(at);
    });
    const rows = [], hidden = new Map();
    D.agencies.forEach((agency, at) => {
      const cells = tables[year]?.[level].get(at);
      if (!cells || (fKind.value !== "" && agency[2] !== Number(fKind.value)) || !folded[at].includes(words)) return;
      const mine = columns.map((column) => cells.get(column)).filter(Boolean);
      if (!mine.length || (wanted && !mine.some((cell) => matches(cell, wanted)))) return;
      if (!fSilent.checked && !words && cameNothing(year, at)) hidden.set(agency[2], (hidden.get(agency[2]) || 0) + 1);
      else rows.push(at);
    });
    return { level, year, wanted, columns, rows, hidden };
  };

  // ------------------------------------------------------------ the matrix
  const matrix = $("matrix");
  let body = null, lines = [], drawn = 0, pending = 0, focusAt = [0, 0];
  const letterOf = (cell) => {
    const [state, letter] = stateOf(cell), flags = cell[FLAGS];
    const mark = flags & ENDED ? "†" : flags & EARLIER ? "°" : "";
    if (!(flags & OWED)) return ABSENT.has(state) ? mark || "·" : letter.toLowerCase() + mark;
    return letter + (flags & OVERDUE ? "!" : flags & LATE ? "*" : flags & INHERITED ? "~" : "");
  };
  const said = (cell) => {
    const flags = cell[FLAGS];
    const parts = [stateOf(cell)[2]];
    if (!(flags & OWED)) parts.push(_("không thuộc trách nhiệm"));
    if (flags & OVERDUE) parts.push(_("quá hạn {}", day(cell[DUE])));
    if (flags & LATE) parts.push(_("làm muộn"));
    if (cell[CLAIMS].length) parts.push(_n("{} trích dẫn", cell[CLAIMS].length));
    return parts.join(", ");
  };
  const columnName = (level, at) => (level === "item" ? D.items[at][0] + " " + D.items[at][1] : D.duties[at][0] + " " + D.items[D.duties[at][1]]?.[1]);
  const drawHead = () => {
    const row = el("tr", {}, el("th", { scope: "col", text: _("Cơ quan") }));
    for (const at of view.columns) {
      const item = view.level === "item" ? D.items[at] : D.items[D.duties[at][1]];
      const head = el("th", { scope: "col", title: view.level === "item" ? item[2] : D.duties[at][2], text: view.level === "item" ? item[0] : D.duties[at][0] });
      head.append(el("small", { text: view.level === "item" ? item[1] : item[0] + " " + item[1] }));
      row.append(head);
    }
    return el("thead", {}, row);
  };
  const drawLine = (line) => {
    if (line.kind !== undefined) {
      const row = el("tr", { class: "kind" }, el("th", { scope: "rowgroup", text: D.kinds[line.kind] }));
      const more = view.hidden.get(line.kind);
      row.append(el("td", { colspan: view.columns.length, text: [line.count && _n("{} cơ quan", line.count), more && _("{} cơ quan chưa gửi gì (không hiện)", more)].filter(Boolean).join("; ") }));
      return row;
    }
    const row = el("tr", {}, el("th", { scope: "row", text: D.agencies[line.agency][1] }));
    const cells = tables[view.year][view.level].get(line.agency);
    view.columns.forEach((column, x) => {
      const cell = cells.get(column);
      if (!cell) { row.append(el("td", { class: "c n", tabindex: -1, "data-x": x, "data-y": line.y, "aria-label": _("không được giao"), text: "" })); return; }
      const plain = !(cell[FLAGS] & OWED) && ABSENT.has(stateOf(cell)[0]);
      const out = view.wanted && !matches(cell, view.wanted);
      row.append(el("td", {
        class: "c " + (plain ? "n" : "s-" + stateOf(cell)[0]) + (cell[FLAGS] & OWED ? "" : " u") + (out ? " x" : ""), tabindex: -1, "data-x": x, "data-y": line.y,
        "aria-label": letterOf(cell) + ", " + columnName(view.level, column) + ": " + said(cell), text: letterOf(cell),
      }));
    });
    return row;
  };
  const drawUpTo = (end) => {
    const part = document.createDocumentFragment();
    for (; drawn < Math.min(end, lines.length); drawn++) part.append(drawLine(lines[drawn]));
    body.append(part);
    if (drawn < lines.length && !pending) pending = window.setTimeout(() => { pending = 0; drawUpTo(drawn + CHUNK); }, 30);
  };
  const drawAll = () => { window.clearTimeout(pending); pending = 0; if (body) drawUpTo(lines.length); };
  const drawMatrix = () => {
    window.clearTimeout(pending); pending = 0; drawn = 0; lines = [];
    const counts = new Map();
    for (const at of view.rows) counts.set(D.agencies[at][2], (counts.get(D.agencies[at][2]) || 0) + 1);
    D.kinds.forEach((name, kind) => {
      if (!counts.has(kind) && !view.hidden.has(kind)) return;
      lines.push({ kind, count: counts.get(kind) || 0 });
      for (const at of view.rows) if (D.agencies[at][2] === kind) lines.push({ agency: at });
    });
    let y = 0;
    for (const line of lines) if (line.agency !== undefined) line.y = y++;
    body = el("tbody");
    matrix.replaceChildren(drawHead(), body);
    matrix.setAttribute("aria-rowcount", lines.length + 1);
    drawUpTo(FIRST_ROWS);
    focusAt = [0, 0];
    cellAt(0, 0)?.setAttribute("tabindex", "0");
    const owing = view.rows.flatMap((at) => view.columns.map((column) => tables[view.year][view.level].get(at).get(column))).filter((cell) => cell && cell[FLAGS] & OWED);
    $("shown").textContent = _("{} cơ quan được hiện, {} việc phải làm, {} việc còn thiếu", view.rows.length, owing.length, owing.filter(isMissing).length)
      + (view.hidden.size ? _("; {} cơ quan chưa gửi gì không hiện", [...view.hidden.values()].reduce((a, b) => a + b, 0)) : "") + ".";
  };
  const cellAt = (x, y) => matrix.querySelector(`td.c[data-x="${x}"][data-y="${y}"]`);
  const lastRow = () => view.rows.length - 1;
  const moveTo = (x, y) => {
    x = Math.max(0, Math.min(x, view.columns.length - 1)); y = Math.max(0, Math.min(y, lastRow()));
    if (!cellAt(x, y)) drawAll();
    const next = cellAt(x, y);
    if (!next) return;
    cellAt(...focusAt)?.setAttribute("tabindex", "-1");
    focusAt = [x, y];
    next.setAttribute("tabindex", "0");
    next.focus();
  };
  matrix.addEventListener("keydown", (event) => {
    const target = event.target.closest("td.c");
    if (!target) return;
    const x = Number(target.dataset.x), y = Number(target.dataset.y);
    const steps = {
      ArrowRight: [x + 1, y], ArrowLeft: [x - 1, y], ArrowDown: [x, y + 1], ArrowUp: [x, y - 1], PageDown: [x, y + 15], PageUp: [x, y - 15],
      Home: [0, event.ctrlKey ? 0 : y], End: [view.columns.length - 1, event.ctrlKey ? lastRow() : y],
    };
    if (steps[event.key]) { event.preventDefault(); moveTo(...steps[event.key]); }
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); openCell(x, y); }
  });
  matrix.addEventListener("click", (event) => {
    const target = event.target.closest("td.c");
    if (!target) return;
    moveTo(Number(target.dataset.x), Number(target.dataset.y));
    openCell(...focusAt);
  });

  // ------------------------------------------------------------ what a cell rests on
  const dialog = $("detail"), dBody = $("d-body");
  const openCell = (x, y) => {
    const agency = lines.find((line) => line.y === y)?.agency;
    const cell = tables[view.year][view.level].get(agency)?.get(view.columns[x]);
    if (!cell) return;
    const itemAt = view.level === "item" ? cell[COLUMN] : D.duties[cell[COLUMN]][1];
    $("d-title").textContent = D.agencies[agency][1] + " – " + _("{}, năm {}", columnName(view.level, cell[COLUMN]), view.year);
    const facts = el("div", { class: "facts" }, el("span", { class: "sw s-" + stateOf(cell)[0], text: stateOf(cell)[1] + " – " + stateOf(cell)[2] }));
    const fact = (text, kind) => facts.append(el("span", { class: kind || "", text }));
    fact((cell[FLAGS] & OWED ? _("phải làm") : _("không thuộc trách nhiệm")) + (cell[ROLE] ? " (" + D.roles[cell[ROLE]] + ")" : ""));
    if (cell[DUE]) fact(_("hạn: {}", day(cell[DUE])));
    if (cell[FLAGS] & OVERDUE) fact(_("quá hạn"), "over");
    if (cell[FLAGS] & LATE) fact(_("làm muộn"), "over");
    dBody.replaceChildren(facts);
    if (itemAt >= 0) dBody.append(el("p", { class: "dim", text: D.items[itemAt][2] }));
    if (cell[WHY]) dBody.append(el("p", { text: _("Vì sao thiếu: {}", cell[WHY]) }));
    for (const note of cell[NOTES]) dBody.append(el("p", { text: note }));
    drawDuties(agency, itemAt, cell);
    const carrying = tables[view.year].item.get(agency)?.get(itemAt);
    drawQuotes(cell, carrying ? carrying[CLAIMS] : []);
    dialog.showModal();
    dialog.scrollTop = 0;
    $("d-title").focus();
  };
  const drawDuties = (agency, itemAt, cell) => {
    const duties = [...(tables[view.year].duty.get(agency)?.values() || [])].filter((one) => D.duties[one[COLUMN]][1] === itemAt && (view.level === "item" || one === cell));
    if (!duties.length) return;
    dBody.append(el("h3", { text: _("Nhiệm vụ theo kế hoạch") }));
    const list = el("ul");
    for (const one of duties) {
      const duty = D.duties[one[COLUMN]];
      const entry = el("li", {}, el("span", { class: "sw s-" + stateOf(one)[0], text: letterOf(one) }), " " + duty[0] + " (" + duty[4] + "): “" + duty[2] + "”");
      if (duty[3]) entry.append(" – " + _("thời hạn: {}", duty[3]));
      if (one[WHY]) entry.append(el("div", { class: "dim", text: one[WHY] }));
      list.append(entry);
    }
    dBody.append(list);
  };
  const quote = (at) => {
    const [id, status, words, file, documentAt, place, heading, confidence, strength, actor, partial, cues] = D.claims[at];
    const block = el("blockquote", { class: status }, el("bdi", { lang: "vi", text: words }));
    const where = typeof place === "number" ? _("trang {}", place) : place;
    const meta = el("div", { class: "meta" }, el("b", { text: D.statuses[status] + (partial ? " (" + _("một phần") + ")" : "") }), " · ", el("bdi", { text: D.texts[file] }));
    meta.append([" · " + where, D.texts[documentAt], D.texts[heading] && _("mục “{}”", D.texts[heading]), D.strengths[strength], D.actors[actor], _("tin cậy {} %", confidence), _("mã {}", id)].filter(Boolean).join(" · "));
    block.append(meta);
    if (D.texts[cues]) block.append(el("div", { class: "cues", text: _("Dấu hiệu: {}", D.texts[cues]) }));
    return block;
  };
  const drawQuotes = (cell, claims) => {
    dBody.append(el("h3", { text: claims.length ? _("Trích dẫn ({})", claims.length) : _("Không có trích dẫn") }));
    if (!claims.length && cell[FILE]) dBody.append(el("p", {}, _("Văn bản được tính:"), " ", el("bdi", { text: [cell[QUOTE], cell[FILE]].filter(Boolean).join(" – ") })));
    const more = (from) => {
      claims.slice(from, from + QUOTES).forEach((at) => dBody.append(quote(at)));
      if (from + QUOTES >= claims.length) return;
      const button = el("button", { class: "more", type: "button", text: _("Hiện thêm ({})", claims.length - from - QUOTES) });
      button.addEventListener("click", () => { button.remove(); more(from + QUOTES); dBody.querySelectorAll("blockquote")[from + QUOTES]?.scrollIntoView({ block: "nearest" }); });
      dBody.append(button);
    };
    more(0);
  };
  $("d-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => cellAt(...focusAt)?.focus());
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return; // showModal keeps focus in, but lets Tab leave for the browser's own bars
    const stops = [...dialog.querySelectorAll("button")], first = stops[0], last = stops[stops.length - 1];
    if (event.shiftKey && (document.activeElement === first || document.activeElement === $("d-title"))) { event.preventDefault(); last.focus(); }
    else if (!event.shiftKey && document.activeElement === last) { event.preventDefault(); first.focus(); }
  });

  // ------------------------------------------------------------ counts and bars
  const SHOWN = D.states.filter((state) => state[0] !== "not_applicable").map((state) => D.states.indexOf(state));
  const barTable = (caption, groups) => {
    const head = el("tr", {}, el("th", { scope: "col", text: caption }), el("th", { scope: "col", class: "num", text: _("Phải làm") }), el("th", { scope: "col", text: _("Tỷ lệ") }));
    for (const at of SHOWN) head.append(el("th", { scope: "col", class: "num", title: D.states[at][2] }, el("span", { class: "sw s-" + D.states[at][0], text: D.states[at][1] })));
    head.append(el("th", { scope: "col", class: "num", text: _("Quá hạn") }));
    const rows = groups.filter((group) => group.cells.length).map((group) => {
      const counts = D.states.map((state, at) => group.cells.filter((cell) => cell[STATE] === at).length), total = group.cells.length;
      const bar = el("div", { "aria-hidden": "true" });
      for (const at of SHOWN) if (counts[at]) bar.append(el("span", { class: "s-" + D.states[at][0], style: "flex:" + counts[at], text: counts[at] / total > 0.06 ? D.states[at][1] + " " + counts[at] : "" }));
      const done = Math.round((100 * counts[0]) / total);
      const row = el("tr", {}, el("th", { scope: "row", text: group.name }), el("td", { class: "num", text: total }), el("td", { class: "bar" }, bar, el("small", { class: "dim", text: _("có minh chứng {} %", done) })));
      for (const at of SHOWN) row.append(el("td", { class: "num", text: counts[at] || "" }));
      row.append(el("td", { class: "num over", text: group.cells.filter((cell) => cell[FLAGS] & OVERDUE).length || "" }));
      return row;
    });
    return el("table", { class: "bars" }, el("thead", {}, head), el("tbody", {}, ...rows));
  };
  const owedCells = () => {
    const kind = fKind.value === "" ? -1 : Number(fKind.value), item = fItem.value === "" ? -1 : Number(fItem.value);
    return D.cells.filter((cell) => cell[YEAR] === view.year && cell[FLAGS] & OWED && (kind < 0 || D.agencies[cell[AGENCY]][2] === kind) && (item < 0 || cell[COLUMN] === item));
  };
  const drawCounts = (cells) => {
    $("by-item").replaceChildren(barTable(_("Đầu mục"), D.items.map((item, at) => ({ name: item[0] + " " + item[1], cells: cells.filter((cell) => cell[COLUMN] === at) }))));
    $("by-kind").replaceChildren(barTable(_("Loại cơ quan"), D.kinds.map((name, at) => ({ name, cells: cells.filter((cell) => D.agencies[cell[AGENCY]][2] === at) }))));
    const missing = cells.filter(isMissing);
    const figures = [
      [new Set(cells.map((cell) => cell[AGENCY])).size, _("cơ quan có việc phải làm")], [cells.length, _("việc phải làm")], [cells.length - missing.length, _("có minh chứng hoặc không áp dụng")],
      [missing.length, _("còn thiếu")], [missing.filter((cell) => cell[FLAGS] & OVERDUE).length, _("quá hạn")], [D.claims.length, _("trích dẫn")],
    ];
    $("totals").replaceChildren(...figures.map(([count, words]) => el("li", {}, el("b", { text: count.toLocaleString(D.language) }), words)));
  };

  // ------------------------------------------------------------ due and overdue
  const drawDue = (cells) => {
    const groups = new Map();
    for (const cell of cells.filter(isMissing)) {
      const key = (cell[DUE] || "9999") + "|" + String(cell[COLUMN]).padStart(3, "0");
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(cell);
    }
    const entries = [...groups].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, group]) => {
      const cell = group[0], item = D.items[cell[COLUMN]], left = Math.round((Date.parse(cell[DUE]) - Date.parse(D.day)) / 86400000);
      const head = el("summary", {}, el("b", { text: cell[DUE] ? day(cell[DUE]) : _("không ghi ngày") }), " – " + item[0] + " " + item[1] + ": " + _n("{} cơ quan còn thiếu", group.length) + (cell[DUE] ? ", " : ""));
      if (cell[FLAGS] & OVERDUE) head.append(el("span", { class: "over", text: _n("quá hạn {} ngày", -left) }));
      else if (cell[DUE]) head.append(el("span", { class: "dim", text: left === 0 ? _("đến hạn hôm nay") : _n("còn {} ngày", left) }));
      const entry = el("details", {}, head);
      entry.addEventListener("toggle", () => { // names only when asked for: there may be thousands
        if (entry.open && !entry.querySelector("p")) entry.append(el("p", { text: group.map((one) => D.agencies[one[AGENCY]][1] + " (" + stateOf(one)[2] + ")").join("; ") }));
      });
      return entry;
    });
    $("due").replaceChildren(...(entries.length ? entries : [el("p", { text: _("Không còn thiếu việc nào.") })]));
  };

  // ------------------------------------------------------------ together
  const refresh = () => {
    view = compute();
    drawMatrix();
    const cells = owedCells();
    drawCounts(cells);
    drawDue(cells);
  };
  let waiting = 0;
  $("filters").addEventListener("input", () => { window.clearTimeout(waiting); waiting = window.setTimeout(refresh, 60); });
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", () => window.setTimeout(refresh, 0));
  window.addEventListener("beforeprint", drawAll);
  refresh();
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
})();
