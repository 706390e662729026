/// Points spread evenly over an image, as close to squares as whole steps allow.
///
/// Where a side is shorter than the step, it gets one point and the other side takes the rest. These
/// are the places at which scikit-image puts its seeds.
struct SeedGrid: Sendable {
  let rows: StrideTo<Int>
  let columns: StrideTo<Int>
  let rowStep: Int
  let columnStep: Int

  init(height: Int, width: Int, points: Int) {
    let area = Double(height * width)
    var steps = (row: 1.0, column: 1.0)
    if area > Double(points) {
      let step = (area / Double(points)).squareRoot()
      let (short, long) = (min(height, width), max(height, width))
      let isNarrow = Double(short) < step
      let across = isNarrow ? Double(short) : step
      let along = isNarrow ? max(1, Double(long) / Double(points)) : step
      steps = height <= width ? (across, along) : (along, across)
    }
    rowStep = max(1, Int(steps.row.rounded(.toNearestOrEven)))
    columnStep = max(1, Int(steps.column.rounded(.toNearestOrEven)))
    rows = stride(from: Int(steps.row / 2), to: height, by: rowStep)
    columns = stride(from: Int(steps.column / 2), to: width, by: columnStep)
  }

  var count: Int { Array(rows).count * Array(columns).count }
}
