extension ReportScript {
  /// What keys do. Those that go from image to image begin with the first one in the window.
  static let keys = #"""
      const firstInWindow = () => {
        const top = Math.max(0, bar.getBoundingClientRect().bottom);
        const isBelow = (element) => {
          const frame = element.getBoundingClientRect();
          return (frame.top + frame.bottom) / 2 > top;
        };
        const isReached = (element) => element.getBoundingClientRect().bottom > top;
        // Sections first: asking for a card's place makes a browser lay out its section.
        for (const section of sections.filter(isReached)) {
          const card = [...section.children].find(isBelow);
          if (card) return card;
        }
        return shown[shown.length - 1];
      };
      const go = (card) => { if (card) card.focus(); };
      document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const target = event.target instanceof Element ? event.target : document.body;
        if (target.closest("input:not([type=radio]), select")) return;
        const step = { ArrowRight: 1, ArrowLeft: -1, j: 1, k: -1 }[event.key];
        if (step && one.open) move(step);
        else if (step && target.closest(".card")) {
          go(shown[shown.indexOf(target.closest(".card")) + step]);
        } else if (step && !(event.key.length > 1 && target.matches("input"))) {
          // Arrows on the choice of a map are its own.
          go(firstInWindow());
        } else if (event.key === "Enter" && !one.open && target.matches("body, .card")) {
          const card = target.matches(".card") ? target : firstInWindow();
          if (card) open(card);
        } else if (/^[0-9]$/.test(event.key)) {
          const choice = byId(event.key === "0" ? "show-all" : "show-" + (event.key - 1));
          if (choice) choice.checked = true;
        } else if (event.key === "+" || event.key === "-") {
          blend.value = Number(blend.value) + (event.key === "+" ? 0.2 : -0.2);
          applyBlend();
        } else return;
        event.preventDefault();
      });
    """#
}
