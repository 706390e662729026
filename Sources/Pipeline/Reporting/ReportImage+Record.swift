import Rendering

extension ReportImage.Explained {
  /// What the page shows of a picture, by its record.
  ///
  /// - Parameters:
  ///   - picture: the picture as it is shown.
  ///   - layers: the colours of each map; nothing for one without.
  init(
    _ record: ExplainedRecord, truth: String?, picture: HTMLPicture, layers: [HTMLPicture?],
    values: MapValues?, valuesFile: String?
  ) {
    let size = ShownSize(width: record.width, height: record.height)
    let columns = RecordedColumns(record.maps)
    self.init(
      picture: picture, width: size.width, height: size.height,
      predictions: record.predictions.prefix(5).map {
        ReportPrediction(label: $0.label, probability: $0.probability)
      },
      target: record.target.text, truth: truth,
      isUnlikeTraining: record.isUnlikeTraining == true,
      maps: record.maps.indices.map { index in
        let map = record.maps[index]
        return ReportMap(
          name: columns.method(ofMap: index), target: columns.target(ofMap: index, map.target),
          layer: layers[index], reach: map.reach,
          signs: map.drawing?.signs ?? .both, sum: map.sum, expected: map.expected,
          estimatedError: map.estimatedError)
      },
      values: values, valuesFile: valuesFile)
  }
}
