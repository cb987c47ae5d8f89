// The explorer of one case. Every verdict in it was computed by the engine and lies in the page; nothing is weighed
// here. Words of the case are set as text, never as markup.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("case").textContent);
  const byId = (id) => document.getElementById(id);
  const stage = byId("stage");
  const views = [...document.querySelectorAll("#stage svg")];
  const statements = new Map(data.statements.map((one) => [one.id, one]));
  const sources = new Map(data.sources.map((one) => [one.id, one]));
  const others = new Map(data.others.map((one) => [one.id, one]));
  const sections = new Map(data.sections.map((one) => [one.view, one]));
  const piles = new Map(data.sections.map((one) => [one.pile, one]));
  const state = { view: null, chosen: null, without: null, boxes: new Map(), moved: new Set(), verdicts: new Set(), kinds: new Set(), source: "", found: new Set() };
  const SVG = "http://www.w3.org/2000/svg";

  const words = {
    established: "supported: established", rival_readings: "contested by a rival reading",
    conflicting_evidence: "contested by conflicting evidence", refuted: "unsupported: refuted",
    insufficient: "unsupported: not enough evidence", no_evidence: "unsupported: no evidence either way",
    undecided: "undecided: not known well enough to tell",
  };
  const glyphs = { established: "●", rival_readings: "◐", conflicting_evidence: "◐", refuted: "⊗", insufficient: "○", no_evidence: "◌", undecided: "⊖" };
  // As the engine prints degrees: what is not quite certain is not 1.00, nor what is not quite impossible 0.00.
  const degree = (n) => (n <= 0 || n >= 1 - 1e-12 ? n : Math.min(Math.max(n, 0.01), 0.99)).toFixed(2);
  const cases = (d) => `for ${degree(Math.min(d.for + d.conflict, 1))}, against ${degree(Math.min(d.against + d.conflict, 1))}`;

  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const title = (id) => (entryOf(id) || { text: id }).text;
  const link = (id, text) => {
    const button = make("button", text || title(id), "link");
    button.type = "button";
    button.addEventListener("click", () => choose(id, true));
    return button;
  };
  // A button that opens the picture of a section.
  const go = (place) => {
    const button = make("button", place.title, "link");
    button.type = "button";
    button.addEventListener("click", () => open(place.view));
    return button;
  };
  const section = (parent, heading, items) => {
    if (!items.length) return;
    parent.append(make("h3", heading));
    const list = make("ul");
    items.forEach((item) => { const entry = make("li"); entry.append(...[item].flat()); list.append(entry); });
    parent.append(list);
  };

  // Boxes with a tag of what a source that is off makes of them, and those that get theirs when they are in sight: a picture of a
  // thousand boxes is not painted anew for those that nobody sees.
  const tagged = new Set(), untagged = new Map();
  const tagSeen = () => {
    if (!untagged.size) return;
    const area = sight();
    untagged.forEach(([now, was], node) => {
      const { x, y } = middle(node);
      if (x < area.left || x > area.right || y < area.top || y > area.bottom) return;
      node.append(change(node, now, was));
      tagged.add(node);
      untagged.delete(node);
    });
  };
  // What is in sight of the picture, with what is just outside.
  const sight = () => {
    const box = state.boxes.get(state.view), scale = scaleOf(current(), box), more = 0.7;
    const w = stage.clientWidth / scale * more, h = stage.clientHeight / scale * more, x = box.x + box.w / 2, y = box.y + box.h / 2;
    return { left: x - w, right: x + w, top: y - h, bottom: y + h };
  };

  // Pan and zoom: the part of the picture that is seen is its viewBox.
  const current = () => views.find((svg) => svg.dataset.view === state.view);
  const whole = (svg) => { const [, , w, h] = svg.dataset.whole.split(" ").map(Number); return { x: 0, y: 0, w, h }; };
  const show = (svg, box, isMoved = true) => {
    state.boxes.set(svg.dataset.view, box);
    state.moved[isMoved ? "add" : "delete"](svg.dataset.view);
    svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.w} ${box.h}`);
    if (svg === current()) {
      stage.classList.toggle("far", scaleOf(svg, box) < 0.2);
      tagSeen();
    }
    remember();
  };
  const fit = () => show(current(), whole(current()));
  // At least so many pixels for each unit of the picture, so that its words can be read. A picture that does not fit the window
  // so opens at its first question, or where its conclusions are.
  const READABLE = 0.9;
  const opening = (svg) => {
    const all = whole(svg), wide = stage.clientWidth / READABLE, high = stage.clientHeight / READABLE;
    if (!wide || !high || all.w <= wide && all.h <= high) return all;
    const nodes = nodesIn(svg), questions = nodes.filter((node) => (others.get(node.dataset.id) || {}).kind === "question");
    const isBefore = (one, other) => { const [a, b] = [corner(one), corner(other)]; return a.y < b.y || a.y === b.y && a.x < b.x; };
    const first = (questions.length ? questions : nodes).reduce((best, node) => (!best || isBefore(node, best) ? node : best), null);
    const at = first ? middle(first) : { x: all.w / 2, y: 0 };
    const within = (start, length, room) => (room >= length ? (length - room) / 2 : Math.min(Math.max(start, 0), length - room));
    return { x: within(at.x - wide / 2, all.w, wide), y: within(at.y - high / 3, all.h, high), w: wide, h: high };
  };
  const read = () => show(current(), opening(current()), false);
  const scaleOf = (svg, box) => Math.min(stage.clientWidth / box.w, stage.clientHeight / box.h) || 1;
  const zoom = (factor, clientX, clientY) => {
    const svg = current(), box = state.boxes.get(state.view), rect = stage.getBoundingClientRect();
    const limit = whole(svg);
    const w = Math.min(Math.max(box.w * factor, 80), limit.w * 3);
    const h = box.h * (w / box.w), scale = scaleOf(svg, box);
    const px = clientX === undefined ? 0 : (clientX - rect.left - rect.width / 2) / scale;
    const py = clientY === undefined ? 0 : (clientY - rect.top - rect.height / 2) / scale;
    const cx = box.x + box.w / 2 + px, cy = box.y + box.h / 2 + py, r = w / box.w;
    show(svg, { x: cx - px * r - w / 2, y: cy - py * r - h / 2, w, h });
  };
  const pan = (dx, dy) => {
    const box = state.boxes.get(state.view);
    show(current(), { ...box, x: box.x + dx, y: box.y + dy });
  };
  // A box in the numbers of its picture: its corner, its size, its middle.
  const corner = (node) => {
    const [x, y, w, h] = node.dataset.box.split(" ").map(Number);
    const moved = node.closest("g.scene").getAttribute("transform").match(/-?[\d.]+/g).map(Number);
    return { x: x + moved[0], y: y + moved[1], w, h };
  };
  const middle = (node) => { const { x, y, w, h } = corner(node); return { x: x + w / 2, y: y + h / 2 }; };
  const centre = (node) => {
    const svg = current(), { x, y } = middle(node);
    const width = Math.min(whole(svg).w, stage.clientWidth / READABLE || 1100), height = width * (stage.clientHeight / stage.clientWidth || 1);
    show(svg, { x: x - width / 2, y: y - height / 2, w: width, h: height });
  };
  const pointers = new Map();
  let spread = 0, moved = 0;
  const apart = () => { const [a, b] = [...pointers.values()]; return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY); };
  stage.addEventListener("pointerdown", (event) => {
    if (event.target.closest("#zoom, #banner")) return;
    pointers.set(event.pointerId, event); moved = 0;
    if (pointers.size === 2) spread = apart();
  });
  stage.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    pointers.set(event.pointerId, event);
    if (pointers.size === 2) {
      const now = apart();
      const [one, other] = [...pointers.values()];
      if (now > 0 && spread > 0) zoom(spread / now, (one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2);
      spread = now;
      return;
    }
    const scale = scaleOf(current(), state.boxes.get(state.view));
    const dx = event.clientX - before.clientX, dy = event.clientY - before.clientY;
    moved += Math.abs(dx) + Math.abs(dy);
    if (moved > 4) { stage.classList.add("dragging"); pan(-dx / scale, -dy / scale); }
  });
  const release = (event) => { pointers.delete(event.pointerId); stage.classList.remove("dragging"); };
  ["pointerup", "pointercancel", "pointerleave"].forEach((name) => stage.addEventListener(name, release));
  stage.addEventListener("wheel", (event) => { event.preventDefault(); zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, event.clientX, event.clientY); }, { passive: false });

  // Nodes: each can be reached and opened by keyboard. Only what is in the view that is seen is kept up to date: the others are
  // when they are opened.
  const all = new Map(views.map((svg) => [svg.dataset.view, { nodes: [...svg.querySelectorAll("g.node")], edges: [...svg.querySelectorAll("g.edge, g.edge-label")] }]));
  all.forEach((view) => { view.byId = new Map(view.nodes.map((node) => [node.dataset.id, node])); });
  const nodesIn = (svg) => all.get(svg.dataset.view).nodes;
  const seen = () => all.get(state.view);
  const entryOf = (id) => statements.get(id) || sources.get(id) || others.get(id);
  // A box is named by its title, which has all of its words; what a source that is off makes of it is said there too.
  const titles = new Map();
  const name = (node) => {
    const id = node.dataset.id, line = node.querySelector("title"), now = state.without && (data.without[state.without] || {})[id];
    if (!titles.has(node)) titles.set(node, line.textContent);
    const more = piles.has(id) ? "\nopens its picture" : now ? `\nwithout the source that is off: ${words[now.detail]}` : "";
    line.textContent = titles.get(node) + more;
  };
  views.forEach((svg) => nodesIn(svg).forEach((node) => {
    const id = node.dataset.id;
    if (!entryOf(id) && !piles.has(id)) return;
    const press = () => { piles.has(id) ? open(piles.get(id).view) : choose(id, false); };
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "button");
    if (piles.has(id)) name(node);
    node.addEventListener("click", () => { if (moved <= 4) press(); });
    node.addEventListener("focus", () => { if (node.matches(":focus-visible") && !isSeen(node)) centre(node); });
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      press();
      if (!piles.has(id)) byId("details").focus();
    });
  }));
  const isSeen = (node) => {
    const { x, y } = middle(node), box = state.boxes.get(state.view);
    return x > box.x && x < box.x + box.w && y > box.y && y < box.y + box.h;
  };

  const choose = (id, go) => {
    state.chosen = id;
    if (id && go) {
      if (!seen().byId.has(id)) {
        const other = views.find((svg) => all.get(svg.dataset.view).byId.has(id));
        if (other) open(other.dataset.view);
      }
      const node = seen().byId.get(id);
      if (node) centre(node);
    }
    mark();
    details(id);
    remember();
    if (isReady) tell({ evigraph: "chosen", id });
  };
  // The box that is chosen in the view that is seen, and the lines from it and to it.
  const mark = () => {
    const id = state.chosen, view = seen();
    view.nodes.forEach((node) => node.classList.toggle("chosen", node.dataset.id === id));
    view.edges.forEach((edge) => {
      const near = edge.dataset.from === id || edge.dataset.to === id;
      edge.classList.toggle("near", Boolean(id) && near);
      edge.classList.toggle("far", Boolean(id) && !near);
    });
  };

  const details = (id) => {
    const panel = byId("details");
    panel.replaceChildren();
    if (statements.has(id)) statementDetails(panel, statements.get(id));
    else if (sources.has(id)) sourceDetails(panel, sources.get(id));
    else if (others.has(id)) otherDetails(panel, others.get(id));
    else panel.append(make("p", "Choose a box for its words, verdict, grounds and sources.", "faint"));
  };

  const verdictLine = (detail, degrees) => {
    const line = make("p");
    line.append(make("span", `${glyphs[detail]} ${words[detail]}`, `tag ${detail}`), document.createTextNode(` ${cases(degrees)}`));
    return line;
  };
  const statementDetails = (panel, one) => {
    panel.append(make("p", `${one.kind} · ${one.id}`, "faint"), make("h2", one.text), verdictLine(one.detail, one.degrees));
    const changed = state.without && data.without[state.without] && data.without[state.without][one.id];
    if (changed) {
      panel.append(make("p", `Without ${title(state.without)}:`), verdictLine(changed.detail, changed.degrees));
    }
    if (one.settled !== null) panel.append(make("p", one.settled ? "Settled: nothing single would change it." : "Open: something would change it."));
    section(panel, "Sections", data.sections.filter((place) => place.claims.includes(one.id)).map((place) => [go(place)]));
    section(panel, "Why it is open", one.reasons);
    const side = (effect) => one.grounds.filter((ground) => ground.effect === effect).map((ground) => {
      const item = [document.createTextNode(`${degree(ground.weight)} ${ground.words} `)];
      if (ground.from) item.push(link(ground.from));
      ground.attacks.forEach((attack) => item.push(document.createTextNode(` — ${attack.words} `), link(attack.from), document.createTextNode(` (${degree(attack.in_force)})`)));
      return item;
    });
    section(panel, "For it (how likely each makes a case)", side("supports"));
    section(panel, "Against it", side("opposes"));
    section(panel, "Evidence as written", one.evidence.map((evidence) => {
      const item = [document.createTextNode(`${evidence.words} `), link(evidence.from)];
      if (evidence.at) item.push(document.createTextNode(`, ${evidence.at}`));
      if (evidence.quote) item.push(make("p", `“${evidence.quote}”`, "faint"));
      if (evidence.quotation) item.push(make("p", evidence.quotation, "faint"));
      return item;
    }));
    section(panel, "Without one source", one.influence.map((influence) => [link(influence.source), document.createTextNode(`: ${glyphs[influence.detail]} ${words[influence.detail]}, ${cases(influence.degrees)}`)]));
    if (one.note) panel.append(make("h3", "Note"), make("p", one.note));
  };
  const sourceDetails = (panel, one) => {
    panel.append(make("p", `${one.kind} · ${one.id}`, "faint"), make("h2", one.text));
    one.facts.forEach((fact) => panel.append(make("p", fact)));
    const off = make("button", state.without === one.id ? "Switch it on again" : "Switch it off: what would change?");
    off.type = "button";
    off.id = "switch";
    off.addEventListener("click", () => { without(state.without === one.id ? null : one.id); details(one.id); });
    panel.append(off);
    changes(panel, one.id);
    section(panel, "Speaks to", one.speaks.map((id) => [link(id)]));
    section(panel, "Takes its account from", one.origins.map((id) => [link(id)]));
    if (one.note) panel.append(make("h3", "Note"), make("p", one.note));
  };
  const changes = (panel, id) => {
    const changed = Object.entries(data.without[id] || {});
    const turned = changed.filter(([key, now]) => now.detail !== statements.get(key).detail);
    const item = ([key, now]) => [link(key), document.createTextNode(`: ${glyphs[statements.get(key).detail]} ${words[statements.get(key).detail]} → ${glyphs[now.detail]} ${words[now.detail]}, ${cases(now.degrees)}`)];
    section(panel, `Verdicts that would change without it (${turned.length})`, turned.map(item));
    const rest = changed.length - turned.length;
    panel.append(make("p", `${rest} further ${rest === 1 ? "statement" : "statements"} would keep the verdict with other degrees.`, "faint"));
  };
  const otherDetails = (panel, one) => {
    panel.append(make("p", `${one.kind} · ${one.id}`, "faint"), make("h2", one.text));
    one.facts.forEach((fact) => panel.append(make("p", fact)));
    section(panel, one.listed, one.list.map((id) => [link(id)]));
    if (one.note) panel.append(make("h3", "Note"), make("p", one.note));
  };

  // One source less: the verdicts that the engine computed for that, on the boxes that they change.
  const without = (id) => {
    state.without = id;
    const banner = byId("banner");
    banner.hidden = !id;
    byId("source-off").value = id || "";
    if (id) byId("banner-text").textContent = `Without “${title(id)}”. Each tag is what the engine computed for that.`;
    tag();
    if (isFiltered()) filter();
    remember();
  };
  const tag = () => {
    const before = [...tagged, ...untagged.keys()], changed = data.without[state.without] || {};
    tagged.forEach((node) => node.querySelector("g.change").remove());
    tagged.clear();
    untagged.clear();
    Object.entries(changed).forEach(([id, now]) => {
      const node = seen().byId.get(id), was = statements.get(id);
      if (node && (now.detail !== was.detail || cases(now.degrees) !== cases(was.degrees))) untagged.set(node, [now, was]);
    });
    new Set([...before, ...untagged.keys()]).forEach(name);
    tagSeen();
  };
  const change = (node, now, before) => {
    const [left, top, wide, high] = node.dataset.box.split(" ").map(Number);
    // Over the box; over the bar of a row, where boxes stand close.
    const row = high < 60, y = row ? top + high / 2 + 9 : top;
    const colours = data.colours[now.detail], tag = document.createElementNS(SVG, "g"), rect = document.createElementNS(SVG, "rect"), text = document.createElementNS(SVG, "text");
    tag.setAttribute("class", "change");
    tag.dataset.detail = now.detail;
    const verdict = now.detail === before.detail ? "" : ` ${words[now.detail].split(":").pop().trim().split(/ by | either /)[0]}`;
    text.textContent = `→ ${glyphs[now.detail]}${verdict} ${cases(now.degrees)}`;
    // As wide as its words, of which a letter takes less than this.
    const w = Math.max(12 + 4.9 * text.textContent.length, row ? 0 : wide), x = row ? left + wide - w : left;
    Object.entries({ x, y: y - 19, width: w, height: 20, rx: 4, fill: colours[0], stroke: colours[1] }).forEach(([key, value]) => rect.setAttribute(key, value));
    Object.entries({ x: x + 6, y: y - 5, "font-size": 11, "font-weight": "bold", fill: "#15181c" }).forEach(([key, value]) => text.setAttribute(key, value));
    tag.append(rect, text);
    return tag;
  };

  // Filters: what does not fit fades.
  const fits = (node) => {
    const one = statements.get(node.dataset.id), id = node.dataset.id;
    if (state.verdicts.size && !(one && state.verdicts.has(one.verdict))) return false;
    const entry = one || sources.get(id) || others.get(id);
    if (state.kinds.size && !(entry && state.kinds.has(entry.kind))) return false;
    if (state.source && id !== state.source && !(one && one.depends.includes(state.source))) return false;
    return true;
  };
  const isFiltered = () => Boolean(state.verdicts.size || state.kinds.size || state.source);
  const filter = () => {
    remember();
    const active = isFiltered(), { nodes, edges } = seen();
    // Lines between actors have verdicts of their own: where verdicts alone are asked for, those lines keep their ends.
    const chosen = Boolean(state.verdicts.size && !state.kinds.size && !state.source);
    const speaks = (edge) => chosen && state.verdicts.has(edge.dataset.lineVerdict);
    const ends = new Set(edges.filter(speaks).flatMap((edge) => [edge.dataset.from, edge.dataset.to]));
    const dim = new Set();
    nodes.forEach((node) => {
      const out = active && !(fits(node) || ends.has(node.dataset.id) || node.dataset.id === state.without);
      node.classList.toggle("dim", out);
      if (out) dim.add(node.dataset.id);
    });
    edges.forEach((edge) => {
      const silent = chosen && edge.dataset.lineVerdict && !speaks(edge);
      edge.classList.toggle("dim", active && (silent || dim.has(edge.dataset.from) || dim.has(edge.dataset.to)));
    });
    const fitting = nodes.length - dim.size;
    byId("count").textContent = active ? `${fitting} ${fitting === 1 ? "box fits" : "boxes fit"}` : "";
  };
  const options = (parent, values, chosen) => values.forEach((value) => {
    const label = make("label"), box = make("input");
    box.type = "checkbox";
    box.value = value;
    box.addEventListener("change", () => { box.checked ? chosen.add(value) : chosen.delete(value); filter(); });
    label.append(box, document.createTextNode(` ${value}`));
    parent.append(label);
  });
  options(byId("verdicts"), ["supported", "contested", "unsupported", "undecided"].filter((verdict, at) => at < 3 || data.statements.some((one) => one.verdict === verdict)), state.verdicts);
  options(byId("kinds"), [...new Set([...statements.values(), ...sources.values(), ...others.values()].map((one) => one.kind))].sort(), state.kinds);
  ["source", "source-off"].forEach((name) => data.sources.forEach((one) => {
    const option = make("option", one.text.length > 70 ? `${one.text.slice(0, 69)}…` : one.text);
    option.value = one.id;
    byId(name).append(option);
  }));
  byId("left-out").textContent = data.left_out || "";
  byId("source").addEventListener("change", (event) => { state.source = event.target.value; filter(); });
  byId("source-off").addEventListener("change", (event) => { without(event.target.value || null); if (state.chosen) details(state.chosen); });
  byId("banner-close").addEventListener("click", () => { without(null); if (state.chosen) details(state.chosen); });

  // Search in ids and words.
  const highlight = () => seen().nodes.forEach((node) => node.classList.toggle("found", state.found.has(node.dataset.id)));
  const search = (text) => {
    remember();
    const wanted = text.trim().toLowerCase();
    const all = [...statements.values(), ...sources.values(), ...others.values()];
    const found = wanted ? all.filter((one) => `${one.id} ${one.text}`.toLowerCase().includes(wanted)) : [];
    const ids = new Set(found.map((one) => one.id));
    state.found = ids;
    highlight();
    const list = byId("found");
    list.replaceChildren(...found.slice(0, 30).map((one) => { const item = make("li"); item.append(link(one.id)); return item; }));
    byId("found-count").textContent = wanted ? `${found.length} found` : "";
    return found;
  };
  byId("search").addEventListener("input", (event) => search(event.target.value));
  byId("search").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const found = search(event.target.value);
    if (found.length) choose(found[0].id, true);
  });

  const open = (view) => {
    state.view = view;
    views.forEach((svg) => svg.toggleAttribute("hidden", svg.dataset.view !== view));
    document.querySelectorAll("#views button").forEach((tab) => tab.setAttribute("aria-pressed", String(tab.dataset.view === view)));
    byId("sections").value = sections.has(view) ? view : "";
    if (!state.boxes.has(view)) read();
    mark();
    highlight();
    tag();
    filter();
  };
  views.forEach((svg) => {
    const view = svg.dataset.view;
    svg.dataset.whole = svg.getAttribute("viewBox");
    if (sections.has(view)) {
      const option = make("option", sections.get(view).title);
      option.value = view;
      byId("sections").append(option);
      return;
    }
    const tab = make("button", view);
    tab.type = "button";
    tab.dataset.view = view;
    tab.addEventListener("click", () => open(view));
    byId("views").append(tab);
  });
  byId("sections").hidden = sections.size === 0;
  byId("sections").addEventListener("change", (event) => { if (event.target.value) open(event.target.value); });
  // A window that is turned or made larger shows a picture that nobody has moved as it opens.
  window.addEventListener("resize", () => views.forEach((svg) => {
    if (svg === current() && !state.moved.has(state.view)) read();
    else if (!state.moved.has(svg.dataset.view)) state.boxes.delete(svg.dataset.view);
  }));
  byId("in").addEventListener("click", () => zoom(1 / 1.3));
  byId("out").addEventListener("click", () => zoom(1.3));
  byId("fit").addEventListener("click", fit);
  byId("read").addEventListener("click", read);
  byId("skip").addEventListener("click", () => byId("details").focus());
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const box = state.boxes.get(state.view), step = box.w / 12;
    const keys = {
      "1": read, "+": () => zoom(1 / 1.2), "=": () => zoom(1 / 1.2), "-": () => zoom(1.2), "0": fit, "/": () => byId("search").focus(),
      ArrowLeft: () => pan(-step, 0), ArrowRight: () => pan(step, 0), ArrowUp: () => pan(0, -step), ArrowDown: () => pan(0, step),
      Escape: () => { without(null); choose(null, false); },
    };
    if (event.key === "Escape" && event.target.closest("aside")) {
      const node = seen().byId.get(state.chosen);
      if (node) node.focus();
      return;
    }
    if (keys[event.key] && !event.target.closest("aside")) { event.preventDefault(); keys[event.key](); }
  });

  // The state of the page as an address, such as #view=actors&choose=ID&without=ID&search=WORDS&verdict=contested: a link
  // to the page as somebody sees it. `at` is the part of a view that is seen, with the box in its middle and where that
  // was, so that it is found again in a picture that has changed.
  const at = (svg) => {
    const box = state.boxes.get(svg.dataset.view), x = box.x + box.w / 2, y = box.y + box.h / 2;
    const places = nodesIn(svg).map((node) => ({ id: node.dataset.id, ...middle(node) }));
    const far = (one) => Math.hypot(one.x - x, one.y - y);
    const near = places.reduce((best, one) => (!best || far(one) < far(best) ? one : best), null) || { id: "", x: 0, y: 0 };
    return [svg.dataset.view, ...[box.x, box.y, box.w, box.h, near.x, near.y].map((number) => Math.round(number)), near.id].join(" ");
  };
  const address = () => {
    const words = new URLSearchParams({ view: state.view });
    const put = (key, value) => { if (value) words.append(key, value); };
    put("choose", state.chosen);
    put("without", state.without);
    put("search", byId("search").value.trim());
    state.verdicts.forEach((verdict) => put("verdict", verdict));
    state.kinds.forEach((kind) => put("kind", kind));
    put("source", state.source);
    views.filter((svg) => state.moved.has(svg.dataset.view)).forEach((svg) => put("at", at(svg)));
    return words.toString();
  };
  const goTo = (text) => {
    const [view, ...rest] = text.split(" "), svg = views.find((svg) => svg.dataset.view === view);
    const [x, y, w, h, wasX, wasY] = rest.slice(0, 6).map(Number), id = rest.slice(6).join(" ");
    if (!svg || ![x, y, w, h, wasX, wasY].every(Number.isFinite) || !(w > 0 && h > 0)) return;
    const node = all.get(view).byId.get(id);
    const is = node ? middle(node) : { x: wasX, y: wasY };
    show(svg, { x: x + is.x - wasX, y: y + is.y - wasY, w, h });
  };
  const restore = (text) => {
    const words = new URLSearchParams(text), known = (id) => statements.has(id) || sources.has(id) || others.has(id);
    const tick = (group, key) => words.getAll(key).forEach((value) => {
      const box = [...byId(group).querySelectorAll("input")].find((box) => box.value === value);
      if (box && !box.checked) box.click();
    });
    open(views.some((svg) => svg.dataset.view === words.get("view")) ? words.get("view") : views[0].dataset.view);
    if (sources.has(words.get("without"))) without(words.get("without"));
    tick("verdicts", "verdict");
    tick("kinds", "kind");
    if (sources.has(words.get("source"))) { byId("source").value = state.source = words.get("source"); filter(); }
    if (words.get("search")) { byId("search").value = words.get("search"); search(words.get("search")); }
    const asked = known(words.get("choose")) ? words.get("choose") : null;
    choose(asked, !words.has("at"));
    words.getAll("at").forEach(goTo);
  };

  // Where the page stands alone, its address follows; in a frame, the page around it hears of it once it has given a state.
  const framed = window.parent !== window;
  let isReady = false, isTold = false, due = null;
  const tell = (message) => { if (isTold) window.parent.postMessage(message, "*"); };
  const remember = () => {
    if (!isReady || due) return;
    due = setTimeout(() => {
      due = null;
      if (framed) tell({ evigraph: "state", address: address() });
      else try { history.replaceState(null, "", `#${address()}`); } catch { /* not allowed here: the address stays */ }
    }, 150);
  };
  window.addEventListener("message", ({ source, data }) => {
    if (!framed || source !== window.parent || !data || typeof data !== "object") return;
    if (data.evigraph === "restore" && typeof data.address === "string" && !isTold) {
      isReady = false;
      if (data.address) restore(data.address);
      isReady = isTold = true;
      tell({ evigraph: "restored" });
    }
    if (data.evigraph === "choose" && typeof data.id === "string") choose(data.id, true);
  });

  // The page around it has the title.
  document.body.classList.toggle("framed", framed);
  restore(framed ? "" : location.hash.slice(1));
  isReady = true;
  document.body.dataset.ready = "yes";
  if (framed) window.parent.postMessage({ evigraph: "ready" }, "*");
})();
