import FoundationEssentials
import Rendering

extension MapValues {
  /// Reads the script that ``ReportPage/script(_:path:)`` wrote.
  init?(script: [UInt8]) {
    let text = String(decoding: script, as: UTF8.self)
    guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"),
      case .list(let arguments)? = JSONValue(
        "[" + text[text.index(after: open)..<close] + "]"),
      arguments.count >= 2
    else { return nil }
    let value = arguments[1]
    guard let width = value["width"]?.integer(), let height = value["height"]?.integer(),
      let placement = value["place"]?.list?.compactMap(\.number), placement.count == 6,
      let encoded = value["maps"]?.list, width > 0, height > 0
    else { return nil }
    let maps = encoded.compactMap(Self.map)
    let (count, overflows) = width.multipliedReportingOverflow(by: height)
    guard !overflows, maps.count == encoded.count, maps.allSatisfy({ $0.count == count }) else {
      return nil
    }
    self.init(width: width, height: height, placement: placement, maps: maps)
  }

  private static func map(_ value: JSONValue) -> [Float]? {
    guard let unit = value["unit"]?.number, let levels = value["levels"]?.string,
      let data = Data(base64Encoded: levels), data.count % 2 == 0
    else { return nil }
    let bytes = Array(data)
    return stride(from: 0, to: bytes.count, by: 2).map { place in
      let level = Int16(truncatingIfNeeded: UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8)
      return level == .min ? .nan : Float(level) * Float(unit)
    }
  }
}
