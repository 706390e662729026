import Attribution
import Imaging
import Pipeline
import Rendering

/// The options of `explain`, besides those of the model.
enum ExplainOptions {
  static let method = Option.list(
    "method", .text(placeholder: "SPEC").offering(MethodCatalogue.all.map(\.name)),
    defaults: Explainer.defaultMethods, in: "Explanation",
    "A method, name[:key=value...], such as integrated-gradients:steps=50. "
      + "There are \(methodNames).")
  static let target = Option.value(
    "target", .target, default: "top", in: "Explanation",
    "What is explained: the likeliest class (top), the K likeliest (top3), a class by its label or "
      + "number, or why one and not another (4-vs-9: the difference of two logits; a class of that "
      + "very label comes first).")
  static let outputKind = Option.value(
    "output-kind", .choice(of: OutputKind.self, placeholder: "KIND"), default: "logit",
    in: "Explanation", "Whether the class's logit or its probability is explained.")
  static let baseline = Option.optional(
    "baseline",
    .file(extensions: ["png", "jpg", "jpeg"], placeholder: "BASELINE").offering(baselines),
    shownDefault: "each method's own", in: "Explanation",
    "What a picture is compared with, in terms of pixels as the model sees them: black, white, mean, "
      + "blur, or a picture. Where --invert exchanges black and white, black is the paper.")
  static let segments = Option.optional(
    "segments", .file(extensions: ["png"], placeholder: "FILE"), in: "Explanation",
    "A label map that says which parts of a picture lime, ablation and the Shapley methods switch "
      + "together: a picture with a colour or number for each part, laid over the whole of every "
      + "picture. `whylight segment --draw labels` writes such maps.")
  static let seed = Option.value(
    "seed", .integer(in: 0...Int.max), default: "1", in: "Explanation",
    "What random numbers start from. The same seed gives the same bytes, at any number of threads.")

  static let save = Option.value(
    "save", .products, default: "overlay", in: "Pictures",
    "What is written of each map, with commas between: overlay, heatmap (the map alone), panel (all "
      + "on one sheet with colour bar and words), top (the picture where the map is largest "
      + "and above zero), contour (lines around that), masked (the picture where the map is strong, "
      + "what speaks against as well as what speaks for; the rest is transparent), npy (the numbers)."
  )
  static let colorMap = Option.optional(
    "colormap", .colorMap,
    shownDefault: "red-blue for what has signs, dusk for what has none", in: "Pictures",
    "The colours: red-blue, green-purple or seismic, which have two hues for the two signs; heat, "
      + "dusk, rainbow, grey, jet or hot, which show strengths without sign.")
  static let uncertain = Option.value(
    "uncertain", .choice(of: UncertainParts.self, placeholder: "HOW"), default: "draw",
    in: "Pictures",
    "What happens to parts whose 95 % interval holds zero, where a method gives intervals: they are "
      + "drawn like others (draw), or left without colour (grey).")
  static let opacity = Option.value(
    "opacity", .number(in: 0...1), default: "0.85", in: "Pictures",
    "How much of the picture the strongest colour covers, from 0 to 1; weaker ones cover less.")
  static let clip = Option.value(
    "clip", .number(in: 1...100), default: "99", in: "Pictures",
    "The percentile of a map's magnitudes that gets the full colour, from 1 to 100.")
  static let scale = Option.value(
    "scale", .mapScale, default: "image", in: "Pictures",
    "What the full colour stands for: each map's own magnitude (image), the largest of all for each "
      + "method (run: everything is computed twice), or a value.")
  static let topPercent = Option.value(
    "top-percent", .number(in: 0.1...100), default: "20", in: "Pictures",
    "How much of the whole picture top keeps, and contour's outer line encloses, from 0.1 to 100. "
      + "It is less where fewer pixels are above zero, and more where the last of them are equal, as "
      + "the pixels of a segment are.")
  static let zoom = Option.optional(
    "zoom", .integer(in: 1...64), shownDefault: "tiny pictures are enlarged to some 256 pixels",
    in: "Pictures",
    "How many times a picture is enlarged, from 1 to 64, at most up to 50 megapixels.")
  static let upsampling = Option.value(
    "upsampling", .choice(of: Upsampling.self, placeholder: "HOW"), default: "bilinear",
    in: "Pictures",
    "How a map comes to the picture's resolution: as cells (nearest) or smoothly. "
      + "Where a pixel of the picture is one of the map's, all are the same.")

