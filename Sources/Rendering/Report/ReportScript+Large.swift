extension ReportScript {
  /// One image large, all its maps beside each other.
  static let large = #"""
      const one = byId("one");
      const nav = document.createElement("nav");
      for (const [text, step] of [["\u2190 previous", -1], ["next \u2192", 1], ["close", 0]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = text;
        button.addEventListener("click", () => step ? move(step) : one.close());
        nav.append(button);
      }
      const large = document.createElement("div");
      one.append(nav, large);
      let current = null;
      const open = (card) => {
        current = card;
        valuesOf(card);
        showFigures(card);
        const copy = card.cloneNode(true);
        copy.dataset.of = card.id;
        copy.removeAttribute("id");
        copy.removeAttribute("tabindex");
        for (const image of copy.querySelectorAll("img")) image.loading = "eager";
        const details = copy.querySelector("details");
        if (details) details.open = true;
        const heading = copy.querySelector("h3");
        heading.id = "one-heading";
        heading.tabIndex = -1;
        large.replaceChildren(copy);
        // What is not in an open dialog is behind it.
        one.append(tip);
        const views = Math.max(1, copy.querySelectorAll(".view").length);
        const room = Math.min(innerWidth * 0.96, 1344) - 60;
        const perRow = Math.min(views, Math.max(1, Math.floor(room / 250)));
        one.style.setProperty("--large", Math.floor(room / perRow - 10) + "px");
        const isWalking = one.open && nav.contains(document.activeElement);
        if (!one.open) one.showModal();
        // A dialog would give the focus to its first button; a reader begins with the heading.
        if (!isWalking) heading.focus();
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
        if (!card) return;
        if (!event.target.closest(".unfold")) {
          open(card);
          return;
        }
        const figures = showFigures(card);
        figures.open = true;
        figures.querySelector("summary").focus();
      });
    """#
}
