/// The picture of a card, and its maps over it.
struct ReportViews {
  private let explained: ReportImage.Explained
  private let isPrinted: Bool

  init(_ explained: ReportImage.Explained, isPrinted: Bool) {
    self.explained = explained
    self.isPrinted = isPrinted
  }

  var html: String {
    let original = """
      <figure class="view original">\(stack("the image", layer: nil))\
      <figcaption>image</figcaption></figure>
      """
    return original + explained.maps.enumerated().map(view).joined()
  }

  private func view(_ number: Int, _ map: ReportMap) -> String {
    let range =
      switch map.reach {
      case .upTo(let magnitude): ReportFigures.range(magnitude, map.signs)
      case .nowhere(let reason): reason.caption
      }
    let caption = [map.name, map.target, range].compactMap { $0 }.map(HTMLText.escape)
    return """
      <figure class="view m\(number)">\(stack("\(map.name) over the image", layer: map.layer))\
      <figcaption>\(caption.joined(separator: "\n"))</figcaption></figure>
      """
  }

  private func stack(_ words: String, layer: HTMLPicture?) -> String {
    let crisp = max(explained.width, explained.height) <= 96 ? " crisp" : ""
    let under =
      switch explained.picture {
      case .inside: ""
      case .file: isPrinted ? image("under", explained.picture) : ""
      }
    return """
      <div class="stack\(crisp)" role="img" aria-label="\(HTMLText.escape(words))">\
      \(under)\(layer.map { image("layer", $0) } ?? "")</div>
      """
  }

  private func image(_ name: String, _ picture: HTMLPicture) -> String {
    #"<img class="\#(name)" loading="lazy" alt="" src="\#(picture.source)">"#
  }
}
