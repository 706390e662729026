/// What the report does beyond being read. Plain JavaScript without any library; the page is
/// complete without it.
enum ReportScript {
  static let text = """
    "use strict";
    (() => {
    \(cards)

    \(values)

    \(large)

    \(keys)
    })();
    """

  private static let cards = #"""
      const byId = (id) => document.getElementById(id);
      const root = document.documentElement.style;
      const box = byId("cards");
      const cards = [...box.querySelectorAll(".card")];
      const cardOf = new Map(cards.map((card) => [card.id, card]));
      const sections = [...box.children];
      const perSection = \#(ReportPage.cardsInSection);
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
      applyBlend();
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

      // To a browser that runs scripts, figures in <noscript> are text, which costs a long page
      // nothing, until somebody wants them.
      const showFigures = (card) => {
        const text = card.querySelector("noscript");
        if (!text) return null;
        card.querySelector(".unfold").remove();
        text.outerHTML = text.textContent;
        return card.querySelector("details");
      };
    """#
}
