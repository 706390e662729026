import Networks
import Tensors

/// What computing an input's changes anew is estimated to take, and which rule it pays to follow.
///
/// A function of the network and of the places of the changes, never of how many inputs there are:
/// the rule decides on the last bits of the results.
struct RecomputationEstimate: Sendable {
  let areas: [PixelArea]
  let rule: TileRule

  /// For one input, where sixteen stand side by side.
  let cost: Double

  /// The bits of the whole pass are worth that much of the time.
  private static let priceOfBits = 0.75

  /// Of more changes, some are taken for all.
  private static let mostAsked = 64

  /// - Parameters:
  ///   - rule: the one to follow, if that is settled.
  ///   - workers: estimate both rules at once, if there are any.
  init(
    _ plan: RecomputationPlan, _ areas: [PixelArea], _ rule: TileRule? = nil,
    workers: Workers? = nil
  ) {
    self.areas = areas
    let asked = Swift.stride(
      from: 0, to: areas.count, by: max(1, areas.count / Self.mostAsked))
    @Sendable func estimate(_ rule: TileRule) -> Double {
      var cost = 0.0
      var count = 0.0
      for change in asked {
        let area = LaneAreas(rows: areas[change].rows, columns: areas[change].columns)
        cost += min(plan.wholeCost, plan.cost(of: plan.course(changing: area, rule)))
        count += 1
      }
      return count == 0 ? 0 : cost / count * Double(areas.count)
    }
    if let rule {
      self.rule = rule
      cost = estimate(rule)
      return
    }
    let costs = workers.map(2) { estimate($0 == 0 ? .whole : .reached) }
    let (whole, reached) = (costs[0], costs[1])
    let isFarLess = reached + plan.wholeCost < Self.priceOfBits * (whole + plan.wholeCost)
    self.rule = isFarLess ? .reached : .whole
    cost = isFarLess ? reached : whole
  }
}
