import FoundationEssentials
import Imaging
import Rendering
import TestSupport

/// A report about drawn digits, with maps that are made up: what a page looks like does not depend
/// on where its numbers come from.
enum SampleReport {
  static let methods = [
    method("integrated-gradients", .redBlue, .both), method("occlusion", .redBlue, .both),
    method("grad-cam", .dusk, .none),
  ]

  static func report(images: [ReportImage]) throws -> Report {
    let explained = images.compactMap { image in
      if case .explained(let explained) = image.outcome { explained } else { nil }
    }
    let wrong = explained.filter { $0.isWrong == true }.count
    return Report(
      title: "Why did it say that?", subtitle: "digits.onnx on \(images.count) images",
      views: methods.map(\.name), meanViews: methods.map(\.name), methods: methods,
      classes: try ["3", "<8>"].map { label in
        let means = try methods.indices.map { number in
          ReportMean(
            picture: .inside(bytes: try layer(seed: number, methods[number]), format: .png),
            magnitude: 0.02, signs: methods[number].colorBars[0].signs)
        }
        return ReportClass(label: label, count: 2, means: means)
      } + [ReportClass(label: "rare", count: 1, means: [])],
      facts: [ReportFact("model", "digits.onnx"), ReportFact("seed", "0")],
      counts: ReportCounts(
        explained: explained.count, failed: images.count - explained.count, wrong: wrong,
        uncertain: explained.filter { $0.predictions[0].probability < 0.8 }.count,
        unlikeTraining: explained.filter(\.isUnlikeTraining).count),
      commonFolder: "all/")
  }

  /// An image whose maps are in the page.
  static func image(
    _ number: Int, path: String, label: String, probability: Double, truth: String? = nil,
    without: WithoutColors? = nil, isUnlikeTraining: Bool = false
  ) throws -> ReportImage {
    let digit = "digits/\(number % 10)-01.png"
    let maps = try methods.indices.map { method in
      ReportMap(
        name: methods[method].name,
        layer: without == nil
          ? .inside(bytes: try layer(seed: number + method, methods[method]), format: .png) : nil,
        reach: without.map { .nowhere($0) } ?? .upTo(0.5),
        signs: methods[method].colorBars[0].signs, sum: 8.25,
        expected: method == 2 ? nil : 8.5, estimatedError: method == 0 ? 0.007 : nil)
    }
    return ReportImage(
      path: path,
      outcome: .explained(
        .init(
          picture: .inside(bytes: Array(try Fixtures.data(digit)), format: .png),
          width: 28, height: 28,
          predictions: [
            .init(label: label, probability: probability),
            .init(label: "9", probability: 1 - probability),
          ],
          target: label, truth: truth, isUnlikeTraining: isUnlikeTraining, maps: maps,
          values: MapValues(
            width: 28, height: 28, placement: [1, 0, 0, 0, 1, 0],
            maps: methods.indices.map { without == .flat ? zeros : wave(seed: number + $0) }))))
  }

  private static let zeros = [Float](repeating: 0, count: 28 * 28)

  /// Some hills and valleys between −0.5 and 0.5.
  static func wave(seed: Int) -> [Float] {
    (0..<28 * 28).map { place in
      let (row, column) = (place / 28, place % 28)
      let (x, y) = ((row * 3 + seed * 7) % 28 - 14, (column * 2 + seed * 5) % 28 - 14)
      return Float(x * y) / 392
    }
  }

  private static func layer(seed: Int, _ method: ReportMethod) throws -> [UInt8] {
    var samples: [UInt8] = []
    for value in wave(seed: seed) {
      let color = method.colorBars[0].colorMap.color(2 * value)
      samples += [color.red, color.green, color.blue, UInt8(min(255, abs(value) * 450))]
    }
    return try ImageEncoder.png(
      Image(width: 28, height: 28, layout: .rgba, samples: .eight(samples)))
  }

  private static func method(
    _ name: String, _ colorMap: ColorMap, _ signs: ShownSigns
  ) -> ReportMethod {
    ReportMethod(
      name: name, settings: "steps=50, baseline=black",
      summary: "The gradient, added up on the way from a black image.",
      reading: "Red pixels speak for the class, blue ones against it.",
      caution: "It does not say what another image would do.", reference: "Somebody 2017",
      colorBars: [ColorBar(colorMap, signs)],
      scale: "The full colour stands for the number under each picture.")
  }

  /// Six images: right, uncertain, wrong, flat, unlike the training data with a hostile name, and
  /// one that failed.
  static func mixture() throws -> [ReportImage] {
    [
      try image(3, path: "all/a/3.png", label: "3", probability: 0.998, truth: "3"),
      try image(8, path: "all/a/8.png", label: "<8>", probability: 0.61),
      try image(4, path: "all/b/4.png", label: "3", probability: 0.9, truth: "4"),
      try image(5, path: "all/b/5.png", label: "5", probability: 0.99999, without: .flat),
      try image(
        7, path: "all/c/\"><script>alert(1)</script>'.png", label: "7", probability: 0.97,
        isUnlikeTraining: true),
      ReportImage(
        path: "all/c/broken.png", outcome: .failed(reason: "The file is cut off & empty.")),
    ]
  }

  static func page(_ images: [ReportImage]) throws -> String {
    let page = ReportPage(try report(images: images))
    return page.opening
      + images.enumerated().map { page.card($0.element, index: $0.offset) }.joined() + page.closing
  }
}

extension ReportImage {
  /// The same image with something of its explanation changed, which it has to have.
  func changed(_ change: (inout Explained) -> Void) throws -> ReportImage {
    guard case .explained(var explained) = outcome else { throw NotExplained() }
    change(&explained)
    return ReportImage(path: path, outcome: .explained(explained))
  }

  private struct NotExplained: Error {}
}
