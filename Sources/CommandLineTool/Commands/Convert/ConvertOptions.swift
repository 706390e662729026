import Imaging

/// The options of `convert`.
enum ConvertOptions {
  static let size = Option.optional(
    "size", short: "s", .pixelSize, in: "Size",
    "Resize to exactly this; the sides need not keep their proportion.")
  static let longestSide = Option.optional(
    "max-side", .integer(in: 1...65_535), in: "Size",
    "Shrink, keeping the proportion, until no side is longer; smaller pictures stay as they are.")
  static let filter = Option.value(
    "filter", .choice(of: ResamplingMethod.self, placeholder: "NAME"), default: "bicubic",
    in: "Size", "How the pixels of a resized picture are made.")

  static let grey = Option.flag(
    "grey", in: "Colour", "Make it grey, by Rec. 601 luma (0.299 R + 0.587 G + 0.114 B).")
  static let depth = Option.optional(
    "depth", .choice(of: Depth.self, placeholder: "BITS"),
    shownDefault: "as the input has, 8 for JPEG", in: "Colour", "Bits of a sample.")

  static let lenient = Option.flag(
    "lenient", in: "Reading", "Take what is there of a truncated or damaged picture, and say so.")
  static let pixelLimit = Option.value(
    "max-pixels", .pixelCount, default: "100M", in: "Reading",
    "Refuse pictures with more pixels than this, before any memory is taken for them.")
  static let keepOrientation = Option.flag(
    "keep-orientation", in: "Reading",
    "Leave the picture as it is stored, instead of upright as its EXIF data says.")

  static let format = Option.optional(
    "format", short: "f", .choice(of: FormatName.self, placeholder: "NAME"),
    shownDefault: "by the name of OUT; in a folder, that of the input", in: "Writing",
    "What to write, whatever the name of the output.")
  static let quality = Option.value(
    "quality", .integer(in: 1...100), default: "90", in: "Writing", "Quality of a JPEG.")
  static let subsampling = Option.value(
    "subsampling", .choice(of: SubsamplingName.self, placeholder: "MODE"), default: "420",
    in: "Writing",
    "How many pixels of a JPEG share a colour: none (444), two (422) or four (420).")
  static let progressive = Option.flag(
    "progressive", in: "Writing", "Store a JPEG coarse to fine.")
  static let compression = Option.value(
    "compression", .integer(in: 0...9), default: "6", in: "Writing",
    "Effort for a PNG, from none to the smallest file.")

  static let threads = Option.threads(in: "General", "How many pictures to work on at once.")

  static let declarations = [
    size.declaration, longestSide.declaration, filter.declaration, grey.declaration,
    depth.declaration, lenient.declaration, pixelLimit.declaration, keepOrientation.declaration,
    format.declaration, quality.declaration, subsampling.declaration, progressive.declaration,
    compression.declaration, threads.declaration,
  ]
}

extension ConvertOptions {
  enum Depth: String, CaseIterable {
    case eight = "8"
    case sixteen = "16"
  }

  enum FormatName: String, CaseIterable {
    case png
    case jpeg

    var format: ImageFormat {
      switch self {
      case .png: .png
      case .jpeg: .jpeg
      }
    }
  }

  enum SubsamplingName: String, CaseIterable {
    case full = "444"
    case halved = "422"
    case quartered = "420"

    var subsampling: JPEGOptions.Subsampling {
      switch self {
      case .full: .none
      case .halved: .horizontal
      case .quartered: .both
      }
    }
  }
}
