import Imaging

/// A colour map as a bar with its ends named.
struct ColorBar {
  let colorMap: ColorMap

  init(_ colorMap: ColorMap) { self.colorMap = colorMap }

  var html: String {
    let lowest: Float = colorMap.isDiverging ? -1 : 0
    let stops = (0...16).map { step in
      let color = colorMap.color(lowest + (1 - lowest) * Float(step) / 16)
      return "rgb(\(color.red),\(color.green),\(color.blue))"
    }
    let (left, right) =
      colorMap.isDiverging ? ("speaks against", "speaks for") : ("no matter", "matters most")
    return """
      <p class="colors"><span>\(left)</span><i style="background:linear-gradient(90deg,\
      \(stops.joined(separator: ",")))"></i><span>\(right)</span></p>
      """
  }
}
