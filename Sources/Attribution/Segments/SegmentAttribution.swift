import Segmentation
import Tensors

extension MaskedInputs {
  /// The map of values of segments: each pixel has its segment's value, and the record has the values
  /// themselves.
  ///
  /// - Parameter settings: settings that the method decided itself, for the record.
  func attribution(
    _ subject: Subject, values: [Double], standardErrors: [Double]?, expected: Double? = nil,
    forwardEvaluations: Int, _ context: MethodContext,
    settings: [AttributionRecord.Setting] = [],
    measurements: [AttributionRecord.Measurement] = []
  ) -> Attribution {
    let sizes = segments.sizes
    let values = values.map { Float($0) }
    let errors = standardErrors?.map { Float($0) }
    return Attribution(
      shape: shape, values: painted(values),
      record: AttributionRecord(
        method: context.name, settings: context.settings.completed(by: self.settings + settings),
        seed: context.seed,
        target: subject.target, expected: expected, forwardEvaluations: forwardEvaluations,
        standardErrors: errors.map(painted),
        segments: values.indices.map { segment in
          AttributionRecord.SegmentValue(
            segment: segment, pixels: sizes[segment], value: values[segment],
            standardError: errors?[segment])
        },
        measurements: measurements))
  }

  /// One value for each segment on all its pixels, in every channel.
  private func painted(_ values: [Float]) -> [Float] {
    let plane = segments.labels.map { values[Int($0)] }
    return (0..<shape.count / plane.count).flatMap { _ in plane }
  }
}
