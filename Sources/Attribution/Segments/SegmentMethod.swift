/// A method that switches segments of one image at a time.
protocol SegmentMethod: ScoreMethod {
  var segments: SegmentChoice { get }

  /// What stands where a segment is off.
  var fill: Fill { get }

  func attribution(
    _ subject: Subject, _ inputs: MaskedInputs, _ scores: inout CoalitionScores,
    _ context: MethodContext
  ) throws -> Attribution
}

extension SegmentMethod {
  /// The masked copies of one image fill the lanes.
  public var preferredBatch: Int { 1 }

  public func check(_ question: MethodQuestion) throws(MethodError) {
    try checkSegments(question)
  }

  /// Finds out why segments cannot be made or switched off.
  func checkSegments(_ question: MethodQuestion) throws(MethodError) {
    try segments.check(question)
    try fill.check(question)
  }

  public func attribute(
    _ subjects: [Subject], on model: any Scorer, context: MethodContext
  ) throws -> [Attribution] {
    try subjects.map { subject in
      let inputs = try MaskedInputs(
        subject, model.inputShape, segments: segments, fill: fill, context)
      var scores = CoalitionScores(inputs, of: subject.target, on: model)
      return try attribution(subject, inputs, &scores, context)
    }
  }
}
