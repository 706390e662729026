public import Networks
import Tensors

/// A thread's workspaces of several plans, some of each, for work that goes from one to the other.
public struct WorkspaceBench: Sendable {
  /// For each plan.
  public let tools: [Tools]

  var workingBytes: Int {
    tools.flatMap(\.workspaces).reduce(0) { $0 + $1.plan.workspaceBytes }
  }

  public struct Tools: Sendable {
    public let workspaces: [Workspace]
    public let weights: PlanWeights
  }
}

extension NetworkSession {
  /// Does `count` pieces of work, each on a bench of its own, in parallel as far as there are
  /// threads; the results come in order.
  func map<Result: Sendable>(
    _ count: Int, on requests: [PlanRequest], _ body: @Sendable (WorkspaceBench, Int) -> Result
  ) -> [Result] {
    let benches = benches(for: requests)
    guard let workers, count > 1 else { return (0..<count).map { body(benches[0], $0) } }
    return workers.map(count) { worker, piece in body(benches[worker], piece) }
  }
}
