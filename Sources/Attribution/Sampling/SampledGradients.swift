import Tensors

/// Takes gradients at equally many samples of several items and hands them over in blocks of
/// sixteen, in order for each item.
///
/// An item is an image, or a pair of image and baseline. Where the samples lie and what is done with
/// their gradients is the method's affair.
struct SampledGradients: Sendable {
  /// The scores that are differentiated, one for each item.
  let targets: [Target]

  /// Samples of each item.
  let samples: Int

  /// Up to sixteen neighbouring samples of one item, in their slots; the others' lanes are zero.
  struct Block {
    let item: Int

    /// The number of the sample in lane 0, a multiple of sixteen.
    let first: Int
    let gradient: LanesView
  }

  /// Runs all samples.
  ///
  /// - Parameters:
  ///   - fill: writes samples `first ..< first + 16` of an item into the sixteen lanes; those past
  ///     the last sample are never looked at.
  ///   - collect: gets the blocks.
  func run(
    on model: any DifferentiableScorer,
    fill: @Sendable (_ item: Int, _ first: Int, _ inputs: MutableLanesView) -> Void,
    collect: (Block) -> Void
  ) {
    let packing = SamplePacking(items: targets.count, samples: samples)
    let shape = model.inputShape
    let collected = Lanes(shape)
    defer { withExtendedLifetime(collected) {} }
    model.differentiate(groups: packing.groupCount) { group, inputs in
      let runs = packing.runs(of: group)
      if let run = runs.first, run.fillsGroup {
        fill(run.item, run.block, inputs)
      } else {
        Self.fillPacked(inputs, shape, runs, fill)
      }
    } seed: { group, logits, dLogits in
      dLogits.fill(.zero)
      for run in packing.runs(of: group) {
        for lane in run.lane..<run.lane + run.count {
          targets[run.item].writeSeed(logits, lane: lane, into: dLogits)
        }
      }
    } read: { group, _, gradient in
      for run in packing.runs(of: group) {
        if run.fillsGroup {
          collect(Block(item: run.item, first: run.block, gradient: gradient))
        } else {
          collected.mutableView.fill(.zero)
          collected.mutableView.copyLanes(
            run.count, of: gradient, first: run.lane, to: run.offset)
          collect(Block(item: run.item, first: run.block, gradient: collected.view))
        }
      }
    }
  }

  /// Puts parts of several items' blocks side by side; lanes left over repeat the first, so that
  /// nothing unusual is computed in them.
  private static func fillPacked(
    _ inputs: MutableLanesView, _ shape: Shape, _ runs: [SamplePacking.Run],
    _ fill: (Int, Int, MutableLanesView) -> Void
  ) {
    let block = Lanes(shape)
    defer { withExtendedLifetime(block) {} }
    var lanesUsed = 0
    for run in runs {
      fill(run.item, run.block, block.mutableView)
      inputs.copyLanes(run.count, of: block.view, first: run.offset, to: run.lane)
      lanesUsed = run.lane + run.count
    }
    for lane in lanesUsed..<laneCount {
      inputs.copyLanes(1, of: inputs.readOnly, first: 0, to: lane)
    }
  }
}
