import Tensors

extension Workspace {
  /// Computes the outputs from the provided values.
  public func forward(_ weights: PlanWeights, group: GroupContext = GroupContext()) {
    precondition(!plan.isBatchCoupled, "groups of this plan wait for each other: use a BatchRun")
    forward(forwardCalls.indices, weights, group)
    hasRunForward = true
  }

  /// Computes the gradients from the seeds and what forward kept.
  public func backward(_ weights: PlanWeights, group: GroupContext = GroupContext()) {
    precondition(!plan.isBatchCoupled, "groups of this plan wait for each other: use a BatchRun")
    backward(backwardCalls.indices, weights, group)
  }

  /// Runs some of the forward calls.
  func forward(_ calls: Range<Int>, _ weights: PlanWeights, _ group: GroupContext) {
    for index in calls {
      let call = forwardCall(index, group)
      call.layer.forward(call.pass, weights: weights.layers[call.step])
    }
  }

  /// Runs some of the backward calls.
  func backward(_ calls: Range<Int>, _ weights: PlanWeights, _ group: GroupContext) {
    for index in calls {
      let call = backwardCall(index, group)
      call.layer.backward(call.pass, weights: weights.layers[call.step])
      addUp(index)
    }
  }

  /// One of the forward calls, for a group.
  func forwardCall(_ index: Int, _ group: GroupContext) -> ForwardCall {
    forwardCalls[index].pass.group = group
    forwardCalls[index].pass.scratch = scratch.all
    return forwardCalls[index]
  }

  /// One of the backward calls, for a group.
  func backwardCall(_ index: Int, _ group: GroupContext) -> BackwardCall {
    backwardCalls[index].pass.group = group
    backwardCalls[index].pass.scratch = scratch.all
    return backwardCalls[index]
  }

  /// Adds gradients that could not be written where they belong.
  func addUp(_ index: Int) {
    for (place, sum) in backwardCalls[index].sums { sum.add(place) }
    for (place, sum) in backwardCalls[index].parameterSums { sum.add(place) }
  }
}

extension ParameterGradientView {
  /// `self[i] += other[i]`
  func add(_ other: ParameterGradientView) {
    precondition(other.count == count, "\(other.count) gradients added to \(count)")
    for i in 0..<count { unsafe pointer[i] += other.pointer[i] }
  }
}