  static let output = Option.value(
    "output", short: "o", .folder(), default: "whylight-out", in: "Run",
    "Where everything is written. Records and page of an earlier run are replaced, unless the run is "
      + "resumed.")
  static let report = Option.toggle(
    "report", default: true, in: "Run",
    "Make the page: DIR/report.html, with DIR/report-files for what it shows. `whylight report` cannot "
      + "make it later without them.")
  static let resume = Option.flag(
    "resume", in: "Run",
    "Do what an interrupted run left undone, to the same bytes, and pictures that changed since. "
      + "Refused if the model or a setting is another; the page is made or left out as this command "
      + "says, but all shards must agree on it.")
  static let shard = Option.optional(
    "shard", .shard, in: "Run",
    "Do one part of the pictures (2/8: the second of eight), chosen by a hash of their paths. Shards "
      + "write beside each other into one folder, each its own results-K-of-N.jsonl; `whylight report "
      + "DIR` merges them.")
  static let threads = Option.threads(in: "Run", "How many threads work.")
  static let json = Option.flag(
    "json", in: "Run", "Print each picture's record, a line of JSON, instead of words.")

  static let declarations =
    [
      method.declaration, target.declaration, outputKind.declaration, baseline.declaration,
      segments.declaration, seed.declaration,
    ] + ModelOptions.declarations + [
      save.declaration, colorMap.declaration, uncertain.declaration, opacity.declaration,
      clip.declaration,
      scale.declaration, topPercent.declaration, zoom.declaration, upsampling.declaration,
      output.declaration,
      report.declaration, resume.declaration, shard.declaration, threads.declaration,
      json.declaration,
    ]

  /// The words that stand for a baseline; anything else is a file.
  static let baselines = ["black", "white", "mean", "blur"]

  private static let methodNames = MethodCatalogue.all.map(\.name).joined(separator: ", ")

  /// The ways between a map's resolution and a picture's that do not invent anything sharper.
  enum Upsampling: String, CaseIterable {
    case nearest
    case bilinear
    case bicubic

    var method: ResamplingMethod {
      switch self {
      case .nearest: .nearest
      case .bilinear: .bilinear
      case .bicubic: .bicubic
      }
    }
  }
}

extension ValueSyntax where Value == Shard {
  static var shard: Self {
    Self(
      placeholder: "K/N", expectation: .form("a part and the number of parts, such as 2/8"),
      read: Shard.init)
  }
}

extension ValueSyntax where Value == ColorMap {
  static var colorMap: Self {
    let names = ColorMap.allCases.map(\.rawValue)
    return Self(
      placeholder: "NAME", completion: .choices(names), expectation: .colorMap(names),
      read: ColorMap.init(name:))
  }
}

extension ValueSyntax where Value == MapScale {
  static var mapScale: Self {
    Self(
      placeholder: "SCALE", completion: .choices(["image", "run"]),
      expectation: .form("image, run or a value above zero")
    ) { text in
      if text == "image" { return .image }
      if text == "run" { return .run }
      return Double(text).flatMap { $0 > 0 && $0.isFinite ? .value($0) : nil }
    }
  }
}

extension ValueSyntax where Value == TargetChoice {
  static var target: Self {
    Self(
      placeholder: "TARGET", completion: .choices(["top", "top3", "top5"]),
      expectation: .form("top, top3, a label, a number, or two of these as A-vs-B"),
      read: TargetChoice.init)
  }
}

extension ValueSyntax where Value == Set<MapProduct> {
  static var products: Self {
    let names = MapProduct.allCases.map(\.rawValue)
    return Self(
      placeholder: "LIST", completion: .list(of: names),
      expectation: .form("some of \(names.joined(separator: ", ")) with commas between them")
    ) { text in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let products = parts.compactMap(MapProduct.init)
      return products.count == parts.count ? Set(products) : nil
    }
  }
}

extension ValueSyntax where Value == [Float] {
  /// Numbers with commas between them: `0.485,0.456,0.406`.
  static var numbers: Self {
    Self(
      placeholder: "X,X...", expectation: .form("a number, or numbers with commas between them")
    ) { text in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Float($0) }
      let numbers = parts.compactMap { $0 }.filter(\.isFinite)
      return numbers.count == parts.count ? numbers : nil
    }
  }
}
