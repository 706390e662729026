/// Numbers as a drawing: one panel or several beside each other, each with two axes.
///
/// A chart is a value that says what is to be seen; ``Chart/svg(_:)`` and ``Chart/image(scale:)``
/// draw the same one as text and as pixels.
public struct Chart: Sendable, Hashable {
  /// What the chart is, for those who cannot see it.
  public var title: String
  public var panels: [ChartPanel]

  public init(title: String, panels: [ChartPanel]) {
    self.title = title
    self.panels = panels
  }
}

/// A field between two axes, and what is drawn there.
public struct ChartPanel: Sendable, Hashable {
  public var title: String
  public var horizontal: ChartAxis
  public var vertical: ChartAxis

  /// In the order in which they are drawn, later ones over earlier ones.
  public var marks: [ChartMark]

  public init(
    title: String, horizontal: ChartAxis, vertical: ChartAxis, marks: [ChartMark]
  ) {
    self.title = title
    self.horizontal = horizontal
    self.vertical = vertical
    self.marks = marks
  }
}

/// A group of things of one kind and colour.
public struct ChartMark: Sendable, Hashable {
  /// What the legend says; nothing leaves the mark out of it.
  public var name: String?
  public var ink: ChartInk
  public var shape: Shape

  public enum Shape: Sendable, Hashable {
    /// A line through the points, in their order; it breaks where a number is not finite.
    case line([ChartPoint], isDashed: Bool)

    /// Upright boxes from the axis up.
    case bars([ChartBar])

    /// Upright strokes that say how sure a number is.
    case whiskers([ChartWhisker])
  }

  public init(_ name: String? = nil, ink: ChartInk, _ shape: Shape) {
    self.name = name
    self.ink = ink
    self.shape = shape
  }
}

/// A place in the units of the axes.
public struct ChartPoint: Sendable, Hashable {
  public var x: Double
  public var y: Double

  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// A box that stands on the horizontal axis.
public struct ChartBar: Sendable, Hashable {
  public var range: ClosedRange<Double>
  public var height: Double

  public init(_ range: ClosedRange<Double>, height: Double) {
    self.range = range
    self.height = height
  }
}

/// An interval over a place of the horizontal axis.
public struct ChartWhisker: Sendable, Hashable {
  public var x: Double
  public var range: ClosedRange<Double>

  public init(_ x: Double, _ range: ClosedRange<Double>) {
    self.x = x
    self.range = range
  }
}
