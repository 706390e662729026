extension ReportScript {
  /// The value under the pointer, of each map.
  static let values = #"""
      // The numbers behind the maps: in the card, or in a script beside the page.
      const known = new Map();
      const decode = (data) => {
        for (const map of data.maps) {
          const bytes = Uint8Array.from(atob(map.levels), (c) => c.charCodeAt(0));
          map.levels = new Int16Array(bytes.buffer);
        }
        return data;
      };
      window.whylight = (path, data) => {
        // By the element that loaded the script: a path may have characters that HTML cannot have.
        const card = cardOf.get(document.currentScript.dataset.of);
        if (card) known.set(card.id, decode(data));
        // For whom holds the pointer still: the numbers may come after it.
        if (pointed) showValue(pointed);
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
      const pixel = document.createElement("p");
      const table = document.createElement("table");
      const numbers = names.map((name) => {
        const row = table.insertRow();
        const head = document.createElement("th");
        head.textContent = name;
        row.append(head);
        return row.insertCell();
      });
      tip.append(pixel, table);
      const figure = (value) => {
        const size = Math.abs(value);
        const text = size === 0 ? "0"
          : size < 1e-4 || size >= 1e6 ? size.toExponential(2) : size.toPrecision(3);
        return (value > 0 ? "+" : value < 0 ? "\u2212" : "") + text;
      };
      let pointed = null;
      const showValue = (event) => {
        const stack = event.target.closest && event.target.closest(".stack");
        const shownCard = stack && stack.closest(".card");
        const card = shownCard && cardOf.get(shownCard.dataset.of || shownCard.id);
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
        // Pixels of the model's input, which are not the picture's own.
        pixel.textContent = inside
          ? `row ${row}, column ${column} of the model's ${data.width} x ${data.height} pixels`
          : "not seen by the model";
        table.hidden = !inside;
        if (inside) data.maps.forEach((map, index) => {
          const level = map.levels[row * data.width + column];
          numbers[index].textContent =
            level === -32768 ? "not a number" : figure(level * map.unit);
        });
        const left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 6);
        const above = event.clientY + 18 + tip.offsetHeight > innerHeight;
        tip.style.left = Math.max(4, left) + "px";
        tip.style.top = (above ? event.clientY - tip.offsetHeight - 8 : event.clientY + 18) + "px";
      };
      document.addEventListener("pointermove", (event) => {
        pointed = event;
        showValue(event);
      });
    """#
}
