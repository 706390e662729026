/// A method that switches segments of one image at a time.
protocol SegmentMethod: ScoreMethod {
  var segments: SegmentChoice { get }

  /// What stands where a segment is off.
  var fill: Fill { get }

  func attribution(
    _ subject: Subject, _ inputs: MaskedInputs, on model: any Scorer, _ context: MethodContext
  ) throws -> Attribution
}

extension SegmentMethod {
  /// The masked copies of one image fill the lanes.
  public var preferredBatch: Int { 1 }

  public func attribute(
    _ subjects: [Subject], on model: any Scorer, context: MethodContext
  ) throws -> [Attribution] {
    try subjects.map { subject in
      let inputs = try MaskedInputs(
        subject, model.inputShape, segments: segments, fill: fill, context)
      return try attribution(subject, inputs, on: model, context)
    }
  }
}
