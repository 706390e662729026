import Segmentation
import Tensors

/// An image whose segments are switched on and off.
struct MaskedInputs: Sendable {
  let shape: Shape
  let segments: LabelMap

  /// The input with everything on, and with everything off.
  let on: [Float]
  let off: [Float]

  /// The segments that look different on and off, in ascending order.
  let differing: [Int]

  /// The settings by which the image was cut, for the record.
  let settings: [AttributionRecord.Setting]

  init(
    _ shape: Shape, on: [Float], off: [Float], segments: LabelMap,
    settings: [AttributionRecord.Setting] = []
  ) {
    let pixels = segments.labels.count
    precondition(
      on.count == shape.count && off.count == shape.count && shape.count % pixels == 0,
      "\(on.count) and \(off.count) values for \(pixels) pixels of \(shape)")
    self.shape = shape
    self.on = on
    self.off = off
    self.segments = segments
    self.settings = settings
    differing = Self.differing(on, off, segments)
  }

  private static func differing(_ on: [Float], _ off: [Float], _ segments: LabelMap) -> [Int] {
    var differs = Array(repeating: false, count: segments.count)
    var index = 0
    while index < on.count {
      for label in segments.labels {
        if on[index].bitPattern != off[index].bitPattern { differs[Int(label)] = true }
        index += 1
      }
    }
    return differs.indices.filter { differs[$0] }
  }

  /// The subject with its segments and what stands in their place.
  init(
    _ subject: Subject, _ shape: Shape, segments choice: SegmentChoice, fill: Fill,
    _ context: MethodContext
  ) throws(MethodError) {
    let planes = try ChannelPlanes(image: shape, context, setting: "segmenter")
    let segments = try choice.labelMap(for: subject, planes, context)
    self.init(
      shape, on: subject.values,
      off: try fill.input(for: subject, shape, context, segments: segments.map),
      segments: segments.map, settings: segments.settings)
  }

  /// Puts the image into the lanes, in each with the segments that are on there.
  ///
  /// - Parameter lanes: for each segment, the lanes that have it: all bits, or none.
  func fill(_ inputs: MutableLanesView, _ lanes: [SIMD16<Int32>]) {
    precondition(
      inputs.count == on.count && lanes.count == segments.count,
      "\(lanes.count) masks of \(segments.count) segments, \(inputs.count) inputs of \(on.count)")
    var index = 0
    while index < on.count {
      for label in segments.labels {
        let (shown, hidden) = (on[index].bitPattern, off[index].bitPattern)
        let difference = SIMD16<Int32>(repeating: Int32(bitPattern: shown ^ hidden))
        let bits = SIMD16<Int32>(repeating: Int32(bitPattern: hidden))
        inputs[index] = Vector(bits: bits ^ (difference & lanes[Int(label)]))
        index += 1
      }
    }
  }
}

extension MaskedInputs {
  /// The scores of samples, in their order.
  func scores(_ masks: SampleMasks, of target: Target, on model: any Scorer) -> [Double] {
    var scores: [Double] = []
    scores.reserveCapacity(masks.count)
    model.evaluate(groups: masks.groupCount) { group, inputs in
      fill(inputs, masks.lanes(ofGroup: group))
    } read: { group, logits in
      for lane in 0..<min(laneCount, masks.count - group * laneCount) {
        scores.append(Double(target.score(logits, lane: lane)))
      }
    }
    return scores
  }
}
