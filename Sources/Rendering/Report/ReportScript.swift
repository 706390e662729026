/// What the report does beyond being read. Plain JavaScript without any library; the page is
/// complete without it.
enum ReportScript {
  static let text = #"""
    "use strict";
    (() => {
      const byId = (id) => document.getElementById(id);
      const root = document.documentElement.style;
      const box = byId("cards");
      const cards = [...box.querySelectorAll(".card")];
      const cardOf = new Map(cards.map((card) => [card.id, card]));
      const sections = [...box.children];
      const perSection = sections[0].children.length;
      const names = [...document.querySelectorAll(".methods label")].slice(1)
        .map((label) => label.textContent.trim());
      let shown = cards;

      // From the image alone (0) over the overlay as drawn (1) to the map alone (2).
      const blend = byId("blend");
      const applyBlend = () => {
        root.setProperty("--layer", Math.min(1, blend.value));
        root.setProperty("--under", Math.min(1, 2 - blend.value));
        // The picture is grey under a map, as in the files, so that whatever has a colour is the map's.
        root.setProperty("--grey", Math.min(1, 5 * blend.value));
      };
      blend.addEventListener("input", applyBlend);
      byId("size").addEventListener(
        "input", (event) => root.setProperty("--size", event.target.value + "px"));

      // What is jumped to stands below the bar.
      const bar = document.querySelector(".bar");
      new ResizeObserver(() => root.setProperty("--bar", bar.offsetHeight + "px")).observe(bar);

      // Filters and order.
      const number = (card, key, missing) =>
        key in card.dataset ? Number(card.dataset[key]) : missing;
      const orders = {
        input: null,
        unsure: (a, b) => number(a, "confidence", 2) - number(b, "confidence", 2),
        sure: (a, b) => number(b, "confidence", -1) - number(a, "confidence", -1),
        error: (a, b) => number(b, "error", -1) - number(a, "error", -1),
        path: (a, b) => a.dataset.path.localeCompare(b.dataset.path, "en", { numeric: true }),
      };
      const arrange = () => {
        const group = byId("class").value, state = byId("state").value;
        const path = byId("path").value.toLowerCase();
        shown = cards.filter((card) =>
          (!group || card.dataset.class === group)
          && (!state || card.dataset.state.split(" ").includes(state))
          && (!path || card.dataset.path.toLowerCase().includes(path)));
        const order = orders[byId("order").value];
        if (order) shown.sort(order);
        sections.forEach((section, index) => section.replaceChildren(
          ...shown.slice(index * perSection, (index + 1) * perSection)));
        byId("count").textContent =
          shown.length === cards.length ? "" : shown.length + " of " + cards.length;
        byId("nothing").hidden = shown.length > 0;
      };
      for (const id of ["class", "state", "order", "path"]) {
        byId(id).addEventListener("input", arrange);
      }
      bar.addEventListener("submit", (event) => event.preventDefault());

      // The numbers behind the maps: in the card, or in a script beside the page.
      const known = new Map();
      const decode = (data) => {
        for (const map of data.maps) {
          const bytes = Uint8Array.from(atob(map.levels), (c) => c.charCodeAt(0));
          map.levels = new Int16Array(bytes.buffer);
        }
        return data;
      };
      window.whylight = (path, data, figures) => {
        // By the element that loaded the script: a path may have characters that HTML cannot have.
        const card = cardOf.get(document.currentScript.dataset.of);
        if (!card) return;
        known.set(card.id, decode(data));
        card.insertAdjacentHTML("beforeend", figures);
        if (one.open && current === card) open(card);
      };
      const valuesOf = (card) => {
        if (known.has(card.id)) return known.get(card.id);
        known.set(card.id, null);
        const inside = card.querySelector("script[type='application/json']");
        if (inside) {
          known.set(card.id, decode(JSON.parse(inside.textContent)));
        } else if (card.dataset.values) {
          const script = document.createElement("script");
          script.src = card.dataset.values;
          script.dataset.of = card.id;
          document.head.append(script);
        }
        return known.get(card.id);
      };

      const tip = byId("value");
      const figure = (value) => {
        const size = Math.abs(value);
        const text = size === 0 ? "0"
          : size < 1e-4 || size >= 1e6 ? size.toExponential(2) : size.toPrecision(3);
        return (value > 0 ? "+" : value < 0 ? "\u2212" : " ") + text;
      };
      document.addEventListener("pointermove", (event) => {
        const stack = event.target.closest && event.target.closest(".stack");
        const near = stack && stack.closest(".card");
        const card = near && cardOf.get(near.dataset.of || near.id);
        const data = card && valuesOf(card);
        tip.hidden = !data;
        if (!data) return;
        const frame = stack.getBoundingClientRect();
        const x = (event.clientX - frame.left) / frame.width;
        const y = (event.clientY - frame.top) / frame.height;
        const p = data.place;
        const column = Math.floor((p[0] * x + p[1] * y + p[2]) * data.width);
        const row = Math.floor((p[3] * x + p[4] * y + p[5]) * data.height);
        const inside = column >= 0 && row >= 0 && column < data.width && row < data.height;
        const width = Math.max(...names.map((name) => name.length));
        tip.textContent = !inside ? "not seen by the model"
          : ["row " + row + ", column " + column].concat(data.maps.map((map, index) => {
            const level = map.levels[row * data.width + column];
            return names[index].padEnd(width + 2)
              + (level === -32768 ? "not a number" : figure(level * map.unit));
          })).join("\n");
        const left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 6);
        const above = event.clientY + 18 + tip.offsetHeight > innerHeight;
        tip.style.left = Math.max(4, left) + "px";
        tip.style.top = (above ? event.clientY - tip.offsetHeight - 8 : event.clientY + 18) + "px";
      });

      // One image, large, all its maps beside each other.
      const one = byId("one");
      let current = null;
      const open = (card) => {
        current = card;
        valuesOf(card);
        const copy = card.cloneNode(true);
        copy.dataset.of = card.id;
        copy.removeAttribute("id");
        copy.removeAttribute("tabindex");
        for (const image of copy.querySelectorAll("img")) image.loading = "eager";
        const details = copy.querySelector("details");
        if (details) details.open = true;
        const nav = document.createElement("nav");
        for (const [text, step] of [["\u2190 previous", -1], ["next \u2192", 1], ["close", 0]]) {
          const button = document.createElement("button");
          button.type = "button";
          button.textContent = text;
          button.addEventListener("click", () => step ? move(step) : one.close());
          nav.append(button);
        }
        // What is not in an open dialog is behind it.
        one.replaceChildren(nav, copy, tip);
        const views = Math.max(1, copy.querySelectorAll(".view").length);
        const room = Math.min(innerWidth * 0.96, 1344) - 60;
        const perRow = Math.min(views, Math.max(1, Math.floor(room / 250)));
        one.style.setProperty("--large", Math.floor(room / perRow - 10) + "px");
        if (!one.open) one.showModal();
      };
      const move = (step) => {
        const next = shown[shown.indexOf(current) + step];
        if (next) open(next);
      };
      one.addEventListener("click", (event) => { if (event.target === one) one.close(); });
      one.addEventListener("close", () => {
        document.body.append(tip);
        tip.hidden = true;
        if (current) current.focus();
      });
      box.addEventListener("click", (event) => {
        if (event.target.closest("details")) return;
        const card = event.target.closest(".card");
        if (card) open(card);
      });

      document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.target.closest && event.target.closest("input:not([type=radio]), select")) return;
        const step = { ArrowRight: 1, ArrowLeft: -1, j: 1, k: -1 }[event.key];
        if (step && one.open) move(step);
        else if (step && event.target.closest && event.target.closest(".card")) {
          const next = shown[shown.indexOf(event.target.closest(".card")) + step];
          if (next) next.focus();
        } else if (event.key === "Enter" && event.target.matches && event.target.matches(".card")) {
          open(event.target);
        } else if (/^[0-9]$/.test(event.key)) {
          const choice = byId(event.key === "0" ? "show-all" : "show-" + (event.key - 1));
          if (choice) choice.checked = true;
        } else if (event.key === "+" || event.key === "-") {
          blend.value = Number(blend.value) + (event.key === "+" ? 0.2 : -0.2);
          applyBlend();
        } else return;
        event.preventDefault();
      });
      applyBlend();
    })();
    """#
}
