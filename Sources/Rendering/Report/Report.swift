/// What the page about a run says as a whole; its images come one by one as ``ReportImage``.
///
/// Everything is stated by who makes the report; the page knows nothing of networks or methods.
public struct Report: Sendable {
  public var title: String

  /// One line under the title: the model and how many images.
  public var subtitle: String

  /// What each image's maps are called on buttons and in tables, in their order.
  public var views: [String]

  /// What the columns of ``ReportClass/means`` are called: the views, but for those whose maps are of
  /// one class on this image and of another on that.
  public var meanViews: [String]

  /// Each method once, however many maps of an image are its.
  public var methods: [ReportMethod]

  /// All classes that images were given, most frequent first.
  public var classes: [ReportClass]

  /// The run's settings, in the order in which they are to be read.
  public var facts: [ReportFact]
  public var counts: ReportCounts

  /// The folder, with its last slash, that all images are in; paths are shown without it.
  public var commonFolder: String

  public init(
    title: String, subtitle: String, views: [String], meanViews: [String],
    methods: [ReportMethod], classes: [ReportClass], facts: [ReportFact], counts: ReportCounts,
    commonFolder: String
  ) {
    self.title = title
    self.subtitle = subtitle
    self.views = views
    self.meanViews = meanViews
    self.methods = methods
    self.classes = classes
    self.facts = facts
    self.counts = counts
    self.commonFolder = commonFolder
  }
}

/// How many images are what.
public struct ReportCounts: Sendable, Hashable {
  public var explained: Int
  public var failed: Int

  /// How many predictions are not the known true class; nothing where no truth is known.
  public var wrong: Int?

  /// How many predictions have a probability below ``ReportImage/uncertainBelow``.
  public var uncertain: Int

  /// How many images are known to be unlike those that the model learned from.
  public var unlikeTraining: Int

  public init(explained: Int, failed: Int, wrong: Int?, uncertain: Int, unlikeTraining: Int) {
    self.explained = explained
    self.failed = failed
    self.wrong = wrong
    self.uncertain = uncertain
    self.unlikeTraining = unlikeTraining
  }
}

/// A setting of the run, or another fact about it.
public struct ReportFact: Sendable, Hashable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A method of the run, in words for readers who never heard of it.
public struct ReportMethod: Sendable {
  public var name: String

  /// The settings as people write them: `steps=50, baseline=black`.
  public var settings: String

  /// What the map shows.
  public var summary: String

  /// How to read it.
  public var reading: String

  /// What it does not say.
  public var caution: String

  /// Author, year, where.
  public var reference: String

  /// The colours of its maps; several where maps with and without signs have others.
  public var colorBars: [ColorBar]

  /// What the full colours stand for.
  public var scale: String

  public init(
    name: String, settings: String, summary: String, reading: String, caution: String,
    reference: String, colorBars: [ColorBar], scale: String
  ) {
    self.name = name
    self.settings = settings
    self.summary = summary
    self.reading = reading
    self.caution = caution
    self.reference = reference
    self.colorBars = colorBars
    self.scale = scale
  }
}

/// The images that were given one class.
public struct ReportClass: Sendable {
  public var label: String
  public var count: Int

  /// The mean of their maps for each of ``Report/meanViews``; nothing where maps of different sizes
  /// cannot be averaged. Empty for classes whose means are not shown.
  public var means: [ReportMean?]

  public init(label: String, count: Int, means: [ReportMean?]) {
    self.label = label
    self.count = count
    self.means = means
  }
}

/// A mean map as a picture.
public struct ReportMean: Sendable {
  public var picture: HTMLPicture

  /// The value that has the full colour.
  public var magnitude: Double
  public var signs: ShownSigns

  public init(picture: HTMLPicture, magnitude: Double, signs: ShownSigns) {
    self.picture = picture
    self.magnitude = magnitude
    self.signs = signs
  }
}
