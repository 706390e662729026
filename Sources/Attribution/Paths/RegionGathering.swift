import Segmentation

/// Regions of an image at several scales, added in turn by the mean attribution of what they add.
struct RegionGathering {
  private let attribution: [Double]

  /// The pixels of each region, and the regions of each pixel.
  private var regions: [[Int32]] = []
  private var holders: [[Int32]]

  /// A region that adds fewer pixels is left out.
  private let least: Int

  /// The original's scales, for images from −1 to 1.
  private static let scales: [Double] = [50, 100, 150, 250, 500, 1200]

  init(_ image: PixelPlanes, attribution: [Double]) {
    self.attribution = attribution
    holders = Array(repeating: [], count: attribution.count)
    let share = min(1, Double(min(image.height, image.width)) / 224)
    least = max(1, Int(50 * share * share))
    let maps = Felzenszwalb.segments(
      of: image, scales: Self.scales.map { $0 / 2 * share }, sigma: 0.8 * max(0.5, share),
      smallest: max(4, Int(150 * share * share)))
    for map in maps {
      for region in Self.widened(map, by: max(1, Int((5 * share).rounded()))) {
        for pixel in region { holders[Int(pixel)].append(Int32(regions.count)) }
        regions.append(region)
      }
    }
  }

  /// The pixels of each segment and those within `radius` of it, in ascending order.
  private static func widened(_ map: LabelMap, by radius: Int) -> [[Int32]] {
    let disk = (-radius...radius).flatMap { down in
      (-radius...radius).filter { down * down + $0 * $0 <= radius * radius }.map { (down, $0) }
    }
    var regions = Array(repeating: [Int32](), count: map.count)
    for pixel in map.labels.indices {
      let (row, column) = (pixel / map.width, pixel % map.width)
      // The segments that some pixel of the disk around this one belongs to.
      var near: [Int32] = []
      for (down, right) in disk {
        let (y, x) = (row + down, column + right)
        guard y >= 0, y < map.height, x >= 0, x < map.width else { continue }
        let label = map.labels[y * map.width + x]
        if !near.contains(label) { near.append(label) }
      }
      for label in near { regions[Int(label)].append(Int32(pixel)) }
    }
    return regions
  }

  /// For each pixel the mean attribution of the pixels that were added with it.
  func gathered() -> [Double] {
    var sums = regions.map { $0.reduce(0) { $0 + attribution[Int($1)] } }
    var counts = regions.map(\.count)
    var values: [Double?] = Array(repeating: nil, count: attribution.count)
    while true {
      let candidates = regions.indices.filter { counts[$0] >= least }
      func mean(_ region: Int) -> Double { sums[region] / Double(counts[region]) }
      guard let best = candidates.min(by: { (-mean($0), $0) < (-mean($1), $1) }) else { break }
      let value = mean(best)
      for pixel in regions[best] where values[Int(pixel)] == nil {
        values[Int(pixel)] = value
        for region in holders[Int(pixel)] {
          sums[Int(region)] -= attribution[Int(pixel)]
          counts[Int(region)] -= 1
        }
      }
    }
    let left = values.indices.filter { values[$0] == nil }
    let rest = left.reduce(0) { $0 + attribution[$1] } / Double(max(1, left.count))
    return values.map { $0 ?? rest }
  }
}
