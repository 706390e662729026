import Attribution
import Imaging
import ModelFiles
import Rendering
import Tensors

/// One thread's part of a run.
struct ExplanationWorker {
  let run: ExplanationRun
  let session: NetworkSession
  let describe: @Sendable (ImageFileError) -> String
  let goesOn: @Sendable () -> Bool

  /// Pictures that are held in memory together, in pixels: sixteen digits, but one photo at a time.
  private static let pixelBudget = 2_000_000

  /// A picture that could be read.
  private struct Loaded {
    let number: Int
    let job: ExplanationJob
    let picture: Image
    let prepared: PreparedPicture
  }

  /// Works on a block. Delivers each picture's record under the picture's number, in any order.
  func explain(
    _ block: JobBlock, deliver: (Int, ExplanationRecord) -> Void
  ) throws {
    var loaded: [Loaded] = []
    var pixels = 0
    for (offset, job) in block.jobs.enumerated() {
      guard goesOn() else { return }
      let number = block.first + offset
      do throws(ImageFileError) {
        let picture = try ImageFile.read(job.path).image
        pixels += picture.width * picture.height
        loaded.append(
          Loaded(
            number: number, job: job, picture: picture,
            prepared: run.explainer.preparation.prepare(picture)))
      } catch {
        deliver(number, ExplanationRecord(path: job.path, outcome: .failed(describe(error))))
      }
      if pixels > Self.pixelBudget {
        try explain(loaded, deliver)
        loaded = []
        pixels = 0
      }
    }
    if !loaded.isEmpty { try explain(loaded, deliver) }
  }

  private func explain(
    _ pictures: [Loaded], _ deliver: (Int, ExplanationRecord) -> Void
  ) throws {
    let explanations = try run.explainer.explain(pictures.map(\.prepared), on: session)
    for (loaded, explanation) in zip(pictures, explanations) {
      guard goesOn() else { return }
      deliver(
        loaded.number,
        ExplanationRecord(
          path: loaded.job.path,
          outcome: .explained(try written(explanation, loaded))))
    }
  }

  /// Writes what is asked for, and says what it was.
  private func written(_ explanation: Explanation, _ loaded: Loaded) throws -> ExplainedRecord {
    let names = MapNames(methods: run.explainer.methods.map(\.description.name))
    let targets = explanation.maps.count / run.explainer.methods.count
    let drawn = explanation.maps.enumerated().map { index, map in
      DrawnMap(
        map, of: explanation.prepared, run.drawing, shared: run.magnitudes?[index / targets])
    }
    let maps = try explanation.maps.indices.map { index in
      try written(
        explanation.maps[index], drawn[index], explanation, loaded,
        name: loaded.job.name + names.suffix(index, of: drawn.count))
    }
    let record = ExplainedRecord(
      predictions: Array(explanation.answer.predictions.prefix(10)),
      isUnlikeTraining: explanation.answer.isUnlikeTraining, target: maps[0].target,
      model: run.model, width: loaded.picture.width, height: loaded.picture.height, maps: maps,
      reportFiles: run.makesPage ? ReportFolder.stem(of: loaded.job) : nil)
    try ReportAssets(picture: loaded.picture, prepared: explanation.prepared, maps: drawn)
      .write(record, path: loaded.job.path, to: run.output)
    return record
  }

  private func written(
    _ map: ExplainedMap, _ drawn: DrawnMap, _ explanation: Explanation, _ loaded: Loaded,
    name: String
  ) throws -> MapRecord {
    var record = MapRecord(
      map, labels: run.explainer.model.label, scale: drawn.magnitude,
      colorMap: drawn.colorMap.rawValue)
    let note = ImageText(keyword: "whylight", text: record.json(isInsidePicture: true))
    // Shown on the panel too.
    lazy var overlay = drawn.overlay(on: loaded.picture)
    for product in MapProduct.allCases where run.products.contains(product) {
      let file = name + product.ending
      let bytes: [UInt8]
      switch product {
      case .overlay: bytes = try png(overlay, note)
      case .heatmap: bytes = try png(drawn.heatmapImage, note)
      case .panel:
        let words = PanelWords(record, explanation, path: loaded.job.path)
        bytes = try png(
          drawn.panel(
            on: loaded.picture, overlay: overlay, title: words.title, notes: words.notes), note)
      case .top: bytes = try png(drawn.strongest(of: loaded.picture), note)
      case .contour: bytes = try png(drawn.contours(on: loaded.picture), note)
      case .masked: bytes = try png(drawn.masked(loaded.picture), note)
      case .npy:
        bytes = NumPyFile.encode(
          shape: map.attribution.shape.axes, map.attribution.values)
      }
      try run.output.write(bytes, to: file)
      record.files[product] = file
    }
    return record
  }

  private func png(_ image: Image, _ note: ImageText) throws -> [UInt8] {
    try ImageEncoder.png(image, PNGOptions(texts: [note]))
  }
}
