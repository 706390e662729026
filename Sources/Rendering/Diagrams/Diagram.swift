/// Boxes with arrows between them, as layers of a network are drawn: values in, SVG out.
public struct Diagram: Sendable {
  public var title: String
  public var subtitle: String

  /// In an order in which arrows point forward.
  public var boxes: [Box]
  public var arrows: [Arrow]

  public struct Box: Sendable {
    public var role: Role

    /// What it is: the first line.
    public var title: String

    /// What comes out of it, at the right of the first line.
    public var shape: String

    /// The second line.
    public var detail: String

    /// Its name, the last line.
    public var name: String

    /// From 0 to 1: how long the bar at its bottom is.
    public var share: Double

    public init(
      _ role: Role, title: String, shape: String, detail: String = "", name: String = "",
      share: Double = 0
    ) {
      self.role = role
      self.title = title
      self.shape = shape
      self.detail = detail
      self.name = name
      self.share = share
    }
  }

  /// From one box to a later one, by their numbers.
  public struct Arrow: Sendable, Hashable {
    public let from: Int
    public let to: Int

    public init(from: Int, to: Int) {
      precondition(from < to, "an arrow from box \(from) back to \(to)")
      self.from = from
      self.to = to
    }
  }

  /// What a box is, which is its colour.
  public enum Role: String, CaseIterable, Sendable {
    case ends = "input, output"
    case convolution
    case dense = "dense, product"
    case pooling = "pooling, reduction"
    case normalization = "normalisation"
    case activation
    case joining = "joining"
    case shaping = "reordering"
  }

  public init(title: String, subtitle: String, boxes: [Box], arrows: [Arrow]) {
    self.title = title
    self.subtitle = subtitle
    self.boxes = boxes
    self.arrows = arrows
  }
}
