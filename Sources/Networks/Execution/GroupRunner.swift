public import Tensors

/// Runs any number of groups, one workspace a thread: explaining and classifying.
///
/// What `body` does for a group must depend on that group alone; then results are the same to the
/// bit at any number of threads.
public final class GroupRunner: Sendable {
  public let plan: Plan
  public let workers: Workers
  private let workspaces: [Workspace]

  public init(_ plan: Plan, workers: Workers) {
    self.plan = plan
    self.workers = workers
    workspaces = (0..<workers.count).map { _ in Workspace(plan) }
  }

  /// Calls `body` once for each of `count` groups, from several threads at once, each time with a
  /// workspace that nobody else uses meanwhile.
  public func forEachGroup(_ count: Int, _ body: @Sendable (Workspace, Int) -> Void) {
    let workspaces = workspaces
    workers.forEach(count) { worker, group in body(workspaces[worker], group) }
  }
}
