/// The report's own rules of style.
enum ReportStyle {
  /// Which views are seen for which choice; without scripts as well.
  static func choices(views: Int) -> String {
    (0..<views).map { number in
      "body:has(#show-\(number):checked) .views .view:not(.m\(number)) { display: none; }\n"
    }.joined()
  }

  static let rules = """
    :root {
      --size: 132px; --tallest: calc(2 * var(--size)); --layer: 1; --under: 1; --grey: 1; --bar: 6rem;
    }
    html { scroll-padding-top: calc(var(--bar) + .5rem); }
    .bar {
      position: sticky; top: 0; z-index: 2; background: var(--paper);
      border-block: 1px solid var(--line); margin-top: 1rem;
    }
    .bar > div {
      display: flex; flex-wrap: wrap; gap: .4rem 1.1rem; align-items: center;
      max-width: 90rem; margin: 0 auto; padding: .45rem 1.25rem; font-size: .875rem;
    }
    .bar label { white-space: nowrap; }
    .bar input[type=range] { width: 6.5rem; vertical-align: middle; accent-color: var(--accent); }
    .bar input[type=search] { width: 8rem; }
    .bar select, .bar input[type=search] {
      font: inherit; color: inherit; background: var(--sheet);
      border: 1px solid var(--line); border-radius: .3rem; padding: .1rem .3rem; max-width: 12rem;
    }
    .methods { border: 0; margin: 0; min-width: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem; }
    .methods legend { float: left; margin-right: .4rem; padding: 0; }
    .methods label {
      border: 1px solid var(--line); border-radius: .3rem; padding: .1rem .5rem;
      background: var(--sheet); cursor: pointer;
    }
    .methods input { position: absolute; opacity: 0; pointer-events: none; }
    .methods label:has(:checked) { background: var(--accent); color: var(--sheet); }
    .methods label:has(:focus-visible) { outline: 2px solid var(--ink); outline-offset: 1px; }
    #cards { margin: 1rem 0; }
    #cards section {
      display: flex; flex-wrap: wrap; gap: .9rem; margin-bottom: .9rem; align-items: flex-start;
    }
    /* What is skipped while out of sight is also cut at its edges: rings of focus lie inside cards. */
    #cards section { content-visibility: auto; contain-intrinsic-size: auto 600px auto 3200px; }
    #cards section:empty { display: none; }
    .card {
      background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem;
      padding: .6rem .7rem; max-width: 100%;
    }
    .card:focus-visible { outline: 3px solid var(--accent); outline-offset: -3px; }
    .card h3 {
      margin: 0 0 .35rem; font-size: 1rem; line-height: 1.3; width: 0; min-width: 100%;
      overflow-wrap: anywhere;
    }
    .card .path {
      display: flex; margin: .3rem 0 0; font-size: .75rem; width: 0; min-width: 100%;
      white-space: pre;
    }
    .card .path span { overflow: hidden; text-overflow: ellipsis; }
    .card .path span + span { flex: none; max-width: 100%; }
    .card.failed { max-width: 24rem; border-color: var(--warn); }
    .card.failed h3 { color: var(--warn); }
    .card.failed p { margin: .2rem 0; overflow-wrap: anywhere; }
    .chip {
      font-size: .75rem; font-weight: 400; border: 1px solid var(--line); border-radius: 1rem;
      padding: 0 .5rem; display: inline-block; max-width: 100%;
    }
    .chip.wrong, .chip.unlike { border-color: var(--warn); color: var(--warn); }
    .views { display: flex; flex-wrap: wrap; gap: .5rem; }
    .view { margin: 0; width: var(--size); }
    .view figcaption {
      font-size: .75rem; line-height: 1.35; margin-top: .15rem; white-space: pre-line;
      overflow-wrap: anywhere;
    }
    .stack {
      position: relative; aspect-ratio: var(--ratio); background: #888; overflow: hidden;
      width: min(100%, calc(var(--tallest) * var(--ratio))); border-radius: .2rem; print-color-adjust: exact; -webkit-print-color-adjust: exact;
    }
    .stack::before {
      content: ""; position: absolute; inset: 0; background: var(--picture, none) 0 0 / 100% 100%;
    }
    .stack img { position: absolute; inset: 0; width: 100%; height: 100%; }
    .stack .layer { opacity: var(--layer); }
    .view:not(.original) .stack::before, .view:not(.original) .under {
      opacity: var(--under); filter: grayscale(var(--grey));
    }
    .crisp::before, .crisp img, .means img { image-rendering: pixelated; }
    .card details { font-size: .8rem; margin-top: .2rem; width: 0; min-width: 100%; }
    .card summary, .unfold { cursor: pointer; color: var(--faint); }
    .unfold { font-size: .8rem; margin-top: .2rem; padding: 0; border: 0; background: none; }
    .unfold::before { content: "\\25B8\\2002"; }
    .card details table { display: block; overflow-x: auto; }
    .predictions { list-style: none; margin: .4rem 0; padding: 0; }
    .predictions li {
      display: flex; justify-content: space-between; gap: .5rem; padding: 0 .35rem; margin: 1px 0;
      overflow-wrap: anywhere;
      background: linear-gradient(
        90deg, color-mix(in srgb, var(--accent) 30%, transparent) var(--share), transparent 0);
      border-radius: .15rem; print-color-adjust: exact; -webkit-print-color-adjust: exact;
    }
    .predictions span { flex: none; }
    .method { max-width: 46rem; margin: 1rem 0 1.5rem; }
    .method h3 { margin: 0; } .method p { margin: .3rem 0; }
    .method h3 code { font-size: .8rem; font-weight: 400; }
    .colors { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; font-size: .8rem; }
    .colors i {
      width: 12rem; height: .8rem; border: 1px solid var(--line); border-radius: .2rem;
      print-color-adjust: exact; -webkit-print-color-adjust: exact;
    }
    .wide { overflow-x: auto; }
    .means img { width: 84px; display: block; border: 1px solid var(--line); }
    .means td, .means th { vertical-align: middle; }
    .means th { max-width: 16rem; overflow-wrap: break-word; }
    .facts th { vertical-align: top; white-space: nowrap; }
    .facts td { overflow-wrap: anywhere; }
    #one {
      width: min(96vw, 84rem); max-height: 94vh; color: inherit; background: var(--sheet);
      border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.2rem;
      --tallest: 75vh;
    }
    #one::backdrop { background: #000a; }
    #one .card { border: 0; padding: 0; background: none; }
    #one .views .view { display: block !important; width: min(var(--large), 100%); }
    #one nav { display: flex; gap: .5rem; float: right; }
    #one h3 { width: auto; min-width: 0; outline: none; }
    #one .views { clear: both; padding-top: .5rem; }
    #one button {
      font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line);
      border-radius: .3rem; padding: .1rem .7rem; cursor: pointer;
    }
    #one details { max-width: 46rem; min-width: 0; width: auto; font-size: .9rem; }
    #value {
      position: fixed; z-index: 9; pointer-events: none; background: var(--ink);
      color: var(--paper); border-radius: .3rem; padding: .2rem .5rem; font-size: .8rem;
      width: max-content; max-width: 90vw;
    }
    #value p { margin: 0; }
    #value table { width: 100%; }
    #value th, #value td { border: 0; padding: 0; font-weight: 400; overflow-wrap: anywhere; }
    #value td { padding-left: 1.25rem; text-align: right; white-space: nowrap; }
    #one .card .path { display: block; white-space: normal; overflow-wrap: anywhere; }
    .keys { font-size: .8rem; }
    .printed { display: none; }
    kbd { border: 1px solid var(--line); border-radius: .2rem; padding: 0 .25rem; font: inherit; }
    @media (max-width: 40rem), (max-height: 30rem) {
      .bar { position: static; }
      html { scroll-padding-top: 0; }
      .facts th { white-space: normal; }
    }
    @media (hover: none) { .keys { display: none; } }
    footer { padding-block: 1.5rem; }
    @media print {
      .bar, .jumps, .keys, #value, .card summary, .unfold, #one nav { display: none; }
      .printed { display: block; }
      .card, .method, tr { break-inside: avoid; }
      .card:focus-visible { outline: none; }
      h2, h3 { break-after: avoid; }
      #cards section { content-visibility: visible !important; }
      :root { --size: 72px; }
      .card { padding: .3rem .4rem; }
      .view figcaption, .card .path { font-size: .6rem; }
      #cards section { gap: .4rem; margin-bottom: .4rem; }
      body:has(#one[open]) > :not(#one) { display: none; }
      #one[open] {
        position: static; width: auto; max-width: none; max-height: none; border: 0; padding: 0;
        overflow: visible;
      }
      #one .views .view { width: 31%; }
      #one .view figcaption, #one .path { font-size: .75rem; }
    }

    """
}
