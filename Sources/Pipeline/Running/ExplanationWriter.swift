import Attribution
import Imaging
import ModelFiles
import Rendering
import Tensors

/// Draws what is asked for of one picture and writes it.
struct ExplanationWriter: Sendable {
  let run: ExplanationRun

  /// What draws and writes maps side by side; nothing where each thread has a picture of its own.
  let workers: Workers?

  /// Whether anything that is written shows the picture at its own size.
  var drawsOnPictures: Bool {
    run.makesPage
      || run.products.contains {
        switch $0 {
        case .overlay, .panel, .top, .contour, .masked: true
        case .heatmap, .npy: false
        }
      }
  }

  /// Writes the files of one picture, and says what they are.
  func write(
    _ explanation: Explanation, of picture: Image, for job: ExplanationJob
  ) throws -> ExplainedRecord {
    let targets = explanation.maps.count / run.explainer.methods.count
    let assets =
      run.makesPage ? ReportAssets(of: picture, ReportFolder.stem(of: job)) : nil
    let drawn = try workers.map(explanation.maps.count) { index in
      let map = explanation.maps[index]
      let drawn = DrawnMap(
        map, of: explanation.prepared, run.drawing, shared: run.magnitudes?[index / targets])
      let name = job.name + run.names.suffix(index, of: explanation.maps.count)
      let record = try written(map, drawn, explanation, picture, job, name: name)
      try assets?.writeLayer(index, drawn, to: run.output)
      return (drawn: drawn, record: record)
    }
    let maps = drawn.map(\.record)
    let record = ExplainedRecord(
      predictions: Array(explanation.answer.predictions.prefix(10)),
      isUnlikeTraining: explanation.answer.isUnlikeTraining, target: maps[0].target,
      model: run.model, width: explanation.prepared.placement.sourceWidth,
      height: explanation.prepared.placement.sourceHeight, maps: maps,
      reportFiles: assets?.stem)
    try assets?.write(
      path: job.path, explanation.prepared, drawn.map(\.drawn), to: run.output)
    return record
  }

  private func written(
    _ map: ExplainedMap, _ drawn: DrawnMap, _ explanation: Explanation, _ picture: Image,
    _ job: ExplanationJob, name: String
  ) throws -> MapRecord {
    var record = MapRecord(
      map, labels: run.explainer.model.label, drawing: DrawingRecord(drawn))
    let text = record.json(
      insidePictureBy: run.model, isUnlikeTraining: explanation.answer.isUnlikeTraining)
    let note = ImageText(record: text)
    for product in MapProduct.allCases where run.products.contains(product) {
      let file = name + product.ending
      let bytes: [UInt8]
      switch product {
      case .overlay:
        bytes = try drawn.overlaid(on: picture).png(drawn.overlayOptions(on: picture, note))
      case .heatmap: bytes = try drawn.alone.png(note)
      case .panel:
        let words = PanelWords(record, explanation, path: job.path)
        let panel = drawn.panel(
          on: picture, name: words.name, answer: words.answer, notes: words.notes)
        bytes = try EnlargedImage(pixels: panel, zoom: 1).png(note)
      case .top: bytes = try drawn.strongestParts(of: picture).png(PNGOptions(texts: [note]))
      case .contour: bytes = try drawn.outlined(picture).png(PNGOptions(texts: [note]))
      case .masked: bytes = try drawn.transparent(picture).png(PNGOptions(texts: [note]))
      case .npy:
        bytes = NumPyFile.encode(
          shape: map.attribution.shape.axes, map.attribution.values)
      }
      try run.output.write(bytes, to: file)
      record.files[product] = file
    }
    return record
  }
}
